#include "journey/journey.hpp"

#include <algorithm>
#include <vector>

#include "core/elementary.hpp"
#include "journey/advertising.hpp"
#include "journey/messages.hpp"
#include "journey/offers.hpp"
#include "journey/orders.hpp"
#include "journey/referral.hpp"
#include "journey/repeat.hpp"
#include "journey/retargeting.hpp"
#include "journey/subscription.hpp"
#include "journey/visits.hpp"

namespace flywheel {

namespace {

/// Finds or makes the records of candidates and adds their events to those that are due.
void enter(Block& block, std::span<const Candidate> candidates, std::vector<Event>& events) {
  events.reserve(events.size() + candidates.size());
  for (const Candidate& candidate : candidates) {
    events.push_back(candidate.event);
    events.back().person = block.crowd.find_or_add(candidate.person, [&] {
      return new_record(block.world, candidate.person, candidate.bits, candidate.intent);
    });
  }
}

/// Orders events by person, by counting: the order within a person is settled when they play.
void order_by_person(Block& block, const std::vector<Event>& events) {
  std::vector<std::uint32_t>& first = block.places;
  first.assign(block.crowd.size() + 1, 0);
  for (const Event& event : events) ++first[event.person + 1];
  for (std::size_t person = 0; person + 1 < first.size(); ++person) {
    first[person + 1] += first[person];
  }
  block.ordered.resize(events.size());
  for (const Event& event : events) block.ordered[first[event.person]++] = event;
}

/// Plays what comes to one shopper in this rotation, with what follows from it at once.
void play_person(Block& block, std::span<Event> events) {
  std::sort(events.begin(), events.end());
  const auto later = [](const Event& left, const Event& right) { return right < left; };
  std::size_t next = 0;
  while (next < events.size() || !block.now.empty()) {
    const bool from_heap =
        next == events.size() || (!block.now.empty() && block.now.front() < events[next]);
    if (!from_heap) {
      play(block, events[next++]);
      continue;
    }
    const Event event = block.now.front();
    std::pop_heap(block.now.begin(), block.now.end(), later);
    block.now.pop_back();
    play(block, event);
  }
}

}  // namespace

Record new_record(const World& world, PersonId person, const TraitBits& bits, double intent) {
  Record record;
  record.id = person;
  record.segment = static_cast<std::uint8_t>(world.number);
  if (world.funnel->uses_propensity) {
    record.inclination = world.funnel->mean_propensity * world.segment->conversion_factor *
                         world.traits.propensity(bits);
  } else {
    record.inclination =
        portable_exp(-(world.funnel->intent_loading * intent + world.segment->conversion_log_odds));
  }
  return record;
}

void play_rotation(Block& block, const Snapshot& snapshot, std::span<const Candidate> candidates) {
  block.snapshot = snapshot;
  set_retargeting_rates(block);
  std::vector<Event>& events = block.crowd.due(snapshot.rotation);
  enter(block, candidates, events);
  for (const Event& click : seek_clicks_of_open_windows(block)) events.push_back(click);
  order_by_person(block, events);
  std::vector<Event>& ordered = block.ordered;
  for (std::size_t begin = 0; begin < ordered.size();) {
    std::size_t end = begin + 1;
    while (end < ordered.size() && ordered[end].person == ordered[begin].person) ++end;
    play_person(block, {ordered.data() + begin, end - begin});
    begin = end;
  }
  settle_open_windows(block);
}

void play(Block& block, const Event& event) {
  switch (event.kind) {
    case EventKind::impression:
      return play_impression(block, event);
    case EventKind::view:
      return play_view(block, event);
    case EventKind::view_visit:
    case EventKind::organic_visit:
    case EventKind::own_return:
      return play_unpaid_visit(block, event);
    case EventKind::retargeting_click:
      return play_retargeting_click(block, event);
    case EventKind::order_due:
      return play_due_order(block, event);
    case EventKind::delivery:
      return play_delivery(block, event);
    case EventKind::purchase:
      return play_purchase(block, event);
    case EventKind::renewal:
      return play_renewal(block, event);
    case EventKind::membership_fee:
      return play_membership_fee(block, event);
    case EventKind::offer_issue:
      return issue_offer(block, event);
    case EventKind::offer_order:
      return play_offer_order(block, event);
    case EventKind::message:
      return play_message(block, event);
    case EventKind::invitation:
      return play_invitation(block, event);
  }
}

}  // namespace flywheel
