#pragma once

#include <cstdint>
#include <vector>

#include "journey/block.hpp"
#include "journey/candidates.hpp"

namespace flywheel {

class ChannelTotals;

/// Impressions that no event needed one by one, reach and frequency: drawn for all shoppers of the
/// segment together after the last rotation (docs/decisions/0007-impressions-in-bands.md).
///
/// Shoppers stand in bands of their expected number of unclicked impressions; a multinomial over
/// 0, 1, 2, ... of them in each band gives the total and, with the impressions that were played,
/// how many shoppers saw how many. The total is spread over days by expectation. Buyers, and with a
/// frequency cap everybody who was touched, are counted one by one.
class MediaTotals {
 public:
  /// The block and the people outlive this.
  MediaTotals(Block& block, const SegmentPeople& people);
  MediaTotals(MediaTotals&&) noexcept;
  ~MediaTotals();

  /// Sets the bands, when it is known how sharp targeting is on every day; before anybody is taken
  /// by `take_everybody` or `draw`.
  void make_bands(const AudienceTraits& audience);
  /// Takes those who have records out of the untouched crowd, when nothing more happens to them in
  /// the flight. Everybody is taken once.
  void take_everybody();
  /// Takes a shopper who has seen one impression of a channel drawn on its own, and who stays a
  /// prospect: what most people are who are touched at all.
  void take_one_impression(std::uint8_t channel, std::uint16_t stratum) {
    ++once_[channel][stratum];
  }
  /// The same for several impressions.
  void take_impressions(std::uint8_t channel, std::uint16_t stratum, std::size_t impressions);
  /// Counts and books everything, when all are taken.
  void draw();

 private:
  Block* block_;
  std::vector<ChannelTotals> channels_;
  std::vector<std::vector<std::uint64_t>> once_;  ///< shoppers by [channel][stratum]
};

}  // namespace flywheel
