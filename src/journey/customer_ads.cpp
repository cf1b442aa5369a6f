#include "journey/customer_ads.hpp"

#include <algorithm>

#include "journey/orders.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

constexpr int ordinal_bits = 20;  ///< of one order's draws

void bill_impression(Block& block, std::size_t day) {
  const double per_mille =
      block.world.customer_ads->price * block.world.market->channels.back().price[day];
  const Money cost = Money::units(per_mille / 1000.0);
  block.books.book(Account::media, start_of(day), cost);
  block.books.customer_ad_spend += cost;
  block.tally.add(Count::customer_ad_impressions);
}

}  // namespace

void show_customer_ads(Block& block, const AdWindow& window) {
  const World& world = block.world;
  const CustomerAdTraits& ads = *world.customer_ads;
  const Days begin = window.ordered + ads.start_days;
  const Days end = std::min(begin + ads.window_days, world.horizon);
  if (!ads.enabled || !(begin < end)) return;
  const PersonId person = block.crowd.record(window.person).id;
  Stream draws{world.key, Purpose::customer_ad, person.value, window.order << ordinal_bits};
  const std::uint64_t shown = draw_poisson(draws, ads.impressions_per_day * (end - begin));
  for (std::uint64_t number = 0; number < shown; ++number) {
    // Rounding might reach the end, where the market may have no more days.
    const Days time = std::min(begin + (end - begin) * draws.uniform(), end - 1e-9);
    const bool clicked =
        draws.bernoulli(ads.click_rate * world.market->channels.back().click[day_index(time)]);
    const double decision = draws.uniform();
    bill_impression(block, day_index(time));
    if (!clicked) continue;
    schedule(block, {.time = time,
                     .luck = child_luck(window.order, number),
                     .mark = decision,
                     .person = window.person,
                     .kind = EventKind::customer_ad_click});
  }
}

void play_customer_ad_click(Block& block, const Event& event) {
  const CustomerAdTraits& ads = *block.world.customer_ads;
  Customer& customer = block.crowd.customer(block.crowd.record(event.person).customer);
  block.tally.add(Count::customer_ad_clicks);
  block.tally.add(Count::events);
  const bool lapsed = !customer.subscribed && event.time >= customer.dropout;
  const double chance =
      std::min(1.0, ads.order_rate * (lapsed ? block.world.messages->lapsed_factor : 1.0));
  if (event.mark >= chance) return;
  if (event.mark < chance * ads.replaced_share) ++customer.skipped;
  block.tally.add(Count::customer_ad_orders);
  place_order(block, {event.person, event.time, 0.0});
}

}  // namespace flywheel
