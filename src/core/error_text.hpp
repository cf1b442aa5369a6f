#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace flywheel {

/// One step through UTF-8 text.
struct CodePoint {
  std::uint32_t value{0};  ///< the byte itself when it does not begin a valid sequence
  std::size_t bytes{0};    ///< 1 to 4; 0 at the end of the text
  bool valid{true};        ///< false for bytes that are no UTF-8
};

/// The character at a byte position. Overlong forms, surrogates and values above U+10FFFF are not
/// valid (RFC 3629).
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t position);

/// Is it a control character, or one that reorders, hides or breaks the text around it (bidi
/// controls, zero-width characters, line and paragraph separators; Unicode TR 36)?
[[nodiscard]] bool is_unprintable(std::uint32_t code_point);

/// The text on one line and safe to print: unprintable characters as \u{202E}, bytes that are no
/// UTF-8 as \x{FF}.
[[nodiscard]] std::string escape_text(std::string_view text);

/// At most `longest` characters; what was cut is marked by "...".
[[nodiscard]] std::string cut_text(std::string_view text, std::size_t longest);

/// How many characters a text has; a byte that is no UTF-8 counts as one.
[[nodiscard]] std::size_t count_characters(std::string_view text);

}  // namespace flywheel
