#pragma once

#include <string>

namespace flywheel {

/// Versions of the compiler and of the libraries that results pass through, a line each.
[[nodiscard]] std::string library_versions();

}  // namespace flywheel
