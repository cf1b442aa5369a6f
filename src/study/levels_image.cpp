#include "study/levels_image.hpp"

#include <numeric>
#include <utility>

#include "results/outcome_result.hpp"
#include "results/write_image.hpp"
#include "study/describe_run.hpp"
#include "study/stored_values.hpp"

namespace flywheel {

namespace {

ResultDimension labels(std::string name, std::vector<std::string> texts, std::string description) {
  return {.name = name,
          .coordinates = std::move(texts),
          .meaning = {"", std::move(name), std::move(description)},
          .attributes = {}};
}

ResultGroup split_group(const RunDescription& run, const VarianceLevels& levels) {
  const VarianceSplit& split = levels.split;
  ResultGroup group{.path = "variance_split"};
  group.dimensions.push_back(labels("level", {"parameters", "market", "shoppers", "unexplained"},
                                    "level of randomness; unexplained: sampling error only"));
  const auto add = [&](const char* name, Meaning meaning, std::vector<double> values) {
    group.variables.push_back(list_variable(name, "level", std::move(meaning), std::move(values)));
  };
  const double total = split.total.value;
  add("variance", {"1", "variance", "of net cohort ROAS"},
      {split.parameters.value, split.market.value, split.shoppers.value, split.unexplained.value});
  add("variance_error", {"1", "error", "standard error by the jackknife"},
      {split.parameters.standard_error, split.market.standard_error, split.shoppers.standard_error,
       split.unexplained.standard_error});
  add("share", {"1", "share", "of the total variance; a small one may be below zero"},
      {split.parameters_share.value, split.market_share.value, split.shoppers_share.value,
       total > 0.0 ? split.unexplained.value / total : 0.0});
  add("share_error", {"1", "error of the share", "standard error by the jackknife"},
      {split.parameters_share.standard_error, split.market_share.standard_error,
       split.shoppers_share.standard_error,
       total > 0.0 ? split.unexplained.standard_error / total : 0.0});
  group.variables.push_back(
      scalar_variable("total", {"1", "total variance", "of net cohort ROAS"}, total));
  group.variables.push_back(scalar_variable("total_error", {"1", "error", "of the total variance"},
                                            split.total.standard_error));
  group.attributes = {{"campaign", run.campaign},
                      {"draws", static_cast<std::int64_t>(levels.draws.size())},
                      {"draws_failed", static_cast<std::int64_t>(levels.failed)},
                      {"draws_without_media", static_cast<std::int64_t>(levels.without_media)}};
  return group;
}

const char* basis_name(NumberBasis basis) {
  switch (basis) {
    case NumberBasis::given:
      return "given";
    case NumberBasis::sourced:
      return "sourced";
    case NumberBasis::sourced_center:
      return "sourced_with_judged_spread";
    case NumberBasis::judgement:
      return "judgement";
    case NumberBasis::definition:
      break;
  }
  return "rule";
}

ResultDimension basis_dimension(const LevelDesign& design) {
  std::vector<std::string> names;
  for (const NumberBasis basis : design.bases) names.emplace_back(basis_name(basis));
  return labels("basis", std::move(names),
                "what numbers rest on; correlated ones count with the most judged of them");
}

ResultGroup basis_group(const VarianceLevels& levels) {
  ResultGroup group{.path = "basis_split"};
  group.dimensions.push_back(basis_dimension(levels.design));
  std::vector<double> shares;
  std::vector<double> errors;
  for (const Estimate& share : levels.by_basis.groups) {
    shares.push_back(share.value);
    errors.push_back(share.standard_error);
  }
  const Estimate& rest = levels.by_basis.rest;
  group.variables = {
      list_variable("share", "basis",
                    {"1", "share of variance",
                     "of net cohort ROAS that all uncertain numbers of one basis make, "
                     "interactions among them included; a small one may be below zero"},
                    std::move(shares)),
      list_variable("share_error", "basis",
                    {"1", "error of the share", "standard error by the jackknife"},
                    std::move(errors)),
      scalar_variable("rest",
                      {"1", "rest of the variance",
                       "interactions across bases, market and shoppers: 1 less all shares"},
                      rest.value),
      scalar_variable("rest_error", {"1", "error of the rest", "standard error by the jackknife"},
                      rest.standard_error)};
  return group;
}

ResultDimension setting_dimension(std::vector<std::string> words) {
  for (const Frozen& frozen : frozen_settings()) words.push_back(frozen_words(frozen));
  return labels("setting", std::move(words), "levels that stand still");
}

ResultGroup frozen_group(const VarianceLevels& levels) {
  ResultGroup group{.path = "frozen_levels"};
  group.dimensions.push_back(setting_dimension({"none"}));
  std::vector<double> means{levels.all.mean.value};
  std::vector<double> mean_errors{levels.all.mean.standard_error};
  std::vector<double> deviations{levels.all.deviation.value};
  std::vector<double> deviation_errors{levels.all.deviation.standard_error};
  for (const Spread& spread : levels.frozen) {
    means.push_back(spread.mean.value);
    mean_errors.push_back(spread.mean.standard_error);
    deviations.push_back(spread.deviation.value);
    deviation_errors.push_back(spread.deviation.standard_error);
  }
  group.variables = {
      list_variable("mean", "setting", {"1", "mean", "of net cohort ROAS"}, means),
      list_variable("mean_error", "setting", {"1", "error", "of the mean"}, mean_errors),
      list_variable("deviation", "setting", {"1", "standard deviation", "of net cohort ROAS"},
                    deviations),
      list_variable("deviation_error", "setting", {"1", "error", "of the standard deviation"},
                    deviation_errors)};
  return group;
}

ResultGroup draws_group(const VarianceLevels& levels) {
  ResultGroup group{.path = "draws"};
  std::vector<std::int64_t> numbers(levels.draws.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  group.dimensions = {{.name = "draw",
                       .coordinates = std::move(numbers),
                       .meaning = {"1", "draw", "of the parameters, those that failed left out"},
                       .attributes = {}},
                      setting_dimension({})};
  const std::size_t bases = levels.design.bases.size();
  if (bases > 0) group.dimensions.push_back(basis_dimension(levels.design));
  std::vector<double> first;
  std::vector<double> shoppers;
  std::vector<double> market;
  std::vector<double> frozen;
  std::vector<double> kept;
  for (const LevelDraw& draw : levels.draws) {
    first.push_back(draw.futures.y11);
    shoppers.push_back(draw.futures.y12);
    market.push_back(draw.futures.y23);
    frozen.insert(frozen.end(), draw.frozen.begin(), draw.frozen.end());
    kept.insert(kept.end(), draw.kept.begin(), draw.kept.end());
  }
  group.variables = {
      list_variable("first", "draw", {"1", "first future", "net cohort ROAS"}, first),
      list_variable("other_shoppers", "draw",
                    {"1", "other shoppers", "net cohort ROAS, same parameters and market"},
                    shoppers),
      list_variable("other_market", "draw",
                    {"1", "other market", "net cohort ROAS, same parameters only"}, market),
      {.name = "frozen",
       .dimensions = {"draw", "setting"},
       .meaning = {"1", "frozen", "net cohort ROAS of the first future with levels standing still"},
       .values = RowsOfDoubles{owned_rows<double>(frozen, frozen_settings().size())}}};
  if (bases > 0) {
    group.variables.push_back(
        {.name = "kept",
         .dimensions = {"draw", "basis"},
         .meaning = {"1", "kept", "net cohort ROAS, same numbers of one basis only"},
         .values = RowsOfDoubles{owned_rows<double>(kept, bases)}});
  }
  return group;
}

}  // namespace

std::vector<std::byte> levels_image(const RunDescription& run, const VarianceLevels& levels) {
  ResultSchema schema{.identity = run.identity, .groups = {}};
  schema.identity.file_type = "drivers";
  schema.groups = {split_group(run, levels), frozen_group(levels), draws_group(levels)};
  // Without uncertain numbers there is nothing to share out.
  if (!levels.design.bases.empty()) schema.groups.push_back(basis_group(levels));
  for (ResultGroup& group : provenance_groups(run)) schema.groups.push_back(std::move(group));
  return write_image(schema);
}

}  // namespace flywheel
