#pragma once

#include "journey/block.hpp"
#include "journey/candidates.hpp"

namespace flywheel {

/// Impressions of everybody that no event needed one by one: drawn for all shoppers of the segment
/// together after the last rotation, with the law that drawing them singly would give.
///
/// A channel without a frequency cap: unclicked impressions of a day are Poisson given the traits;
/// their mean is a sum over strata (plus a normal term for traits within them) less what buyers no
/// longer see. With a cap: shoppers in bands of exposure rate, a multinomial over the numbers
/// served for each rotation. Reach and frequency: a multinomial over exposure classes.
void draw_media_totals(Block& block, const AudienceTraits& audience, const SegmentPeople& people);

}  // namespace flywheel
