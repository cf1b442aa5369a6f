#pragma once

#include <cstdint>

#include "core/date.hpp"
#include "random/uncertain.hpp"

namespace flywheel {

/// A number of the plan: certain or uncertain, with the identity under which it is drawn.
///
/// The identity is the hash of the full key ("channel.search.click_rate"), so that adding a number
/// to a plan moves the draw of no other.
struct Number {
  Uncertain value;
  std::uint64_t identity{0};
  bool given{false};  ///< written in the plan or set by hand, not a default
};

}  // namespace flywheel
