#include "journey/referral.hpp"

#include "journey/advocacy.hpp"
#include "journey/journey.hpp"
#include "journey/runaway.hpp"
#include "journey/visits.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t depletion_draw = std::uint64_t{1} << 40U;

bool is_customer_already(const Block& block, PersonId friend_id) {
  if (!block.world.referral->depletion) return false;
  const double share = block.snapshot.customer_share[block.world.number];
  Stream draws{block.world.key, Purpose::referral, friend_id.value, depletion_draw};
  return draws.bernoulli(share);
}

}  // namespace

void ask_for_friends(Block& block, std::uint32_t person, Days time) {
  const Record& record = block.crowd.record(person);  // events are added here, no records
  Customer& customer = block.crowd.customer(record.customer);
  if (customer.asked_friends || customer.from_day_zero) return;
  customer.asked_friends = true;
  const ReferralTraits& referral = *block.world.referral;
  const int friends = draw_friends(referral, record.id, block.world.key);
  block.invitations += static_cast<std::uint64_t>(friends);
  expect_invitations_end(block);
  for (int number = 0; number < friends; ++number) {
    const Days delay = draw_invitation_delay(referral, record.id, block.world.key, number);
    schedule(block, {.time = time + delay,
                     .luck = static_cast<std::uint64_t>(number),
                     .person = person,
                     .kind = EventKind::invitation});
  }
}

void play_invitation(Block& block, const Event& event) {
  const PersonId referrer = block.crowd.record(event.person).id;
  const PersonId friend_id = PersonId::of_friend(referrer, event.luck);
  if (is_customer_already(block, friend_id)) return;
  block.tally.add(Count::friends);
  ++block.life(event.time).friends;
  block.tally.add(Count::events);
  const TraitReader& traits = block.world.traits;
  Record record = new_record(block.world, friend_id, traits.reach(friend_id).intent,
                             traits.bits(friend_id).propensity);
  record.referrer = event.person;
  Event visit = event;
  visit.person = block.crowd.add(record);
  visit.luck = child_luck(friend_id.value, 8);
  const auto source = static_cast<std::uint8_t>(block.world.channel_count() +
                                                static_cast<std::size_t>(UnpaidSource::referral));
  play_visit_of(block, visit, source);
}

}  // namespace flywheel
