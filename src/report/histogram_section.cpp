#include "report/histogram_section.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/figure_text.hpp"

namespace flywheel {

namespace {

/// Digits behind the point that the value is written with, at most four: edges lie beside it.
int decimals_of(double value) {
  int decimals = 0;
  for (double scale = 1.0; decimals < 4; ++decimals, scale *= 10.0) {
    if (std::abs(value * scale - std::round(value * scale)) < 1e-6) break;
  }
  return decimals;
}

std::string target_line(double target, std::size_t width) {
  const std::string text = fmt::format("── target {:g} ", target);
  std::string line = text;
  for (std::size_t used = text.size() - 4; used < width; ++used) line += "─";
  return line + '\n';
}

}  // namespace

std::string histogram_section(const RunSummary& run, const PageStyle& style) {
  const HistogramRows& rows = run.histogram;
  if (rows.counts.empty()) return {};
  const double most = *std::ranges::max_element(rows.counts);
  const int decimals = std::max(
      decimals_of(run.target_roas),
      static_cast<int>(std::ceil(-std::log10(rows.width) - 1e-9)) + (rows.width < 1 ? 1 : 0));
  const std::size_t bar_width = std::min<std::size_t>(style.width - 24, 100);
  std::string page = heading("Net cohort ROAS: futures by bin", style);
  bool above = false;
  for (std::size_t bin = 0; bin < rows.edges.size(); ++bin) {
    // The target is an edge (study/summary_group.cpp): the line goes where that bin begins.
    if (!above && rows.edges[bin] >= run.target_roas - 1e-9 * rows.width) {
      page += target_line(run.target_roas, bar_width + 14);
      above = true;
    }
    page += fmt::format("{:>9.{}f} │{} {}\n", rows.edges[bin], std::min(decimals, 4),
                        bar(rows.counts[bin] / most, bar_width), grouped(rows.counts[bin]));
  }
  if (!above) page += target_line(run.target_roas, bar_width + 14);
  return page;
}

}  // namespace flywheel
