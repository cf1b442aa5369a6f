#pragma once

#include "results/outcome_table.hpp"
#include "results/run_description.hpp"
#include "results/schema.hpp"

namespace flywheel {

/// The group /summary: what the headline page and the report show, computed once, here.
///
/// Failed replications are left out; so are, column by column, replications in which a figure is
/// not defined (`count` says how many have one). Quantiles are interpolated (type 7, as numpy's)
/// with the error of Maritz & Jarrett and a distribution-free 95 % interval; an end that the sample
/// is too small for is infinite. Needs one replication that did not fail.
///
/// - [column, share]: `quantile`, `quantile_error`, `quantile_low`, `quantile_high`; [column]:
///   `count`, `mean`, `mean_error`, `standard_deviation`, `minimum`, `maximum`
/// - `<column>_quantile` and `<column>_mean` of columns that have dimensions
/// - scalars: the target and its probability, net and gross, break-even, payback; loss, value at
///   risk and expected shortfall of contribution and, as `cohort_...`, of cohort contribution. What
///   asks for a ROAS or for payback is over the futures that spent something on media, and missing
///   without any
/// - `histogram` of the headline over [bin] with an edge at the target, unless no future has one;
/// `calendar_roas_fan`, `cash_fan` over [share, day]
[[nodiscard]] ResultGroup summary_group(const RunDescription& run, const OutcomeTable& table);

}  // namespace flywheel
