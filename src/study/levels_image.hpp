#pragma once

#include <cstddef>
#include <vector>

#include "results/run_description.hpp"
#include "study/variance_levels.hpp"

namespace flywheel {

/// The bytes of a result file of `drivers`: /variance_split, /frozen_levels, /draws,
/// /basis_split where numbers are uncertain, /provenance.
[[nodiscard]] std::vector<std::byte> levels_image(const RunDescription& run,
                                                  const VarianceLevels& levels);

}  // namespace flywheel
