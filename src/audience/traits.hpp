#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "random/inverse_table.hpp"
#include "random/variates.hpp"

namespace flywheel {

/// Inverse distribution function of one trait; a constant or a table that the run owns.
class TraitQuantile {
 public:
  TraitQuantile() = default;
  explicit TraitQuantile(const InverseTable& table) : table_{&table} {}

  /// The trait of a shopper whose uniform number is `u`, in (0, 1); 1 for a constant trait.
  [[nodiscard]] double operator()(double u) const { return table_ == nullptr ? 1.0 : (*table_)(u); }

  /// The traits of many shoppers; the same bits as one by one.
  void fill(std::span<const double> uniforms, std::span<double> traits) const {
    if (table_ == nullptr) {
      std::fill(traits.begin(), traits.end(), 1.0);
    } else {
      fill_variates(*table_, uniforms, traits);
    }
  }

  [[nodiscard]] bool is_constant() const { return table_ == nullptr; }

 private:
  const InverseTable* table_{nullptr};
};

/// Distributions of what shoppers are; every trait has mean 1 unless stated.
struct AudienceTraits {
  TraitQuantile exposure;             ///< x
  TraitQuantile affinity;             ///< a
  bool has_intent{true};              ///< z is standard normal; otherwise 0
  TraitQuantile price_sensitivity;    ///< q
  TraitQuantile engagement;           ///< e
  TraitQuantile propensity;           ///< b, propensity model
  TraitQuantile purchase_rate;        ///< l
  TraitQuantile dropout;              ///< d; BG/NBD: a probability, not scaled
  TraitQuantile basket_level;         ///< v
  double rate_basket_correlation{0};  ///< of the normal scores of l and v
};

/// One audience.
struct SegmentTraits {
  std::uint64_t identity{
      0};  ///< hash of the name: keys what belongs to it, so that adding another moves nothing
  std::uint64_t size{0};  ///< shoppers
  double price_factor{1};
  double click_factor{1};  ///< normalized: the channel's mean click rate holds over segments
  double conversion_log_odds{0};
  double conversion_factor{1};  ///< exp of the log-odds; multiplies the propensity
  double basket_factor{1};
  double loyalty_factor{1};
};

}  // namespace flywheel
