#pragma once

#include <cstddef>
#include <vector>

#include "results/run_description.hpp"
#include "study/loop_worth.hpp"
#include "study/next_generation.hpp"

namespace flywheel {

/// The bytes of a result file of `loops`: /loops (what each loop is worth, with errors and 95 %
/// intervals, the whole and the synergy), /loop_turns (gain by rotation), /next_generation (the
/// matrix, its spectral radius, the multiplier), /draws (what the means are made of), /provenance.
[[nodiscard]] std::vector<std::byte> loop_image(const RunDescription& run, const LoopWorth& worth,
                                                const NextGeneration& next);

}  // namespace flywheel
