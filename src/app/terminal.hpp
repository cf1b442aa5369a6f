#pragma once

#include <cstddef>
#include <iosfwd>

namespace flywheel {

/// What stands behind a stream.
struct Terminal {
  bool present{false};      ///< false for files, pipes and the streams of tests
  std::size_t width{80};    ///< characters in a line
  bool wants_color{false};  ///< a terminal, and NO_COLOR (no-color.org) is not set
};

[[nodiscard]] Terminal terminal_behind(const std::ostream& stream);

}  // namespace flywheel
