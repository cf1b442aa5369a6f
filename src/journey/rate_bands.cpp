#include "journey/rate_bands.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/check.hpp"
#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr double band_width = 0.14;  ///< of the logarithm of the expectation
constexpr double negligible = 1e-13;
constexpr double most_expected = 1e15;

CountChances convolve(const CountChances& left, const CountChances& right) {
  CountChances sum(left.size() + right.size() - 1, 0.0);
  for (std::size_t i = 0; i < left.size(); ++i) {
    for (std::size_t j = 0; j < right.size(); ++j) sum[i + j] += left[i] * right[j];
  }
  return sum;
}

}  // namespace

RateBands::RateBands(std::span<const RateGroup> groups) {
  std::map<long, std::size_t> number;
  for (const RateGroup& group : groups) {
    expect(group.mean > 0.0 && group.mean < most_expected,
           "a shopper is expected to see some impressions, and fewer than 1e15");
    const long key = static_cast<long>(std::floor(portable_log(group.mean) / band_width));
    const auto [place, is_new] = number.try_emplace(key, bands_.size());
    if (is_new) bands_.emplace_back();
    band_of_.push_back(place->second);
    RateBand& band = bands_[place->second];
    band.count += group.count;
    band.mean += group.count * group.mean;
    band.variance += group.count * (group.variance + group.mean * group.mean);
  }
  for (RateBand& band : bands_) {
    band.mean /= band.count;
    band.variance = std::max(0.0, band.variance / band.count - band.mean * band.mean);
  }
}

std::array<std::pair<double, double>, 3> mean_points(const RateBand& band) {
  const double step = std::min(std::sqrt(3.0 * band.variance), band.mean);
  return {{{band.mean - step, 1.0 / 6.0}, {band.mean, 2.0 / 3.0}, {band.mean + step, 1.0 / 6.0}}};
}

CountChances poisson_chances(double mean) {
  // From the mode outwards, so that large means do not underflow; then normalized.
  const auto mode = static_cast<std::size_t>(mean);
  CountChances chances(mode + 1, 0.0);
  chances[mode] = 1.0;
  for (std::size_t k = mode; k > 0; --k)
    chances[k - 1] = chances[k] * static_cast<double>(k) / mean;
  while (chances.back() > negligible) {
    chances.push_back(chances.back() * mean / static_cast<double>(chances.size()));
  }
  double sum = 0.0;
  for (const double chance : chances) sum += chance;
  for (double& chance : chances) chance /= sum;
  return chances;
}

CountChances capped_chances(std::span<const double> means, int cap) {
  const auto most = static_cast<std::size_t>(cap);
  CountChances total{1.0};
  for (const double mean : means) {
    if (mean <= 0.0) continue;
    CountChances served = poisson_chances(mean);
    for (std::size_t k = most + 1; k < served.size(); ++k) served[most] += served[k];
    if (served.size() > most + 1) served.resize(most + 1);
    total = convolve(total, served);
  }
  return total;
}

double capped_mean(double mean, int cap) {
  double chance = portable_exp(-mean);  // of exactly k
  double more = 1.0 - chance;           // of more than k
  double sum = 0.0;
  for (int k = 1; k <= cap; ++k) {
    sum += more;
    chance *= mean / static_cast<double>(k);
    more -= chance;
  }
  return sum;
}

void add_chances(CountChances& sum, double share, const CountChances& part) {
  if (sum.size() < part.size()) sum.resize(part.size(), 0.0);
  for (std::size_t k = 0; k < part.size(); ++k) sum[k] += share * part[k];
}

}  // namespace flywheel
