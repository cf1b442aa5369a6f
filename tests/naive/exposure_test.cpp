#include <cmath>

#include "naive/engine.hpp"
#include "naive/small_scenario.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/count_laws.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t audience = 40'000;
constexpr double impressions_per_day = 0.3;
constexpr int flight = 10;
constexpr double mean_frequency = impressions_per_day * flight;

Scenario one_channel() {
  Scenario scenario = quiet_scenario({.shoppers = audience, .flight_days = flight});
  add_channel(scenario, impressions_per_day, 0.01);
  return scenario;
}

/// Compares shares of classes 0 ... 10+ with the law of the counts.
template <typename Law>
void check_exposures(const Scenario& scenario, const Law& law) {
  const OutcomeLayout layout = layout_of(scenario);
  const Outcome outcome = run_naive(scenario, layout, 11);
  double rest = 1.0;
  for (std::size_t n = 0; n < exposure_class_count; ++n) {
    const double expected = n + 1 < exposure_class_count ? law(static_cast<double>(n)) : rest;
    rest -= expected;
    const double share = outcome.row[layout.offset(Column::exposure_share_by_channel, 0, n)];
    CHECK(plausible_count(static_cast<std::uint64_t>(std::llround(share * audience)), audience,
                          expected));
  }
}

}  // namespace

TEST_CASE("naive: equal shoppers see a Poisson number of impressions", "[naive][statistical]") {
  check_exposures(one_channel(), [](double n) { return poisson(n, mean_frequency); });
}

TEST_CASE("naive: gamma intensities give the negative binomial of media planning",
          "[naive][statistical]") {
  const double shape = 0.7;
  const InverseTable intensity = gamma_table(shape);
  Scenario scenario = one_channel();
  scenario.audience.exposure = TraitQuantile{intensity};
  check_exposures(scenario, [&](double n) { return negative_binomial(n, mean_frequency, shape); });

  const OutcomeLayout layout = layout_of(scenario);
  const Outcome outcome = run_naive(scenario, layout, 12);
  const double reached = 1.0 - std::pow(1.0 + mean_frequency / shape, -shape);
  CHECK(plausible_count(
      static_cast<std::uint64_t>(outcome.row[layout.offset(Column::reach_by_channel, 0)]), audience,
      reached));
}

TEST_CASE("naive: a cap serves the first impressions of each rotation", "[naive][statistical]") {
  Scenario scenario = one_channel();
  scenario.channels[0].frequency_cap = 2;
  // Rotations of 7 and 3 days: E min(n, 2) = 2 - 2 P(0) - P(1) in each.
  double served = 0.0;
  double square = 0.0;
  for (const double days : {7.0, 3.0}) {
    const double mean = impressions_per_day * days;
    const double capped = 2.0 - 2.0 * poisson(0, mean) - poisson(1, mean);
    const double capped_square = 4.0 - 4.0 * poisson(0, mean) - 3.0 * poisson(1, mean);
    served += capped;
    square += capped_square - capped * capped;
  }
  const OutcomeLayout layout = layout_of(scenario);
  const Outcome outcome = run_naive(scenario, layout, 13);
  const double seen = outcome.row[layout.offset(Column::impressions)];
  CHECK(plausible_mean(seen / audience, std::sqrt(square), audience, served));
  CHECK(outcome.row[layout.offset(Column::media_spend)] == Approx(0.01 * seen));
}

