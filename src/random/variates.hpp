#pragma once

#include <span>

#include "random/blocks.hpp"
#include "random/inverse_table.hpp"

namespace flywheel {

/// Fills `variates` with the table's value at each of these uniform numbers in [0, 1): the same
/// bits as one by one, several at a time where the machine can.
void fill_variates(const InverseTable& table, std::span<const double> uniforms,
                   std::span<double> variates, InstructionSet instructions = instruction_set());

}  // namespace flywheel
