#include "scenario/base_rates.hpp"

#include <algorithm>
#include <cmath>

#include "random/stream.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr double exposure_shape = 2.0;
constexpr double shoppers = 1e6;
constexpr double flight = 60.0;
constexpr double horizon = 270.0;
constexpr double segment_size[2]{0.7, 0.3};
constexpr double segment_odds[2]{0.6, 1.6};

ChannelSetting channel(double clicks, double conversion_rate, std::vector<double> shares) {
  return {.clicks = {.click_rate = 0.02,
                     .view_rate = 0.001,
                     .sharpness = 0.0,
                     .affinity_exponent = 1.0,
                     .retargeting_exponent = 1.0,
                     .reference_frequency = 3.0,
                     .response = {},
                     .impression_shares = std::move(shares),
                     .click_factors = {0.8, 1.3}},
          .expected_clicks = clicks,
          .expected_impressions = clicks / 0.02,
          .intent_targeting = clicks > 3e5 ? 1.0 : 2.0,
          .conversion_rate = conversion_rate,
          .mobile_share = 0.6};
}

/// An audience that the flight exhausts noticeably: 0.6 clicks a head.
BaseRateSetting busy_setting() {
  return {.shoppers = shoppers,
          .site = {.bounce_rate = 0.45,
                   .view_rate = 0.6,
                   .cart_rate = 0.08,
                   .checkout_rate = 0.55,
                   .cart_abandonment = 0.68,
                   .desktop_ratio = 1.9,
                   .mobile_share = 0.7},
          .channels = {channel(4e5, 0.05, {0.5, 0.5}), channel(2e5, 0.03, {0.8, 0.2})},
          .unpaid = {.organic_visits_per_day = 0.002,
                     .organic_conversion_rate = 0.02,
                     .return_ratio = 1.7,
                     .referral_conversion_rate = 0.09,
                     .mobile_share = 0.7},
          .retargeting = {.click_rate = 0.02,
                          .affinity_exponent = 1.0,
                          .conversion_uplift = 2.4,
                          .mobile_share = 0.5,
                          .pool = Depth::engaged,
                          .incremental_share = 0.35},
          .window = {.impressions_per_day = 0.5,
                     .window_days = 14,
                     .return_delay_days = 4,
                     .credit = {.click_days = 7, .view_days = 1}},
          .loadings = {.targeting = 0.4, .click = 0.4, .funnel = 0.4, .organic = 1.0},
          .loading_limit = 2.5,
          .incremental_share = 0.85,
          .flight_days = flight,
          .horizon_days = horizon};
}

std::vector<SegmentShare> two_segments() {
  return {{segment_size[0], std::log(segment_odds[0])},
          {segment_size[1], std::log(segment_odds[1])}};
}

/// Exposure of gamma shape 2, everybody of the same affinity: activity is gamma exactly.
TraitNodes gamma_exposure() {
  const InverseTable exposure = gamma_table(exposure_shape);
  return {trait_nodes(TraitQuantile{exposure}, Resolution::fine), {{1.0}, {1.0}}, {{1.0}, {1.0}}};
}

/// One shopper of the audience, by the formulas of docs/model.md 7.2 to 7.4.
class Prospect {
 public:
  Prospect(const BaseRateSetting& setting, const BaseRates& rates, Stream& stream,
           const InverseTable& exposure)
      : setting_{setting},
        rates_{rates},
        segment_{stream.bernoulli(segment_size[1]) ? std::size_t{1} : std::size_t{0}},
        x_{exposure(stream.open_uniform())},
        z_{stream.normal()} {}

