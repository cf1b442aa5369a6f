#pragma once

#include <vector>

#include "random/blocks.hpp"

namespace flywheel::test {

/// What this machine has; a kernel that it lacks cannot be run.
inline std::vector<InstructionSet> kernels() {
  std::vector<InstructionSet> sets = {InstructionSet::portable};
  if (instruction_set() >= InstructionSet::avx2) sets.push_back(InstructionSet::avx2);
  if (instruction_set() >= InstructionSet::avx512) sets.push_back(InstructionSet::avx512);
  return sets;
}

}  // namespace flywheel::test
