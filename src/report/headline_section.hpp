#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// Campaign, futures and the chance of the target in one plain sentence; then the quantiles of
/// cohort ROAS gross, net and with open returns, each with its Monte Carlo error. Over the futures
/// that spent something on media; where none did, that ROAS is undefined.
/// Targets of the base rates that futures missed are told, with the keys to change.
[[nodiscard]] std::string headline_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
