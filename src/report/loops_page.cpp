#include "report/loops_page.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "report/turn_rows.hpp"

namespace flywheel {

namespace {

/// A loop's share of ROAS may be in the third decimal.
std::string worth_text(double value, FigureKind kind) {
  const bool is_small_ratio = kind == FigureKind::ratio && std::abs(value) < 1000.0;
  return is_small_ratio ? fmt::format("{:.3f}", value) : figure_text(value, kind);
}

/// Rows of worths by figure, each with a row of errors below.
class WorthTable {
 public:
  explicit WorthTable(const LoopsSummary& loops) : loops_{&loops}, table_{heads(loops)} {}

  /// `worth_of` finds the estimate within a figure.
  template <class WorthOf>
  void add(std::string label, const WorthOf& worth_of) {
    std::vector<std::string> values{std::move(label)};
    std::vector<std::string> errors{""};
    for (const WorthSummary& figure : loops_->figures) {
      const Estimate estimate = worth_of(figure);
      values.push_back(std::isnan(estimate.value) ? "-" : worth_text(estimate.value, figure.kind));
      errors.push_back(error_text(estimate.standard_error, figure.kind));
    }
    table_.add(std::move(values));
    table_.add(std::move(errors));
  }

  [[nodiscard]] std::string text(const PageStyle& style) const { return table_.text(style); }

 private:
  static std::vector<TableColumn> heads(const LoopsSummary& loops) {
    std::vector<TableColumn> columns{{"loop", Align::left}};
    for (const WorthSummary& figure : loops.figures) columns.push_back({figure.head});
    return columns;
  }

  const LoopsSummary* loops_;
  TextTable table_;
};

std::string loop_label(const std::string& name) {
  std::string label = escape_text(name);
  std::ranges::replace(label, '_', ' ');
  return label;
}

std::string opening(const LoopsSummary& loops, const PageStyle& style) {
  std::string text = fmt::format(
      "{}: what each loop is worth, means of {} draws{}, each played with all loops, with none, "
      "without each and with each alone. ± is the Monte Carlo error of paired differences, since "
      "all worlds of a draw have the same luck; money in {}.",
      escape_text(loops.campaign), loops.draws,
      loops.failed > 0 ? fmt::format(" ({} more failed)", loops.failed) : "",
      escape_text(loops.currency));
  if (!loops.left_out.empty()) {
    text += fmt::format(" Left out, since they do nothing: {}.", escape_text(loops.left_out));
  }
  if (loops.without_media > 0) {
    text += fmt::format(
        " {} of the draws are left out for ROAS: a future of theirs spent nothing on media.",
        loops.without_media);
  }
  return wrapped(text, style);
}

std::string taken_away_section(const LoopsSummary& loops, const PageStyle& style) {
  WorthTable table{loops};
  for (std::size_t loop = 0; loop < loops.loops.size(); ++loop) {
    table.add(loop_label(loops.loops[loop]),
              [=](const WorthSummary& figure) { return figure.taken_away.at(loop).estimate; });
  }
  table.add("with all", [](const WorthSummary& figure) { return figure.all; });
  return heading("Taken away: all loops less all but this one", style) + table.text(style);
}

std::string alone_section(const LoopsSummary& loops, const PageStyle& style) {
  WorthTable table{loops};
  for (std::size_t loop = 0; loop < loops.loops.size(); ++loop) {
    table.add(loop_label(loops.loops[loop]),
              [=](const WorthSummary& figure) { return figure.alone.at(loop).estimate; });
  }
  table.add("+ synergy", [](const WorthSummary& figure) { return figure.synergy.estimate; });
  table.add("= the whole", [](const WorthSummary& figure) { return figure.whole.estimate; });
  table.add("with none", [](const WorthSummary& figure) { return figure.none; });
  return heading("Alone: this loop less none", style) + table.text(style) +
         wrapped(
             "Synergy: what all loops together bring beyond the sum of each alone; below 0 they "
             "take from each other. ROAS does not count what programs cost (messages, rewards, "
             "service); contribution does.",
             style);
}

std::string gain_text(const Estimate& gain) {
  if (std::isnan(gain.value)) return "-";
  return figure_text(gain.value, FigureKind::ratio) + ' ' +
         error_text(gain.standard_error, FigureKind::ratio);
}

std::string turns_section(const LoopsSummary& loops, const PageStyle& style) {
  TextTable table{{{"from day"}, {"customers won"}, {"engaged visits"}, {"media"}}};
  for (const std::size_t place : turn_rows(loops.turns.size())) {
    const TurnRow& turn = loops.turns[place];
    table.add({grouped(turn.day), gain_text(turn.customers), gain_text(turn.engaged),
               gain_text(turn.media)});
  }
  return heading("Gain by rotation: with all loops over with none", style) + table.text(style) +
         wrapped("-: nothing of it without loops." + rows_sentence(loops.turns.size()), style);
}

std::string generation_sentence(const LoopsSummary& loops) {
  std::string text = fmt::format(
      "One customer won at the middle of the flight directly brings {:.3g} others until the "
      "horizon by friends and word of mouth, in the kind of customer that brings most (spectral "
      "radius of the next-generation matrix; numbers at their medians, so it has no Monte Carlo "
      "error). ",
      loops.spectral_radius);
  if (std::isinf(loops.multiplier)) return text + "Customers would grow without end.";
  return text + fmt::format(
                    "Each customer who comes by other ways so stands for {:.3f} in the end "
                    "(multiplier), were nobody a customer already.",
                    loops.multiplier);
}

std::string generation_section(const LoopsSummary& loops, const PageStyle& style) {
  constexpr double worth_a_warning = 0.8;
  std::string section =
      heading("How customers bring customers", style) + wrapped(generation_sentence(loops), style);
  if (loops.spectral_radius > worth_a_warning) {
    section += marked(wrapped("Warning: above 0.8 the multiplier hangs on the last digits of what "
                              "was assumed, and no audience bears such growth for long.",
                              style),
                      style);
  }
  return section;
}

}  // namespace

std::string loops_page(const LoopsSummary& loops, const PageStyle& style) {
  return opening(loops, style) + taken_away_section(loops, style) + alone_section(loops, style) +
         turns_section(loops, style) + generation_section(loops, style);
}

}  // namespace flywheel
