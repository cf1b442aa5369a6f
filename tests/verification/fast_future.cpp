#include "verification/fast_future.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "naive/small_scenario.hpp"
#include "random/key.hpp"

namespace flywheel::test {

double FastFuture::sum(Column column) const {
  const auto begin = outcome.row.begin() + static_cast<std::ptrdiff_t>(layout.offset(column));
  return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(layout.size(column)), 0.0);
}

std::uint64_t FastFuture::count(Column column, std::size_t first, std::size_t second) const {
  return static_cast<std::uint64_t>(std::llround((*this)(column, first, second)));
}

FastFuture play_fast(const Scenario& scenario, std::uint64_t luck) {
  Scenario future = scenario;
  future.shoppers = make_key(20'261'121, Level::shoppers, luck);
  FastFuture played{OutcomeLayout{dimension_sizes(scenario)}, {}, {}};
  played.outcome = run_replication(future, played.layout, played.memory);
  return played;
}

std::vector<double> sample(const Scenario& scenario, std::uint64_t futures,
                           const std::function<double(const FastFuture&)>& figure) {
  std::vector<double> values;
  for (std::uint64_t luck = 0; luck < futures; ++luck) {
    values.push_back(figure(play_fast(scenario, luck)));
  }
  return values;
}

Scenario everybody_buys(std::uint64_t shoppers, int days) {
  Scenario scenario =
      quiet_scenario({.shoppers = shoppers, .flight_days = 1, .cohort_days = days - 1});
  // 30 visits expected on day 0 and none later: one in ten million shoppers is left out.
  scenario.organic.visits_per_shopper_day = 30.0;
  std::fill(scenario.market.demand.begin() + 1, scenario.market.demand.end(), 0.0);
  let_all_visits_order(scenario);
  return scenario;
}

void let_no_visit_order(Scenario& scenario) {
  for (auto& steps : scenario.funnel.step_log_odds) steps.fill(-50.0);
}

}  // namespace flywheel::test
