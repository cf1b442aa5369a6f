#include "journey/journey.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "journey/advertising.hpp"
#include "journey/customer_ads.hpp"
#include "journey/messages.hpp"
#include "journey/offers.hpp"
#include "journey/orders.hpp"
#include "journey/passers_by.hpp"
#include "journey/referral.hpp"
#include "journey/repeat.hpp"
#include "journey/retargeting.hpp"
#include "journey/shop_front.hpp"
#include "journey/subscription.hpp"
#include "journey/visits.hpp"
#include "random/blocks.hpp"

namespace flywheel {

namespace {

/// The record of a candidate's shopper, made if there is none.
std::uint32_t record_of(Block& block, const Candidate& candidate) {
  const Crowd::Found found = block.crowd.find_or_add(candidate.person);
  if (found.is_new) {
    Record& record = block.crowd.record(found.number);
    record.segment = static_cast<std::uint8_t>(block.world.number);
    record.stratum = candidate.stratum;
    record.inclination = candidate.inclination;
  }
  return found.number;
}

/// Adds the events of candidates to those that are due.
void enter(Block& block, const OtherCandidates& others, std::vector<Event>& events) {
  events.reserve(events.size() + others.candidates.size());
  for (std::size_t k = 0; k < others.candidates.size(); ++k) {
    const Candidate& candidate = others.candidates[k];
    const std::uint32_t known = others.records[k];
    events.push_back({.time = candidate.time,
                      .luck = candidate.luck,
                      .mark = candidate.mark,
                      .person = known != nobody ? known : record_of(block, candidate),
                      .kind = candidate.kind,
                      .source = candidate.source,
                      .words = static_cast<std::uint32_t>(events.size() + 1)});
  }
}

/// Random bits of the visits that candidates may lead to, many at a time; they are numbered as
/// `events` are, of which candidates are the last ones.
void draw_visit_words(Block& block, std::span<const Candidate> candidates, std::size_t before) {
  constexpr std::size_t batch = 256;
  std::array<std::uint64_t, batch> persons;
  std::array<std::uint64_t, batch> ordinals;
  block.work.visit_words.resize(before + candidates.size());
  for (std::size_t done = 0; done < candidates.size(); done += batch) {
    const std::size_t here = std::min(batch, candidates.size() - done);
    for (std::size_t k = 0; k < here; ++k) {
      persons[k] = candidates[done + k].person.value;
      ordinals[k] = candidates[done + k].luck;
    }
    fill_blocks_at(block.world.key, Purpose::visit,
                   {{persons.data(), here}, {ordinals.data(), here}},
                   {block.work.visit_words.data() + before + done, here});
  }
}

/// Orders events by person, by counting: the order within a person is settled when they play.
void order_by_person(Block& block, const std::vector<Event>& events) {
  std::uint32_t lowest = nobody;
  for (const Event& event : events) lowest = std::min(lowest, event.person);
  std::vector<std::uint32_t>& first = block.work.places;
  first.assign(events.empty() ? 0 : block.crowd.size() - lowest + 1, 0);
  for (const Event& event : events) ++first[event.person - lowest + 1];
  for (std::size_t place = 0; place + 1 < first.size(); ++place) first[place + 1] += first[place];
  block.work.ordered.resize(events.size());
  for (const Event& event : events) block.work.ordered[first[event.person - lowest]++] = event;
}

/// Plays what comes to one shopper in this rotation, with what follows from it at once.
void play_person(Block& block, std::span<Event> events) {
  std::sort(events.begin(), events.end());
  const auto later = [](const Event& left, const Event& right) { return right < left; };
  std::size_t next = 0;
  while (next < events.size() || !block.work.now.empty()) {
    const bool from_heap =
        next == events.size() || (!block.work.now.empty() && block.work.now.front() < events[next]);
    if (!from_heap) {
      play(block, events[next++]);
      continue;
    }
    const Event event = block.work.now.front();
    std::pop_heap(block.work.now.begin(), block.work.now.end(), later);
    block.work.now.pop_back();
    play(block, event);
  }
}

}  // namespace

Record new_record(const World& world, PersonId person, double intent, std::uint64_t propensity) {
  Record record;
  record.id = person;
  record.segment = static_cast<std::uint8_t>(world.number);
  record.inclination = world.inclination.of(intent, propensity);
  return record;
}

void begin_stretch(Block& block, const Snapshot& snapshot) {
  block.snapshot = snapshot;
  open_shop(block);
  set_retargeting_rates(block);
  std::vector<Event>& events = block.crowd.due(snapshot.number);
  for (const Event& click : seek_clicks_of_open_windows(block)) events.push_back(click);
}

void play_candidates(Block& block, MediaTotals& totals, std::span<Candidate> candidates) {
  std::vector<Event>& events = block.crowd.due(block.snapshot.number);
  draw_visit_words(block, candidates, events.size());
  const std::span words = std::span{block.work.visit_words}.subspan(events.size());
  enter(block, play_passers_by(block, totals, candidates, words), events);
  order_by_person(block, events);
  events.clear();
  std::vector<Event>& ordered = block.work.ordered;
  for (std::size_t begin = 0; begin < ordered.size();) {
    std::size_t end = begin + 1;
    while (end < ordered.size() && ordered[end].person == ordered[begin].person) ++end;
    play_person(block, {ordered.data() + begin, end - begin});
    begin = end;
  }
  settle_ended_windows(block);
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
    case EventKind::customer_ad_click:
      return play_customer_ad_click(block, event);
  }
}

}  // namespace flywheel
