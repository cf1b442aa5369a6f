#include "simulation/scenario_figures.hpp"

#include <cmath>
#include <numeric>

#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

Scenario scenario_of(std::uint64_t future) {
  Scenario scenario;
  scenario.segments = {{.size = 1}};
  scenario.organic.label_shares = {0.5, 0.2, 0.15, 0.1, 0.05};
  scenario.shoppers = make_key(5, Level::shoppers, future);
  return scenario;
}

const DimensionSizes sizes{.channels = 1, .segments = 1, .flows = 0, .rotations = 2};

double figure(const Scenario& scenario, const Tally& tally, Column column) {
  const OutcomeLayout layout{sizes};
  const std::vector<double> row =
      add_scenario_figures(std::vector<double>(layout.row_size()), layout, scenario, tally);
  return row[layout.offset(column)];
}

}  // namespace

TEST_CASE("organic visits by source are all of them, with the mean and spread of a multinomial",
          "[simulation][organic][statistical]") {
  constexpr std::int64_t visits = 400;
  std::vector<std::vector<double>> by_source(organic_source_count);
  std::vector<double> products;
  for (std::uint64_t future = 0; future < 20'000; ++future) {
    const Scenario scenario = scenario_of(future);
    const auto counts = draw_organic_sources(scenario, visits);
    REQUIRE(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) == visits);
    for (std::size_t source = 0; source < counts.size(); ++source) {
      by_source[source].push_back(static_cast<double>(counts[source]));
    }
    products.push_back((by_source[0].back() - 200.0) * (by_source[2].back() - 60.0));
  }
  const auto shares = scenario_of(0).organic.label_shares;
  for (std::size_t source = 0; source < organic_source_count; ++source) {
    const double mean = visits * shares[source];
    REQUIRE(plausible_mean(by_source[source], mean));
    std::vector<double> squares;
    for (const double count : by_source[source]) {
      squares.push_back((count - mean) * (count - mean));
    }
    REQUIRE(plausible_mean(squares, mean * (1.0 - shares[source])));
  }
  // Covariance -n p q.
  REQUIRE(plausible_mean(products, -visits * 0.5 * 0.15));
}

TEST_CASE("a source without a share has no visits", "[simulation][organic]") {
  Scenario scenario = scenario_of(1);
  scenario.organic.label_shares = {0.0, 0.0, 1.0, 0.0, 0.0};
  REQUIRE(draw_organic_sources(scenario, 77)[2] == 77);
  REQUIRE(draw_organic_sources(scenario, 0)[2] == 0);
}

TEST_CASE("the displayed rating is the mean of all reviews, old and new",
          "[simulation][reputation]") {
  Scenario scenario = scenario_of(1);
  Tally tally{sizes};
  REQUIRE(std::isnan(figure(scenario, tally, Column::displayed_rating)));
  scenario.day_zero.rating = 4.5;
  scenario.day_zero.reviews = 30.0;
  REQUIRE(figure(scenario, tally, Column::displayed_rating) == 4.5);
  tally.add(Count::reviews, 10);
  tally.add(Count::stars, 25);
  // (30 * 4.5 + 25) / 40
  REQUIRE(figure(scenario, tally, Column::displayed_rating) == Approx(4.0));
}

TEST_CASE("the largest reproduction number is that of the best rotation",
          "[simulation][referral]") {
  Scenario scenario = scenario_of(1);
  scenario.calendar.flight_days = scenario.calendar.cohort_days = 7;
  scenario.segments.push_back({.size = 1});
  scenario.audience.has_intent = false;
  scenario.funnel.source_log_odds.assign(unpaid_source_count, 0.0);
  for (auto& steps : scenario.funnel.step_log_odds) steps = {50.0, 50.0, 50.0, 50.0, 0.0};
  scenario.segments[1].conversion_log_odds = std::log(3.0);
  scenario.market.conversion_log_odds.assign(14, 0.0);
  scenario.market.conversion_factor.assign(14, 1.0);
  for (std::size_t day = 7; day < 14; ++day)
    scenario.market.conversion_log_odds[day] = -std::log(3.0);
  scenario.referral = {.promoters_only = false, .share_rate = 0.5, .clicks_per_share = 2.0};
  Tally tally{{.channels = 1, .segments = 2, .flows = 0, .rotations = 2}};
  tally.customers = {30, 10};
  const OutcomeLayout layout{{.channels = 1, .segments = 2, .flows = 0, .rotations = 2}};
  const std::vector<double> row =
      add_scenario_figures(std::vector<double>(layout.row_size()), layout, scenario, tally);
  // Chances of 1/2 and 3/4, then of 1/4 and 1/2, three to one.
  CHECK(row[layout.offset(Column::reproduction_number, 0)] == Approx(0.5625));
  CHECK(row[layout.offset(Column::reproduction_number, 1)] == Approx(0.3125));
  CHECK(row[layout.offset(Column::reproduction_number_180, 1)] == Approx(0.3125));
  CHECK(row[layout.offset(Column::largest_reproduction_number)] == Approx(0.5625));
}

TEST_CASE("what the base rates missed is a figure of the future", "[simulation][solved]") {
  Scenario scenario = scenario_of(1);
  scenario.retargeting.enabled = true;
  const Tally tally{sizes};
  scenario.solved.incremental_share = 0.73;
  scenario.solved.retargeting_share = 0.41;
  for (const Column column : {Column::incremental_share_missed, Column::retargeting_share_missed,
                              Column::base_rates_missed}) {
    REQUIRE(figure(scenario, tally, column) == 0.0);
  }
  REQUIRE(figure(scenario, tally, Column::incremental_share) == 0.73);
  REQUIRE(figure(scenario, tally, Column::retargeting_incremental_share) == 0.41);
  scenario.solved.incremental_reached = false;
  REQUIRE(figure(scenario, tally, Column::incremental_share_missed) == 1.0);
  REQUIRE(figure(scenario, tally, Column::retargeting_share_missed) == 0.0);
  scenario.solved.retargeting_reached = false;
  REQUIRE(figure(scenario, tally, Column::retargeting_share_missed) == 1.0);
  REQUIRE(figure(scenario, tally, Column::base_rates_missed) == 0.0);
  scenario.solved.rates_reached = false;
  REQUIRE(figure(scenario, tally, Column::base_rates_missed) == 1.0);
}

TEST_CASE("without retargeting its share is not missed", "[simulation][solved]") {
  Scenario scenario = scenario_of(1);
  scenario.retargeting.enabled = false;
  scenario.solved.retargeting_reached = false;
  scenario.solved.incremental_reached = false;
  const Tally tally{sizes};
  REQUIRE(figure(scenario, tally, Column::retargeting_share_missed) == 0.0);
  REQUIRE(figure(scenario, tally, Column::incremental_share_missed) == 1.0);
}

}  // namespace flywheel::test
