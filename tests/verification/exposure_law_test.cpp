// The fast engine's impressions, reach and clicks against the closed forms of media planning.
#include <array>
#include <cmath>

#include "naive/small_scenario.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/count_laws.hpp"
#include "support/goodness_of_fit.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t audience = 2'000'000;  // untouched shoppers cost nothing
constexpr double impressions_per_day = 0.3;
constexpr int flight = 10;
constexpr double mean_frequency = impressions_per_day * flight;

Scenario one_channel(std::uint64_t shoppers = audience) {
  Scenario scenario = quiet_scenario({.shoppers = shoppers, .flight_days = flight});
  add_channel(scenario, impressions_per_day, 0.01);
  return scenario;
}

/// Pearson's chi-square of the shoppers with 0, 1, ..., 9, 10 and more impressions.
template <typename Law>
Verdict fits_exposures(const Scenario& scenario, const Law& law) {
  const FastFuture future = play_fast(scenario, 11);
  std::array<std::uint64_t, exposure_class_count> counts{};
  std::array<double, exposure_class_count> chances{};
  double rest = 1.0;
  for (std::size_t n = 0; n < exposure_class_count; ++n) {
    const double share = future(Column::exposure_share_by_channel, 0, n);
    counts[n] = static_cast<std::uint64_t>(std::llround(share * static_cast<double>(audience)));
    chances[n] = n + 1 < exposure_class_count ? law(static_cast<double>(n)) : rest;
    rest -= chances[n];
  }
  return fits_frequencies(counts, chances);
}

std::vector<double> clicks_of(const Scenario& scenario, std::uint64_t futures) {
  return sample(scenario, futures, [](const FastFuture& future) { return future(Column::clicks); });
}

}  // namespace

TEST_CASE("equal shoppers see a Poisson number of impressions", "[verification][statistical]") {
  CHECK(fits_exposures(one_channel(), [](double n) { return poisson(n, mean_frequency); }));
}

