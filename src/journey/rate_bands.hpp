#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace flywheel {

/// Shoppers to whom a channel shows about equally many impressions that lead to nothing.
struct RateBand {
  double count{0};     ///< shoppers
  double mean{0};      ///< expected unclicked impressions of one of them over the flight
  double variance{0};  ///< of that expectation within the band
};

/// A group of shoppers with one expectation, before banding.
struct RateGroup {
  double count{0};
  double mean{0};  ///< above 0, below 1e15; the contract is broken beyond
  double variance{0};
};

/// Groups in bands of their expectation: those that differ by less than 15 % share one.
class RateBands {
 public:
  RateBands() = default;
  explicit RateBands(std::span<const RateGroup> groups);

  [[nodiscard]] std::span<const RateBand> bands() const { return bands_; }
  /// Number of the band that holds a group.
  [[nodiscard]] std::size_t band_of(std::size_t group) const { return band_of_[group]; }

 private:
  std::vector<RateBand> bands_;
  std::vector<std::size_t> band_of_;
};

/// Three expectations with weights that match mean and variance within a band (Gauss-Hermite).
[[nodiscard]] std::array<std::pair<double, double>, 3> mean_points(const RateBand& band);

/// Chances of 0, 1, 2, ... impressions, up to where less than 1e-13 is left.
using CountChances = std::vector<double>;

/// A Poisson number.
[[nodiscard]] CountChances poisson_chances(double mean);

/// A sum over rotations with these means, of at most `cap` in each.
[[nodiscard]] CountChances capped_chances(std::span<const double> means, int cap);

/// Mean of the smaller one of a Poisson number and a cap.
[[nodiscard]] double capped_mean(double mean, int cap);

/// Adds `share` times `part` to `sum`.
void add_chances(CountChances& sum, double share, const CountChances& part);

}  // namespace flywheel
