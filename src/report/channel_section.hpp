#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// Impressions, clicks, spend, reach, first orders and their ratios by channel, means over the
/// futures; ratios are ratios of means.
[[nodiscard]] std::string channel_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
