#include "study/response_image.hpp"

#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "results/outcome_result.hpp"
#include "results/write_image.hpp"
#include "study/stored_values.hpp"

namespace flywheel {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// A figure by factor, or by factor and channel, and behind it its standard error.
void add_estimates(ResultGroup& group, ResultVariable figure,
                   const std::vector<Estimate>& estimates, std::size_t row_size) {
  std::vector<double> values;
  std::vector<double> errors;
  for (const Estimate& estimate : estimates) {
    values.push_back(estimate.value);
    errors.push_back(estimate.standard_error);
  }
  ResultVariable error = figure;
  error.name += "_error";
  error.meaning.long_name = "error";
  error.meaning.description = "Monte Carlo error of the figure before";
  figure.values = RowsOfDoubles{owned_rows<double>(std::move(values), row_size)};
  error.values = RowsOfDoubles{owned_rows<double>(std::move(errors), row_size)};
  group.variables.push_back(std::move(figure));
  group.variables.push_back(std::move(error));
}

ResultDimension factor_dimension(const MediaResponse& response) {
  return {.name = "factor",
          .coordinates = response.design.factors,
          .meaning = {"1", "factor on the budgets",
                      "on the daily budgets of all channels and on retargeting's, if it has one"},
          .attributes = {}};
}

void add_totals(ResultGroup& group, const RunDescription& run, const MediaResponse& response) {
  const auto add = [&](const char* name, Meaning meaning, const auto& figure_of) {
    std::vector<Estimate> estimates;
    for (const FactorResponse& factor : response.factors) estimates.push_back(figure_of(factor));
    add_estimates(group, {.name = name, .dimensions = {"factor"}, .meaning = std::move(meaning)},
                  estimates, 1);
  };
  add("media_spend", {run.currency, "media spend", "mean over draws"},
      [](const FactorResponse& factor) { return factor.spend; });
  add("cohort_net_revenue",
      {run.currency, "net revenue of the cohort", "mean; numerator of net cohort ROAS"},
      [](const FactorResponse& factor) { return factor.revenue; });
  add("cohort_roas_180", {"1", "net cohort ROAS", "mean over draws"},
      [](const FactorResponse& factor) { return factor.roas; });
  add("root_customers", {"1", "root customers", "mean over draws"},
      [](const FactorResponse& factor) { return factor.customers; });
  std::vector<Estimate> marginal{{.value = missing, .standard_error = missing}};
  marginal.insert(marginal.end(), response.marginal.begin(), response.marginal.end());
  add_estimates(group,
                {.name = "marginal_roas",
                 .dimensions = {"factor"},
                 .meaning = {"1", "marginal ROAS",
                             "net revenue over media spend, both less those of the factor before; "
                             "error of paired differences; missing for the first factor"}},
                marginal, 1);
}

void add_channels(ResultGroup& group, const RunDescription& run, const MediaResponse& response) {
  const auto add = [&](const char* name, Meaning meaning, Estimate ChannelResponse::*figure) {
    std::vector<Estimate> estimates;
    for (const FactorResponse& factor : response.factors) {
      for (const ChannelResponse& channel : factor.channels) estimates.push_back(channel.*figure);
    }
    add_estimates(
        group, {.name = name, .dimensions = {"factor", "channel"}, .meaning = std::move(meaning)},
        estimates, run.channels.size());
  };
  add("spend_by_channel", {run.currency, "spend by channel", "mean over draws"},
      &ChannelResponse::spend);
  add("reach_by_channel", {"1", "reach by channel", "mean; not defined for retargeting"},
      &ChannelResponse::reach);
  add("first_orders_by_channel", {"1", "first orders by channel", "credited; mean over draws"},
      &ChannelResponse::first_orders);
}

ResultGroup means_group(const RunDescription& run, const MediaResponse& response) {
  ResultGroup group{.path = "response"};
  group.dimensions = {factor_dimension(response),
                      {.name = "channel",
                       .coordinates = run.channels,
                       .meaning = {"", "channel", "of the plan, and retargeting"},
                       .attributes = {}}};
  add_totals(group, run, response);
  add_channels(group, run, response);
  group.attributes = {{"campaign", run.campaign},
                      {"currency", run.currency},
                      {"draws", static_cast<std::int64_t>(response.draws.size())},
                      {"draws_failed", static_cast<std::int64_t>(response.failed)},
                      {"draws_without_media", static_cast<std::int64_t>(response.without_media)}};
  return group;
}

struct NamedCurve {
  std::string name;
  ResponseCurve curve;
};

std::vector<NamedCurve> named_curves(const RunDescription& run, const MediaResponse& response) {
  std::vector<NamedCurve> curves;
  const auto add = [&](std::string name, const std::optional<ResponseCurve>& curve) {
    if (curve) curves.push_back({std::move(name), *curve});
  };
  add("cohort_net_revenue", response.revenue);
  for (std::size_t channel = 0; channel < response.channels.size(); ++channel) {
    const bool is_retargeting = channel + 1 == response.channels.size();
    const std::string of =
        is_retargeting ? std::string{"retargeting"} : "channel." + run.channels.at(channel);
    add(of + ".reach", response.channels[channel].reach);
    add(of + ".first_orders", response.channels[channel].first_orders);
  }
  return curves;
}

ResultGroup curves_group(const RunDescription& run, const std::vector<NamedCurve>& curves) {
  ResultGroup group{.path = "response_curves"};
  std::vector<std::string> names;
  names.reserve(curves.size());
  for (const NamedCurve& one : curves) names.push_back(one.name);
  group.dimensions = {
      {.name = "curve",
       .coordinates = std::move(names),
       .meaning = {"", "curve", "the response; over media spend, or over its channel's spend"},
       .attributes = {}}};
  const auto add = [&](const char* name, Meaning meaning, Estimate HillFit::*figure) {
    std::vector<Estimate> estimates;
    estimates.reserve(curves.size());
    for (const NamedCurve& one : curves) {
      estimates.push_back(one.curve.fit.converged ? one.curve.fit.*figure
                                                  : Estimate{missing, missing});
    }
    add_estimates(group, {.name = name, .dimensions = {"curve"}, .meaning = std::move(meaning)},
                  estimates, 1);
  };
  std::vector<double> converged;
  std::vector<double> deviations;
  for (const NamedCurve& one : curves) {
    converged.push_back(one.curve.fit.converged ? 1.0 : 0.0);
    deviations.push_back(one.curve.fit.converged ? one.curve.largest_deviation : missing);
  }
  group.variables.push_back(
      {.name = "shape",
       .type = StoredType::int8,
       .dimensions = {"curve"},
       .meaning = {"", "shape", "open: no top is in sight, so that the points determine no curve"},
       .values = RowsOfDoubles{owned_rows<double>(converged)},
       .flags = {{0, "open"}, {1, "hill"}}});
  add("top", {"1", "top", "response at endless spend: money of revenue, else people or orders"},
      &HillFit::top);
  add("half", {run.currency, "half", "spend that gives half of it"}, &HillFit::half);
  add("slope", {"1", "slope", "1: diminishing from the start; above 1: S-shaped"}, &HillFit::slope);
  group.variables.push_back(list_variable(
      "largest_deviation", "curve",
      {"1", "largest deviation", "of a mean from the curve, over the mean"}, deviations));
  group.attributes = {{"formula", "response = top spend^slope / (half^slope + spend^slope)"}};
  return group;
}

ResultGroup draws_group(const RunDescription& run, const MediaResponse& response) {
  ResultGroup group{.path = "draws"};
  std::vector<std::int64_t> numbers(response.draws.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  group.dimensions = {{.name = "draw",
                       .coordinates = std::move(numbers),
                       .meaning = {"1", "draw", "whole ones, numbered anew"},
                       .attributes = {}},
                      factor_dimension(response)};
  const auto add = [&](const char* name, Meaning meaning, double ResponseFigures::*figure) {
    std::vector<double> values;
    for (const auto& draw : response.draws) {
      for (const ResponseFigures& one : draw) values.push_back(one.*figure);
    }
    group.variables.push_back(
        {.name = name,
         .dimensions = {"draw", "factor"},
         .meaning = std::move(meaning),
         .values = RowsOfDoubles{owned_rows<double>(std::move(values), response.factors.size())}});
  };
  add("media_spend", {run.currency, "media spend", "of the future"}, &ResponseFigures::spend);
  add("cohort_net_revenue", {run.currency, "net revenue of the cohort", "of the future"},
      &ResponseFigures::revenue);
  add("cohort_roas_180", {"1", "net cohort ROAS", "of the future"}, &ResponseFigures::roas);
  add("root_customers", {"1", "root customers", "of the future"}, &ResponseFigures::customers);
  return group;
}

}  // namespace

std::vector<std::byte> response_image(const RunDescription& run, const MediaResponse& response) {
  ResultSchema schema{.identity = run.identity, .groups = {}};
  schema.identity.file_type = "response";
  schema.groups = {means_group(run, response)};
  const std::vector<NamedCurve> curves = named_curves(run, response);
  // An axis may not be empty: a cohort that buys nothing, at no budget, has no curve.
  if (!curves.empty()) schema.groups.push_back(curves_group(run, curves));
  schema.groups.push_back(draws_group(run, response));
  for (ResultGroup& group : provenance_groups(run)) schema.groups.push_back(std::move(group));
  return write_image(schema);
}

}  // namespace flywheel