TEST_CASE("naive: clicks wear out with the impressions seen within memory and creative",
          "[naive][statistical]") {
  // One response per impression seen before; days of 4 impressions on average. With wear-out 1 the
  // chance of the impression after K others is p / (1 + K), so that n impressions give
  // p H(n) clicks, H the harmonic numbers. A new creative after 5 days begins again.
  Scenario scenario = quiet_scenario({.shoppers = audience, .flight_days = 10});
  add_channel(scenario, 0.5, 0.01);
  ExposureTraits& channel = scenario.channels[0];
  channel.click_rate = 0.2;
  channel.wear_out = 1.0;
  for (auto& steps : scenario.funnel.step_log_odds) steps.fill(-50.0);

  const auto expected = [](double mean) {
    double clicks = 0.0;
    double harmonic = 0.0;
    for (int n = 1; n < 60; ++n) {
      harmonic += 1.0 / n;
      clicks += poisson(n, mean) * harmonic;
    }
    return 0.2 * clicks;
  };
  const auto clicks_per_shopper = [&](std::uint64_t luck) {
    return play_naive(scenario, luck).tally.clicks.total() / audience;
  };
  // The number of clicks given the impressions has no more variance than its mean.
  const auto deviation = [](double mean) { return std::sqrt(1.3 * mean); };

  channel.memory_days = 100.0;
  CHECK(plausible_mean(clicks_per_shopper(21), deviation(expected(5.0)), audience, expected(5.0)));
  channel.refresh_days = 5;
  const double refreshed = 2.0 * expected(2.5);
  CHECK(plausible_mean(clicks_per_shopper(22), deviation(refreshed), audience, refreshed));
  // Memory of 1 day: K is Poisson with mean 0.5 min(t, 1), E 1/(1+K) = (1 - exp(-m)) / m.
  channel.refresh_days = 0;
  channel.memory_days = 1.0;
  double forgetful = 0.0;
  constexpr int slices = 10'000;
  for (int k = 0; k < slices; ++k) {
    const double mean = 0.5 * std::min(10.0 * (k + 0.5) / slices, 1.0);
    forgetful += 0.5 * (10.0 / slices) * 0.2 * (1.0 - std::exp(-mean)) / mean;
  }
  CHECK(plausible_mean(clicks_per_shopper(23), deviation(forgetful), audience, forgetful));
}

TEST_CASE("naive: the first impressions of a creative are weaker by wear-in",
          "[naive][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = audience, .flight_days = 10});
  add_channel(scenario, 0.2, 0.01);
  ExposureTraits& channel = scenario.channels[0];
  channel.click_rate = 0.3;
  channel.wear_in = 0.6;
  channel.memory_days = 100.0;
  for (auto& steps : scenario.funnel.step_log_odds) steps.fill(-50.0);
  // K is Poisson(0.2 t): E 2^-K = exp(-0.1 t), integrated over ten days: 2 - 0.6 * 2 (1 - e^-1).
  const double expected = 0.3 * (2.0 - 0.6 * 2.0 * (1.0 - std::exp(-1.0)));
  const double clicks = play_naive(scenario, 24).tally.clicks.total() / audience;
  CHECK(plausible_mean(clicks, std::sqrt(1.3 * expected), audience, expected));
}

TEST_CASE("naive: unclicked impressions lead to later visits at the view rate",
          "[naive][statistical]") {
  Scenario scenario = one_channel();
  scenario.channels[0].click_rate = 0.2;
  scenario.channels[0].view_rate = 0.1;
  scenario.channels[0].view_delay_days = 0.01;
  for (auto& steps : scenario.funnel.step_log_odds) steps.fill(-50.0);
  const NaiveTally tally = play_naive(scenario, 25).tally;
  const auto seen = static_cast<std::uint64_t>(tally.impressions.total());
  CHECK(plausible_count(static_cast<std::uint64_t>(tally.clicks.total()), seen, 0.2));
  CHECK(plausible_count(static_cast<std::uint64_t>(tally.view_visits), seen, 0.1));
}

TEST_CASE("naive: the retargeting budget is shared by the windows that are expected",
          "[naive][statistical]") {
  // Everybody visits early, bounces and stays in the pool: 500 windows share 60 a day when 500 are
  // expected, and less while the pool seems to go on growing.
  Scenario scenario = quiet_scenario({.shoppers = 500, .flight_days = 28, .cohort_days = 1});
  scenario.organic.visits_per_shopper_day = 5.0;
  for (auto& steps : scenario.funnel.step_log_odds) steps.fill(-50.0);
  scenario.retargeting.enabled = true;
  scenario.retargeting.impressions_per_day = 0.8;
  scenario.retargeting.window_days = 1000.0;
  scenario.retargeting.pool = Depth::click;
  scenario.retargeting.last_day = 28.0;
  scenario.retargeting.affordable_per_day.assign(28, 60.0);
  scenario.retargeting.expected_entries_per_day = 280.0;
  std::vector<double> seen;
  for (std::uint64_t luck = 0; luck < 40; ++luck) {
    seen.push_back(play_naive(scenario, luck).tally.impressions.total());
  }
  // Windows open after Exp(0.2) days: E of the time in the pool. 280 entries a day are expected, so
  // 980 windows in the first rotation; 750 in the second one, after a growth of 500; then 500.
  const double first = 500.0 * 60.0 / 980.0 * (7.0 - 0.2 * (1.0 - std::exp(-35.0)));
  CHECK(plausible_mean(seen, first + 7.0 * 60.0 * 500.0 / 750.0 + 14.0 * 60.0));
}

}  // namespace flywheel::test
