#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// Which touches count: all that happened, or those that the platforms can see.
enum class Eye { truth, platform };

/// The touch that gets the credit for a first order at `time`; no channel when there is none. From
/// the end of the conversion window on nothing earns any, so that no cohort window passes the
/// horizon.
[[nodiscard]] Touch credited_touch(const Block& block, const Record& record, Days time, Eye eye);

}  // namespace flywheel
