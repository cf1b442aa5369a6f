#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/numbers.hpp"
#include "plan/sample_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// A function of a number over the middles of `count` equally likely parts of its distribution.
std::vector<double> spread_of(const Uncertain& number, int count,
                              const std::function<double(double)>& function) {
  std::vector<double> values;
  for (int part = 0; part < count; ++part) {
    values.push_back(function(number.quantile((part + 0.5) / count)));
  }
  std::sort(values.begin(), values.end());
  return values;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

Plan default_plan(const std::string& sections = {}) {
  const PlanReading reading = read_plan_text(
      "[campaign]\nstart = 2027-03-01\n[segment.all]\nsize = 1000\n[channel.social]\nbudget = 100\n"
      "[channel.search]\nbudget = 100\n" +
          sections,
      {.name = "plan"});
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  return *reading.plan;
}

Number number_of(const Plan& plan, std::string_view key) {
  for (const PlanNumber& one : list_numbers(plan)) {
    if (one.key == key) return one.number;
  }
  FAIL("no number " << key);
  return {};
}

}  // namespace

TEST_CASE("how many ever buy again is as uncertain as Beta(.25, n 20)", "[plan][defaults]") {
  const RepeatPlan repeat = default_plan().repeat;
  const double r = repeat.rate_shape.value.median();
  const double s = repeat.dropout_shape.value.median();
  const double alpha = repeat.rate_scale_days.value.median();
  // lambda / (lambda + mu) is b beta / (b beta + (1 - b) alpha) with b of Beta(r, s).
  const auto ever_again = [&](double scale) {
    return mean_of(spread_of(
        beta(r, s), 400, [&](double b) { return b * scale / (b * scale + (1.0 - b) * alpha); }));
  };
  const std::vector<double> drawn = spread_of(repeat.dropout_scale_days.value, 400, ever_again);
  CHECK(mean_of(drawn) == Approx(0.25).margin(0.02));
  CHECK(deviation_of(drawn) == Approx(std::sqrt(0.25 * 0.75 / 21.0)).epsilon(0.1));
}

TEST_CASE("what is left of subscriptions after six renewals is as uncertain as Beta(.125, n 60)",
          "[plan][defaults]") {
  const SubscriptionPlan subscription = default_plan().subscription;
  const double b = subscription.churn_beta.value.median();
  const auto left = [&](double a) {
    double share = 1.0;
    for (int renewal = 0; renewal < 6; ++renewal) share *= (b + renewal) / (a + b + renewal);
    return share;
  };
  const std::vector<double> drawn = spread_of(subscription.churn_alpha.value, 1000, left);
  const std::vector<double> published = spread_of(
      beta_of_mean(0.125, 60), 1000, [](double churn) { return std::pow(1.0 - churn, 6.0); });
  CHECK(drawn[500] == Approx(0.449).margin(0.002));  // published by Recharge
  CHECK(mean_of(drawn) == Approx(mean_of(published)).margin(0.02));
  CHECK(deviation_of(drawn) == Approx(deviation_of(published)).epsilon(0.1));
}

TEST_CASE("the BG/NBD process comes with the four numbers of its source", "[plan][defaults]") {
  const RepeatPlan repeat = default_plan("[repeat]\nmodel = \"bg_nbd\"\n").repeat;
  CHECK(repeat.rate_shape.value == fixed(0.243));
  CHECK(repeat.rate_scale_days.value.median() == Approx(7.0 * 4.414));
  CHECK(repeat.drop_alpha.value == fixed(0.793));
  CHECK(repeat.drop_beta.value == fixed(2.426));
}

TEST_CASE("a lognormal default is written by its median, as sources give it", "[plan][defaults]") {
  const auto by_mean = [](std::string_view text) {
    return text.find(", s = ") != std::string_view::npos &&
           text.find("mean = ") != std::string_view::npos;
  };
  for (const Section& section : sections()) {
    for (const Parameter& parameter : section.parameters) {
      INFO(section.name << '.' << parameter.key);
      CHECK_FALSE(by_mean(parameter.default_text));
      for (const DefaultFor& one : parameter.defaults_for) CHECK_FALSE(by_mean(one.text));
    }
  }
  CHECK(default_plan().basket.order_value.value == lognormal(73.36, 0.45));
}

TEST_CASE("judgements that move the result are wide around what was judged", "[plan][defaults]") {
  const Plan plan = default_plan();
  const std::vector<std::pair<std::string_view, double>> judged{
      {"channel.social.reference_frequency", 3},
      {"channel.social.memory_days", 28},
      {"channel.social.view_delay_days", 1.5},
      {"channel.social.intent_targeting", 1},
      {"channel.search.intent_targeting", 2},
      {"channel.search.brand_price", 0.25},
      {"audience.intent_loading_limit", 2.5},
      {"audience.click_loading", 0.4},
      {"audience.targeting_loading", 0.4},
      {"audience.funnel_loading", 0.4},
      {"audience.organic_loading", 1},
      {"funnel.later_delay_days", 3},
      {"funnel.demand_elasticity", 0.3},
      {"consent.lapsed_factor", 0.3},
      {"loyalty.tier_rate_factor", 1.1},
      {"loyalty.redeemed_share", 0.6},
      {"money.partial_share", 0.3},
      {"money.partial_value", 0.5},
      {"money.resale_share", 0.5},
      {"money.return_cost", 6},
      {"retargeting.return_delay_days", 4}};
  for (const auto& [key, middle] : judged) {
    INFO(key);
    const Uncertain number = number_of(plan, key).value;
    CHECK(number.median() == Approx(middle).epsilon(0.02));
    CHECK(number.quantile(0.95) > 1.1 * middle);
    CHECK(number.quantile(0.05) < 0.9 * middle);
  }
  // Without wear-out or views these do nothing, and are not drawn.
  CHECK_FALSE(is_uncertain(number_of(plan, "channel.search.reference_frequency")));
  CHECK_FALSE(is_uncertain(number_of(plan, "channel.search.view_delay_days")));
}

}  // namespace flywheel::test
