#include "scenario/solve_clicks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "random/poisson.hpp"
#include "random/stream.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

const Nodes one_value{{1.0}, {1.0}};

/// Three segments, none like the other.
ShopperTypes three_segments(bool has_intent) {
  return {{{0.5, 0.0}, {0.3, 0.2}, {0.2, -0.4}},
          has_intent ? intent_nodes() : no_intent_node(),
          one_value};
}

ClickSetting worn_setting() {
  return {.click_rate = 0.02,
          .view_rate = 0.003,
          .sharpness = 0.6,
          .affinity_exponent = 1.2,
          .retargeting_exponent = 0.8,
          .reference_frequencies = {0.8, 3.5},
          .flight_frequencies = {3.5, 3.5},
          .response = {.wear_out = 0.43, .wear_in = 0.3},
          .impression_shares = {0.2, 0.5, 0.3},
          .click_factors = {0.7, 1.0, 1.6}};
}

/// What impressions drawn one by one say of a solved channel.
struct Observed {
  std::vector<double> clicks;  ///< weight of the shopper times click probability and response
  std::vector<double> views;
  std::vector<double> weights;
  std::vector<double> affinity;  ///< clicks times a^(q of retargeting)
};

/// Draws shoppers, segment by impressions, and the exposures an impression of theirs finds.
Observed observe(const ClickSetting& setting, const ClickSolution& solution, double zeta,
                 double xi) {
  const InverseTable exposure = gamma_table(1.0);
  const InverseTable affinity = gamma_table(2.0);
  Stream traits{make_key(31, Level::shoppers, 0), Purpose::trait, 1};
  Stream counts{make_key(31, Level::shoppers, 0), Purpose::exposure, 1};
  Observed observed;
  for (int shopper = 0; shopper < 400'000; ++shopper) {
    const double x = exposure(traits.open_uniform());
    const double a = affinity(traits.open_uniform());
    const double z = traits.normal();
    const double u = traits.uniform();
    const std::size_t segment = u < setting.impression_shares[0] ? 0
                                : u < setting.impression_shares[0] + setting.impression_shares[1]
                                    ? 1
                                    : 2;
    const double weight =
        x * std::pow(a, setting.sharpness) * std::exp(zeta * z) / solution.mean_weight;
    const double frequency = setting.reference_frequencies[counts.bernoulli(0.5) ? 1 : 0];
    const auto before = static_cast<int>(draw_poisson(counts, frequency * weight));
    const double taste = std::pow(a, setting.affinity_exponent) * std::exp(xi * z);
    const double click =
        std::min(1.0, solution.click_rate.value * setting.click_factors[segment] * taste) *
        (1.0 - setting.response.wear_in * std::pow(0.5, before)) *
        std::pow(1.0 + before, -setting.response.wear_out);
    observed.weights.push_back(weight);
    observed.clicks.push_back(weight * click);
    observed.views.push_back(weight * solution.view_rate * taste);
    observed.affinity.push_back(weight * click * (std::pow(a, setting.retargeting_exponent) - 1.5));
  }
  return observed;
}

ChannelClicks channel_of(const ClickSetting& setting) {
  const InverseTable exposure = gamma_table(1.0);
  const InverseTable affinity = gamma_table(2.0);
  return {setting, trait_nodes(TraitQuantile{exposure}, Resolution::fine),
          trait_nodes(TraitQuantile{affinity}, Resolution::fine)};
}

double mean_affinity(const ClickSolution& solution) {
  return std::inner_product(solution.clicks.begin(), solution.clicks.end(),
                            solution.retargeting_affinity.begin(), 0.0);
}

}  // namespace

TEST_CASE("click and view rates average to the benchmark over drawn impressions",
          "[scenario][clicks][statistical]") {
  const ClickSetting setting = worn_setting();
  const ClickSolution solution = channel_of(setting).solve(0.5, 0.3, three_segments(true));
  const Observed observed = observe(setting, solution, 0.5, 0.3);
  REQUIRE(plausible_mean(observed.weights, 1.0));
  REQUIRE(plausible_mean(observed.clicks, 0.02));
  REQUIRE(plausible_mean(observed.views, 0.003));
  REQUIRE(plausible_mean(observed.affinity, 0.02 * (mean_affinity(solution) - 1.5)));
  REQUIRE(solution.click_rate.reached);
}

