#pragma once

#include <string>
#include <variant>

#include "results/result.hpp"

namespace flywheel {

/// An attribute of a group or variable of a result; `otherwise` where it has none of this type.
template <class Value>
[[nodiscard]] Value attribute_or(const Result& result, const std::string& path,
                                 const std::string& name, Value otherwise) {
  const auto value = result.attribute(path, name);
  const auto* typed = value ? std::get_if<Value>(&*value) : nullptr;
  return typed == nullptr ? otherwise : *typed;
}

}  // namespace flywheel