TEST_CASE("a channel reaches each segment as far as its impressions there go",
          "[verification][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 400'000, .flight_days = flight});
  scenario.segments.push_back({.identity = 1, .size = 100'000});
  add_channel(scenario, impressions_per_day, 0.01);
  for (std::size_t day = 0; day < flight; ++day) {
    scenario.deliveries[0].impressions_per_day[flight + day] *= 0.1;
  }
  const FastFuture future = play_fast(scenario, 14);
  for (std::size_t segment = 0; segment < 2; ++segment) {
    const double mean = mean_frequency * (segment == 0 ? 1.0 : 0.1);
    const std::uint64_t size = scenario.segments[segment].size;
    CHECK(plausible_count(future.count(Column::reach_by_channel_segment, 0, segment), size,
                          1.0 - std::exp(-mean)));
    CHECK(future(Column::frequency_by_channel_segment, 0, segment) ==
          Approx(mean / (1.0 - std::exp(-mean))).epsilon(0.02));
  }
}

TEST_CASE(
    "gamma intensities give the negative binomial frequencies and the reach of media planning",
    "[verification][statistical]") {
  for (const double shape : {0.7, 2.5}) {
    Scenario scenario = one_channel();
    scenario.audience.exposure = keep_table(scenario, gamma_table(shape));
    CHECK(fits_exposures(scenario,
                         [&](double n) { return negative_binomial(n, mean_frequency, shape); }));
    // Reach curve 1 - (1 + l / k)^-k at a quarter, half and all of the frequency.
    for (const double part : {0.25, 0.5, 1.0}) {
      Scenario thinner = scenario;
      for (double& n : thinner.deliveries[0].impressions_per_day) n *= part;
      const double reached = 1.0 - std::pow(1.0 + part * mean_frequency / shape, -shape);
      CHECK(plausible_count(play_fast(thinner, 12).count(Column::reach_by_channel), audience,
                            reached));
    }
  }
}

TEST_CASE("impressions are what the budget buys, with the variance of a gamma mixture",
          "[verification][statistical]") {
  constexpr std::uint64_t shoppers = 20'000;
  Scenario scenario = one_channel(shoppers);
  scenario.audience.exposure = keep_table(scenario, gamma_table(0.7));
  const std::vector<double> shown =
      sample(scenario, 4000, [](const FastFuture& future) { return future(Column::impressions); });
  const double each = mean_frequency;
  CHECK(plausible_mean(shown, shoppers * each));
  CHECK(plausible_variance(shown, shoppers * (each + each * each / 0.7)));
  const FastFuture future = play_fast(scenario, 0);
  CHECK(future(Column::media_spend) == Approx(0.01 * future(Column::impressions)).epsilon(1e-9));
}

TEST_CASE("ads end for a shopper with the order", "[verification][statistical]") {
  // Every click orders at once, so a shopper is shown ads for min(Exp(rate p), F) days.
  constexpr std::uint64_t shoppers = 50'000;
  constexpr double click = 0.15;
  Scenario scenario = one_channel(shoppers);
  scenario.channels[0].click_rate = click;
  let_all_visits_order(scenario);
  const double ordered = 1.0 - std::exp(-click * mean_frequency);
  const FastFuture future = play_fast(scenario, 13);
  CHECK(plausible_count(future.count(Column::root_customers), shoppers, ordered));
  CHECK(future(Column::clicks) == future(Column::root_customers));
  const std::vector<double> shown =
      sample(scenario, 40, [](const FastFuture& played) { return played(Column::impressions); });
  CHECK(plausible_mean(shown, shoppers * ordered / click));
}

TEST_CASE("clicks follow where targeting leads: affinity and intent load on both",
          "[verification][statistical]") {
  // E[w a^q e^(xi z)] / E[w] with w = a^g e^(zeta z), a gamma of shape k and mean 1:
  // Gamma(k + g + q) / (Gamma(k + g) k^q) and exp(zeta xi + xi^2 / 2).
  constexpr double k = 2.0;
  constexpr double g = 0.5;
  constexpr double q = 1.0;
  constexpr double zeta = 0.4;
  constexpr double xi = 0.3;
  Scenario scenario = one_channel(200'000);
  scenario.audience.has_intent = true;
  scenario.audience.affinity = keep_table(scenario, gamma_table(k));
  scenario.channels[0].sharpness = g;
  scenario.channels[0].intent_targeting = zeta;
  scenario.channels[0].mean_weight =
      std::tgamma(k + g) / (std::tgamma(k) * std::pow(k, g)) * std::exp(0.5 * zeta * zeta);
  scenario.channels[0].click_rate = 0.004;
  scenario.channels[0].affinity_exponent = q;
  scenario.channels[0].click_intent = xi;
  let_no_visit_order(scenario);
  const double lift = std::tgamma(k + g + q) / (std::tgamma(k + g) * std::pow(k, q)) *
                      std::exp(zeta * xi + 0.5 * xi * xi);
  CHECK(plausible_mean(clicks_of(scenario, 40), 200'000 * mean_frequency * 0.004 * lift));
}

TEST_CASE("a cap serves the first impressions of each rotation and leaves their clicks",
          "[verification][statistical]") {
  constexpr std::uint64_t shoppers = 40'000;
  Scenario scenario = one_channel(shoppers);
  scenario.channels[0].frequency_cap = 2;
  scenario.channels[0].click_rate = 0.1;
  let_no_visit_order(scenario);
  // Rotations of 7 and 3 days: E min(n, 2) = 2 - 2 P(0) - P(1) in each.
  double served = 0.0;
  for (const double days : {7.0, 3.0}) {
    const double mean = impressions_per_day * days;
    served += 2.0 - 2.0 * poisson(0, mean) - poisson(1, mean);
  }
  const auto figure = [](Column column) {
    return [column](const FastFuture& future) { return future(column); };
  };
  CHECK(plausible_mean(sample(scenario, 30, figure(Column::impressions)), shoppers * served));
  CHECK(plausible_mean(sample(scenario, 30, figure(Column::clicks)), 0.1 * shoppers * served));
}

TEST_CASE("clicks wear out with the impressions seen within memory and creative",
          "[verification][statistical]") {
  // With wear-out 1 the chance of the impression after K others is p / (1 + K), so that n
  // impressions give p H(n) clicks, H the harmonic numbers.
  constexpr std::uint64_t shoppers = 20'000;
  Scenario scenario = quiet_scenario({.shoppers = shoppers, .flight_days = flight});
  add_channel(scenario, 0.5, 0.01);
  ExposureTraits& channel = scenario.channels[0];
  channel.click_rate = 0.2;
  channel.wear_out = 1.0;
  let_no_visit_order(scenario);
  const auto expected = [](double mean) {
    double clicks = 0.0;
    double harmonic = 0.0;
    for (int n = 1; n < 60; ++n) {
      harmonic += 1.0 / n;
      clicks += poisson(n, mean) * harmonic;
    }
    return 0.2 * shoppers * clicks;
  };

  channel.memory_days = 100.0;
  CHECK(plausible_mean(clicks_of(scenario, 20), expected(5.0)));
  channel.refresh_days = 5;  // a new creative begins again
  CHECK(plausible_mean(clicks_of(scenario, 20), 2.0 * expected(2.5)));
  // Memory of 1 day: K is Poisson with mean m = 0.5 min(t, 1), E 1/(1+K) = (1 - exp(-m)) / m; the
  // integral over the first day by the midpoint rule, then nine days at m = 0.5.
  channel.refresh_days = 0;
  channel.memory_days = 1.0;
  double first_day = 0.0;
  for (int k = 0; k < 1000; ++k) {
    const double mean = 0.5 * (k + 0.5) / 1000;
    first_day += (1.0 - std::exp(-mean)) / mean / 1000;
  }
  const double days = first_day + 9.0 * (1.0 - std::exp(-0.5)) / 0.5;
  CHECK(plausible_mean(clicks_of(scenario, 20), 0.2 * 0.5 * shoppers * days));
}

TEST_CASE("the first impressions of a creative are weaker by wear-in",
          "[verification][statistical]") {
  constexpr std::uint64_t shoppers = 20'000;
  Scenario scenario = quiet_scenario({.shoppers = shoppers, .flight_days = flight});
  add_channel(scenario, 0.2, 0.01);
  scenario.channels[0].click_rate = 0.3;
  scenario.channels[0].wear_in = 0.6;
  scenario.channels[0].memory_days = 100.0;
  let_no_visit_order(scenario);
  // K is Poisson(0.2 t): E 2^-K = exp(-0.1 t), integrated over ten days: 2 - 0.6 * 2 (1 - e^-1).
  const double expected = 0.3 * (2.0 - 0.6 * 2.0 * (1.0 - std::exp(-1.0)));
  CHECK(plausible_mean(clicks_of(scenario, 20), shoppers * expected));
}

TEST_CASE("unclicked impressions lead to later visits at the view rate",
          "[verification][statistical]") {
  Scenario scenario = one_channel(20'000);
  scenario.channels[0].click_rate = 0.2;
  scenario.channels[0].view_rate = 0.1;
  scenario.channels[0].view_delay_days = 0.01;
  let_no_visit_order(scenario);
  const FastFuture future = play_fast(scenario, 25);
  const std::uint64_t seen = future.count(Column::impressions);
  const std::uint64_t clicks = future.count(Column::clicks);
  CHECK(plausible_mean(clicks_of(scenario, 20), 20'000 * mean_frequency * 0.2));
  CHECK(plausible_count(future.count(Column::visits) - clicks, seen, 0.1));
}

}  // namespace flywheel::test
