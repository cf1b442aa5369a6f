#pragma once

#include <cstdint>

namespace flywheel {

/// What a number of a plan rests on: the plan itself, or what its default rests on (Basis).
///
/// The order is that of results files, and but for `definition` from known to judged.
enum class NumberBasis : std::uint8_t {
  given,           ///< written in the plan or set by hand, posterior tables among them
  sourced,         ///< [S]
  sourced_center,  ///< [S/J]
  judgement,       ///< [J]
  definition,      ///< a rule of the tool
};

}  // namespace flywheel
