#include "journey/retargeting.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/elementary.hpp"
#include "journey/advertising.hpp"
#include "journey/exposure.hpp"
#include "journey/messages.hpp"
#include "journey/visits.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// Of an impression in the shopper's window, once it was known.
double known_click_chance(const Block& block, const Record& record) {
  return chance_in_pool(block, record.pool, record.retargeting_chance);
}

/// Of an impression in the shopper's window.
double click_chance(const Block& block, Record& record) {
  if (record.retargeting_chance < 0.0)
    record.retargeting_chance = retargeting_chance(block, record.id);
  return known_click_chance(block, record);
}

void book_impressions(Block& block, Days time, std::int64_t count) {
  const World& world = block.world;
  const std::size_t cell = block.tally.cell(world.retargeting_channel(), world.number);
  block.tally.impressions[cell] += count;
  if (world.retargeting->pays_per_click) return;
  const double price = world.retargeting->price[day_index(time)];
  const Money cost = Money::units(price * static_cast<double>(count));
  block.books.book(Account::media, time, cost);
  block.books.spend[cell] += cost;
}

/// The time at which a sum that rises by day reaches `target`.
Days time_of(const std::vector<double>& sums, double target) {
  const auto after = std::upper_bound(sums.begin(), sums.end(), target);
  const auto day = static_cast<std::size_t>(after - sums.begin()) - 1;
  if (day + 1 >= sums.size()) return never;
  return static_cast<double>(day) + (target - sums[day]) / (sums[day + 1] - sums[day]);
}

/// Keeps an impression: it may earn credit.
void keep_view(Block& block, Record& record, Days time) {
  block.crowd.remember(record, {.time = time,
                                .earlier = nobody,
                                .channel = block.world.retargeting_channel(),
                                .clicked = false,
                                .served = true,
                                .candidate = false});
}

/// Times of a capped window's impressions but those that are clicked, which come on their own: all
/// that are expected, thinned by each day's chance of a click.
std::vector<Days> unclicked_times(const RetargetingDays& days, double weight, double chance,
                                  Period period, Stream& draws) {
  const double begin = days.impressions_until(period.from);
  const double whole = days.impressions_until(period.to) - begin;
  std::vector<Days> times;
  if (whole <= 0.0) return times;
  for (std::uint64_t left = draw_poisson(draws, weight * whole); left > 0; --left) {
    const double target = begin + whole * draws.uniform();
    const Days time = std::min(time_of(days.impressions, target), period.to - 1e-9);
    if (draws.uniform() >= chance * days.click[day_index(time)]) times.push_back(time);
  }
  std::sort(times.begin(), times.end());
  return times;
}

/// Serves and keeps the unclicked impressions of a capped window, the first ones.
void draw_capped(Block& block, Record& record, Days until, double chance) {
  const Days from = record.window_settled;
  const std::uint64_t ordinal = child_luck(record.window_luck, std::bit_cast<std::uint64_t>(from));
  Stream draws{block.world.key, Purpose::retargeting, record.id.value, ordinal};
  std::vector<Days> times = unclicked_times(
      block.retargeting, impressions_in_pool(block, record.pool), chance, {from, until}, draws);
  const auto cap = static_cast<std::uint64_t>(block.world.retargeting->cap_per_window);
  const std::uint64_t room = cap > record.window_impressions ? cap - record.window_impressions : 0;
  if (times.size() > room) times.resize(room);
  record.window_impressions += static_cast<std::uint32_t>(times.size());
  for (const Days time : times) {
    book_impressions(block, time, 1);
    keep_view(block, record, time);
  }
}

/// Counts the unclicked impressions since the window was last settled.
void settle(Block& block, Record& record, Days until) {
  const Days end = std::min(until, record.window_end);
  if (!(record.window_settled < end)) return;
  const double chance = click_chance(block, record);
  if (block.world.retargeting->cap_per_window > 0) {
    draw_capped(block, record, end, chance);
  } else {
    serve_unclicked_window(block.retargeting, {.chance = chance,
                                               .since = record.window_settled,
                                               .end = end,
                                               .weight = impressions_in_pool(block, record.pool)});
  }
  record.window_settled = end;
}

