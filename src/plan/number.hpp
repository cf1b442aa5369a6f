#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "random/uncertain.hpp"

namespace flywheel {

/// A number of the plan: certain or uncertain, with the identity under which it is drawn.
///
/// The identity is the hash of the full key ("channel.search.click_rate"), so that adding a number
/// to a plan moves the draw of no other. A draw is cut to lowest ... highest, the range of its
/// parameter; the reader refuses a distribution that leaves it more often than once in a million.
struct Number {
  Uncertain value;
  std::uint64_t identity{0};
  std::string column{};  ///< of the posterior table its draws come from; empty otherwise
  bool given{false};     ///< written in the plan or set by hand, not a default
  double lowest{-std::numeric_limits<double>::infinity()};
  double highest{std::numeric_limits<double>::infinity()};
};

}  // namespace flywheel
