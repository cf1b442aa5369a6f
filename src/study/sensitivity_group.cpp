#include "study/sensitivity_group.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "analysis/importance.hpp"
#include "study/stored_values.hpp"

namespace flywheel {

namespace {

/// What a parameter's value rests on, as the file's flag.
std::int8_t basis_flag(const std::string& basis) {
  constexpr std::array<std::string_view, 4> marks{"given", "[S]", "[S/J]", "[J]"};
  for (std::size_t flag = 0; flag < marks.size(); ++flag) {
    if (marks.at(flag) == basis) return static_cast<std::int8_t>(flag);
  }
  return 4;
}

/// The values where the output is defined.
std::vector<double> where_defined(std::vector<double> values, const std::vector<double>& output) {
  std::size_t kept = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (std::isfinite(output[row])) values[kept++] = values[row];
  }
  values.resize(kept);
  return values;
}

/// What stands still, as all numbers do where parameters are frozen, explains nothing.
bool stands_still(const std::vector<double>& values) {
  return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>{}) == values.end();
}

ResultVariable basis_variable(std::vector<double> bases) {
  ResultVariable variable =
      list_variable("basis", "parameter", {"", "basis", "what the number's distribution rests on"},
                    std::move(bases));
  variable.type = StoredType::int8;
  variable.flags = {{0, "given"},
                    {1, "sourced"},
                    {2, "sourced_with_judged_spread"},
                    {3, "judgement"},
                    {4, "rule"}};
  return variable;
}

}  // namespace

std::optional<ResultGroup> sensitivity_group(const RunDescription& run, const OutcomeTable& table) {
  constexpr std::size_t fewest_rows = 8;
  const std::vector<double> all = table.values(Column::cohort_roas_180);
  const std::vector<double> output = where_defined(all, all);
  if (run.parameters.empty() || output.size() < fewest_rows) return {};
  std::vector<std::string> keys;
  std::vector<double> bases;
  std::vector<double> shares;
  std::vector<double> errors;
  for (std::size_t index = 0; index < run.parameters.size(); ++index) {
    if (run.parameters[index].idle) continue;
    const std::vector<double> drawn = where_defined(table.parameter_values(index), all);
    if (stands_still(drawn)) continue;
    const Estimate share = first_order_share(drawn, output);
    keys.push_back(run.parameters[index].key);
    bases.push_back(basis_flag(run.parameters[index].basis));
    shares.push_back(share.value);
    errors.push_back(share.standard_error);
  }
  if (keys.empty()) return {};
  const double by_chance = largest_idle_share(output.size(), keys.size());
  const auto rows_for_a_tenth = static_cast<double>(rows_to_tell(0.1, keys.size()));
  ResultGroup group{.path = "sensitivity"};
  group.dimensions.push_back({.name = "parameter",
                              .coordinates = std::move(keys),
                              .meaning = {"", "parameter", "full key of an uncertain number"},
                              .attributes = {}});
  group.variables = list_of(
      list_variable("variance_share", "parameter",
                    {"1", "share of variance",
                     "first-order share of the variance of net cohort ROAS; may be slightly below "
                     "zero"},
                    std::move(shares)),
      list_variable("variance_share_error", "parameter",
                    {"1", "error of the share", "standard error by the jackknife"},
                    std::move(errors)),
      basis_variable(std::move(bases)));
  group.variables.push_back(scalar_variable(
      "share_by_chance",
      {"1", "share by chance",
       "what the largest share of as many idle numbers exceeds in one run out of twenty"},
      by_chance));
  group.variables.push_back(scalar_variable(
      "replications_for_a_tenth",
      {"1", "replications for a tenth", "replications whose share_by_chance is below 0.1"},
      rows_for_a_tenth));
  return group;
}

}  // namespace flywheel
