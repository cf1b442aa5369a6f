#include <cmath>

#include "naive/engine.hpp"
#include "naive/small_scenario.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

TEST_CASE("naive: the canonical model has the means of its continuous-time quadrature",
          "[naive][statistical]") {
  // Means per million shoppers by quadrature; R = 0.05 E[min(1, 2b)] referrals per customer. Orders
  // and revenue follow from E[repeats] = l/7 E[min(tau, 180)], tau Lomax(0.6, 11.7 weeks).
  constexpr std::uint64_t shoppers = 25'000;
  constexpr double part = shoppers / 1e6;
  const double theta = 7.0 * 11.7;
  const double lived = theta / 0.4 * (std::pow(1.0 + 180.0 / theta, 0.4) - 1.0);
  const double customers = 4183.19;
  const double orders = customers * (1.0 + 0.55 / 10.6 / 7.0 * lived);
  const Scenario scenario = canonical_scenario(shoppers);
  const OutcomeLayout layout = layout_of(scenario);
  std::vector<double> impressions;
  std::vector<double> clicks;
  std::vector<double> won;
  std::vector<double> revenue;
  for (std::uint64_t luck = 0; luck < 20; ++luck) {
    const Outcome outcome = run_naive(scenario, layout, luck);
    const auto figure = [&](Column column) { return outcome.row[layout.offset(column)]; };
    impressions.push_back(figure(Column::impressions));
    clicks.push_back(figure(Column::clicks));
    won.push_back(figure(Column::root_customers) + figure(Column::referred_customers));
    revenue.push_back(figure(Column::cohort_gross_revenue));
  }
  CHECK(plausible_mean(impressions, 12'688'479.0 * part));
  CHECK(plausible_mean(clicks, 124'624.8 * part));
  CHECK(plausible_mean(won, customers * part));
  CHECK(plausible_mean(revenue, orders * std::exp(4.1 + 0.18) * part));
}

}  // namespace flywheel::test
