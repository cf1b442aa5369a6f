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
                     .reference_frequencies = {3.0, 3.0},
                     .flight_frequencies = {3.0, 3.0},
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
          .order_delay = {.immediate_share = 1, .immediate_days = 0, .later_days = 0},
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

/// The same without what comes after a visit: neither own returns nor retargeting.
BaseRateSetting single_visits() {
  BaseRateSetting setting = busy_setting();
  setting.retargeting.return_given = true;
  setting.window.impressions_per_day = 0.0;
  return setting;
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
    return rates_.solved.organic_factor * setting_.unpaid.organic_visits_per_day *
           std::exp(tilt * z_ - 0.5 * tilt * tilt);
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

constexpr std::size_t organic_source = 3;
constexpr std::size_t returned_source = 4;
constexpr std::size_t sources[3]{0, 1, organic_source};
constexpr double mobile_shares[3]{0.6, 0.6, 0.7};

/// Sums over one shopper's flight.
struct Counts {
  double clicks[2]{};
  double credited[2]{};   ///< first orders within 7 days of the channel's click, the last one
  double organic{0};      ///< orders of organic visits less rate * visits: expectation 0
  double returned{0};     ///< likewise the chance of an order, over leavers
  double made{0};         ///< incremental orders of channels
  double by_channels{0};  ///< all that count in the incremental share
};

/// Plays the flight visit by visit until the first order, and a week beyond for what is credited.
class Flight {
 public:
  Flight(const BaseRates& rates, const Prospect& one, Stream& stream)
      : return_probability_{rates.return_probability}, one_{one}, stream_{stream} {}

  Counts play() {
    const double clicking[3]{one_.clicks_per_day(0), one_.clicks_per_day(1),
                             one_.organic_per_day()};
    const double total = clicking[0] + clicking[1] + clicking[2];
    double next = stream_.exponential() / total;
    while (!ordered_ && std::min(next, back_) < flight + 7.0) {
      if (back_ < next) {
        visit(returned_source, 0.7, back_, true);
        continue;
      }
      const double pick = stream_.uniform() * total;
      const std::size_t which = pick < clicking[0] ? 0 : pick < clicking[0] + clicking[1] ? 1 : 2;
      if (which == 2 || next < flight) first_visit(which, next);
      next += stream_.exponential() / total;
    }
    return counts_;
  }

 private:
  void first_visit(std::size_t which, double time) {
    if (which < 2) {
      counts_.clicks[which] += 1.0;
      clicked_ = time;
      channel_ = which;
    }
    visit(sources[which], mobile_shares[which], time, false);
    if (which == 2 && time < flight) counts_.organic += (ordered_ ? 1.0 : 0.0) - 0.02;
    if (ordered_ && time < flight) count_order(which);
  }

  void visit(std::size_t source, double mobile_share, double time, bool is_return) {
    if (is_return) back_ = never;
    const double order = one_.order(source, mobile_share);
    const double engaged = one_.reach(source, mobile_share, 1);
    const double u = stream_.uniform();
    ordered_ = u < order;
    if (ordered_ && time - clicked_ < 7.0) counts_.credited[channel_] += 1.0;
    if (u < order || u >= engaged) return;
    if (!is_return && time < flight) {
      counts_.returned += one_.order(returned_source, 0.7) - 1.7 * 0.02;
    }
    if (stream_.bernoulli(return_probability_)) {
      back_ = std::min(back_, time + 4.0 * stream_.exponential());
    }
  }

  void count_order(std::size_t which) {
    const double organic_orders = one_.organic_per_day() * one_.order(organic_source, 0.7);
    const double anyway = 1.0 - std::exp(-organic_orders * (horizon - 0.5 * flight));
    const double touches = 7.0 * (one_.clicks_per_day(0) + one_.clicks_per_day(1)) +
                           one_.impressions_per_day(0) + one_.impressions_per_day(1);
    counts_.made = which == 2 ? 0.0 : 1.0 - anyway;
    counts_.by_channels = which == 2 ? 1.0 - std::exp(-touches) : 1.0;
  }

  static constexpr double never = 1e9;
  double return_probability_;
  const Prospect& one_;
  Stream& stream_;
  Counts counts_;
  bool ordered_{false};
  double clicked_{-never};
  std::size_t channel_{0};
  double back_{never};
};

std::vector<Counts> play_audience(const BaseRateSetting& setting, const BaseRates& rates,
                                  int people) {
  const InverseTable exposure = gamma_table(exposure_shape);
  Stream traits{make_key(77, Level::shoppers, 0), Purpose::trait, 1};
  Stream visits{make_key(77, Level::shoppers, 0), Purpose::visit, 1};
  std::vector<Counts> flights;
  flights.reserve(static_cast<std::size_t>(people));
  for (int person = 0; person < people; ++person) {
    const Prospect one{setting, rates, traits, exposure};
    flights.push_back(Flight{rates, one, visits}.play());
  }
  return flights;
}

template <typename Figure>
std::vector<double> each(const std::vector<Counts>& flights, const Figure& figure) {
  std::vector<double> values;
  values.reserve(flights.size());
  for (const Counts& counts : flights) values.push_back(figure(counts));
  return values;
}

/// Credited orders per click equal the rate, but for five standard errors and 1.5 % of it: the
/// solver sees clickers in three groups of activity and time as standing still.
bool has_credited_rate(const std::vector<Counts>& flights, std::size_t channel, double rate) {
  const Moments surplus = moments_of(each(flights, [&](const Counts& counts) {
    return counts.credited[channel] - rate * counts.clicks[channel];
  }));
  const Moments clicks =
      moments_of(each(flights, [&](const Counts& counts) { return counts.clicks[channel]; }));
  INFO("credited per click less target, over target: " << surplus.mean / (rate * clicks.mean));
  return std::abs(surplus.mean) < 5.0 * surplus.standard_error() + 0.015 * rate * clicks.mean;
}

}  // namespace