  [[nodiscard]] double impressions_per_day(std::size_t at) const {
    const ChannelSetting& one = setting_.channels[at];
    const double loading = rates_.solved.intent_loading;
    const double weight = x_ * std::exp(loading * 0.4 * one.intent_targeting * z_);
    return one.expected_impressions * one.clicks.impression_shares[segment_] /
           (shoppers * segment_size[segment_] * flight) * weight / rates_.clicks[at].mean_weight;
  }
  [[nodiscard]] double clicks_per_day(std::size_t at) const {
    const double taste = std::exp(rates_.solved.intent_loading * 0.4 * z_);
    return impressions_per_day(at) *
           std::min(1.0, rates_.clicks[at].click_rate.value *
                             setting_.channels[at].clicks.click_factors[segment_] * taste);
  }
  [[nodiscard]] double organic_per_day() const {
    const double tilt = rates_.solved.intent_loading;
    return setting_.unpaid.organic_visits_per_day * std::exp(tilt * z_ - 0.5 * tilt * tilt);
  }
  /// Chance to come at least `steps` steps far.
  [[nodiscard]] double reach(std::size_t source, double mobile_share, std::size_t steps) const {
    const double added = rates_.source_log_odds[source] + std::log(segment_odds[segment_]) +
                         rates_.solved.intent_loading * 0.4 * z_;
    double mean = 0.0;
    for (std::size_t device = 0; device < 2; ++device) {
      double product = device == 1 ? mobile_share : 1.0 - mobile_share;
      for (std::size_t step = 0; step < steps; ++step) {
        product /= 1.0 + std::exp(-rates_.steps[device][step] - added);
      }
      mean += product;
    }
    return mean;
  }
  [[nodiscard]] double order(std::size_t source, double mobile_share) const {
    return reach(source, mobile_share, step_count);
  }

 private:
  const BaseRateSetting& setting_;
  const BaseRates& rates_;
  std::size_t segment_;
  double x_;
  double z_;
};

/// Sums over one shopper's flight; those named after a target have expectation 0.
struct Balance {
  std::vector<double> channel[2];   ///< orders - conversion_rate * clicks
  std::vector<double> organic;      ///< orders - rate * visits
  std::vector<double> retargeted;   ///< chance of an order - target, over pool members
  std::vector<double> returned;     ///< likewise of own returns
  std::vector<double> incremental;  ///< made - share * credited
};

constexpr std::size_t retargeted_source = 2;
constexpr std::size_t organic_source = 3;
constexpr std::size_t returned_source = 4;

/// Plays the flight visit by visit until the first order.
void play(const BaseRateSetting& setting, const BaseRates& rates, const Prospect& one,
          Stream& stream, Balance& balance) {
  const double rate[3]{one.clicks_per_day(0), one.clicks_per_day(1), one.organic_per_day()};
  const double total = rate[0] + rate[1] + rate[2];
  const double uplifted = 2.4 * (4e5 * 0.05 + 2e5 * 0.03) / 6e5;  // odds below
  const double cold = uplifted / 2.4;
  const double target = 2.4 * cold / (1.0 - cold) / (1.0 + 2.4 * cold / (1.0 - cold));
  const double organic_orders = rate[2] * one.order(organic_source, 0.7);
  const double anyway = 1.0 - std::exp(-organic_orders * (horizon - 0.5 * flight));
  const double touched = 1.0 - std::exp(-7.0 * (rate[0] + rate[1]) -
                                        (one.impressions_per_day(0) + one.impressions_per_day(1)));
  double sums[6]{};
  for (double time = stream.exponential() / total; time < flight;
       time += stream.exponential() / total) {
    const double pick = stream.uniform() * total;
    const std::size_t which = pick < rate[0] ? 0 : pick < rate[0] + rate[1] ? 1 : 2;
    const std::size_t source = which == 2 ? organic_source : which;
    const double mobile_share = which == 2 ? 0.7 : 0.6;
    const double conversion = which == 2 ? 0.02 : setting.channels[which].conversion_rate;
    const bool orders = stream.bernoulli(one.order(source, mobile_share));
    sums[which] += (orders ? 1.0 : 0.0) - conversion;
    if (orders) {
      const double share = rates.solved.incremental_share;
      sums[5] += which == 2 ? -share * touched : (1.0 - anyway) - share;
      break;
    }
    const double engaged = one.reach(source, mobile_share, 1);
    const double ordered = one.order(source, mobile_share);
    const double leaves = (engaged - ordered) / (1.0 - ordered);  // given no order
    sums[3] += leaves * (one.order(retargeted_source, 0.5) - target);
    sums[4] += leaves * (one.order(returned_source, 0.7) - 1.7 * 0.02);
  }
  balance.channel[0].push_back(sums[0]);
  balance.channel[1].push_back(sums[1]);
  balance.organic.push_back(sums[2]);
  balance.retargeted.push_back(sums[3]);
  balance.returned.push_back(sums[4]);
  balance.incremental.push_back(sums[5]);
}

