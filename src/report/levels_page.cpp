#include "report/levels_page.hpp"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error_text.hpp"
#include "report/stored_attribute.hpp"

namespace flywheel {

namespace {

/// Names of the four variables behind the rows of a group.
struct RowNames {
  std::string group;
  std::string dimension;
  std::string value;
  std::string second;
};

std::vector<LevelRow> read_rows(const Result& result, const RowNames& names) {
  const auto list = [&](const std::string& name) {
    return result.doubles(names.group + "/" + name);
  };
  const std::vector<std::string> labels = result.texts(names.group + "/" + names.dimension);
  const std::vector<double> values = list(names.value);
  const std::vector<double> errors = list(names.value + "_error");
  const std::vector<double> seconds = list(names.second);
  const std::vector<double> second_errors = list(names.second + "_error");
  std::vector<LevelRow> rows;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    rows.push_back(
        {labels[row], values.at(row), errors.at(row), seconds.at(row), second_errors.at(row)});
  }
  return rows;
}

std::vector<BasisRow> read_bases(const Result& result) {
  if (!result.has("/basis_split/share")) return {};
  const std::vector<std::string> names = result.texts("/basis_split/basis");
  const std::vector<double> shares = result.doubles("/basis_split/share");
  const std::vector<double> errors = result.doubles("/basis_split/share_error");
  std::vector<BasisRow> rows;
  for (std::size_t row = 0; row < names.size(); ++row) {
    rows.push_back({names[row], shares.at(row), errors.at(row)});
  }
  rows.push_back({"rest", result.doubles("/basis_split/rest").at(0),
                  result.doubles("/basis_split/rest_error").at(0)});
  return rows;
}

std::string basis_words(const std::string& basis) {
  if (basis == "sourced") return "published";
  if (basis == "sourced_with_judged_spread") return "published, spread judged";
  if (basis == "rule") return "definition";
  return basis;
}

std::string basis_section(const LevelsSummary& levels, const PageStyle& style) {
  if (levels.bases.empty()) return {};
  TextTable table{{{"numbers by what they rest on", Align::left}, {"share"}, {"", Align::left}}};
  for (const BasisRow& row : levels.bases) {
    table.add({basis_words(row.basis),
               fmt::format("{:.1f} % ±{:.1f} %", 100 * row.share, 100 * row.error),
               bar(row.share, 20)});
  }
  return heading("Split of the variance by what numbers rest on", style) + table.text(style) +
         wrapped(
             "All uncertain numbers of one basis at once, with what they do together. Correlated "
             "ones count with the most judged of them. rest: what numbers of different bases do "
             "together, market and shoppers.",
             style);
}

std::string with_error(double value, double error) {
  return fmt::format("{:.4g} ±{:.2g}", value, error);
}

nlohmann::ordered_json row_json(const LevelRow& row, const char* value, const char* second) {
  return {{"name", row.name},
          {value, row.value},
          {std::string{value} + "_error", row.error},
          {second, row.second},
          {std::string{second} + "_error", row.second_error}};
}

}  // namespace

LevelsSummary read_levels_summary(const Result& result) {
  LevelsSummary levels;
  const std::string split{"/variance_split"};
  levels.campaign = attribute_or(result, split, "campaign", std::string{});
  levels.draws = attribute_or(result, split, "draws", std::int64_t{0});
  levels.failed = attribute_or(result, split, "draws_failed", std::int64_t{0});
  levels.without_media = attribute_or(result, split, "draws_without_media", std::int64_t{0});
  levels.total = result.doubles("/variance_split/total").at(0);
  levels.total_error = result.doubles("/variance_split/total_error").at(0);
  levels.split = read_rows(result, {"/variance_split", "level", "variance", "share"});
  levels.frozen = read_rows(result, {"/frozen_levels", "setting", "deviation", "mean"});
  levels.bases = read_bases(result);
  return levels;
}

std::string levels_page(const LevelsSummary& levels, const PageStyle& style) {
  std::string page = wrapped(
      fmt::format("{}: standard deviation of net cohort ROAS {:.4g}, by level of randomness, from "
                  "{} draws of the parameters{}.",
                  escape_text(levels.campaign), std::sqrt(levels.total), levels.draws,
                  levels.failed > 0 ? fmt::format(" ({} more failed)", levels.failed) : ""),
      style);
  if (levels.without_media > 0) {
    page += wrapped(fmt::format("{} more draws are left out: one of their futures spent nothing on "
                                "media, so that ROAS is undefined there.",
                                levels.without_media),
                    style);
  }
  TextTable split{{{"level", Align::left}, {"variance"}, {"share"}, {"", Align::left}}};
  for (const LevelRow& row : levels.split) {
    split.add({row.name, with_error(row.value, row.error),
               fmt::format("{:.1f} % ±{:.1f} %", 100 * row.second, 100 * row.second_error),
               bar(row.second, 20)});
  }
  split.add({"total", with_error(levels.total, levels.total_error), "", ""});
  TextTable frozen{{{"levels that stand still", Align::left}, {"standard deviation"}, {"mean"}}};
  for (const LevelRow& row : levels.frozen) {
    frozen.add(
        {row.name, with_error(row.value, row.error), with_error(row.second, row.second_error)});
  }
  return page + heading("Split of the variance", style) + split.text(style) +
         basis_section(levels, style) + heading("With levels frozen", style) + frozen.text(style) +
         wrapped(
             "Parameters stand at their medians, the market on its expected path, shoppers at "
             "the luck of replication 0. Variances under frozen levels need not add up.",
             style);
}

std::string levels_json(const LevelsSummary& levels) {
  nlohmann::ordered_json page{
      {"campaign", levels.campaign},    {"draws", levels.draws},
      {"draws_failed", levels.failed},  {"draws_without_media", levels.without_media},
      {"total_variance", levels.total}, {"total_variance_error", levels.total_error}};
  for (const LevelRow& row : levels.split) {
    page["split"].push_back(row_json(row, "variance", "share"));
  }
  for (const LevelRow& row : levels.frozen) {
    page["frozen"].push_back(row_json(row, "deviation", "mean"));
  }
  for (const BasisRow& row : levels.bases) {
    page["bases"].push_back({{"basis", row.basis}, {"share", row.share}, {"error", row.error}});
  }
  return page.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace flywheel
