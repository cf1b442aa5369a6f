#include "report/wheel_section.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "report/figure_text.hpp"
#include "report/turn_rows.hpp"

namespace flywheel {

namespace {

constexpr std::size_t most_rows = 8;

/// A column by rotation as the page shows it.
struct WheelColumn {
  std::string_view name;
  std::string_view head;
  FigureKind kind;
  std::string_view meaning;  ///< for the caption
};

constexpr WheelColumn life_columns[]{
    {"nurtured", "nurtured", FigureKind::amount, "messages clicked"},
    {"retained", "retained", FigureKind::amount, "orders again"},
    {"advocates", "advocates", FigureKind::amount, "promoters' answers"},
    {"friends_by_rotation", "friends", FigureKind::amount, "who came by them"},
    {"message_cost_by_rotation", "messages", FigureKind::money, "their cost"},
    {"incentives_by_rotation", "discounts", FigureKind::money, "and loyalty points"},
    {"rewards_by_rotation", "rewards", FigureKind::money, "to referrers"},
};

constexpr WheelColumn state_columns[]{
    {"rating", "rating", FigureKind::ratio, "that people go by, stars"},
    {"conversion_effect", "conversion", FigureKind::share, "effect on the logarithm of its rate"},
    {"organic_factor", "organic", FigureKind::ratio, "visits, times the plan's"},
    {"bad_factor", "bad", FigureKind::ratio, "experiences, times the plan's"},
    {"reproduction_number", "R", FigureKind::amount, "customers whom a customer refers in the end"},
};

constexpr WheelColumn market_columns[]{
    {"price_index", "price", FigureKind::ratio, "against the first day at the rivals' mean"},
    {"unit_cost", "cost", FigureKind::ratio, "of goods, against the first day"},
    {"sellers", "sellers", FigureKind::amount, "from outside"},
    {"selection", "selection", FigureKind::ratio, "good and poor, against the first day"},
    {"availability", "in stock", FigureKind::ratio,
     "chance that a visit finds what it would order"},
};

/// Where figures of a column differ between turns, or their futures do.
bool moves(const BreakdownSummary& column) {
  const auto differs = [&](double mean) {
    return std::isfinite(mean) && std::abs(mean - column.means.front()) > 1e-9;
  };
  return std::ranges::any_of(column.means, differs);
}

bool is_above_zero(const BreakdownSummary& column) {
  return std::ranges::any_of(column.means, [](double mean) { return mean > 0.0; });
}

/// A table of the columns that are worth a place, and what they mean.
struct WheelTable {
  std::string rows;
  std::string caption;  ///< "rating: that people go by, stars; ..."
};

/// A row of errors stands below each row of means.
template <class Columns, class IsShown>
WheelTable wheel_table(const RunSummary& run, const Columns& columns, const IsShown& is_shown,
                       const PageStyle& style) {
  std::vector<TableColumn> heads{{"day"}};
  std::vector<WheelColumn> kinds;
  std::vector<const BreakdownSummary*> shown;
  std::string caption;
  for (const WheelColumn& column : columns) {
    const BreakdownSummary* found = run.breakdown(std::string{column.name});
    if (found == nullptr || found->means.empty() || !is_shown(*found)) continue;
    heads.push_back({std::string{column.head}});
    kinds.push_back(column);
    shown.push_back(found);
    caption += fmt::format("{}{}: {}", caption.empty() ? "" : "; ", column.head, column.meaning);
  }
  if (shown.empty()) return {};
  TextTable table{heads};
  const std::size_t turns = whole_turns(*shown.front(), run.horizon_days);
  for (const std::size_t turn : turn_rows(turns, most_rows)) {
    std::vector<std::string> means{shown.front()->labels[turn]};
    std::vector<std::string> errors{""};
    for (std::size_t place = 0; place < shown.size(); ++place) {
      means.push_back(figure_text(shown[place]->means[turn], kinds[place].kind));
      errors.push_back(error_text(shown[place]->mean_errors[turn], kinds[place].kind));
    }
    table.add(std::move(means));
    table.add(std::move(errors));
  }
  return {table.text(style), caption + "." + rows_sentence(turns, most_rows)};
}

std::string life_part(const RunSummary& run, const PageStyle& style) {
  const WheelTable table = wheel_table(run, life_columns, is_above_zero, style);
  if (table.rows.empty()) return {};
  return heading("Turn by turn: the customers' life, and what it costs", style) + table.rows +
         wrapped(fmt::format("{} Money in {}; means ± Monte Carlo error.", table.caption,
                             escape_text(run.currency)),
                 style);
}

std::string sharpness_sentence(const RunSummary& run) {
  const BreakdownSummary* sharpness = run.breakdown("sharpness_by_channel");
  if (sharpness == nullptr) return {};
  std::string list;
  for (std::size_t channel = 0; channel < sharpness->means.size(); ++channel) {
    if (!(std::abs(sharpness->means[channel] - 1.0) > 1e-9)) continue;
    list +=
        fmt::format("{}{} {}", list.empty() ? "" : ", ", escape_text(sharpness->labels[channel]),
                    mean_text(*sharpness, channel, FigureKind::ratio));
  }
  if (list.empty()) return {};
  return fmt::format(
      " Targeting in the last rotation of the flight, times as sharp as on the first day: {}.",
      list);
}

/// When goods were scarcest, which may be in a rotation that the table leaves out.
std::string scarcity_sentence(const RunSummary& run) {
  const BreakdownSummary* stock = run.breakdown("availability");
  if (stock == nullptr || stock->means.empty() || !moves(*stock)) return {};
  const auto least = std::ranges::min_element(stock->means);
  const auto place = static_cast<std::size_t>(least - stock->means.begin());
  return fmt::format(" Goods were scarcest from day {} on: in stock {}.", stock->labels[place],
                     mean_text(*stock, place, FigureKind::ratio));
}

std::string market_part(const RunSummary& run, const PageStyle& style) {
  const WheelTable table = wheel_table(run, market_columns, moves, style);
  if (table.rows.empty()) return {};
  return heading("Turn by turn: the marketplace", style) + table.rows +
         wrapped(table.caption + scarcity_sentence(run), style);
}

std::string state_part(const RunSummary& run, const PageStyle& style) {
  if (run.loops.empty()) return {};
  const WheelTable table = wheel_table(run, state_columns, moves, style);
  std::string words = fmt::format("Loops that are on: {}.", escape_text(run.loops));
  if (!table.rows.empty()) {
    words += " At the begin of the rotation, " + table.caption;
  }
  return heading("Turn by turn: what the loops change", style) + table.rows +
         wrapped(words + sharpness_sentence(run), style);
}

/// What winners were measured to bring, and what they truly bring.
std::string winners_sentence(const RunSummary& run) {
  const ColumnSummary& seen = run.column("page_test_observed_lift");
  const ColumnSummary& is = run.column("page_test_true_lift");
  if (!(is.count > 1.0)) return {};
  const auto text = [](const ColumnSummary& column) {
    return figure_text(column.mean, FigureKind::share) + ' ' +
           error_text(column.mean_error, FigureKind::share);
  };
  return fmt::format(" Winners were measured to lift conversion by {} and truly do by {}{}.",
                     text(seen), text(is), seen.mean > is.mean ? ": who wins was lucky, too" : "");
}

std::string tests_part(const RunSummary& run, const PageStyle& style) {
  const ColumnSummary& finished = run.column("page_tests");
  if (!(finished.mean > 0.0)) return {};
  const auto mean = [&](const char* name) {
    const ColumnSummary& column = run.column(name);
    return figure_text(column.mean, FigureKind::amount) + ' ' +
           error_text(column.mean_error, FigureKind::amount);
  };
  const double won = run.column("page_test_wins").mean / finished.mean;
  return heading("Tests of pages", style) +
         wrapped(fmt::format("In a future {} ended and {} were won ({}; shops with more traffic "
                             "publish some 12 %), of these {} falsely.{}",
                             mean("page_tests"), mean("page_test_wins"),
                             figure_text(won, FigureKind::share), mean("page_test_false_wins"),
                             winners_sentence(run)),
                 style);
}

}  // namespace

std::string wheel_section(const RunSummary& run, const PageStyle& style) {
  return life_part(run, style) + state_part(run, style) + market_part(run, style) +
         tests_part(run, style);
}

}  // namespace flywheel