TEST_CASE("a flight played shopper by shopper has the benchmarks as its averages",
          "[scenario][base_rates][statistical]") {
  const BaseRateSetting setting = single_visits();
  const BaseRates rates = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE(rates.solved.rates_reached);
  REQUIRE(rates.solved.incremental_reached);
  REQUIRE(rates.solved.incremental_share == Approx(0.85).margin(5e-4));
  REQUIRE(rates.solved.intent_loading > 0.5);
  const std::vector<Counts> flights = play_audience(setting, rates, 2'000'000);
  REQUIRE(has_credited_rate(flights, 0, 0.05));
  REQUIRE(has_credited_rate(flights, 1, 0.03));
  REQUIRE(plausible_mean(each(flights, [](const Counts& one) { return one.organic; }), 0.0));
  REQUIRE(plausible_mean(each(flights, [](const Counts& one) { return one.returned; }), 0.0));
  const double share = rates.solved.incremental_share;
  REQUIRE(plausible_mean(
      each(flights, [&](const Counts& one) { return one.made - share * one.by_channels; }), 0.0));
}

TEST_CASE("visits that no ad made make up for intent that loads too little",
          "[scenario][base_rates][statistical]") {
  BaseRateSetting setting = single_visits();
  setting.loading_limit = 0.4;
  setting.organic_limit = 20.0;
  const BaseRates rates = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE(rates.solved.incremental_reached);
  REQUIRE(rates.solved.incremental_share == Approx(0.85).margin(5e-4));
  REQUIRE(rates.solved.intent_loading == 0.4);
  REQUIRE(rates.solved.organic_factor > 1.5);
  REQUIRE(rates.solved.organic_factor < 19.0);
  const std::vector<Counts> flights = play_audience(setting, rates, 2'000'000);
  REQUIRE(has_credited_rate(flights, 0, 0.05));
  REQUIRE(has_credited_rate(flights, 1, 0.03));
  REQUIRE(plausible_mean(each(flights, [](const Counts& one) { return one.organic; }), 0.0));
  REQUIRE(plausible_mean(
      each(flights, [](const Counts& one) { return one.made - 0.85 * one.by_channels; }), 0.0));
}

TEST_CASE("own returns are part of a click's credited orders",
          "[scenario][base_rates][statistical]") {
  BaseRateSetting setting = single_visits();
  setting.retargeting.return_probability = 0.4;
  const BaseRates rates = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE(rates.solved.rates_reached);
  const std::vector<Counts> flights = play_audience(setting, rates, 2'000'000);
  REQUIRE(has_credited_rate(flights, 0, 0.05));
  REQUIRE(has_credited_rate(flights, 1, 0.03));
  // What follows a visit belongs to the click's rate: the visit itself orders less.
  const BaseRates alone = solve_base_rates(single_visits(), two_segments(), gamma_exposure());
  REQUIRE(rates.source_log_odds[0] < alone.source_log_odds[0] - 0.02);
}