/// The next click of an open window, if it comes before the end of this rotation; else `never`.
Event next_click(const Block& block, std::uint32_t person, Record& record) {
  const Days end = std::min(record.window_end, block.snapshot.end);
  const double chance = click_chance(block, record);
  const Days time =
      next_click(block.retargeting, {chance, record.click_since, end, record.click_uniform,
                                     impressions_in_pool(block, record.pool)});
  if (time == never) return {.time = never};
  return {.time = time,
          .luck = child_luck(record.window_luck, 3),
          .person = person,
          .kind = EventKind::retargeting_click,
          .step = record.window_token};
}

/// Impressions that were kept, latest first.
std::vector<Days> kept_views(const Block& block, const Record& record, Days from, Days to) {
  std::vector<Days> views;
  for (std::uint32_t number = record.impressions; number != nobody;) {
    const RememberedImpression& touch = block.crowd.impression(number);
    const bool view = touch.channel == block.world.retargeting_channel() && touch.served;
    if (view && touch.time >= from && touch.time < to) views.push_back(touch.time);
    number = touch.earlier;
  }
  std::sort(views.rbegin(), views.rend());
  return views;
}

/// The latest unclicked impression of an uncapped window within a period, or `never`: backwards in
/// time, when an exponential number of them was expected.
Days view_before(const Block& block, const Record& record, const Period& period,
                 std::uint64_t ordinal) {
  const auto words = draw_block(block.world.key, {Purpose::view_touch, record.id.value, ordinal});
  const double chance = known_click_chance(block, record);
  double left = -portable_log(to_open_uniform(words[0]));
  for (Days later = period.to; later > period.from;) {
    const Days day = std::ceil(later) - 1.0;
    const Days earlier = std::max(period.from, day);
    const auto number = static_cast<std::size_t>(day);
    const double unclicked = 1.0 - chance * block.retargeting.click[number];
    const double rate =
        impressions_in_pool(block, record.pool) * block.retargeting.rate[number] * unclicked;
    if (left < rate * (later - earlier)) return later - left / rate;
    left -= rate * (later - earlier);
    later = earlier;
  }
  return never;
}

/// Unclicked impressions of an uncapped window within a period in which its pool was the same,
/// latest first.
std::vector<Days> drawn_views(const Block& block, const Record& record, Period period,
                              std::uint64_t first_ordinal) {
  period.to = std::min(period.to, block.world.retargeting->last_day);
  std::vector<Days> views;
  while (period.from < period.to) {
    const Days time = view_before(block, record, period, first_ordinal + views.size());
    if (time == never) break;
    views.push_back(time);
    period.to = time;
  }
  return views;
}

/// Moves the shopper's window to another pool. Without a cap the views of the old one that an order
/// may still look for are drawn and kept now: later the rate at which they came is gone.
void enter_pool(Block& block, std::uint32_t person, LeaverPool pool, Days time) {
  Record& record = block.crowd.record(person);
  const bool same_rate =
      impressions_in_pool(block, pool) == impressions_in_pool(block, record.pool);
  const bool is_open = time < record.window_end;
  if (is_open && !same_rate && block.world.retargeting->cap_per_window == 0) {
    const Days from = std::max(record.window_since, time - block.world.attribution->view_days);
    const std::uint64_t ordinal = (std::uint64_t{record.window_token} + 1) << 32U;
    for (const Days view : drawn_views(block, record, {from, time}, ordinal)) {
      keep_view(block, record, view);
    }
    record.window_since = time;
  }
  record.pool = pool;
}

void open_window(Block& block, const Event& event, const VisitOutcome& visit) {
  Record& record = block.crowd.record(event.person);
  settle(block, record, event.time);
  if (!(event.time < record.window_end)) record.window_since = event.time;
  enter_pool(block, event.person, leaver_pool(visit.depth), event.time);
  record.window_settled = event.time;
  record.window_end = event.time + block.world.retargeting->window_days;
  record.window_luck = event.luck;
  ++record.window_token;
  record.window_impressions = 0;
  count_entry(block.tally, visit.depth);
  if (!record.in_open_list) {
    record.in_open_list = true;
    block.open.push_back(event.person);
  }
  record.click_since = event.time;
  record.click_uniform = visit.retargeting;
  const Event click = next_click(block, event.person, record);
  if (click.time < block.snapshot.end) schedule(block, click);
}

