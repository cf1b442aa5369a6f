#include "report/sensitivity_section.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "report/figure_text.hpp"

namespace flywheel {

namespace {

constexpr std::array<const char*, 5> basis_words{"given", "published", "published, spread judged",
                                                 "judgement", "definition"};

std::string basis_word(int basis) {
  return basis >= 0 && basis < 5 ? basis_words.at(static_cast<std::size_t>(basis)) : "-";
}

std::string too_few(const RunSummary& run, const PageStyle& style) {
  return wrapped(
      fmt::format(
          "Of {} no share is told from chance: in {} the largest of as many that do nothing "
          "comes to {:.0f} % in one run out of twenty. A number that makes a tenth of the "
          "variance takes about {}.",
          counted(static_cast<double>(run.sensitivity.size()), "uncertain number"),
          counted(run.with_media(), "future"), 100 * run.share_by_chance,
          counted(run.futures_for_tenth, "future")),
      style);
}

std::string share_table(const std::vector<SensitivityRow>& rows, const PageStyle& style) {
  TextTable table{{{"uncertain number", Align::left},
                   {"share"},
                   {"error"},
                   {"", Align::left},
                   {"rests on", Align::left}}};
  for (const SensitivityRow& row : rows) {
    table.add({escape_text(row.key), fmt::format("{:.1f} %", 100 * row.share),
               fmt::format("±{:.1f} %", 100 * row.error), bar(row.share, 10),
               basis_word(row.basis)});
  }
  return table.text(style);
}

}  // namespace

std::string sensitivity_section(const RunSummary& run, const PageStyle& style) {
  if (run.sensitivity.empty()) return {};
  const std::string title = heading("Where the variance of net cohort ROAS comes from", style);
  std::vector<SensitivityRow> rows = run.sensitivity;
  std::erase_if(rows,
                [&](const SensitivityRow& row) { return !(row.share > run.share_by_chance); });
  if (rows.empty()) return title + too_few(run, style);
  std::ranges::stable_sort(rows, std::ranges::greater{}, &SensitivityRow::share);
  constexpr std::size_t most_shown = 12;
  rows.resize(std::min(rows.size(), most_shown));
  return title + share_table(rows, style) +
         wrapped(fmt::format(
                     "Shares up to {:.1f} % may be chance and are left out. What all numbers of "
                     "one basis make together, judgements above all: flywheel drivers.",
                     100 * run.share_by_chance),
                 style);
}

}  // namespace flywheel
