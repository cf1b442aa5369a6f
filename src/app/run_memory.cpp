#include "app/run_memory.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <unistd.h>

#include "plan/expected_journeys.hpp"

namespace flywheel {

double machine_memory_bytes() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page_bytes = ::sysconf(_SC_PAGE_SIZE);
  if (pages <= 0 || page_bytes <= 0) return 0.0;
  return static_cast<double>(pages) * static_cast<double>(page_bytes);
}

std::optional<std::string> memory_warning(double journeys, double futures_at_once,
                                          double machine_bytes) {
  constexpr double gigabyte = 1e9;
  const double one = journeys * bytes_per_journey;
  if (machine_bytes <= 0.0 || futures_at_once * one <= machine_bytes) return std::nullopt;
  const double fit = std::floor(machine_bytes / one);
  const std::string remedy =
      fit < 1.0 ? "not even one future may fit" : fmt::format("--threads {:.0f} fits", fit);
  return fmt::format(
      "{:.0f} future{} at once, about {:.2g} journeys each, may need {:.2g} GB of memory and this "
      "machine has {:.2g} GB: {}",
      futures_at_once, futures_at_once > 1.0 ? "s" : "", journeys, futures_at_once * one / gigabyte,
      machine_bytes / gigabyte, remedy);
}

}  // namespace flywheel
