#pragma once

#include <optional>
#include <string>

namespace flywheel {

/// Main memory of this machine in bytes; 0 when the system does not say.
[[nodiscard]] double machine_memory_bytes();

/// A sentence when so many futures at once would need more than the machine has, by
/// expected_journeys.hpp; none when they fit, or when the memory is not known (0).
[[nodiscard]] std::optional<std::string> memory_warning(double journeys, double futures_at_once,
                                                        double machine_bytes);

}  // namespace flywheel
