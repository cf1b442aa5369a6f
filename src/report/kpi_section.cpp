#include "report/kpi_section.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "outcome/columns.hpp"
#include "report/figure_text.hpp"

namespace flywheel {

namespace {

constexpr std::array<std::pair<Stage, const char*>, 7> stages{
    {{Stage::headline, "The campaign"},
     {Stage::advertising, "1 Targeted advertising"},
     {Stage::landing, "2 Landing and checkout"},
     {Stage::post_purchase, "3 Post-purchase engagement"},
     {Stage::reorder, "4 Reorder incentives"},
     {Stage::advocacy, "5 Reviews and referral"},
     {Stage::retargeting, "6 Retargeting"}}};

/// Pages this wide show sources beside the figures.
constexpr std::size_t wide_page{120};

struct Kpi {
  std::string title;
  std::string unit;
  FigureKind kind;
  std::vector<double> quantiles;
  PublishedRange published;
  std::string missing{};  ///< why there may be no figure; empty: the row is then left out
};

/// Collects the sources that a narrow page shows below its table.
class Notes {
 public:
  std::string number_of(const std::string& source) {
    auto found = std::ranges::find(sources_, source);
    if (found == sources_.end()) found = sources_.insert(sources_.end(), source);
    return fmt::format("[{}]", found - sources_.begin() + 1);
  }
  [[nodiscard]] std::string text(const PageStyle& style) const {
    std::string page;
    for (std::size_t note = 0; note < sources_.size(); ++note) {
      page += wrapped(fmt::format("[{}] {}", note + 1, sources_[note]), style, 4);
    }
    return page;
  }

 private:
  std::vector<std::string> sources_;
};

bool is_comparable(const RunSummary& run, const Kpi& kpi) {
  return !kpi.published.source.empty() && (kpi.kind != FigureKind::money || run.currency == "USD");
}

/// The published range as it was published: no digits are added.
std::string range_text(const Kpi& kpi) {
  const bool share = kpi.kind == FigureKind::share;
  const double scale = share ? 100.0 : 1.0;
  return fmt::format("{:.4g} to {:.4g}{}", scale * kpi.published.low, scale * kpi.published.high,
                     share ? " %" : "");
}

/// "Conversion rate by device" for mobile is "Conversion rate, mobile".
std::string entry_title(const BreakdownSummary& breakdown, const std::string& label) {
  std::string title = breakdown.long_name;
  const std::size_t place = title.rfind(" by " + breakdown.dimension);
  if (place != std::string::npos) title.erase(place);
  return title + ", " + escape_text(label) + (breakdown.dimension == "age" ? " days" : "");
}

/// An age that no customer can reach.
bool is_beyond_horizon(const RunSummary& run, const BreakdownSummary& breakdown,
                       const std::string& label) {
  return breakdown.dimension == "age" && std::stod(label) >= run.horizon_days;
}

void add_breakdown(const RunSummary& run, const BreakdownSummary& breakdown,
                   std::vector<Kpi>& kpis) {
  for (std::size_t label = 0; label < breakdown.labels.size(); ++label) {
    kpis.push_back({.title = entry_title(breakdown, breakdown.labels[label]),
                    .unit = breakdown.unit,
                    .kind = kind_of_column(breakdown.name, breakdown.unit),
                    .quantiles = breakdown.quantiles[label],
                    .published = breakdown.published[label],
                    .missing = is_beyond_horizon(run, breakdown, breakdown.labels[label])
                                   ? fmt::format("beyond the horizon, day {}", run.horizon_days)
                                   : std::string{}});
  }
}

std::vector<Kpi> kpis_of(const RunSummary& run, Stage stage) {
  std::vector<Kpi> kpis;
  for (const ColumnSpec& spec : column_specs()) {
    if (spec.stage != stage) continue;
    const std::string name{spec.name};
    // What the pages above this one already show is left out of the campaign's own figures.
    const bool shown = stage != Stage::headline || spec.benchmark.is_one_range() ||
                       name == "contribution_roas" || name == "blended_roas" ||
                       name == "break_even_roas" || name == "lifetime_value" ||
                       name == "ltv_to_cac" || name.ends_with("_customers");
    if (!shown) continue;
    if (spec.dimensions[0] == Dimension::none) {
      const ColumnSummary& column = run.column(name);
      kpis.push_back({column.long_name, column.unit, kind_of_column(name, column.unit),
                      column.quantiles, column.published});
    } else if (name == "repeat_rate_by_age" || name == "conversion_rate_by_device") {
      if (const BreakdownSummary* one = run.breakdown(name)) add_breakdown(run, *one, kpis);
    }
  }
  return kpis;
}

std::string mark_of(const Kpi& kpi, double median) {
  if (median < kpi.published.low) return "low";
  if (median > kpi.published.high) return "high";
  return "";
}

void add_row(const RunSummary& run, const PageStyle& style, const Kpi& kpi, TextTable& table,
             Notes& notes) {
  const double median = kpi.quantiles[run.share_index(.50)];
  // Nothing was played of it: the stage is off, or nobody is old enough.
  const bool nothing = std::ranges::all_of(kpi.quantiles, [](double one) { return one == 0.0; });
  if ((std::isnan(median) && kpi.missing.empty()) || nothing) return;
  std::vector<std::string> cells{kpi.title, figure_text(median, kpi.kind),
                                 figure_text(kpi.quantiles[run.share_index(.05)], kpi.kind),
                                 figure_text(kpi.quantiles[run.share_index(.95)], kpi.kind)};
  if (std::isnan(median)) {
    cells.insert(cells.end(), {"", kpi.missing});
    if (style.width >= wide_page) cells.emplace_back();
  } else if (is_comparable(run, kpi)) {
    const std::string range = range_text(kpi);
    cells.push_back(mark_of(kpi, median));
    cells.push_back(style.width >= wide_page ? range
                                             : range + " " + notes.number_of(kpi.published.source));
    if (style.width >= wide_page) cells.push_back(kpi.published.source);
  } else {
    cells.resize(style.width >= wide_page ? 7 : 6);
  }
  table.add(std::move(cells));
}

}  // namespace

std::string kpi_section(const RunSummary& run, const PageStyle& style) {
  std::string page;
  Notes notes;
  for (const auto& [stage, title] : stages) {
    std::vector<TableColumn> columns{{"", Align::left}, {"median"},
                                     {"5 %"},           {"95 %"},
                                     {"", Align::left}, {"published", Align::left}};
    if (style.width >= wide_page) columns.push_back({"source", Align::left});
    TextTable table{columns};
    for (const Kpi& kpi : kpis_of(run, stage)) add_row(run, style, kpi, table, notes);
    if (!table.empty()) page += heading(title, style) + table.text(style);
  }
  return page + (style.width >= wide_page ? "" : "\n" + notes.text(style));
}

}  // namespace flywheel
