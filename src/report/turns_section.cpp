#include "report/turns_section.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/figure_text.hpp"

namespace flywheel {

namespace {

constexpr std::size_t most_rows = 12;

/// Turns that lie in the flight as a whole: one with fewer days of media, but customers on all of
/// its days, would look cheap. The first, where the flight is shorter.
std::size_t whole_turns(const BreakdownSummary& media, int flight_days) {
  const std::vector<std::string>& begins = media.labels;
  if (begins.size() < 2) return begins.size();
  const int length = std::stoi(begins[1]) - std::stoi(begins[0]);
  std::size_t turns = 0;
  while (turns < begins.size() && std::stoi(begins[turns]) + length <= flight_days) ++turns;
  return std::max<std::size_t>(1, turns);
}

/// Places of at most so many turns, evenly spread, the first and the last among them.
std::vector<std::size_t> shown_turns(std::size_t turns) {
  std::vector<std::size_t> places;
  const std::size_t rows = turns < most_rows ? turns : most_rows;
  for (std::size_t row = 0; row < rows; ++row) {
    places.push_back(rows < 2 ? 0 : row * (turns - 1) / (rows - 1));
  }
  return places;
}

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
    const auto mean = [&](const BreakdownSummary& one) {
      return figure_text(one.means[turn], FigureKind::count);
    };
    const auto quantile = [&](double share) {
      return figure_text(columns.figure->quantiles[turn][run.share_index(share)], columns.kind);
    };
    table.add({columns.figure->labels[turn], mean(*columns.paid), mean(*columns.earned),
               quantile(0.5), quantile(0.05), quantile(0.95)});
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
  const std::vector<std::size_t> turns = shown_turns(whole_turns(*media, run.flight_days));
  if (turns.empty()) return {};
  return heading("Turn by turn: engaged visits", style) + turns_table(run, engaged, turns, style) +
         heading("Turn by turn: customers won", style) + turns_table(run, won, turns, style) +
         wrapped(
             "By whole rotations of the flight. Visits that were not left at once and first "
             "orders, by "
             "ads and all others: means. per money: both kinds for one of media, media each: media "
             "for one customer; medians over the futures, and where 5 and 95 % of these lie.",
             style);
}

}  // namespace flywheel
