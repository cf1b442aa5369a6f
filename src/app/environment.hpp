#pragma once

#include <functional>
#include <optional>
#include <string>

namespace flywheel {

/// The value of a variable of the environment; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// That of this process.
[[nodiscard]] Environment process_environment();

}  // namespace flywheel
