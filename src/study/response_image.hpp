#pragma once

#include <cstddef>
#include <vector>

#include "results/run_description.hpp"
#include "study/media_response.hpp"

namespace flywheel {

/// The bytes of a result file of `response`: /response (means by factor on the budgets, and by
/// channel), /response_curves (Hill curves through them), /draws (what the means are made of),
/// /provenance.
///
/// Curves are named "cohort_net_revenue", "channel.<name>.reach", "channel.<name>.first_orders",
/// "retargeting.first_orders"; one that was not asked for (fit_response) is left out, and one that
/// the points do not determine has no numbers.
[[nodiscard]] std::vector<std::byte> response_image(const RunDescription& run,
                                                    const MediaResponse& response);

}  // namespace flywheel