void return_alone(Block& block, const Event& event) {
  const RetargetingTraits& traits = *block.world.retargeting;
  const Record& record = block.crowd.record(event.person);
  const auto words =
      draw_block(block.world.key, {Purpose::own_return, record.id.value, event.luck});
  if (to_uniform(words[0]) >= traits.return_probability) return;
  const auto source = static_cast<std::uint8_t>(block.world.channel_count() +
                                                static_cast<std::size_t>(UnpaidSource::own_return));
  schedule(block,
           {.time = event.time - traits.return_delay_days * portable_log(to_open_uniform(words[1])),
            .luck = child_luck(event.luck, 4),
            .person = event.person,
            .kind = EventKind::own_return,
            .source = source});
}

}  // namespace

double retargeting_chance(const Block& block, PersonId person) {
  const RetargetingTraits& traits = *block.world.retargeting;
  double chance = traits.click_rate;
  if (traits.affinity_exponent != 0.0) {
    const double affinity = block.world.traits.affinity(person);
    chance *= portable_exp(traits.affinity_exponent * portable_log(affinity));
  }
  return chance;
}

double open_windows(const Block& block) {
  double windows = 0.0;
  for (const std::uint32_t person : block.open) {
    windows += impressions_in_pool(block, block.crowd.record(person).pool);
  }
  return windows;
}

Days seek_click(const RetargetingDays& days, const Waiting& waiting) {
  const double before = days.clicks_until(waiting.since);
  const double chance = waiting.chance * waiting.weight;
  const double hazard = chance * (days.clicks_until(waiting.end) - before);
  const double exponential = -portable_log(waiting.uniform);
  if (exponential >= hazard) return never;
  return time_of(days.clicks, before + exponential / chance);
}

void leave(Block& block, const Event& event, const VisitOutcome& visit) {
  const Depth depth = visit.depth;
  const RetargetingTraits& traits = *block.world.retargeting;
  const Record& record = block.crowd.record(event.person);
  if (record.referrer != nobody && !block.world.referral->retarget_friends) return;
  if (opens_window(block, depth)) open_window(block, event, visit);
  if (traits.return_probability > 0.0 && depth >= Depth::engaged) return_alone(block, event);
  if (depth >= Depth::cart) {
    start_abandonment(block, event.person, Trigger::cart_abandoned, event.time);
  } else if (depth >= Depth::viewed) {
    start_abandonment(block, event.person, Trigger::browse_abandoned, event.time);
  }
}

void play_retargeting_click(Block& block, const Event& event) {
  const World& world = block.world;
  Record& record = block.crowd.record(event.person);
  const bool stands = event.step == record.window_token && event.time < record.window_end;
  if (record.standing == Standing::customer || !stands) return;
  settle(block, record, event.time);
  const auto cap = static_cast<std::uint32_t>(world.retargeting->cap_per_window);
  if (cap > 0 && record.window_impressions >= cap) {
    record.click_since = never;
    return;
  }
  ++record.window_impressions;
  keep_view(block, record, event.time);
  book_impressions(block, event.time, 1);
  const std::uint8_t channel = world.retargeting_channel();
  const std::size_t cell = block.tally.cell(channel, world.number);
  ++block.tally.clicks[cell];
  block.tally.add(Count::events);
  if (world.retargeting->pays_per_click) {
    const Money cost = Money::units(world.retargeting->price[day_index(event.time)]);
    block.books.book(Account::media, event.time, cost);
    block.books.spend[cell] += cost;
  }
  remember_click(block, record, {event.time, channel});
  const std::uint16_t window = record.window_token;
  const auto source = static_cast<std::uint8_t>(
      world.channel_count() + static_cast<std::size_t>(UnpaidSource::retargeting));
  play_visit_of(block, event, source);
  Record& after = block.crowd.record(event.person);
  const bool same_window = after.window_token == window && after.standing != Standing::customer;
  if (!same_window) return;
  // The visit did not re-open the window, so impressions and clicks go on in the old one.
  after.window_luck = child_luck(after.window_luck, 5);
  ++after.window_token;
  const auto words =
      draw_block(world.key, {Purpose::retargeting, after.id.value, after.window_luck});
  after.click_since = event.time;
  after.click_uniform = to_open_uniform(words[1]);
  const Event click = next_click(block, event.person, after);
  if (click.time < block.snapshot.end) schedule(block, click);
}