TEST_CASE("click rates hold where many click probabilities are cut at 1",
          "[scenario][clicks][statistical]") {
  ClickSetting setting = worn_setting();
  setting.click_rate = 0.45;
  setting.response = {};
  const ClickSolution solution = channel_of(setting).solve(0.4, 0.6, three_segments(true));
  const Observed observed = observe(setting, solution, 0.4, 0.6);
  REQUIRE(plausible_mean(observed.clicks, 0.45));
  REQUIRE(plausible_mean(observed.affinity, 0.45 * (mean_affinity(solution) - 1.5)));
}

TEST_CASE("a channel of shoppers alike clicks at its rate", "[scenario][clicks]") {
  ClickSetting setting = worn_setting();
  setting.response = {};
  const ChannelClicks channel{setting, one_value, one_value};
  const ClickSolution solution = channel.solve(0.0, 0.0, three_segments(false));
  // 0.2 * 0.7 + 0.5 * 1 + 0.3 * 1.6 = 1.12
  REQUIRE(solution.click_rate.value == Approx(0.02 / 1.12));
  REQUIRE(solution.view_rate == Approx(0.003));
  REQUIRE(solution.mean_weight == Approx(1.0));
  REQUIRE(solution.clicks[0] == Approx(0.14 / 1.12));
  REQUIRE(solution.clicks[1] == Approx(0.50 / 1.12));
  REQUIRE(solution.impressions[2] == Approx(0.3));
}

TEST_CASE("clickers have the intent that targeting and clicking load on", "[scenario][clicks]") {
  ClickSetting setting = worn_setting();
  setting.response = {};
  setting.click_rate = 1e-4;  // too low for a cap to matter
  const ShopperTypes types = three_segments(true);
  const ClickSolution solution = channel_of(setting).solve(0.5, 0.3, types);
  double mean = 0.0;
  double square = 0.0;
  for (std::size_t type = 0; type < types.size(); ++type) {
    mean += solution.clicks[type] * types.intents()[type];
    square += solution.clicks[type] * types.intents()[type] * types.intents()[type];
  }
  REQUIRE(mean == Approx(0.8).epsilon(1e-6));  // N(zeta + xi, 1)
  REQUIRE(square - mean * mean == Approx(1.0).epsilon(1e-5));
}

TEST_CASE("who clicks is told at the frequencies of the flight",
          "[scenario][clicks][statistical]") {
  ClickSetting setting = worn_setting();
  setting.flight_frequencies = {0.3, 9.0};
  const ClickSolution solution = channel_of(setting).solve(0.5, 0.3, three_segments(true));
  // Half of the impressions have so many before them: the rest of the setting is the same.
  std::vector<double> clicks;
  std::vector<double> affinity;
  for (const double frequency : setting.flight_frequencies) {
    ClickSetting half = setting;
    half.reference_frequencies = {frequency, frequency};
    const Observed observed = observe(half, solution, 0.5, 0.3);
    clicks.insert(clicks.end(), observed.clicks.begin(), observed.clicks.end());
    affinity.insert(affinity.end(), observed.affinity.begin(), observed.affinity.end());
  }
  REQUIRE(plausible_mean(clicks, solution.expected_rate));
  REQUIRE(plausible_mean(affinity, solution.expected_rate * (mean_affinity(solution) - 1.5)));
  REQUIRE(
      solution.click_rate.value ==
      Approx(channel_of(worn_setting()).solve(0.5, 0.3, three_segments(true)).click_rate.value));
}

TEST_CASE("a click rate that no clicks reach is flagged", "[scenario][clicks]") {
  ClickSetting setting = worn_setting();
  setting.click_rate = 0.8;  // worn-out impressions cannot be clicked so often
  REQUIRE_FALSE(channel_of(setting).solve(0.5, 0.3, three_segments(true)).click_rate.reached);
}

