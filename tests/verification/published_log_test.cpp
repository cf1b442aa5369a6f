// Repeat purchases against a shop's log: CDNOW, 2,357 customers who bought first in the first
// quarter of 1997 (Fader and Hardie's sample of one in ten; brucehardie.com, notes 8 and 9).
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "naive/small_scenario.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t customers = 100'000;
constexpr int futures = 8;
constexpr double week = 7.0;

/// Customers of the sample by the day of their first purchase, from 1997-01-01 on.
constexpr std::array<double, 84> first_purchases{
    18, 22, 17, 20, 23, 25, 32, 18, 24, 18, 25, 26, 28, 25, 22, 22, 22, 27, 29, 35, 25,
    25, 29, 26, 27, 26, 29, 31, 33, 30, 22, 29, 30, 36, 36, 25, 43, 26, 31, 29, 33, 33,
    25, 25, 25, 22, 35, 36, 34, 30, 25, 25, 32, 24, 37, 31, 36, 34, 30, 26, 31, 30, 32,
    40, 29, 29, 28, 31, 30, 30, 26, 28, 32, 25, 34, 28, 31, 28, 21, 19, 24, 24, 33, 30};

/// Repeat purchases of the sample until the end of a week: what the log has, and what the models
/// expect that were fitted to its first 39 weeks.
struct PublishedWeek {
  int week;
  double log;
  double bg_nbd;
  double pareto_nbd;
};
constexpr std::array published{
    PublishedWeek{19, 1286, 1235.5934, 1230.6002}, PublishedWeek{29, 1885, 1928.7226, 1940.7390},
    PublishedWeek{39, 2457, 2501.5260, 2532.7823}, PublishedWeek{49, 3038, 2996.9575, 3048.0007},
    PublishedWeek{59, 3490, 3437.2167, 3508.3055}, PublishedWeek{69, 3991, 3835.6147, 3926.9527},
    PublishedWeek{78, 4339, 4165.6634, 4275.3885}};

/// A shop of customers who bought first at day 0 and whose every order is worth 1 and costs
/// nothing, so that its cash counts them.
Scenario counting_shop() {
  Scenario scenario = quiet_scenario({.shoppers = 1, .flight_days = 1, .cohort_days = 78 * 7});
  scenario.day_zero = {.customers = customers, .tenure_days = 0.0};
  scenario.order.mean_value = 1.0;
  scenario.order.margin = 1.0;
  return scenario;
}

void buy_by_pareto_nbd(Scenario& scenario) {
  scenario.audience.purchase_rate = keep_table(scenario, gamma_table(0.5533));
  scenario.audience.dropout = keep_table(scenario, gamma_table(0.6062));
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = 0.5533 / 10.5777 / week;
  scenario.repeat.mean_dropout = 0.6062 / 11.6687 / week;
}

void buy_by_bg_nbd(Scenario& scenario) {
  scenario.audience.purchase_rate = keep_table(scenario, gamma_table(0.2426));
  scenario.audience.dropout = keep_table(scenario, beta_table(0.7929, 2.4259));
  scenario.repeat.process = RepeatProcess::bg_nbd;
  scenario.repeat.mean_rate = 0.2426 / 4.4136 / week;
}

/// Purchases of the sample until the end of each published week, in one future.
std::vector<double> purchases(const FastFuture& future) {
  const std::vector<float>& counted = future.outcome.cash;
  std::vector<double> sums;
  for (const PublishedWeek& point : published) {
    double sum = 0.0;
    for (std::size_t day = 0; day < first_purchases.size(); ++day) {
      const auto age = static_cast<std::size_t>(point.week * 7) - day;
      sum += first_purchases[day] * static_cast<double>(counted[age - 1]) / customers;
    }
    sums.push_back(sum);
  }
  return sums;
}

/// Purchases by future, for each published week.
std::vector<std::vector<double>> played(const Scenario& scenario) {
  std::vector<std::vector<double>> by_week(published.size());
  for (std::uint64_t luck = 0; luck < futures; ++luck) {
    const std::vector<double> sums = purchases(play_fast(scenario, luck));
    for (std::size_t at = 0; at < sums.size(); ++at) by_week[at].push_back(sums[at]);
  }
  return by_week;
}

}  // namespace

TEST_CASE("repeat purchases follow the published weekly curves of CDNOW, and its log",
          "[verification][statistical]") {
  CHECK(std::accumulate(first_purchases.begin(), first_purchases.end(), 0.0) == 2357.0);
  Scenario pareto = counting_shop();
  buy_by_pareto_nbd(pareto);
  Scenario bg = counting_shop();
  buy_by_bg_nbd(bg);
  const auto by_pareto = played(pareto);
  const auto by_bg = played(bg);
  for (std::size_t at = 0; at < published.size(); ++at) {
    const PublishedWeek& point = published[at];
    INFO("week " << point.week << ": " << moments_of(by_pareto[at]).mean << ", "
                 << moments_of(by_bg[at]).mean << " of " << point.log);
    CHECK(plausible_mean(by_pareto[at], point.pareto_nbd));
    CHECK(plausible_mean(by_bg[at], point.bg_nbd));
    CHECK(std::abs(moments_of(by_pareto[at]).mean / point.log - 1.0) < 0.05);
    CHECK(std::abs(moments_of(by_bg[at]).mean / point.log - 1.0) < 0.05);
  }
}

}  // namespace flywheel::test
