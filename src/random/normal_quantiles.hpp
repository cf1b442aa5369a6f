#pragma once

#include <span>

#include "random/blocks.hpp"

namespace flywheel {

/// normal_quantile of many probabilities, each in (0, 1); the same bits as one by one.
void fill_normal_quantiles(std::span<const double> probabilities, std::span<double> quantiles,
                           InstructionSet instructions = instruction_set());

}  // namespace flywheel
