#include "report/columns_page.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "outcome/columns.hpp"
#include "report/page.hpp"
#include "report/results_format.hpp"
#include "results/outcome_result.hpp"

namespace flywheel {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<Stage, std::string_view>, 10> stages{
    {{Stage::headline, "Headline"},
     {Stage::advertising, "Targeted advertising"},
     {Stage::landing, "Landing and checkout"},
     {Stage::post_purchase, "Post-purchase engagement"},
     {Stage::reorder, "Reorder incentives"},
     {Stage::advocacy, "Reviews and referral"},
     {Stage::retargeting, "Retargeting"},
     {Stage::loops, "Loops, turn by turn"},
     {Stage::money, "Money"},
     {Stage::base_rates, "Solved base rates"}}};

std::string range_of(const ColumnSpec& spec) {
  const Benchmark& benchmark = spec.benchmark;
  if (benchmark.source.empty()) return {};
  std::vector<std::string> ranges;
  if (benchmark.is_one_range()) {
    ranges.push_back(fmt::format("{:g} to {:g}", benchmark.low, benchmark.high));
  }
  for (const PublishedBounds& entry : benchmark.by_entry) {
    ranges.push_back(fmt::format("{:g} to {:g}", entry.low, entry.high));
  }
  return fmt::format("{} ({})", fmt::join(ranges, ", "), benchmark.source);
}

std::string markdown_table(Stage stage) {
  std::string table =
      "| Variable | Unit | Dimensions | Definition | Published range |\n|---|---|---|---|---|\n";
  for (const ColumnSpec& spec : column_specs()) {
    if (spec.stage != stage) continue;
    table += fmt::format("| `{}` | {} | {} | {}: {} | {} |\n", spec.name, spec.unit,
                         fmt::join(dimension_names(spec), ", "), spec.long_name, spec.description,
                         range_of(spec));
  }
  return table;
}

Json published_json(const Benchmark& benchmark) {
  Json row;
  if (benchmark.is_one_range()) row = {{"low", benchmark.low}, {"high", benchmark.high}};
  for (const PublishedBounds& entry : benchmark.by_entry) {
    row["by_entry"].push_back({{"low", entry.low}, {"high", entry.high}});
  }
  row["source"] = benchmark.source;
  return row;
}

}  // namespace

std::string columns_text() {
  std::string text;
  for (const auto& [stage, title] : stages) {
    text += fmt::format("{}{}\n", text.empty() ? "" : "\n", title);
    for (const ColumnSpec& spec : column_specs()) {
      if (spec.stage != stage) continue;
      const std::vector<std::string> dimensions = dimension_names(spec);
      text += fmt::format(
          "  {} [{}]{}\n", spec.name, spec.unit,
          dimensions.empty() ? std::string{} : fmt::format(" by {}", fmt::join(dimensions, ", ")));
      text += wrapped(fmt::format("      {}: {}", spec.long_name, spec.description), {}, 6);
    }
  }
  return text;
}

std::string columns_markdown() {
  std::string page{results_format_opening};
  for (const auto& [stage, title] : stages) {
    page += fmt::format("\n### {}\n\n{}", title, markdown_table(stage));
  }
  return page;
}

std::string columns_json() {
  Json rows = Json::array();
  for (const ColumnSpec& spec : column_specs()) {
    Json row{{"name", spec.name},
             {"unit", spec.unit},
             {"dimensions", dimension_names(spec)},
             {"stage", stages.at(static_cast<std::size_t>(spec.stage)).second},
             {"long_name", spec.long_name},
             {"definition", spec.description}};
    if (!spec.benchmark.source.empty()) row["published"] = published_json(spec.benchmark);
    rows.push_back(std::move(row));
  }
  return rows.dump(2) + '\n';
}

}  // namespace flywheel
