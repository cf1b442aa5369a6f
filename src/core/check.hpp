#pragma once

#include <stdexcept>
#include <string>

namespace flywheel {

/// A contract of the program was broken: a fault of ours, not of the plan.
struct ContractBroken : std::logic_error {
  using std::logic_error::logic_error;
};

/// Stops the replication when a contract does not hold; `sentence` says what should be true.
inline void expect(bool holds, const char* sentence) {
  if (!holds) throw ContractBroken{std::string{"contract broken: "} + sentence};
}

}  // namespace flywheel
