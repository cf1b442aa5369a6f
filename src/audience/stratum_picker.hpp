#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "audience/strata.hpp"
#include "random/alias_table.hpp"

namespace flywheel {

/// How strongly a rate grows with each trait: rate ~ x^exposure a^affinity exp(intent z).
struct TraitPowers {
  double exposure{0};
  double affinity{0};
  double intent{0};
};

/// Picks shoppers of a segment in proportion to a weight that only their stratum decides.
///
/// The weight of a stratum is the largest value of x^i a^j exp(k z) in it, with powers rounded to
/// quarters, so that two plans with nearly equal powers see the same candidate points.
class StratumPicker {
 public:
  StratumPicker(const BandSet& bands, std::span<const Stratum> strata, const TraitPowers& powers);

  /// Sum of the weights of all shoppers.
  [[nodiscard]] double total() const { return total_; }
  /// A stratum by one random word, with what is left of its randomness.
  [[nodiscard]] AliasTable::Pick pick(std::uint64_t word) const {
    return alias_.pick_with_rest(word);
  }
  /// Of one shopper of a stratum.
  [[nodiscard]] double weight(std::uint32_t stratum) const { return weights_[stratum]; }

 private:
  std::vector<double> weights_;
  AliasTable alias_;
  double total_{0};
};

/// x^exposure a^affinity exp(intent z) of the largest traits of a band set's bands, by trait.
struct BandFactors {
  std::vector<double> exposure;
  std::vector<double> affinity;
  std::vector<double> intent;

  [[nodiscard]] double of(const Stratum& stratum) const {
    return exposure[stratum.exposure] * affinity[stratum.affinity] * intent[stratum.intent];
  }
};

/// Factors at the upper ends of the bands; powers are not negative.
[[nodiscard]] BandFactors upper_factors(const BandSet& bands, const TraitPowers& powers);

/// Means of the factors over each band.
[[nodiscard]] BandFactors mean_factors(const AudienceTraits& audience, const BandSet& bands,
                                       const TraitPowers& powers);

}  // namespace flywheel
