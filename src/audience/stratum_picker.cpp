#include "audience/stratum_picker.hpp"

#include <cmath>

#include "audience/quadrature.hpp"
#include "core/check.hpp"
#include "core/elementary.hpp"

namespace flywheel {

namespace {

double rounded_to_quarter(double power) { return std::floor(4.0 * power + 0.5) / 4.0; }

double raised(double trait, double power) {
  if (power == 0.0) return 1.0;
  if (power == 1.0) return trait;
  return trait > 0.0 ? portable_pow(trait, power) : 0.0;
}

/// Means over the bands of a function of the trait.
template <class Function>
std::vector<double> means_of(const Bands& bands, const Function& function) {
  std::vector<double> values;
  values.reserve(bands.nodes.size());
  for (const double trait : bands.nodes) values.push_back(function(trait));
  return band_means(bands.edges, values);
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
  return {means_of(bands.exposure, [&](double trait) { return raised(trait, powers.exposure); }),
          means_of(bands.affinity, [&](double trait) { return raised(trait, powers.affinity); }),
          audience.has_intent
              ? means_of(bands.intent,
                         [&](double trait) { return portable_exp(powers.intent * trait); })
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
