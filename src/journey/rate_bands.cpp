#include "journey/rate_bands.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr double band_width = 0.14;  ///< of the logarithm of the weight

/// Poisson chances of 0, 1, ..., 9, 10 and more, counts above `cap` gathered at the cap.
ExposureChances rotation_chances(double mean, int cap) {
  ExposureChances chances{};
  double term = portable_exp(-mean);
  double left = 1.0;
  const std::size_t last = exposure_class_count - 1;
  const std::size_t highest =
      cap > 0 ? std::min<std::size_t>(static_cast<std::size_t>(cap), last) : last;
  for (std::size_t count = 0; count < highest; ++count) {
    chances[count] = term;
    left -= term;
    term *= mean / static_cast<double>(count + 1);
  }
  chances[highest] = std::max(0.0, left);
  return chances;
}

ExposureChances convolve(const ExposureChances& left, const ExposureChances& right) {
  ExposureChances sum{};
  const std::size_t last = exposure_class_count - 1;
  for (std::size_t i = 0; i <= last; ++i) {
    for (std::size_t j = 0; j <= last; ++j) sum[std::min(i + j, last)] += left[i] * right[j];
  }
  return sum;
}

}  // namespace

RateBands::RateBands(const AudienceTraits& audience, const SegmentPeople& people,
                     const ExposureTraits& channel) {
  const TraitPowers first{1.0, channel.sharpness, channel.intent_targeting};
  const TraitPowers second{2.0, 2.0 * channel.sharpness, 2.0 * channel.intent_targeting};
  const BandFactors mean = mean_factors(audience, *people.bands, first);
  const BandFactors square = mean_factors(audience, *people.bands, second);
  std::map<long, std::size_t> number;
  for (const Stratum& stratum : people.strata) {
    const double weight = mean.of(stratum);
    const double spread = std::max(0.0, square.of(stratum) - weight * weight);
    const long key = static_cast<long>(std::floor(portable_log(weight) / band_width));
    const auto [place, is_new] = number.try_emplace(key, bands_.size());
    if (is_new) bands_.emplace_back();
    band_of_.push_back(place->second);
    RateBand& band = bands_[place->second];
    const auto count = static_cast<double>(stratum.count);
    band.count += count;
    band.weight += count * weight;
    band.variance += count * (spread + weight * weight);
  }
  for (RateBand& band : bands_) {
    band.weight /= band.count;
    band.variance = std::max(0.0, band.variance / band.count - band.weight * band.weight);
  }
}

std::array<std::pair<double, double>, 3> weight_points(const RateBand& band) {
  const double step = std::min(std::sqrt(3.0 * band.variance), band.weight);
  return {
      {{band.weight - step, 1.0 / 6.0}, {band.weight, 2.0 / 3.0}, {band.weight + step, 1.0 / 6.0}}};
}

ExposureChances exposure_chances(std::span<const double> means, int cap) {
  if (cap == 0) {
    double total = 0.0;
    for (const double mean : means) total += mean;
    return rotation_chances(total, 0);
  }
  ExposureChances chances{};
  chances[0] = 1.0;
  for (const double mean : means) {
    if (mean > 0.0) chances = convolve(chances, rotation_chances(mean, cap));
  }
  return chances;
}

}  // namespace flywheel
