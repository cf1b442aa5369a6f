#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "plan/parameter.hpp"

namespace flywheel {

template <typename Value>
Slot slot_of(Value& value) {
  return &value;
}

template <std::size_t size>
Slot slot_of(std::array<Number, size>& values) {
  return std::span<Number>{values};
}

template <auto member, auto... deeper, typename Owner>
Slot slot_within(Owner& owner) {
  if constexpr (sizeof...(deeper) == 0) {
    return slot_of(owner.*member);
  } else {
    return slot_within<deeper...>(owner.*member);
  }
}

/// Follows member pointers from a section that a plan has once: `once<&Plan::money,
/// &MoneyPlan::x>`.
template <auto section, auto... members>
Slot once(Plan& plan, std::size_t /*entry*/) {
  return slot_within<members...>(plan.*section);
}

/// Follows member pointers from one entry of a list of the plan.
template <auto list, auto... members>
Slot each(Plan& plan, std::size_t entry) {
  return slot_within<members...>((plan.*list).at(entry));
}

template <auto list>
std::size_t count_of(const Plan& plan) {
  return (plan.*list).size();
}

template <auto list>
void add_to(Plan& plan, const std::string& name) {
  (plan.*list).emplace_back().name = name;
}

template <auto list>
std::string name_within(const Plan& plan, std::size_t entry) {
  return (plan.*list).at(entry).name;
}

}  // namespace flywheel
