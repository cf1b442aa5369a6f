#pragma once

#include <stdexcept>

namespace flywheel {

/// A future in which something feeds itself faster than it ends: it is told as failed, with what
/// the plan has to change, before it takes all memory.
struct RunawayFuture : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace flywheel
