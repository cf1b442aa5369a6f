#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "results/outcome_table.hpp"
#include "results/result.hpp"
#include "results/run_description.hpp"

namespace flywheel {

/// A batch of replications that lie together, as a run keeps them until all are done.
///
/// A shard is a sealed result file of its own type, "shard". It holds all that any longer run of
/// the same plan needs of its replications: every dense row, the parameters drawn, and paths and
/// details of those rows that a table might keep which ends anywhere after the shard's first row.
/// `outcomes`: at least one, in the order of replications, without gaps.
[[nodiscard]] std::vector<std::byte> shard_image(const RunDescription& run,
                                                 const OutcomeShape& shape,
                                                 std::span<const Outcome> outcomes);

/// What a shard of this run holds; entries and paths that it does not keep are NaN.
///
/// Throws FileError where it is no shard, of another run, of another shape, has gaps, or figures
/// that no future has (contribution not finite).
[[nodiscard]] std::vector<Outcome> read_shard(const Result& shard, const RunDescription& run,
                                              const OutcomeShape& shape);

}  // namespace flywheel
