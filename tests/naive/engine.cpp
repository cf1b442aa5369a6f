#include "naive/engine.hpp"

#include <algorithm>
#include <cmath>

#include "naive/world.hpp"
#include "random/gamma.hpp"
#include "random/poisson.hpp"

namespace flywheel::test {

namespace {

/// A shopper of the audience, a day-zero customer or a friend: everybody has a stream of their own.
NaiveShopper make_shopper(const Scenario& scenario, Key key, std::uint64_t number, int segment) {
  NaiveShopper shopper{Stream{key, Purpose::trait, number}};
  shopper.segment = segment;
  shopper.traits = draw_naive_traits(shopper.stream, scenario.audience);
  shopper.threshold = shopper.stream.uniform();
  shopper.impressions.assign(scenario.channels.size(), 0);
  return shopper;
}

/// Whether a customer whose first order was `age` days ago has not dropped out since.
bool has_stayed(const Scenario& scenario, NaiveShopper& shopper, double age) {
  const RepeatTraits& repeat = scenario.repeat;
  if (repeat.process == RepeatProcess::pareto_nbd) {
    return shopper.stream.exponential() > shopper.traits.d * repeat.mean_dropout * age;
  }
  if (repeat.process == RepeatProcess::none) return true;
  const double rate = shopper.traits.l * repeat.mean_rate *
                      scenario.segments[static_cast<std::size_t>(shopper.segment)].loyalty_factor;
  const std::uint64_t past_purchases = draw_poisson(shopper.stream, rate * age);
  for (std::uint64_t k = 0; k < past_purchases; ++k) {
    if (shopper.stream.bernoulli(shopper.traits.d)) return false;
  }
  return true;
}

/// Whether a subscriber goes on at a renewal date.
bool passes_date(const SubscriptionTraits& traits, NaiveShopper& shopper, double end_probability) {
  if (shopper.stream.bernoulli(end_probability)) return false;
  if (shopper.stream.bernoulli(traits.pause_probability)) return true;
  return !shopper.stream.bernoulli(traits.failed_payment) ||
         shopper.stream.bernoulli(traits.recovered);
}

/// A subscription that began at some time of the tenure, of those that have not ended since.
void start_as_subscriber(NaiveWorld& world, NaiveShopper& shopper) {
  const SubscriptionTraits& traits = world.scenario.subscription;
  const double intervals =
      std::max(1.0, std::floor(world.scenario.day_zero.tenure_days / traits.interval_days));
  double age = 0.0;
  bool runs = false;
  while (!runs) {
    age = intervals * traits.interval_days * shopper.stream.uniform();
    shopper.renewal_end_probability =
        draw_beta(shopper.stream, traits.churn_alpha, traits.churn_beta);
    runs = true;
    for (double date = traits.interval_days; runs && date <= age; date += traits.interval_days) {
      runs = passes_date(traits, shopper, shopper.renewal_end_probability);
    }
  }
  shopper.first_order_time = -age;
  shopper.is_subscriber = true;
  shopper.agenda.push({.time = traits.interval_days - std::fmod(age, traits.interval_days),
                       .kind = NaiveEventKind::renewal});
}

void start_as_buyer(NaiveWorld& world, NaiveShopper& shopper) {
  const Scenario& scenario = world.scenario;
  const double age = scenario.day_zero.tenure_days * shopper.stream.uniform();
  shopper.first_order_time = -age;
  if (has_stayed(scenario, shopper, age)) {
    draw_lifetime(world, shopper, 0.0);
  } else {
    shopper.has_dropped_out = true;
  }
}

/// The existing customer of this number; subscribers are spread evenly over the numbers.
void start_as_customer(NaiveWorld& world, NaiveShopper& shopper, double number) {
  const DayZeroTraits& day_zero = world.scenario.day_zero;
  const double share =
      static_cast<double>(day_zero.subscribers) / static_cast<double>(day_zero.customers);
  shopper.existed = true;
  shopper.is_customer = true;
  shopper.orders = 1;
  if (std::floor((number + 1.0) * share + 1e-9) > std::floor(number * share + 1e-9)) {
    start_as_subscriber(world, shopper);
  } else {
    start_as_buyer(world, shopper);
  }
  if (shopper.stream.bernoulli(day_zero.consent_share)) give_consent(world, shopper);
}

std::vector<NaiveShopper> assemble(NaiveWorld& world, Key key) {
  const Scenario& scenario = world.scenario;
  std::vector<NaiveShopper> shoppers;
  double total = 0;
  for (const SegmentTraits& segment : scenario.segments) total += static_cast<double>(segment.size);
  for (std::size_t g = 0; g < scenario.segments.size(); ++g) {
    for (std::uint64_t k = 0; k < scenario.segments[g].size; ++k) {
      shoppers.push_back(make_shopper(scenario, key, shoppers.size(), static_cast<int>(g)));
    }
  }
  double passed = 0;
  double placed = 0;
  for (std::size_t g = 0; g < scenario.segments.size(); ++g) {
    passed += static_cast<double>(scenario.segments[g].size);
    const auto due = std::round(static_cast<double>(scenario.day_zero.customers) * passed / total);
    for (; placed < due; ++placed) {
      shoppers.push_back(make_shopper(scenario, key, shoppers.size(), static_cast<int>(g)));
      start_as_customer(world, shoppers.back(), placed);
    }
  }
  return shoppers;
}

void happen(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const Scenario& scenario = world.scenario;
  switch (event.kind) {
    case NaiveEventKind::impression:
      return see_impression(world, shopper, event);
    case NaiveEventKind::retargeting_impression:
      return see_retargeting(world, shopper, event);
    case NaiveEventKind::organic_visit:
      return play_visit(world, shopper,
                        {event.time, scenario.source(UnpaidSource::organic), false, 0.0});
    case NaiveEventKind::view_visit:
      return play_visit(world, shopper, {event.time, event.index, true, 0.0});
    case NaiveEventKind::own_return:
      return play_visit(world, shopper,
                        {event.time, scenario.source(UnpaidSource::own_return), false, 0.0});
    case NaiveEventKind::arrival:
      return arrive(world, shopper, event);
    case NaiveEventKind::first_order:
      return place_first_order(world, shopper, {event.time, event.value});
    case NaiveEventKind::message:
      return get_message(world, shopper, event);
    case NaiveEventKind::delivery:
      return deliver(world, shopper, event);
    case NaiveEventKind::purchase:
      return buy_again(world, shopper, event);
    case NaiveEventKind::renewal:
      return renew(world, shopper, event);
    case NaiveEventKind::offer_issue:
      return issue_offer(world, shopper, event);
    case NaiveEventKind::offer_order:
      return take_offer(world, shopper, event);
    case NaiveEventKind::membership_fee:
      return pay_membership(world, shopper, event);
    case NaiveEventKind::customer_ad:
      return see_customer_ad(world, shopper, event);
  }
}

/// Plays a day of one shopper, or what is left of it from `from` on.
void play_day(NaiveWorld& world, NaiveShopper& shopper, double from, double to) {
  if (shopper.is_customer) {
    draw_purchases(world, shopper, from, to);
  } else {
    draw_ads_and_visits(world, shopper, from, to);
  }
  draw_calendar_messages(world, shopper, from, to);
  while (!shopper.agenda.empty() && shopper.agenda.top().time < to) {
    const NaiveEvent event = shopper.agenda.top();
    shopper.agenda.pop();
    happen(world, shopper, event);
  }
}

/// Makes shoppers of the invited who come before `end`.
void admit(NaiveWorld& world, std::vector<NaiveShopper>& shoppers, Key key, double end) {
  std::vector<NaiveFriend> later;
  for (const NaiveFriend& invited : world.invited) {
    if (invited.time >= end) {
      later.push_back(invited);
      continue;
    }
    shoppers.push_back(make_shopper(world.scenario, key, shoppers.size(), invited.segment));
    NaiveShopper& shopper = shoppers.back();
    shopper.is_friend = true;
    shopper.born = invited.time;
    shopper.root = invited.root;
    shopper.agenda.push({.time = invited.time, .kind = NaiveEventKind::arrival});
  }
  world.invited = std::move(later);
}

NaiveSnapshot take_snapshot(const NaiveWorld& world, const std::vector<NaiveShopper>& shoppers,
                            double now) {
  const Scenario& scenario = world.scenario;
  NaiveSnapshot snapshot{0, 0, std::vector<double>(scenario.segments.size(), 0.0), {}};
  for (std::size_t g = 0; g < scenario.segments.size(); ++g) {
    const double told = world.tally.put_off[g] / static_cast<double>(scenario.segments[g].size);
    snapshot.put_off.push_back(1.0 - std::exp(-told));
  }
  for (const NaiveShopper& shopper : shoppers) {
    if (shopper.is_customer) {
      snapshot.customers[static_cast<std::size_t>(shopper.segment)] += 1;
    } else if (now < shopper.window_opened + scenario.retargeting.window_days) {
      snapshot.pool +=
          scenario.retargeting.pools[static_cast<std::size_t>(shopper.pool)].impressions;
    }
  }
  return snapshot;
}

}  // namespace

void arrive(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const Scenario& scenario = world.scenario;
  const auto g = static_cast<std::size_t>(shopper.segment);
  const double known = world.snapshot.customers[g] / static_cast<double>(scenario.segments[g].size);
  if (scenario.referral.depletion && shopper.stream.bernoulli(known)) return;
  world.tally.friends += 1;
  count_by_rotation(world.tally.friends_by_rotation, scenario, event.time);
  play_visit(world, shopper, {event.time, scenario.source(UnpaidSource::referral), false, 0.0});
}

NaiveFuture play_naive(const Scenario& scenario, std::uint64_t luck) {
  const Key key = make_key(luck, Level::shoppers, 0);
  NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}, start_loops(scenario, key)};
  std::vector<NaiveShopper> shoppers = assemble(world, key);
  world.snapshot = take_snapshot(world, shoppers, 0.0);
  const double days =
      std::min<double>(scenario.calendar.rotation_days, scenario.retargeting.last_day);
  const double window = scenario.retargeting.window_days;
  const double open = days < window ? days / 2.0 : window - window * window / (2.0 * days);
  world.snapshot.expected_pool = scenario.retargeting.expected_entries_per_day * open;
  const int horizon = scenario.calendar.horizon();
  for (int begin = 0; begin < horizon; begin += scenario.calendar.rotation_days) {
    const int end = std::min(horizon, begin + scenario.calendar.rotation_days);
    const int rotation = begin / scenario.calendar.rotation_days;
    open_rotation(world.loops, scenario, world.tally, rotation);
    admit(world, shoppers, key, end);
    for (std::size_t i = 0; i < shoppers.size(); ++i) {  // grows by friends who come
      for (int day = begin; day < end; ++day) {
        const double from = std::max<double>(day, shoppers[i].born);
        if (from < day + 1) play_day(world, shoppers[i], from, day + 1);
      }
      admit(world, shoppers, key, end);
    }
    close_rotation(world.loops, scenario, rotation);
    const double before = world.snapshot.pool;
    world.snapshot = take_snapshot(world, shoppers, end);
    const double pool = world.snapshot.pool;
    world.snapshot.expected_pool = pool > before ? pool + (pool - before) / 2.0 : pool;
  }
  return {std::move(world.tally), std::move(shoppers), std::move(world.loops)};
}

Outcome run_naive(const Scenario& scenario, const OutcomeLayout& layout, std::uint64_t luck) {
  return report(scenario, layout, play_naive(scenario, luck));
}

OutcomeLayout layout_of(const Scenario& scenario) {
  const auto horizon = static_cast<std::size_t>(scenario.calendar.horizon());
  const auto rotation = static_cast<std::size_t>(scenario.calendar.rotation_days);
  return OutcomeLayout{{.channels = scenario.channels.size() + 1,
                        .segments = scenario.segments.size(),
                        .flows = scenario.flows.size(),
                        .rotations = (horizon + rotation - 1) / rotation}};
}

}  // namespace flywheel::test
