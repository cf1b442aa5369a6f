#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace flywheel {

/// The number that a whole text is, with a decimal point in every locale; nothing when the text is
/// no number, has anything else in it, or stands for infinity or not a number.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// The shortest text that reads back as the same double; infinity is "inf".
[[nodiscard]] std::string number_text(double value);

/// The text without white space at its ends.
[[nodiscard]] std::string_view trim(std::string_view text);

}  // namespace flywheel
