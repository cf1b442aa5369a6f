// B1 through the plan language against its quadrature: nothing in the program knows this plan.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "plan/read_plan.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/canonical_oracle.hpp"
#include "verification/collected_run.hpp"

namespace flywheel::test {

namespace {

/// A figure with its expectation, and its published standard deviation (20,000 replications of the
/// model in whole days, ../shared/peers of the issue); 0: none published.
struct CanonicalFigure {
  std::string name;
  std::vector<double> values;
  double mean;
  double deviation;
};

std::vector<CanonicalFigure> canonical_figures(const std::vector<Outcome>& outcomes,
                                               const OutcomeLayout& layout) {
  const CanonicalMeans oracle = canonical_means();
  const auto values = [&](Column column) { return column_of(outcomes, layout, column); };
  std::vector<double> customers = values(Column::root_customers);
  const std::vector<double> friends = values(Column::referred_customers);
  for (std::size_t k = 0; k < customers.size(); ++k) customers[k] += friends[k];
  return {{"impressions", values(Column::impressions), oracle.impressions, 4364.0},
          {"clicks", values(Column::clicks), oracle.clicks, 375.0},
          {"customers", customers, oracle.customers, 64.9},
          {"orders", values(Column::cohort_orders), oracle.orders, 0.0},
          {"revenue", values(Column::cohort_gross_revenue), oracle.revenue, 14533.0},
          {"roas", values(Column::cohort_roas_180_gross), oracle.roas(), 0.0956}};
}

bool is_full() {
  const char* full = std::getenv("FLYWHEEL_FULL");
  return full != nullptr && std::string{full} == "1";
}

ScenarioSource canonical_source() {
  const auto path = std::filesystem::path{FLYWHEEL_SOURCE_DIR} / "configs" / "b1.toml";
  PlanReading reading = read_plan(path);
  REQUIRE(reading.faults.empty());
  return ScenarioSource{*reading.plan};
}

}  // namespace

TEST_CASE("the oracle of the canonical model gives the published means", "[verification]") {
  const CanonicalMeans means = canonical_means();
  CHECK(means.impressions == Approx(12'688'479).margin(0.5));
  CHECK(means.clicks == Approx(124'624.8).margin(0.05));
  CHECK(means.customers == Approx(4183.19).margin(0.005));
  CHECK(means.roas() == Approx(3.7679).margin(0.00005));
}

TEST_CASE("the oracle of the canonical model knows the cases that need no quadrature",
          "[verification]") {
  // Without retargeting a shopper of click chance p = a / 2 and b sees (1 - e^(-l p b F)) / (p b)
  // impressions; with p b small, means are those of the first terms: l F (1 - l F E[p b] / 2).
  const CanonicalMeans plain =
      canonical_means({.impressions_per_day = 1e-5, .retargeting_per_day = 0.0});
  const double shown = 1e6 * 60 * 1e-5;
  const double ordered = 0.5 * 0.02 * 2.0 / 62.0;  // E[p b]
  CHECK(plain.impressions == Approx(shown * (1.0 - 0.5 * 60 * 1e-5 * ordered)).epsilon(1e-9));
  CHECK(plain.clicks == Approx(0.01 * shown).epsilon(1e-5));
  CHECK(plain.customers == Approx(shown * ordered / (1.0 - 0.05 * 4.0 / 62.0)).epsilon(1e-4));
  // Each of these clicks opens a window: 14 days at 0.5 a day, cut by the flight's end, by 0.0035
  // clicks a day that prolong it (first order), and by their orders (left out: below 1 in 1,000).
  const CanonicalMeans followed = canonical_means({.impressions_per_day = 1e-5});
  const double open = 14.0 * (60.0 - 7.0) / 60.0;
  const double windows = 0.01 * shown * (1.0 - 2.0 / 62.0);
  CHECK(followed.impressions - plain.impressions == Approx(windows * 0.5 * open).epsilon(0.06));
}

TEST_CASE("the canonical plan has the moments of its quadrature",
          "[verification][statistical][parallel]") {
  const std::uint64_t replications = is_full() ? 10'000 : 300;
  const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const ScenarioSource source = canonical_source();
  const OutcomeLayout layout = outcome_layout(source);
  const std::vector<Outcome> outcomes =
      collected_run(source, {.seed = 20'261'121}, replications, threads);
  for (const CanonicalFigure& figure : canonical_figures(outcomes, layout)) {
    const Moments moments = moments_of(figure.values);
    INFO(figure.name << ": mean " << moments.mean << " of " << figure.mean << ", deviation "
                     << moments.deviation << " of " << figure.deviation);
    CHECK(std::abs(moments.mean - figure.mean) <= 4.0 * moments.standard_error());
    if (figure.deviation == 0.0) continue;
    CHECK(plausible_variance(figure.values, figure.deviation * figure.deviation));
    if (is_full()) CHECK(moments.deviation == Approx(figure.deviation).epsilon(0.03));
  }
}

}  // namespace flywheel::test
