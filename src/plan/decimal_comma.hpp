#pragma once

#include <string>
#include <string_view>

namespace flywheel {

/// An amount with a decimal point and without groups of thousands, or what is wrong with it.
struct PointedAmount {
  std::string text;     ///< "1234.50" for "1.234,50"; what stands around the number is kept
  std::string problem;  ///< a sentence; empty where there is a text
};

/// Reads an amount of a table whose cells are not parted by commas, where both a comma and a point
/// may begin the decimals: of two different marks it is the last one, a mark that comes again parts
/// thousands, and one that is alone begins decimals ("100,5", "1234.50"). A single mark in front of
/// exactly three digits may be either ("1.500", "1,234") and is refused, unless thousands would not
/// be written so ("0,500", "1234,500").
[[nodiscard]] PointedAmount with_decimal_point(std::string_view amount);

}  // namespace flywheel
