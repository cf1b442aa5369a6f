#include "app/faults.hpp"

#include <algorithm>
#include <ostream>

namespace flywheel {

ExitCode tell_faults(const Faults& faults, const Streams& streams) {
  for (const Fault& fault : faults) streams.messages << to_line(fault) << '\n';
  const bool unreadable = std::any_of(faults.begin(), faults.end(), [](const Fault& fault) {
    return fault.kind == FaultKind::file;
  });
  return unreadable ? ExitCode::file : ExitCode::refused;
}

}  // namespace flywheel
