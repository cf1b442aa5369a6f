#include "app/faults.hpp"

#include <algorithm>
#include <ostream>

namespace flywheel {

void tell_warnings(const Faults& warnings, const Streams& streams) {
  for (const Fault& one : warnings) streams.messages << to_line(one) << '\n';
}

ExitCode tell_faults(const Faults& faults, const Streams& streams) {
  for (const Fault& fault : faults) streams.messages << to_line(fault) << '\n';
  const bool unreadable = std::any_of(faults.begin(), faults.end(), [](const Fault& fault) {
    return fault.kind == FaultKind::file;
  });
  return unreadable ? ExitCode::file : ExitCode::refused;
}

}  // namespace flywheel