Balance play_audience(const BaseRateSetting& setting, const BaseRates& rates, int people) {
  const InverseTable exposure = gamma_table(exposure_shape);
  Stream traits{make_key(77, Level::shoppers, 0), Purpose::trait, 1};
  Stream visits{make_key(77, Level::shoppers, 0), Purpose::visit, 1};
  Balance balance;
  for (int person = 0; person < people; ++person) {
    const Prospect one{setting, rates, traits, exposure};
    play(setting, rates, one, visits, balance);
  }
  return balance;
}

}  // namespace

TEST_CASE("a flight played shopper by shopper has the benchmarks as its averages",
          "[scenario][base_rates][statistical]") {
  const BaseRateSetting setting = busy_setting();
  const BaseRates rates = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE(rates.solved.rates_reached);
  REQUIRE(rates.solved.incremental_reached);
  REQUIRE(rates.solved.incremental_share == Approx(0.85).margin(1e-4));
  REQUIRE(rates.solved.intent_loading > 0.5);
  const Balance balance = play_audience(setting, rates, 4'000'000);
  REQUIRE(plausible_mean(balance.channel[0], 0.0));
  REQUIRE(plausible_mean(balance.channel[1], 0.0));
  REQUIRE(plausible_mean(balance.organic, 0.0));
  REQUIRE(plausible_mean(balance.retargeted, 0.0));
  REQUIRE(plausible_mean(balance.returned, 0.0));
  REQUIRE(plausible_mean(balance.incremental, 0.0));
}

TEST_CASE("retargeting's click rate is the mean of its pool", "[scenario][base_rates]") {
  // Affinity gamma of shape 2, clicks go with a: clickers have E[a^2] / E[a] = 1.5. The pool is
  // made of them and of organic visitors of affinity 1; without these only of them.
  BaseRateSetting setting = busy_setting();
  setting.unpaid.organic_visits_per_day = 0.0;
  setting.incremental_share = 1.0;
  const InverseTable affinity = gamma_table(2.0);
  TraitNodes traits = gamma_exposure();
  traits.affinity = trait_nodes(TraitQuantile{affinity}, Resolution::fine);
  const BaseRates rates = solve_base_rates(setting, two_segments(), traits);
  REQUIRE(rates.retargeting_click_rate == Approx(0.02 / 1.5).epsilon(1e-4));
}

TEST_CASE("in an audience alike the incremental share is a formula", "[scenario][base_rates]") {
  BaseRateSetting setting = busy_setting();
  setting.has_intent = false;  // nothing to solve: the share is implied
  setting.channels.resize(1);
  setting.channels[0].clicks.impression_shares = {1.0};
  setting.channels[0].clicks.click_factors = {1.0};
  const TraitNodes alike{{{1.0}, {1.0}}, {{1.0}, {1.0}}, {{1.0}, {1.0}}};
  const BaseRates rates = solve_base_rates(setting, {{1.0, 0.0}}, alike);
  // 0.4 clicks a head at 0.05 are 0.02 orders by ads; 0.12 organic visits at 0.02 are 0.0024.
  const double left = (1.0 - std::exp(-0.02)) / 0.02 * (1.0 - std::exp(-0.0024)) / 0.0024;
  const double made = 0.02 * left * std::exp(-0.0024 / 60.0 * 240.0);
  const double touched = 1.0 - std::exp(-(0.4 * 7.0 + 0.4 / 0.02 * 1.0) / 60.0);
  const double share = made / (0.02 * left + 0.0024 * left * touched);
  REQUIRE(rates.solved.incremental_share == Approx(share).epsilon(1e-9));
  REQUIRE(rates.solved.intent_loading == 0.0);
}

