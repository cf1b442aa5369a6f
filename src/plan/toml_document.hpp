#pragma once

#include <string>
#include <string_view>

#include "plan/node.hpp"

namespace flywheel {

/// A TOML text as nodes, or what is wrong with it (then the root is empty).
struct TomlDocument {
  PlanTable root;
  Faults faults;
};

/// Parses TOML 1.0 that has passed check_text with plan_limits; `name` stands for the file.
///
/// The only place that knows the TOML library. Faults: no TOML; tables nested more than 12 deep,
/// which no plan needs. A date or time that does not exist (2027-02-30) becomes a text, so that it
/// does not hide other faults.
[[nodiscard]] TomlDocument parse_toml(std::string_view text, const std::string& name);

}  // namespace flywheel
