#include "scenario/fingerprint.hpp"

#include <bit>
#include <vector>

#include "market/draw_market.hpp"
#include "random/hash.hpp"
#include "random/trait_tables.hpp"
#include "random/uncertain.hpp"
#include "scenario/base_rates.hpp"
#include "scenario/solve_orders.hpp"

namespace flywheel {

namespace {

/// Takes in one number after the other.
class Digest {
 public:
  void add(double value) { word_ = mix(word_, std::bit_cast<std::uint64_t>(value)); }
  void add(const std::vector<double>& values) {
    for (const double value : values) add(value);
  }
  [[nodiscard]] std::uint64_t word() const { return word_; }

 private:
  std::uint64_t word_{0};
};

constexpr int samples = 64;

double place(int sample) { return (sample + 0.37) / samples; }

Digest with_numbers(Digest digest) {
  const std::vector<Uncertain> numbers{
      normal(0.3, 1.7),       lognormal(15.06, 0.3), interval90(0.02, 0.07, Domain::probability),
      beta_of_mean(0.47, 20), gamma(8.5, 0.02),      student_t(3, 0.1, 2),
      triangular(1, 2, 5),    pert(1, 2, 5)};
  for (const Uncertain& number : numbers) {
    for (int sample = 0; sample < samples; ++sample) digest.add(number.quantile(place(sample)));
  }
  return digest;
}

Digest with_tables(Digest digest) {
  const std::vector<InverseTable> tables{gamma_table(1.258), beta_table(2, 98),
                                         lognormal_table(4.1, 0.6), inverse_gamma_table(4.1, 3.1),
                                         gamma_tables(0.5, 5.0).at(1.7)};
  for (const InverseTable& table : tables) {
    for (int sample = 0; sample < samples; ++sample) digest.add(table(place(sample)));
  }
  for (int sample = 1; sample < samples; ++sample) digest.add(inverse_trigamma(0.1 * sample));
  return digest;
}

Digest with_market(Digest digest) {
  MarketTraits traits;
  traits.start = {.year = 2027, .month = 3, .day = 1};
  traits.days = 90;
  traits.channels = {{.identity = 7, .price = {0.1, 0.357}, .creatives = {0.3, 2.0, 3}},
                     {.identity = 8, .price = {0.2, 0.1}, .creatives = {}}};
  traits.demand = {0.08, 0.1};
  traits.price_correlation = 0.5;
  traits.price_demand_correlation = 0.3;
  traits.competitors = {.per_day = 0.05, .mean_jump = 0.15, .decay_days = 10};
  traits.demand_elasticity = 0.3;
  const MarketPath path = draw_market(traits, make_key(1, Level::market, 2));
  for (const ChannelMarket& channel : path.channels) digest.add(channel.price);
  digest.add(path.conversion_factor);
  digest.add(expected_market(traits).channels[0].price);
  return digest;
}

ChannelSetting fixed_channel() {
  return {.clicks = {.click_rate = 0.0103,
                     .view_rate = 0.0005,
                     .sharpness = 0.5,
                     .affinity_exponent = 1,
                     .retargeting_exponent = 1,
                     .reference_frequencies = {3, 3},
                     .flight_frequencies = {0.4, 1.6},
                     .response = {.wear_out = 0.43, .wear_in = 0.1},
                     .impression_shares = {1.0},
                     .click_factors = {1.0}},
          .expected_clicks = 30'000,
          .expected_impressions = 3e6,
          .intent_targeting = 1,
          .conversion_rate = 0.03,
          .mobile_share = 0.8};
}

Digest with_base_rates(Digest digest) {
  const InverseTable exposure = gamma_table(1.0);
  const InverseTable affinity = gamma_table(2.0);
  const TraitNodes traits{trait_nodes(TraitQuantile{exposure}, Resolution::fine),
                          trait_nodes(TraitQuantile{affinity}, Resolution::fine),
                          {{1.0}, {1.0}}};
  const BaseRateSetting setting{
      .shoppers = 1e6,
      .site = {0.47, 0.65, 0.061, 0.5, 0.7, 1.7, 0.7575},
      .channels = {fixed_channel()},
      .unpaid = {.organic_visits_per_day = 0.001,
                 .organic_conversion_rate = 0.015,
                 .return_ratio = 1.7,
                 .referral_conversion_rate = 0.09,
                 .mobile_share = 0.7575},
      .retargeting = {.click_rate = 0.02, .conversion_uplift = 2.4, .incremental_share = 0.35},
      .window = {0, 0.5, 14, 4, 0, {7, 1, false}},
      .brand_share = 0.1,
      .order_delay = {.immediate_share = 0.7, .immediate_days = 0.02, .later_days = 3},
      .loadings = {0.4, 0.4, 0.4, 1.0},
      .loading_limit = 2.5,
      .incremental_share = 0.6,
      .flight_days = 60,
      .horizon_days = 270};
  const BaseRates rates = solve_base_rates(setting, {{1.0, 0.0}}, traits);
  digest.add(rates.source_log_odds);
  for (const auto& device : rates.steps) {
    for (const double log_odds : device) digest.add(log_odds);
  }
  digest.add({rates.solved.intent_loading, rates.solved.incremental_share, rates.return_probability,
              rates.retargeting_click_rate, rates.clicks[0].click_rate.value,
              rates.clicks[0].view_rate});
  return digest;
}

}  // namespace

std::uint64_t numerics_fingerprint() {
  return with_base_rates(with_market(with_tables(with_numbers({})))).word();
}

}  // namespace flywheel