TEST_CASE("two kinds of shoppers share out what would have come anyway", "[scenario][base_rates]") {
  BaseRateSetting setting = busy_setting();
  setting.has_intent = false;
  setting.channels.resize(1);
  setting.channels[0].clicks.impression_shares = {0.5, 0.5};
  setting.channels[0].clicks.click_factors = {1.0, 1.0};
  setting.channels[0].expected_clicks = 4.0;  // too few to exhaust anybody
  setting.channels[0].expected_impressions = 200.0;
  setting.unpaid.organic_visits_per_day = 1e-7;
  setting.incremental_share = 0.6;
  setting.horizon_days = 2e7;  // so that some come anyway all the same
  const TraitNodes alike{{{1.0}, {1.0}}, {{1.0}, {1.0}}, {{1.0}, {1.0}}};
  const BaseRates rates =
      solve_base_rates(setting, {{0.5, std::log(0.25)}, {0.5, std::log(4.0)}}, alike);
  const auto order = [&](std::size_t source, double mobile_share, double odds) {
    double mean = 0.0;
    for (std::size_t device = 0; device < 2; ++device) {
      double product = device == 1 ? mobile_share : 1.0 - mobile_share;
      for (std::size_t step = 0; step < step_count; ++step) {
        product /=
            1.0 + std::exp(-rates.steps[device][step] - rates.source_log_odds[source]) / odds;
      }
      mean += product;
    }
    return mean;
  };
  // Source numbers with one channel: 0, then retargeting 1, organic 2.
  const double paid[2]{order(0, 0.6, 0.25), order(0, 0.6, 4.0)};
  const double unpaid[2]{order(2, 0.7, 0.25), order(2, 0.7, 4.0)};
  REQUIRE(0.5 * (paid[0] + paid[1]) == Approx(0.05).epsilon(1e-6));
  REQUIRE(0.5 * (unpaid[0] + unpaid[1]) == Approx(0.02).epsilon(1e-6));
  const double days = 2e7 - 30.0;
  const double alone = 0.5 * paid[0] * std::exp(-1e-7 * unpaid[0] * days) +
                       0.5 * paid[1] * std::exp(-1e-7 * unpaid[1] * days);
  REQUIRE(rates.solved.incremental_share == Approx(alone / 0.05).epsilon(1e-4));
}

TEST_CASE("targets out of reach are flagged and met as nearly as allowed",
          "[scenario][base_rates]") {
  BaseRateSetting setting = busy_setting();
  setting.incremental_share = 0.05;
  setting.loading_limit = 0.7;
  const BaseRates low = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE_FALSE(low.solved.incremental_reached);
  REQUIRE(low.solved.intent_loading == 0.7);
  setting.incremental_share = 0.99999;
  const BaseRates high = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE_FALSE(high.solved.incremental_reached);
  REQUIRE(high.solved.intent_loading == 0.0);
}

TEST_CASE("a plan of propensities without intent solves its click rates alone",
          "[scenario][base_rates]") {
  BaseRateSetting setting = busy_setting();
  setting.uses_steps = false;
  setting.has_intent = false;
  setting.incremental_share = 1.0;
  setting.retargeting.incremental_share = 1.0;
  const BaseRates rates = solve_base_rates(setting, two_segments(), gamma_exposure());
  // 0.5 * 0.8 + 0.5 * 1.3 = 1.05
  REQUIRE(rates.clicks[0].click_rate.value == Approx(0.02 / 1.05).epsilon(1e-7));
  REQUIRE(rates.return_probability == 0.0);
  REQUIRE(rates.solved.intent_loading == 0.0);
  REQUIRE(rates.source_log_odds == std::vector<double>(7, 0.0));
}

TEST_CASE("a given return probability stands, and its share is told", "[scenario][base_rates]") {
  BaseRateSetting setting = busy_setting();
  setting.retargeting.return_given = true;
  setting.retargeting.return_probability = 0.37;
  const BaseRates rates = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE(rates.return_probability == 0.37);
  setting.retargeting.return_given = false;
  setting.retargeting.incremental_share = rates.solved.retargeting_share;
  REQUIRE(solve_base_rates(setting, two_segments(), gamma_exposure()).return_probability ==
          Approx(0.37).epsilon(1e-4));
}

}  // namespace flywheel::test
