#pragma once

#include "journey/block.hpp"
#include "journey/candidates.hpp"

namespace flywheel {

/// Impressions that no event needed one by one, reach and frequency: drawn for all shoppers of the
/// segment together after the last rotation (docs/decisions/0004-impressions-in-total.md).
///
/// Shoppers stand in bands of their expected number of unclicked impressions; a multinomial over
/// 0, 1, 2, ... of them in each band gives the total and, with the impressions that were played,
/// how many shoppers saw how many. The total is spread over days by expectation. Buyers, and with a
/// frequency cap everybody who was touched, are counted one by one.
void draw_media_totals(Block& block, const AudienceTraits& audience, const SegmentPeople& people);

}  // namespace flywheel
