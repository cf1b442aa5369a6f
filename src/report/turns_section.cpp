#include "report/turns_section.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/figure_text.hpp"
#include "report/turn_rows.hpp"

namespace flywheel {

namespace {

/// What a rotation brought by ads and without, and a figure of both together.
struct TurnColumns {
  std::string_view per;  ///< head of the figure
  FigureKind kind{};
  const BreakdownSummary* paid;
  const BreakdownSummary* earned;
  const BreakdownSummary* figure;
};

std::string turns_table(const RunSummary& run, const TurnColumns& columns,
                        const std::vector<std::size_t>& turns, const PageStyle& style) {
  TextTable table{
      {{"from day"}, {"by ads"}, {"earned"}, {std::string{columns.per}}, {"5 %"}, {"95 %"}}};
  for (const std::size_t turn : turns) {
    const auto quantile = [&](double share) {
      return figure_text(columns.figure->quantiles[turn][run.share_index(share)], columns.kind);
    };
    table.add({columns.figure->labels[turn], mean_text(*columns.paid, turn, FigureKind::count),
               mean_text(*columns.earned, turn, FigureKind::count),
               mean_text(*columns.figure, turn, columns.kind), quantile(0.05), quantile(0.95)});
  }
  return table.text(style);
}

}  // namespace

std::string turns_section(const RunSummary& run, const PageStyle& style) {
  const TurnColumns engaged{"per money", FigureKind::ratio, run.breakdown("engaged_paid"),
                            run.breakdown("engaged_earned"), run.breakdown("engagement_per_media")};
  const TurnColumns won{"media each", FigureKind::money, run.breakdown("acquired_paid"),
                        run.breakdown("acquired_earned"), run.breakdown("cost_per_customer")};
  const BreakdownSummary* media = run.breakdown("media_by_rotation");
  for (const BreakdownSummary* one :
       {engaged.paid, engaged.earned, engaged.figure, won.paid, won.earned, won.figure, media}) {
    if (one == nullptr || one->means.empty()) return {};
  }
  // A turn with fewer days of media, but customers on all of its days, would look cheap.
  const std::size_t whole = whole_turns(*media, run.flight_days);
  const std::vector<std::size_t> turns = turn_rows(whole);
  if (turns.empty()) return {};
  return heading("Turn by turn: engaged visits", style) + turns_table(run, engaged, turns, style) +
         heading("Turn by turn: customers won", style) + turns_table(run, won, turns, style) +
         wrapped(
             "By whole rotations of the flight. Visits that were not left at once and first "
             "orders, by ads and all others. per money: both kinds for one of media, media each: "
             "media for one customer. Means ± Monte Carlo error, and where 5 and 95 % of the "
             "futures lie." +
                 rows_sentence(whole),
             style);
}

}  // namespace flywheel
