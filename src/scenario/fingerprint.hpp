#pragma once

#include <cstdint>

namespace flywheel {

/// A hash of the bits of a fixed set of draws and solved values: the numerics of this build on this
/// machine.
///
/// Parameter draws of every family, trait tables, market paths and solved base rates are made of
/// IEEE operations and functions of our own, so the number should be the same wherever they hold;
/// where it is not, results differ, and a run's identity says so.
[[nodiscard]] std::uint64_t numerics_fingerprint();

}  // namespace flywheel
