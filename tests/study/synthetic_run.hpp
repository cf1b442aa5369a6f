#pragma once

#include <cstddef>
#include <vector>

#include "plan/plan.hpp"
#include "results/outcome_table.hpp"
#include "results/result.hpp"
#include "results/run_description.hpp"

namespace flywheel::test {

/// A run that nobody played, with figures that can be checked by hand: replications 0 ... 199, of
/// which number 7 failed.
///
/// In replication r: net cohort ROAS 2 + r / 100, contribution 10 r - 1,000 USD, media 1,000 USD,
/// payback on day r up to day 149 and then never; paths of five days. Two parameters: one is r
/// itself, the other 73 r modulo 199, which has next to nothing to do with r. Two channels and
/// retargeting, two segments, one flow.
inline constexpr std::size_t synthetic_rows{200};
inline constexpr std::size_t synthetic_failure{7};

[[nodiscard]] DimensionSizes synthetic_sizes();
[[nodiscard]] Outcome synthetic_outcome(std::size_t replication);
/// Takes the first `rows` replications into the table and gives it back.
OutcomeTable& fill(OutcomeTable& table, std::size_t rows = synthetic_rows);
[[nodiscard]] OutcomeShape synthetic_shape();
[[nodiscard]] RunDescription synthetic_description();

/// A plan of one search channel for the chain: 1,200 USD at 2 USD a click (CPC), 2 % of impressions
/// clicked, 4 % of clicks order, 70 USD an order, no repeat purchase, no referral, no returns.
[[nodiscard]] Plan synthetic_plan();

/// The synthetic run as a result file in memory.
[[nodiscard]] Result synthetic_result();

/// The same, but from replication `first` on nothing is spent on media: no ROAS, no payback.
[[nodiscard]] Result synthetic_result_without_media_from(std::size_t first);

}  // namespace flywheel::test
