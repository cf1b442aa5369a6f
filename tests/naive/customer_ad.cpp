// Ads to customers: docs/model.md 7.8.
#include <cmath>

#include "naive/world.hpp"
#include "random/poisson.hpp"

namespace flywheel::test {

void queue_customer_ads(NaiveWorld& world, NaiveShopper& shopper, double order_time) {
  const CustomerAdTraits& ads = world.scenario.customer_ads;
  if (!ads.enabled) return;
  const std::uint64_t count =
      draw_poisson(shopper.stream, ads.impressions_per_day * ads.window_days);
  for (std::uint64_t k = 0; k < count; ++k) {
    const double age = ads.start_days + ads.window_days * shopper.stream.uniform();
    shopper.agenda.push({.time = order_time + age, .kind = NaiveEventKind::customer_ad});
  }
}

void see_customer_ad(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const Scenario& scenario = world.scenario;
  const CustomerAdTraits& ads = scenario.customer_ads;
  const ChannelMarket& market = scenario.market.channels.back();
  const auto day = static_cast<std::size_t>(std::floor(event.time));
  world.tally.customer_ad_impressions += 1;
  book_customer_ad(world.tally, scenario, event.time, ads.price * market.price[day] / 1000.0);
  if (!shopper.stream.bernoulli(ads.click_rate * market.click[day])) return;
  world.tally.customer_ad_clicks += 1;
  world.tally.events += 1;
  const double mood = shopper.is_alive(event.time) ? 1.0 : scenario.messages.lapsed_factor;
  if (!shopper.stream.bernoulli(ads.order_rate * mood)) return;
  world.tally.customer_ad_orders += 1;
  if (shopper.stream.bernoulli(ads.replaced_share)) shopper.replaced_purchases += 1;
  place_repeat_order(world, shopper, {event.time, 0.0});
}

}  // namespace flywheel::test
