#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "audience/stratum_picker.hpp"
#include "journey/candidates.hpp"
#include "journey/channel_days.hpp"
#include "outcome/outcome.hpp"

namespace flywheel {

/// Shoppers of a segment to whom a channel shows ads at about the same rate.
struct RateBand {
  double count{0};     ///< shoppers
  double weight{0};    ///< mean of w
  double variance{0};  ///< of w within the band
};

/// Chances of 0, 1, ..., 9, 10 and more impressions.
using ExposureChances = std::array<double, exposure_class_count>;

/// The shoppers of a segment in bands of their exposure rate to one channel: strata whose mean
/// weights differ by less than 15 % share a band.
class RateBands {
 public:
  RateBands(const AudienceTraits& audience, const SegmentPeople& people,
            const ExposureTraits& channel);

  [[nodiscard]] std::span<const RateBand> bands() const { return bands_; }
  /// Number of the band that holds a stratum.
  [[nodiscard]] std::size_t band_of(std::size_t stratum) const { return band_of_[stratum]; }

 private:
  std::vector<RateBand> bands_;
  std::vector<std::size_t> band_of_;
};

/// Three points and weights that match mean and variance of the weight in a band (Gauss-Hermite).
[[nodiscard]] std::array<std::pair<double, double>, 3> weight_points(const RateBand& band);

/// Chances of the number of impressions served over rotations whose means are given, at most `cap`
/// (0: any number) in each.
[[nodiscard]] ExposureChances exposure_chances(std::span<const double> means, int cap);

}  // namespace flywheel
