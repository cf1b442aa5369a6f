#include "study/chain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "analysis/moments.hpp"
#include "analysis/quantiles.hpp"
#include "plan/expectation.hpp"
#include "study/stored_values.hpp"

namespace flywheel {

namespace {

/// What the plan's budgets buy at its medians, over all channels.
struct PlannedMedia {
  double budget{0};
  double impressions{0};
  double clicks{0};
  double orders{0};
};

PlannedMedia planned_media(const Plan& plan) {
  PlannedMedia media;
  const std::vector<ChannelExpectation> channels = expect_channels(plan);
  for (std::size_t index = 0; index < channels.size(); ++index) {
    const bool steps = plan.funnel.model == FunnelModel::steps;
    const Number& rate = steps ? plan.channels[index].conversion_rate : plan.funnel.propensity_mean;
    media.budget += channels[index].budget;
    media.impressions += channels[index].impressions;
    media.clicks += channels[index].clicks;
    media.orders += channels[index].clicks * rate.value.median();
  }
  return media;
}

double referral_factor(const Plan& plan) {
  const ReferralPlan& referral = plan.referral;
  if (referral.enabled == 0) return 1.0;
  const double number = expect_reproduction_number(plan);
  return 1.0 + number * referral.value_uplift.value.median() / (1.0 - number);
}

double kept_after_returns(const MoneyPlan& money) {
  const double refunded =
      1.0 - money.partial_share.value.median() * (1.0 - money.partial_value.value.median());
  return 1.0 - money.return_rate.value.median() * refunded;
}

/// Gauss' hypergeometric function for 0 <= z < 1 and positive parameters.
double gauss_2f1(double a, double b, double c, double z) {
  double term = 1.0;
  double sum = 1.0;
  for (int k = 0; k < 100'000 && term > 1e-17 * sum; ++k) {
    term *= (a + k) * (b + k) / ((c + k) * (k + 1.0)) * z;
    sum += term;
  }
  return sum;
}

double bg_nbd_expectation(const RepeatPlan& plan, double days) {
  const double r = plan.rate_shape.value.median();
  const double alpha = plan.rate_scale_days.value.median();
  const double a = plan.drop_alpha.value.median();
  const double b = plan.drop_beta.value.median();
  const double z = days / (alpha + days);
  const double left = std::pow(alpha / (alpha + days), r) * gauss_2f1(r, b, a + b - 1.0, z);
  return (a + b - 1.0) / (a - 1.0) * (1.0 - left);
}

double pareto_nbd_expectation(const RepeatPlan& plan, double days) {
  const double r = plan.rate_shape.value.median();
  const double alpha = plan.rate_scale_days.value.median();
  const double s = plan.dropout_shape.value.median();
  const double beta = plan.dropout_scale_days.value.median();
  const double lived = beta / (beta + days);
  if (std::abs(s - 1.0) < 1e-9) return -r * beta / alpha * std::log(lived);
  return r * beta / (alpha * (s - 1.0)) * (1.0 - std::pow(lived, s - 1.0));
}

/// A figure made from several columns, row by row.
template <class Formula>
std::vector<double> by_row(const OutcomeTable& table, const Formula& formula) {
  std::vector<double> values;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.failed()[row] != 0) continue;
    values.push_back(formula([&](Column column) { return table.entries(column, row)[0]; }));
  }
  return values;
}

template <class Of>
double played_referral(const Of& of) {
  return 1.0 / (1.0 - of(Column::referred_per_customer));
}

template <class Of>
double played_first_order(const Of& of) {
  return of(Column::average_order_value) / of(Column::customer_acquisition_cost);
}

void add_media_steps(const Plan& plan, const OutcomeTable& table, std::vector<ChainStep>& chain) {
  const PlannedMedia media = planned_media(plan);
  const double click_cost = media.budget / media.clicks;
  const double conversion = media.orders / media.clicks;
  const double value = plan.basket.order_value.value.median();
  const auto add = [&](const char* name, ChainUnit unit, double planned, Column column) {
    chain.push_back({name, unit, planned, table.values(column)});
  };
  add("CPM", ChainUnit::money, 1000.0 * media.budget / media.impressions, Column::cost_per_mille);
  add("CTR", ChainUnit::share, media.clicks / media.impressions, Column::click_rate);
  add("CPC", ChainUnit::money, click_cost, Column::cost_per_click);
  add("conversion of clicks", ChainUnit::share, conversion, Column::click_conversion_rate);
  add("CAC", ChainUnit::money, click_cost / conversion, Column::customer_acquisition_cost);
  add("order value", ChainUnit::money, value, Column::average_order_value);
  chain.push_back({"first-order ROAS", ChainUnit::factor, value * conversion / click_cost,
                   by_row(table, [](const auto& of) { return played_first_order(of); })});
}

}  // namespace

