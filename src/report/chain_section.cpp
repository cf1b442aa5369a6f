#include "report/chain_section.hpp"

#include "report/figure_text.hpp"

namespace flywheel {

std::string chain_section(const RunSummary& run, const PageStyle& style) {
  constexpr FigureKind kinds[] = {FigureKind::money, FigureKind::share, FigureKind::ratio};
  TextTable table{
      {{"step", Align::left}, {"plan"}, {"median"}, {"error"}, {"median : plan"}, {"mean"}}};
  for (const ChainRow& row : run.chain) {
    const FigureKind kind = row.unit >= 0 && row.unit <= 2 ? kinds[row.unit] : FigureKind::amount;
    table.add({row.name, figure_text(row.plan, kind), figure_text(row.median, kind),
               error_text(row.median_error, kind),
               figure_text(row.median / row.plan, FigureKind::ratio), figure_text(row.mean, kind)});
  }
  return heading("From the benchmarks to the result", style) + table.text(style) +
         wrapped(
             "plan: arithmetic at the plan's medians, channels weighted by budget, without "
             "retargeting, messages, offers, season and wear-out; median and mean: over the "
             "futures played, with all of them. Step by step: docs/from_benchmark_to_result.md.",
             style);
}

}  // namespace flywheel
