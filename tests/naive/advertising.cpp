// Ads: docs/model.md 7.2, 7.3 and 7.5.
#include <algorithm>
#include <cmath>

#include "naive/world.hpp"
#include "random/poisson.hpp"

namespace flywheel::test {

namespace {

using enum NaiveEventKind;

std::size_t day_index(double time) { return static_cast<std::size_t>(std::floor(time)); }

std::size_t cell_of(const Scenario& scenario, int segment, double time) {
  return static_cast<std::size_t>(segment) *
             static_cast<std::size_t>(scenario.calendar.flight_days) +
         day_index(time);
}

/// A Poisson number of events at uniform times.
void draw_times(NaiveShopper& shopper, double from, double to, double rate, NaiveEvent event) {
  if (rate <= 0.0) return;
  const std::uint64_t count = draw_poisson(shopper.stream, rate * (to - from));
  for (std::uint64_t k = 0; k < count; ++k) {
    event.time = from + (to - from) * shopper.stream.uniform();
    shopper.agenda.push(event);
  }
}

double impression_rate(const NaiveWorld& world, const NaiveShopper& shopper, int channel,
                       double time) {
  const Scenario& scenario = world.scenario;
  const auto c = static_cast<std::size_t>(channel);
  const auto g = static_cast<std::size_t>(shopper.segment);
  const NaiveAim& aim = world.loops.now().aims[c];
  const ExposureTraits& traits = scenario.channels[c];
  const double weight = shopper.traits.x *
                        std::pow(shopper.traits.a, traits.sharpness * aim.sharpness) *
                        std::exp(traits.intent_targeting * aim.sharpness * shopper.traits.z);
  const auto size = static_cast<double>(scenario.segments[g].size);
  return scenario.deliveries[c].impressions_per_day[cell_of(scenario, shopper.segment, time)] *
         weight / (size * aim.mean_weight) * aim.deliveries[g];
}

double retargeting_rate(const NaiveWorld& world, double time) {
  const RetargetingTraits& traits = world.scenario.retargeting;
  if (!traits.enabled || time >= traits.last_day) return 0.0;
  if (traits.affordable_per_day.empty() || world.snapshot.expected_pool == 0.0) {
    return traits.impressions_per_day;
  }
  return std::min(traits.impressions_per_day,
                  traits.affordable_per_day[day_index(time)] / world.snapshot.expected_pool);
}

const PoolTraits& pool_of(const Scenario& scenario, const NaiveShopper& shopper) {
  return scenario.retargeting.pools[static_cast<std::size_t>(shopper.pool)];
}

/// The largest factor of any pool on impressions: so many are drawn, and those of others thinned.
double most_impressions(const RetargetingTraits& traits) {
  double most = 0.0;
  for (const PoolTraits& pool : traits.pools) most = std::max(most, pool.impressions);
  return most;
}

double organic_rate(const NaiveWorld& world, const NaiveShopper& shopper, double time) {
  const Scenario& scenario = world.scenario;
  const NaiveConditions& now = world.loops.now();
  const double theta = scenario.organic.intent_loading;
  const double level =
      scenario.organic.visits_per_shopper_day * now.organic_factor + now.content_visits;
  return (level * scenario.market.demand[day_index(time)] +
          now.spoken_visits[static_cast<std::size_t>(shopper.segment)]) *
         std::exp(theta * shopper.traits.z - 0.5 * theta * theta);
}

int creative_at(const ExposureTraits& traits, double time) {
  return traits.refresh_days == 0 ? 0 : static_cast<int>(std::floor(time / traits.refresh_days));
}

/// Impressions that count for the response to the next one.
int remembered_impressions(const ExposureTraits& traits, const NaiveShopper& shopper, int channel,
                           double now) {
  return static_cast<int>(
      std::count_if(shopper.touches.begin(), shopper.touches.end(), [&](const NaiveTouch& touch) {
        return touch.channel == channel && !touch.is_click &&
               touch.time > now - traits.memory_days &&
               creative_at(traits, touch.time) == creative_at(traits, now);
      }));
}

bool is_capped(const Scenario& scenario, const NaiveShopper& shopper, int channel, double now) {
  const int cap = scenario.channels[static_cast<std::size_t>(channel)].frequency_cap;
  if (cap == 0) return false;
  const double length = scenario.calendar.rotation_days;
  const double rotation_begin = std::floor(now / length) * length;
  const auto seen =
      std::count_if(shopper.touches.begin(), shopper.touches.end(), [&](const NaiveTouch& touch) {
        return touch.channel == channel && !touch.is_click && touch.time >= rotation_begin;
      });
  return seen >= cap;
}

void pay_for_ad(NaiveWorld& world, const NaiveShopper& shopper, int channel, double time,
                double price) {
  world.tally.ad_spend.at(channel, shopper.segment) += price;
  book_media(world.tally, world.scenario, channel, shopper.segment,
             {.time = time, .amount = price});
}

void click_ad(NaiveWorld& world, NaiveShopper& shopper, int channel, double time) {
  world.tally.clicks.at(channel, shopper.segment) += 1;
  world.tally.events += 1;
  remember(world, shopper, {.time = time, .channel = channel, .is_click = true});
  if (shopper.is_pending) world.tally.clicks_without_visit += 1;
  // Retargeting's number as a channel is also its number as a source.
  play_visit(world, shopper, {.time = time, .source = channel});
}

}  // namespace

void draw_ads_and_visits(NaiveWorld& world, NaiveShopper& shopper, double from, double to) {
  const Scenario& scenario = world.scenario;
  draw_times(shopper, from, to,
             retargeting_rate(world, from) * most_impressions(scenario.retargeting),
             {.kind = retargeting_impression});
  if (shopper.is_friend) return;
  draw_times(shopper, from, to, organic_rate(world, shopper, from), {.kind = organic_visit});
  if (from >= scenario.calendar.flight_days) return;
  for (int c = 0; c < static_cast<int>(scenario.channels.size()); ++c) {
    draw_times(shopper, from, to, impression_rate(world, shopper, c, from),
               {.kind = impression, .index = c});
  }
}

void see_impression(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const Scenario& scenario = world.scenario;
  const double now = event.time;
  const auto c = static_cast<std::size_t>(event.index);
  const ExposureTraits& traits = scenario.channels[c];
  if (shopper.is_customer || is_capped(scenario, shopper, event.index, now)) return;
  const double price = scenario.deliveries[c].price[cell_of(scenario, shopper.segment, now)];

  const int seen = remembered_impressions(traits, shopper, event.index, now);
  const double response =
      (1.0 - traits.wear_in * std::exp2(-seen)) * std::pow(1.0 + seen, -traits.wear_out);
  const ChannelMarket& market = scenario.market.channels[c];
  const double keenness = std::pow(shopper.traits.a, traits.affinity_exponent) *
                          std::exp(traits.click_intent * shopper.traits.z);
  const double click =
      std::min(1.0, traits.click_rate *
                        scenario.segments[static_cast<std::size_t>(shopper.segment)].click_factor *
                        market.strength[static_cast<std::size_t>(creative_at(traits, now))] *
                        market.click[day_index(now)] * keenness);
  const double view = std::min(1.0 - click, traits.view_rate * keenness);

  world.tally.impressions.at(event.index, shopper.segment) += 1;
  shopper.impressions[c] += 1;
  remember(world, shopper, {.time = now, .channel = event.index, .is_click = false});
  if (!traits.pays_per_click) pay_for_ad(world, shopper, event.index, now, price);
  const double chance = shopper.stream.uniform();
  const double view_begin = click * traits.largest_response;
  if (chance < click * response) {
    if (traits.pays_per_click) pay_for_ad(world, shopper, event.index, now, price);
    click_ad(world, shopper, event.index, now);
  } else if (chance >= view_begin && chance < view_begin + view) {
    const double delay = traits.view_delay_days * shopper.stream.exponential();
    shopper.agenda.push({.time = now + delay, .kind = view_visit, .index = event.index});
  }
}

void see_retargeting(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const RetargetingTraits& traits = world.scenario.retargeting;
  const double now = event.time;
  if (shopper.is_customer || now >= shopper.window_opened + traits.window_days) return;
  if (traits.cap_per_window > 0 && shopper.window_impressions >= traits.cap_per_window) return;
  const PoolTraits& pool = pool_of(world.scenario, shopper);
  const double kept = pool.impressions / most_impressions(traits);
  if (kept < 1.0 && !shopper.stream.bernoulli(kept)) return;
  const int channel = world.scenario.source(UnpaidSource::retargeting);
  shopper.window_impressions += 1;
  world.tally.impressions.at(channel, shopper.segment) += 1;
  remember(world, shopper, {.time = now, .channel = channel, .is_click = false});
  const double price = traits.price[day_index(now)];
  if (!traits.pays_per_click) pay_for_ad(world, shopper, channel, now, price);
  const double click = traits.click_rate * pool.clicks *
                       std::pow(shopper.traits.a, traits.affinity_exponent) *
                       world.scenario.market.channels.back().click[day_index(now)];
  if (!shopper.stream.bernoulli(click)) return;
  if (traits.pays_per_click) pay_for_ad(world, shopper, channel, now, price);
  click_ad(world, shopper, channel, now);
}

void pass_brand_ad(NaiveWorld& world, NaiveShopper& shopper, double time) {
  const Scenario& scenario = world.scenario;
  if (time >= scenario.calendar.flight_days) return;
  const auto delivery = std::find_if(scenario.deliveries.begin(), scenario.deliveries.end(),
                                     [](const Delivery& one) { return !one.brand_shares.empty(); });
  if (delivery == scenario.deliveries.end()) return;
  const double share = delivery->brand_shares[day_index(time)] * world.loops.now().brand_factor;
  if (!shopper.stream.bernoulli(share)) return;
  const auto number = static_cast<int>(delivery - scenario.deliveries.begin());
  const ExposureTraits& channel = scenario.channels[static_cast<std::size_t>(number)];
  const double price = delivery->price[cell_of(scenario, shopper.segment, time)];
  world.tally.brand_clicks += 1;
  book_media(world.tally, scenario, number, shopper.segment,
             {.time = time, .amount = channel.brand_price * price});
  remember(world, shopper, {.time = time, .channel = number, .is_click = true, .is_brand = true});
}

}  // namespace flywheel::test
