#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "plan/plan.hpp"
#include "plan/read_plan.hpp"

namespace flywheel {

/// What a plan that can run says and its writer may not have meant: no media, referral that
/// hardly ends (a reproduction number above 0.8 at the medians), budgets that buy more than 50
/// impressions a day for each shopper, numbers of loops that do not turn, names of channels and
/// flows that look like a slip of the keyboard. Places are left empty where the plan has written
/// nothing.
[[nodiscard]] Faults warn_about(const Plan& plan, const GivenValues& given);

/// The word of `known` that `name` may be a misspelling of, or nothing: at most two letters away
/// (inserted, dropped, replaced, swapped), one for names below six letters. Where one of the two
/// has fewer than five letters only a swap is a slip: other short names lie a letter apart by
/// chance (seo and sem, tv and ctv, meta and beta). Names that differ by a number or a short ending
/// alone are a series (search_2, video_b).
[[nodiscard]] std::string meant_name(const std::string& name,
                                     const std::vector<std::string>& known);

}  // namespace flywheel
