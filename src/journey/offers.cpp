#include "journey/offers.hpp"

#include <algorithm>

#include "core/elementary.hpp"
#include "journey/orders.hpp"
#include "journey/subscription.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

constexpr double highest_chance = 0.95;  ///< whatever sensitivity and habit

}  // namespace

void plan_offers(Block& block, std::uint32_t person, Days time) {
  const std::vector<OfferTraits>& offers = *block.world.offers;
  const Record& record = block.crowd.record(person);
  const std::uint32_t orders = block.crowd.customer(record.customer).orders;
  for (std::size_t offer = 0; offer < offers.size(); ++offer) {
    const Days issue = time + offers[offer].after_days;
    if (!(issue < block.world.horizon)) continue;
    schedule(block, {.time = issue,
                     .luck = child_luck(offer, orders),
                     .mark = static_cast<double>(orders),
                     .person = person,
                     .kind = EventKind::offer_issue,
                     .source = static_cast<std::uint8_t>(offer)});
  }
}

void issue_offer(Block& block, const Event& event) {
  const Record& record = block.crowd.record(event.person);
  Customer& customer = block.crowd.customer(record.customer);
  const bool asked_for = customer.orders == static_cast<std::uint32_t>(event.mark) &&
                         record.has_consent && !record.unsubscribed;
  if (!asked_for) return;
  const OfferTraits& offer = (*block.world.offers)[event.source];
  customer.offer = event.source;
  customer.offer_until = event.time + offer.valid_days;
  block.tally.add(Count::offers_issued);
  const TraitReader& traits = block.world.traits;
  const double chance =
      std::min(highest_chance,
               offer.take_up * traits.price_sensitivity(record.id) * traits.engagement(record.id));
  const auto words = draw_block(block.world.key, {Purpose::offer, record.id.value, event.luck});
  if (to_uniform(words[0]) >= chance) return;
  schedule(block, {.time = event.time + offer.valid_days * to_uniform(words[1]),
                   .luck = child_luck(event.luck, 1),
                   .person = event.person,
                   .kind = EventKind::offer_order,
                   .source = event.source});
}

void play_offer_order(Block& block, const Event& event) {
  const Record& record = block.crowd.record(event.person);
  Customer& customer = block.crowd.customer(record.customer);
  const OfferTraits& offer = (*block.world.offers)[event.source];
  const auto words = draw_block(block.world.key, {Purpose::offer, record.id.value, event.luck});
  const bool pulled = to_uniform(words[0]) < offer.pulled_forward;
  if (pulled) ++customer.skipped;
  ++customer.redemptions;
  block.tally.add(pulled ? Count::offer_pulled_forward : Count::offer_expansion);
  place_order(block, {event.person, event.time, offer.depth});
  subscribe_by_offer(block, event.person, event.time, offer.subscribes);
}

double given_away(Block& block, std::uint32_t person, Days time) {
  const Record& record = block.crowd.record(person);
  Customer& customer = block.crowd.customer(record.customer);
  if (!(time < customer.offer_until)) return 0.0;
  const OfferTraits& offer = (*block.world.offers)[customer.offer];
  const double habit = portable_pow(offer.habit, static_cast<double>(customer.redemptions));
  const double chance = std::min(
      highest_chance, offer.give_away * block.world.traits.price_sensitivity(record.id) * habit);
  const std::uint64_t luck = child_luck(customer.orders, 7);
  const auto words = draw_block(block.world.key, {Purpose::offer, record.id.value, luck});
  if (to_uniform(words[0]) >= chance) return 0.0;
  ++customer.redemptions;
  block.tally.add(Count::offer_given_away);
  return offer.depth;
}

}  // namespace flywheel