void close_window(Block& block, std::uint32_t person, Days time) {
  Record& record = block.crowd.record(person);
  settle(block, record, time);
  record.window_end = std::min(record.window_end, time);
}

void set_retargeting_rates(Block& block) {
  const RetargetingTraits& traits = *block.world.retargeting;
  RetargetingDays& days = block.retargeting;
  const Days end = std::min(block.snapshot.end, static_cast<double>(days.rate.size()));
  for (auto day = static_cast<std::size_t>(block.snapshot.begin); static_cast<double>(day) < end;
       ++day) {
    double rate = traits.enabled ? traits.impressions_per_day : 0.0;
    if (!traits.affordable_per_day.empty() && block.snapshot.expected_windows > 0.0) {
      rate = std::min(rate, traits.affordable_per_day[day] / block.snapshot.expected_windows);
    }
    days.rate[day] = rate;
    days.click[day] = block.world.market->channels.back().click[day];
    days.impressions[day + 1] = days.impressions[day] + rate;
    days.clicks[day + 1] = days.clicks[day] + rate * days.click[day];
  }
  for (std::size_t day = static_cast<std::size_t>(end); day < days.rate.size(); ++day) {
    days.impressions[day + 1] = days.impressions[day];
    days.clicks[day + 1] = days.clicks[day];
  }
}

std::vector<Event> seek_clicks_of_open_windows(Block& block) {
  std::vector<Event> clicks;
  for (const std::uint32_t person : block.open) {
    const Event click = next_click(block, person, block.crowd.record(person));
    if (click.time < block.snapshot.end) clicks.push_back(click);
  }
  return clicks;
}

void settle_ended_windows(Block& block) {
  std::size_t still_open = 0;
  for (const std::uint32_t person : block.open) {
    Record& record = block.crowd.record(person);
    if (record.window_end > block.snapshot.end) {
      block.open[still_open++] = person;
    } else {
      settle(block, record, record.window_end);
      record.in_open_list = false;
    }
  }
  block.open.resize(still_open);
}

void settle_all_windows(Block& block) {
  for (const std::uint32_t person : block.open) {
    settle(block, block.crowd.record(person), block.world.horizon);
  }
  block.open.clear();
}

void draw_retargeting_impressions(Block& block) {
  const RetargetingDays& days = block.retargeting;
  double open = 0.0;
  double chances = 0.0;
  for (std::size_t day = 0; day < days.rate.size(); ++day) {
    const OpenWindows& opened = days.open[day];
    const double here = open + opened.count - opened.late_count;
    const double clicking = chances + opened.click_chances - opened.late_click_chances;
    open += opened.count;
    chances += opened.click_chances;
    const double mean = days.rate[day] * (here - days.click[day] * clicking);
    if (mean <= 1e-6) continue;  // rounding of the differences
    Stream draws{block.world.key, Purpose::media_total, hash_text("retargeting"),
                 (static_cast<std::uint64_t>(block.world.number) << 32U) | (day << 8U)};
    book_impressions(block, static_cast<double>(day),
                     static_cast<std::int64_t>(draw_poisson(draws, mean)));
  }
}

std::vector<Days> retargeting_views(const Block& block, const Record& record, Days from, Days to) {
  const RetargetingTraits& traits = *block.world.retargeting;
  if (!traits.enabled) return {};
  const Period open{std::max(from, record.window_since), std::min(to, record.window_end)};
  std::vector<Days> views;
  if (traits.cap_per_window == 0) views = drawn_views(block, record, open, 0);
  const std::vector<Days> kept = kept_views(block, record, from, to);
  views.insert(views.end(), kept.begin(), kept.end());
  return views;
}

}  // namespace flywheel
