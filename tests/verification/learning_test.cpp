// Platforms that learn see tracked orders and nothing else: where these mislead, so do they.
#include <cmath>
#include <cstdint>
#include <vector>

#include "naive/small_scenario.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr double clicks_per_impression = 0.1;

/// Two segments of which the first buys five times as readily, half of the money each, with a
/// platform that may give either a tenth to nine tenths.
Scenario learning(std::uint64_t shoppers, int days_after) {
  Scenario scenario =
      quiet_scenario({.shoppers = shoppers, .flight_days = 42, .cohort_days = days_after});
  scenario.segments = {{.identity = 1, .size = shoppers, .conversion_factor = 5.0},
                       {.identity = 2, .size = shoppers, .conversion_factor = 1.0}};
  add_channel(scenario, 0.1, 0.01);
  scenario.channels[0].click_rate = clicks_per_impression;
  scenario.funnel.uses_propensity = true;
  scenario.funnel.mean_propensity = 0.1;
  scenario.momentum.targeting = {.enabled = true,
                                 .least_share = 0.2,
                                 .most_share = 1.8,
                                 .prior_conversions = 5.0,
                                 .kept = 1.0,
                                 .learning_conversions = 10.0,
                                 .reset_change = 1.0,
                                 .half_conversions = 100.0,
                                 .ceiling = 1.0,
                                 .due = {1.0},
                                 .affinities = {{1.0, 1.0}}};
  scenario.momentum.targeting.channels = {
      {.identity = scenario.channels[0].identity,
       .planned_shares = {0.5, 0.5},
       .budget = std::vector<double>(42, 0.1 * 2.0 * static_cast<double>(shoppers) * 0.01)}};
  scenario.momentum.flight_days = 42;
  return scenario;
}

std::vector<double> first_shares(const Scenario& scenario, std::uint64_t futures) {
  return sample(scenario, futures, [](const FastFuture& future) {
    return future(Column::budget_share_by_channel_segment, 0, 0);
  });
}

/// What all customers paid and did not get back.
double net_revenue(const FastFuture& future) {
  return future(Column::gross_revenue) - future(Column::refunds);
}

/// Net revenue that would not have come without the ads, over media, future by future.
std::vector<double> incremental_roas(Scenario scenario, std::uint64_t futures) {
  const std::vector<double> with = sample(scenario, futures, net_revenue);
  const std::vector<double> media = sample(
      scenario, futures, [](const FastFuture& future) { return future(Column::media_spend); });
  for (double& day : scenario.deliveries[0].impressions_per_day) day = 0.0;
  const std::vector<double> without = sample(scenario, futures, net_revenue);
  std::vector<double> roas;
  for (std::size_t future = 0; future < futures; ++future) {
    roas.push_back((with[future] - without[future]) / media[future]);
  }
  return roas;
}

std::vector<double> differences(const std::vector<double>& left, const std::vector<double>& right) {
  std::vector<double> difference;
  for (std::size_t k = 0; k < left.size(); ++k) difference.push_back(left[k] - right[k]);
  return difference;
}

}  // namespace

TEST_CASE("a platform that sees no order learns nothing of who buys",
          "[verification][targeting][statistical]") {
  Scenario seen = learning(2'000, 10);
  const Moments share = moments_of(first_shares(seen, 40));
  CHECK(share.mean - 0.5 > 5.0 * share.standard_error());
  Scenario unseen = seen;
  unseen.channels[0].tracking_loss = 1.0;
  for (const double one : first_shares(unseen, 10)) CHECK(one == 0.5);
}

TEST_CASE("learning on credited orders can lower incremental ROAS",
          "[verification][targeting][statistical]") {
  constexpr std::uint64_t futures = 30;
  // Everybody comes by unasked now and then: the first segment buys in the end without any ad.
  Scenario scenario = learning(5'000, 210);
  scenario.organic.visits_per_shopper_day = 0.05;
  scenario.order.mean_value = 50.0;
  Scenario still = scenario;
  still.momentum.targeting.enabled = false;

  const std::vector<double> shares = first_shares(scenario, futures);
  CHECK(moments_of(shares).mean > 0.5);
  CHECK_FALSE(plausible_mean(shares, 0.5));
  const auto credited = [](const FastFuture& future) { return future(Column::root_customers); };
  const std::vector<double> more_credited =
      differences(sample(scenario, futures, credited), sample(still, futures, credited));
  CHECK(moments_of(more_credited).mean > 0.0);
  CHECK_FALSE(plausible_mean(more_credited, 0.0));
  const std::vector<double> unlearned = incremental_roas(still, futures);
  CHECK(moments_of(unlearned).mean > 0.0);
  CHECK_FALSE(plausible_mean(unlearned, 0.0));
  const std::vector<double> change = differences(incremental_roas(scenario, futures), unlearned);
  CHECK(moments_of(change).mean < 0.0);
  CHECK_FALSE(plausible_mean(change, 0.0));
}

}  // namespace flywheel::test
