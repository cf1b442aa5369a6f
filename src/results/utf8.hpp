#pragma once

#include <string>
#include <string_view>

namespace flywheel {

/// The text as every reader of a result file can take it: valid UTF-8 without NUL.
///
/// Bytes that are not part of a well-formed sequence (RFC 3629: no overlong forms, surrogates or
/// values above U+10FFFF) and NUL, at which C readers would stop, become U+FFFD.
[[nodiscard]] std::string well_formed(std::string_view text);

}  // namespace flywheel
