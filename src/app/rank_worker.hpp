#pragma once

#include "app/ranks.hpp"

namespace flywheel {

/// Plays what the leader asks for, on so many threads, until it lets this process go.
void serve_leader(Ranks& ranks, int threads);

}  // namespace flywheel
