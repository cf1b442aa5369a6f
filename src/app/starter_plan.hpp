#pragma once

#include <string_view>

namespace flywheel {

/// The plan that `init` writes: configs/starter.toml, word for word (a test compares).
[[nodiscard]] std::string_view starter_plan();

}  // namespace flywheel
