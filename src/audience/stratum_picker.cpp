#include "audience/stratum_picker.hpp"

#include <array>
#include <cmath>
#include <functional>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "random/normal_quantile.hpp"

namespace flywheel {

namespace {

double rounded_to_quarter(double power) { return std::floor(4.0 * power + 0.5) / 4.0; }

double raised(double trait, double power) {
  if (power == 0.0) return 1.0;
  if (power == 1.0) return trait;
  return trait > 0.0 ? portable_pow(trait, power) : 0.0;
}

/// Mean of f(u) over (from, to) by Gauss-Legendre with eight nodes, on halves that shrink towards
/// the ends where quantile functions are steep.
double mean_over(double from, double to, const std::function<double(double)>& f) {
  constexpr std::array<double, 4> nodes = {0.1834346424956498, 0.5255324099163290,
                                           0.7966664774136267, 0.9602898564975363};
  constexpr std::array<double, 4> weights = {0.3626837833783620, 0.3137066458778873,
                                             0.2223810344533745, 0.1012285362903763};
  const double center = 0.5 * (from + to);
  const double half = 0.5 * (to - from);
  double sum = 0.0;
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    sum += weights[k] * (f(center - half * nodes[k]) + f(center + half * nodes[k]));
  }
  return 0.5 * sum;
}

/// The mean over a band that may reach an end of the unit interval, where it is cut into octaves.
double band_mean(double from, double to, const std::function<double(double)>& f) {
  if (from > 0.0 && to < 1.0) return mean_over(from, to, f);
  double sum = 0.0;
  double low = from;
  double high = to;
  for (int octave = 0; octave < 40; ++octave) {
    const double middle = 0.5 * (low + high);
    const bool at_zero = from <= 0.0;
    sum += (at_zero ? (high - middle) * mean_over(middle, high, f)
                    : (middle - low) * mean_over(low, middle, f));
    (at_zero ? high : low) = middle;
  }
  return sum / (to - from);
}

std::vector<double> band_means(const Bands& bands, const std::function<double(double)>& f) {
  std::vector<double> means;
  for (std::size_t band = 0; band < bands.count(); ++band) {
    means.push_back(bands.count() == 1 ? f(0.5)
                                       : band_mean(bands.edges[band], bands.edges[band + 1], f));
  }
  return means;
}

}  // namespace

BandFactors upper_factors(const BandSet& bands, const TraitPowers& powers) {
  expect(powers.exposure >= 0.0 && powers.affinity >= 0.0 && powers.intent >= 0.0,
         "a rate never falls with a trait");
  BandFactors factors;
  for (std::size_t band = 0; band < bands.exposure.count(); ++band) {
    factors.exposure.push_back(raised(bands.exposure.upper(band), powers.exposure));
  }
  for (std::size_t band = 0; band < bands.affinity.count(); ++band) {
    factors.affinity.push_back(raised(bands.affinity.upper(band), powers.affinity));
  }
  for (std::size_t band = 0; band < bands.intent.count(); ++band) {
    factors.intent.push_back(portable_exp(powers.intent * bands.intent.upper(band)));
  }
  return factors;
}

BandFactors mean_factors(const AudienceTraits& audience, const BandSet& bands,
                         const TraitPowers& powers) {
  return {
      band_means(bands.exposure,
                 [&](double u) { return raised(audience.exposure(u), powers.exposure); }),
      band_means(bands.affinity,
                 [&](double u) { return raised(audience.affinity(u), powers.affinity); }),
      audience.has_intent
          ? band_means(bands.intent,
                       [&](double u) { return portable_exp(powers.intent * normal_quantile(u)); })
          : std::vector<double>{1.0}};
}

StratumPicker::StratumPicker(const BandSet& bands, std::span<const Stratum> strata,
                             const TraitPowers& powers) {
  const BandFactors factors = upper_factors(
      bands, {rounded_to_quarter(powers.exposure), rounded_to_quarter(powers.affinity),
              rounded_to_quarter(powers.intent)});
  std::vector<double> shares;
  shares.reserve(strata.size());
  weights_.reserve(strata.size());
  for (const Stratum& stratum : strata) {
    weights_.push_back(factors.of(stratum));
    shares.push_back(weights_.back() * static_cast<double>(stratum.count));
    total_ += shares.back();
  }
  alias_.rebuild(shares);
}

}  // namespace flywheel
