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
};

constexpr WheelColumn life_columns[]{
    {"nurtured", "nurtured", FigureKind::amount},
    {"retained", "retained", FigureKind::amount},
    {"advocates", "advocates", FigureKind::amount},
    {"friends_by_rotation", "friends", FigureKind::amount},
    {"message_cost_by_rotation", "messages", FigureKind::money},
    {"incentives_by_rotation", "discounts", FigureKind::money},
    {"rewards_by_rotation", "rewards", FigureKind::money},
};

constexpr WheelColumn state_columns[]{
    {"rating", "rating", FigureKind::ratio},
    {"conversion_effect", "conversion", FigureKind::share},
    {"organic_factor", "organic", FigureKind::ratio},
    {"bad_factor", "bad", FigureKind::ratio},
    {"reproduction_number", "R", FigureKind::amount},
};

constexpr WheelColumn market_columns[]{
    {"price_index", "price", FigureKind::ratio},     {"unit_cost", "cost", FigureKind::ratio},
    {"sellers", "sellers", FigureKind::amount},      {"selection", "selection", FigureKind::ratio},
    {"availability", "in stock", FigureKind::ratio},
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

/// Those of the columns that are worth a place, and a row of errors below each row of means.
template <class Columns, class IsShown>
std::string wheel_table(const RunSummary& run, const Columns& columns, const IsShown& is_shown,
                        const PageStyle& style) {
  std::vector<TableColumn> heads{{"day"}};
  std::vector<WheelColumn> kinds;
  std::vector<const BreakdownSummary*> shown;
  for (const WheelColumn& column : columns) {
    const BreakdownSummary* found = run.breakdown(std::string{column.name});
    if (found == nullptr || found->means.empty() || !is_shown(*found)) continue;
    heads.push_back({std::string{column.head}});
    kinds.push_back(column);
    shown.push_back(found);
  }
  if (shown.empty()) return {};
  TextTable table{heads};
  for (const std::size_t turn :
       turn_rows(whole_turns(*shown.front(), run.horizon_days), most_rows)) {
    std::vector<std::string> means{shown.front()->labels[turn]};
    std::vector<std::string> errors{""};
    for (std::size_t place = 0; place < shown.size(); ++place) {
      means.push_back(figure_text(shown[place]->means[turn], kinds[place].kind));
      errors.push_back(error_text(shown[place]->mean_errors[turn], kinds[place].kind));
    }
    table.add(std::move(means));
    table.add(std::move(errors));
  }
  return table.text(style);
}

std::string life_part(const RunSummary& run, const PageStyle& style) {
  const std::string table = wheel_table(run, life_columns, is_above_zero, style);
  if (table.empty()) return {};
  return heading("Turn by turn: the customers' life, and what it costs", style) + table +
         wrapped(
             fmt::format(
                 "By whole rotations until the horizon. nurtured: messages clicked, retained: "
                 "orders again, "
                 "advocates: promoters' answers, friends: who came by them; then money in {}: of "
                 "messages, of discounts and points, of rewards to referrers. Means ± Monte Carlo "
                 "error.",
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

std::string market_part(const RunSummary& run, const PageStyle& style) {
  const std::string table = wheel_table(run, market_columns, moves, style);
  if (table.empty()) return {};
  return heading("Turn by turn: the marketplace", style) + table +
         wrapped(
             "price, cost and selection: indices of 1 on the first day; in stock: the chance that "
             "a visit finds what it would order.",
             style);
}

std::string state_part(const RunSummary& run, const PageStyle& style) {
  if (run.loops.empty()) return {};
  const std::string table = wheel_table(run, state_columns, moves, style);
  std::string words = fmt::format("Loops that turn: {}.", escape_text(run.loops));
  if (!table.empty()) {
    words +=
        " What they make of the shop at the begin of the rotation, as far as it moves: conversion "
        "is the effect on the logarithm of its rate, organic and bad are factors on organic "
        "visits and bad experiences, R the customers whom a customer refers in the end.";
  }
  return heading("Turn by turn: what the loops change", style) + table +
         wrapped(words + sharpness_sentence(run), style);
}

std::string tests_part(const RunSummary& run, const PageStyle& style) {
  const ColumnSummary& finished = run.column("page_tests");
  if (!(finished.mean > 0.0)) return {};
  const auto mean = [&](const char* name, FigureKind kind) {
    const ColumnSummary& column = run.column(name);
    return figure_text(column.mean, kind) + ' ' + error_text(column.mean_error, kind);
  };
  std::string words = fmt::format("Page tests: {} ended in a future, {} won, of these {} falsely.",
                                  mean("page_tests", FigureKind::amount),
                                  mean("page_test_wins", FigureKind::amount),
                                  mean("page_test_false_wins", FigureKind::amount));
  if (run.column("page_test_true_lift").count > 0.0) {
    words += fmt::format(
        " Winners were measured to lift conversion by {} and truly did by {}: who wins was lucky, "
        "too.",
        mean("page_test_observed_lift", FigureKind::share),
        mean("page_test_true_lift", FigureKind::share));
  }
  return wrapped(words, style);
}

}  // namespace

std::string wheel_section(const RunSummary& run, const PageStyle& style) {
  return life_part(run, style) + state_part(run, style) + market_part(run, style) +
         tests_part(run, style);
}

}  // namespace flywheel
