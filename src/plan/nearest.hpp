#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace flywheel {

/// Smallest number of letters inserted, dropped, replaced or swapped with their neighbor that
/// makes one word of the other (optimal string alignment: Damerau 1964, each part edited once).
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

/// The word nearest to one that is not known, or nothing when none is near: more than a third of
/// the longer word would have to change. The first wins among equals.
[[nodiscard]] std::string nearest_word(std::string_view unknown,
                                       std::span<const std::string> known);

}  // namespace flywheel