double repeat_expectation(const RepeatPlan& plan, double days) {
  switch (plan.model) {
    case RepeatModel::pareto_nbd:
      return pareto_nbd_expectation(plan, days);
    case RepeatModel::bg_nbd:
      return bg_nbd_expectation(plan, days);
    case RepeatModel::none:
      break;
  }
  return 0.0;
}

std::vector<ChainStep> follow_chain(const Plan& plan, const OutcomeTable& table) {
  std::vector<ChainStep> chain;
  add_media_steps(plan, table, chain);
  const double repeat = 1.0 + repeat_expectation(plan.repeat, plan.campaign.cohort_days);
  const double referral = referral_factor(plan);
  const double kept = kept_after_returns(plan.money);
  const double gross = chain.back().plan * repeat * referral;
  chain.push_back(
      {"times repeat orders", ChainUnit::factor, repeat, by_row(table, [](const auto& of) {
         return of(Column::cohort_roas_180_gross) / (played_first_order(of) * played_referral(of));
       })});
  chain.push_back({"times referral", ChainUnit::factor, referral,
                   by_row(table, [](const auto& of) { return played_referral(of); })});
  chain.push_back(
      {"gross cohort ROAS", ChainUnit::factor, gross, table.values(Column::cohort_roas_180_gross)});
  chain.push_back(
      {"times kept after returns", ChainUnit::factor, kept, by_row(table, [](const auto& of) {
         return of(Column::cohort_roas_180) / of(Column::cohort_roas_180_gross);
       })});
  chain.push_back(
      {"net cohort ROAS", ChainUnit::factor, gross * kept, table.values(Column::cohort_roas_180)});
  return chain;
}

ResultGroup chain_group(const std::vector<ChainStep>& chain) {
  std::vector<std::string> names;
  std::vector<double> planned;
  std::vector<double> means;
  std::vector<double> errors;
  std::vector<double> medians;
  std::vector<double> median_errors;
  std::vector<double> units;
  for (const ChainStep& step : chain) {
    std::vector<double> played = step.played;
    std::erase_if(played, [](double value) { return !std::isfinite(value); });
    std::ranges::sort(played);
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    names.push_back(step.name);
    planned.push_back(step.plan);
    means.push_back(played.empty() ? nothing : compute_moments(played).mean);
    errors.push_back(played.empty() ? nothing : compute_moments(played).standard_error());
    const auto median = [&] { return estimate_quantile(played, 0.5); };
    medians.push_back(played.empty() ? nothing : median().value);
    median_errors.push_back(played.empty() ? nothing : median().standard_error);
    units.push_back(static_cast<double>(step.unit));
  }
  ResultGroup group{.path = "chain"};
  group.dimensions.push_back({.name = "step",
                              .coordinates = std::move(names),
                              .meaning = {"", "step", "from benchmarks to net cohort ROAS"},
                              .attributes = {}});
  group.variables = {
      list_variable("plan", "step", {"1", "plan", "arithmetic at the medians of the plan"},
                    planned),
      list_variable("played", "step", {"1", "played", "mean over the futures"}, means),
      list_variable("played_median", "step", {"1", "played, median", "median over the futures"},
                    medians),
      list_variable("played_median_error", "step",
                    {"1", "error", "Monte Carlo error of the median by Maritz and Jarrett"},
                    median_errors),
      list_variable("played_error", "step", {"1", "error", "standard error of the mean"}, errors),
      {.name = "unit",
       .type = StoredType::int8,
       .dimensions = {"step"},
       .meaning = {"", "unit", "how the step is written"},
       .values = RowsOfDoubles{owned_rows<double>(units)},
       .flags = {{0, "money"}, {1, "share"}, {2, "factor"}}}};
  return group;
}

}  // namespace flywheel