namespace {

/// Impressions of a capped channel, rotation by rotation.
struct CappedFlight {
  std::vector<double> clicks;  ///< expected of what is served in a rotation, over what is bought
  std::vector<double> views;
  std::vector<double> served;
  std::vector<double> in_last_segment;  ///< of `served`
};

/// Draws shoppers by segment and one rotation of each, in which nothing wears out.
CappedFlight play_rotations(const ClickSetting& setting, const ClickSolution& solution,
                            double growth) {
  const InverseTable exposure = gamma_table(1.0);
  const InverseTable affinity = gamma_table(2.0);
  Stream traits{make_key(32, Level::shoppers, 0), Purpose::trait, 1};
  Stream counts{make_key(32, Level::shoppers, 0), Purpose::exposure, 1};
  const double shares[3]{0.5, 0.3, 0.2};
  const double bought = growth * setting.cap.bought_per_day * setting.cap.rotation_days;
  CappedFlight flight;
  for (int shopper = 0; shopper < 400'000; ++shopper) {
    const double a = affinity(traits.open_uniform());
    const double x = exposure(traits.open_uniform());
    const double z = traits.normal();
    const double u = traits.uniform();
    const std::size_t segment = u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
    const double weight = x * std::pow(a, setting.sharpness) * std::exp(0.5 * z) /
                          solution.mean_weight * setting.impression_shares[segment] /
                          shares[segment];
    const auto number = static_cast<double>(draw_poisson(counts, bought * weight));
    const double served = std::min(number, static_cast<double>(setting.cap.impressions)) / bought;
    const double taste = std::pow(a, setting.affinity_exponent) * std::exp(0.3 * z);
    flight.served.push_back(served);
    flight.clicks.push_back(
        served * std::min(1.0, solution.click_rate.value * setting.click_factors[segment] * taste));
    flight.views.push_back(served * solution.view_rate * taste);
    flight.in_last_segment.push_back(segment == 2 ? served : 0.0);
  }
  return flight;
}

ClickSetting capped_setting() {
  ClickSetting setting = worn_setting();
  setting.response = {};
  setting.cap = {.impressions = 3, .rotation_days = 7, .flight_days = 28, .bought_per_day = 0.35};
  return setting;
}

}  // namespace

TEST_CASE("under a cap click and view rates are those of served impressions",
          "[scenario][clicks][statistical]") {
  const ClickSetting setting = capped_setting();
  const ClickSolution solution = channel_of(setting).solve(0.5, 0.3, three_segments(true));
  REQUIRE(solution.served_share < 0.8);
  const CappedFlight flight = play_rotations(setting, solution, 1.0);
  REQUIRE(plausible_mean(flight.served, solution.served_share));
  REQUIRE(plausible_mean(flight.clicks, 0.02 * solution.served_share));
  REQUIRE(plausible_mean(flight.views, 0.003 * solution.served_share));
  REQUIRE(solution.expected_rate == Approx(0.02 * solution.served_share).epsilon(1e-9));
  double last = 0.0;
  double all = 0.0;
  const ShopperTypes types = three_segments(true);
  for (std::size_t type = 0; type < types.size(); ++type) {
    all += solution.impressions[type];
    if (types.segments()[type] == 2) last += solution.impressions[type];
  }
  REQUIRE(all == Approx(solution.served_share).epsilon(1e-9));
  REQUIRE(plausible_mean(flight.in_last_segment, last));
}

TEST_CASE("more impressions under a cap bring fewer clicks each",
          "[scenario][clicks][statistical]") {
  const ClickSetting setting = capped_setting();
  const ChannelClicks channel = channel_of(setting);
  const ClickSolution once = channel.solve(0.5, 0.3, three_segments(true));
  const ClickSolution grown = channel.solve(0.5, 0.3, three_segments(true), 4.0);
  REQUIRE(grown.click_rate.value == once.click_rate.value);  // people are the same
  const CappedFlight flight = play_rotations(setting, grown, 4.0);
  REQUIRE(plausible_mean(flight.served, grown.served_share));
  REQUIRE(plausible_mean(flight.clicks, grown.expected_rate));
}

TEST_CASE("a cap that nobody reaches changes nothing", "[scenario][clicks]") {
  ClickSetting setting = worn_setting();
  // Segments are told apart under a cap: alike in exposures here.
  setting.cap = {
      .impressions = 1000, .rotation_days = 7, .flight_days = 28, .bought_per_day = 1e-3};
  setting.impression_shares = {0.5, 0.3, 0.2};
  ClickSetting plain = setting;
  plain.cap = {};
  const ClickSolution capped = channel_of(setting).solve(0.5, 0.3, three_segments(true));
  const ClickSolution uncapped = channel_of(plain).solve(0.5, 0.3, three_segments(true));
  REQUIRE(capped.served_share == Approx(1.0).epsilon(1e-5));
  REQUIRE(capped.click_rate.value == Approx(uncapped.click_rate.value).epsilon(1e-4));
  REQUIRE(capped.expected_rate == Approx(uncapped.expected_rate).epsilon(1e-4));
  REQUIRE(capped.view_rate == Approx(uncapped.view_rate).epsilon(1e-4));
  for (std::size_t type = 0; type < capped.clicks.size(); ++type) {
    REQUIRE(capped.clicks[type] == Approx(uncapped.clicks[type]).epsilon(1e-3).margin(1e-12));
  }
  REQUIRE(uncapped.served_share == 1.0);
}

}  // namespace flywheel::test