TEST_CASE("retargeting's click rate is the mean of its pool", "[scenario][base_rates]") {
  // Affinity gamma of shape 2, clicks go with a: clickers have E[a^2] / E[a] = 1.5. The pool is
  // made of them and of organic visitors of affinity 1; without these only of them. Windows as
  // short as here never overlap; long ones, of which who clicks often has fewer, weigh the keen
  // less.
  BaseRateSetting setting = busy_setting();
  setting.unpaid.organic_visits_per_day = 0.0;
  setting.incremental_share = 1.0;
  const InverseTable affinity = gamma_table(2.0);
  TraitNodes traits = gamma_exposure();
  traits.affinity = trait_nodes(TraitQuantile{affinity}, Resolution::fine);
  const BaseRates lasting = solve_base_rates(setting, two_segments(), traits);
  setting.window.window_days = 1e-4;
  const BaseRates rates = solve_base_rates(setting, two_segments(), traits);
  REQUIRE(rates.retargeting_click_rate == Approx(0.02 / 1.5).epsilon(1e-4));
  REQUIRE(lasting.retargeting_click_rate > 1.03 * rates.retargeting_click_rate);
}

TEST_CASE("in an audience alike the incremental share is a formula", "[scenario][base_rates]") {
  BaseRateSetting setting = single_visits();
  setting.has_intent = false;  // nothing to solve: the share is implied
  setting.channels.resize(1);
  setting.channels[0].clicks.impression_shares = {1.0};
  setting.channels[0].clicks.click_factors = {1.0};
  setting.channels[0].clicks.view_rate = 0.0;
  const TraitNodes alike{{{1.0}, {1.0}}, {{1.0}, {1.0}}, {{1.0}, {1.0}}};
  const BaseRates rates = solve_base_rates(setting, {{1.0, 0.0}}, alike);
  // 0.4 clicks a head at p are orders by ads; 0.12 organic visits at 0.02 are 0.0024, and those
  // within 7 days of a click, before another and before an order, are credited to it.
  double p = 0.05;
  for (int round = 0; round < 20; ++round) {
    const double end = (0.4 + 0.4 * p + 0.0024) / 60.0;
    p = 0.05 - 0.0024 / 60.0 * (1.0 - std::exp(-7.0 * end)) / end;
  }
  const double orders = 0.4 * p + 0.0024;
  const double left = (1.0 - std::exp(-orders)) / orders;
  const double made = 0.4 * p * left * std::exp(-0.0024 / 60.0 * 240.0);
  const double touched = 1.0 - std::exp(-(0.4 * 7.0 + 0.4 / 0.02 * 1.0) / 60.0);
  const double share = made / (0.4 * p * left + 0.0024 * left * touched);
  REQUIRE(rates.solved.incremental_share == Approx(share).epsilon(2e-5));
  REQUIRE(rates.solved.intent_loading == 0.0);
}

TEST_CASE("two kinds of shoppers share out what would have come anyway", "[scenario][base_rates]") {
  BaseRateSetting setting = single_visits();
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
  REQUIRE(0.5 * (paid[0] + paid[1]) == Approx(0.05).epsilon(2e-5));
  REQUIRE(0.5 * (unpaid[0] + unpaid[1]) == Approx(0.02).epsilon(2e-5));
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
  REQUIRE(low.solved.organic_factor == 1.0);
  setting.organic_limit = 3.0;
  const BaseRates more = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE_FALSE(more.solved.incremental_reached);
  REQUIRE(more.solved.organic_factor == 3.0);
  REQUIRE(more.solved.incremental_share < low.solved.incremental_share - 0.01);
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

TEST_CASE("a return probability stops at its limit and says so", "[scenario][base_rates]") {
  BaseRateSetting setting = busy_setting();
  setting.retargeting.incremental_share = 0.05;
  setting.retargeting.return_limit = 0.3;
  const BaseRates rates = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE(rates.return_probability == 0.3);
  REQUIRE_FALSE(rates.solved.retargeting_reached);
  REQUIRE(rates.solved.retargeting_share > 0.05);
}

TEST_CASE("a click that chance gives more credit than its rate keeps a tenth of it",
          "[scenario][base_rates]") {
  // 0.4 organic visits a day, of which one in fifty orders: far more than 0.05 per click in a week.
  BaseRateSetting setting = single_visits();
  setting.has_intent = false;
  setting.unpaid.organic_visits_per_day = 0.4;
  const BaseRates rates = solve_base_rates(setting, two_segments(), gamma_exposure());
  REQUIRE_FALSE(rates.solved.rates_reached);
  for (const double log_odds : rates.source_log_odds) REQUIRE(std::abs(log_odds) < 10.0);
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
          Approx(0.37).epsilon(1e-3));
}

}  // namespace flywheel::test
