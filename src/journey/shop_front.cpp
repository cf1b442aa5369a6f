#include "journey/shop_front.hpp"

#include <algorithm>
#include <cstddef>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

double with_odds(double probability, double factor) {
  const double odds = probability * factor;
  return odds / (1.0 - probability + odds);
}

OrderTraits mended_orders(const OrderTraits& order, const ShopState& shop) {
  OrderTraits mended = order;
  mended.bad_product *= shop.bad_factor;
  mended.bad_delivery *= shop.bad_factor;
  mended.resolved = 1.0 - (1.0 - order.resolved) * shop.bad_factor;
  mended.return_good = with_odds(order.return_good, shop.return_odds);
  mended.return_bad = with_odds(order.return_bad, shop.return_odds);
  return mended;
}

/// What is delivered on the days of the snapshot, and to whom; days to come are still as planned.
void aim_channel(Block& block, std::size_t channel, const ChannelAim& aim) {
  const Snapshot& snapshot = block.snapshot;
  ChannelDays& days = block.world.channel_days[channel];
  days.sharpness.resize(days.intensity.size(), 1.0);
  const double factor = aim.volume[block.world.number] / aim.mean_weight;
  const auto end = std::min(day_index(snapshot.end), days.intensity.size());
  for (std::size_t day = day_index(snapshot.begin); day < end; ++day) {
    days.intensity[day] *= factor;
    days.sharpness[day] = aim.sharpness;
  }
}

}  // namespace

StepOdds steps_in(const StepOdds& steps, const ShopState& shop) {
  StepOdds moved = steps;
  for (std::size_t step = 0; step < shop.step_log_odds.size(); ++step) {
    const double factor = portable_exp(-shop.step_log_odds[step]);
    for (auto& device : moved) device[step] *= factor;
  }
  return moved;
}

OrderTraits orders_in(const OrderTraits& order, const ShopState& shop) {
  const bool is_mended = shop.bad_factor != 1.0 || shop.return_odds != 1.0;
  OrderTraits now = is_mended ? mended_orders(order, shop) : order;
  now.terms = shop.terms;
  now.bad_delivery = std::min(1.0, now.bad_delivery * shop.terms.delivery);
  if (shop.terms.delivery != 1.0) {  // service scales as delivery does
    now.resolved = 1.0 - std::min(1.0, (1.0 - now.resolved) * shop.terms.delivery);
  }
  return now;
}

void open_shop(Block& block) {
  const World& world = block.world;
  const ShopState& shop = block.snapshot.shop;
  block.front = {.steps = steps_in(world.odds.step, shop),
                 .chance_factor = shop.chance_factor,
                 .availability = shop.availability,
                 .order = orders_in(*world.order, shop)};
  block.terms.push_back(shop.terms);
  if (!shop.tests.empty() && block.tally.tests.size() <= shop.tests.back().number) {
    block.tally.tests.resize(shop.tests.back().number + 1);
  }
  for (std::size_t channel = 0; channel < shop.channels.size(); ++channel) {
    aim_channel(block, channel, shop.channels[channel]);
  }
}

}  // namespace flywheel
