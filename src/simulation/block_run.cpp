#include "simulation/block_run.hpp"

#include <algorithm>

#include "journey/day_zero.hpp"
#include "journey/journey.hpp"
#include "journey/landing.hpp"
#include "journey/retargeting.hpp"
#include "journey/visits.hpp"
#include "random/hash.hpp"

namespace flywheel {

namespace {

std::vector<double> mobile_shares(const Scenario& scenario) {
  std::vector<double> shares(scenario.channels.size() + unpaid_source_count,
                             scenario.funnel.unpaid_mobile_share);
  for (std::size_t channel = 0; channel < scenario.channels.size(); ++channel) {
    shares[channel] = scenario.channels[channel].mobile_share;
  }
  shares[scenario.source(UnpaidSource::retargeting)] = scenario.retargeting.mobile_share;
  return shares;
}

World make_world(const Scenario& scenario, const BandSet& bands, std::size_t segment) {
  const TraitReader reader{scenario.audience, bands, scenario.shoppers};
  World world{.number = segment,
              .segment = &scenario.segments[segment],
              .channels = &scenario.channels,
              .channel_days = {},
              .deliveries = &scenario.deliveries,
              .retargeting = &scenario.retargeting,
              .funnel = &scenario.funnel,
              .odds = make_funnel_odds(scenario.funnel, scenario.market.conversion_log_odds),
              .mobile_shares = mobile_shares(scenario),
              .order = &scenario.order,
              .advocacy = &scenario.advocacy,
              .repeat = &scenario.repeat,
              .messages = &scenario.messages,
              .customer_ads = &scenario.customer_ads,
              .flows = &scenario.flows,
              .offers = &scenario.offers,
              .subscription = &scenario.subscription,
              .loyalty = &scenario.loyalty,
              .referral = &scenario.referral,
              .attribution = &scenario.attribution,
              .market = &scenario.market,
              .traits = reader,
              .inclination = {scenario.funnel, scenario.segments[segment], reader},
              .key = scenario.shoppers,
              .flight = static_cast<double>(scenario.calendar.flight_days),
              .horizon = static_cast<double>(scenario.calendar.horizon()),
              .cohort_days = static_cast<double>(scenario.calendar.cohort_days),
              .conversion_days = static_cast<double>(scenario.calendar.conversion_days),
              .rotation_days = scenario.calendar.rotation_days,
              .stretch_days = stretch_days(scenario)};
  for (std::size_t channel = 0; channel < scenario.channels.size(); ++channel) {
    world.channel_days.push_back(
        make_channel_days(scenario.channels[channel], scenario.deliveries[channel],
                          scenario.market.channels[channel], segment, scenario.segments[segment]));
  }
  return world;
}

/// Repeat purchase rates: customers won in the run who are old enough by the horizon.
void count_repeats(Block& block) {
  for (const Customer& customer : block.crowd.customers()) {
    if (customer.from_day_zero) continue;
    for (std::size_t age = 0; age < repeat_ages_days.size(); ++age) {
      const Days end = customer.first_order + repeat_ages_days[age];
      if (end > block.world.horizon) continue;
      ++block.tally.old_enough[age];
      if (customer.second_order <= end) ++block.tally.repeated[age];
    }
  }
}

/// Organic visits of a shopper and day against which growth is told: the plan's, or one where it
/// has none and growth may bring some.
double organic_base(const Scenario& scenario) {
  const double planned = scenario.organic.visits_per_shopper_day;
  return planned > 0.0 || !scenario.momentum.organic_growth.enabled ? planned : 1.0;
}

/// The plan's own over that.
double organic_share(const Scenario& scenario) {
  return scenario.organic.visits_per_shopper_day > 0.0 ? 1.0 : 0.0;
}

}  // namespace

bool snapshot_changes(const Scenario& scenario) {
  const RetargetingTraits& retargeting = scenario.retargeting;
  return (retargeting.enabled && !retargeting.affordable_per_day.empty()) ||
         (scenario.referral.depletion && scenario.referral.share_rate > 0.0) ||
         scenario.advocacy.friends_put_off > 0.0 || scenario.momentum.turns();
}

int stretch_days(const Scenario& scenario) {
  const Calendar& calendar = scenario.calendar;
  return snapshot_changes(scenario) ? calendar.rotation_days : calendar.horizon();
}

BlockRun::BlockRun(const Scenario& scenario, const BandSet& bands, std::size_t segment,
                   RunMemory& memory)
    : scenario_{&scenario}, memory_{&memory} {
  const SegmentTraits& traits = scenario.segments[segment];
  const TraitReader reader{scenario.audience, bands, scenario.shoppers};
  people_ = std::make_unique<SegmentPeople>(SegmentPeople{
      segment, traits.identity, &bands, count_strata(bands, traits, scenario.shoppers), reader,
      Inclination{scenario.funnel, traits, reader}, scenario.shoppers});
  const DimensionSizes sizes{scenario.channels.size() + 1, scenario.segments.size(),
                             scenario.flows.size(), rotation_count(scenario.calendar)};
  block_ =
      std::make_unique<Block>(make_world(scenario, bands, segment), sizes, std::move(memory.block));
  for (std::size_t channel = 0; channel < scenario.channels.size(); ++channel) {
    channels_.emplace_back(*people_, scenario.channels[channel],
                           block_->world.channel_days[channel], static_cast<std::uint8_t>(channel));
  }
  organic_ = std::make_unique<OrganicCandidates>(
      *people_, organic_base(scenario), scenario.organic.intent_loading,
      static_cast<std::uint8_t>(scenario.source(UnpaidSource::organic)));
  totals_ = std::make_unique<MediaTotals>(*block_, *people_);
  if (block_->world.plays_all_at_once()) totals_->make_bands(scenario.audience);
}

void BlockRun::admit(const DayZeroPart& customers) {
  admit_day_zero(*block_, scenario_->day_zero, customers);
}

/// Candidates are drawn by rotation even where rotations are played together, so that both ways
/// are the same future.
void BlockRun::append_candidates(const Snapshot& snapshot) {
  const double length = block_->world.rotation_days;
  for (Days begin = snapshot.begin; begin < snapshot.end; begin += length) {
    const Days end = std::min(begin + length, snapshot.end);
    const Days flight_end = std::min(end, block_->world.flight);
    for (std::size_t channel = 0; channel < channels_.size() && begin < flight_end; ++channel) {
      channels_[channel].append({scenario_->channels[channel].identity, begin, flight_end},
                                memory_->candidates);
    }
    organic_->append({hash_text("organic"), begin, end}, organic_levels(snapshot),
                     memory_->candidates);
  }
}

std::vector<double> BlockRun::organic_levels(const Snapshot& snapshot) const {
  std::vector<double> levels = scenario_->market.demand;
  const ShopState& shop = snapshot.shop;
  const bool as_planned = shop.word_of_mouth.empty() && shop.organic_factor == 1.0;
  if (as_planned && organic_share(*scenario_) == 1.0) return levels;
  const double base = organic_base(*scenario_);
  const double told =
      shop.word_of_mouth.empty() ? 0.0 : shop.word_of_mouth[block_->world.number] / base;
  const double grown = organic_share(*scenario_) * shop.organic_factor + shop.content_visits / base;
  for (double& level : levels) level = grown * level + told;
  return levels;
}

void BlockRun::play(const Snapshot& snapshot) {
  CandidateParts& candidates = memory_->candidates;
  candidates.begin(block_->world.plays_all_at_once() ? CandidateParts::many : 1);
  begin_stretch(*block_, snapshot);
  append_candidates(snapshot);
  for (std::vector<Candidate>& part : candidates.parts) {
    play_candidates(*block_, *totals_, part);
    if (!block_->world.plays_all_at_once()) continue;
    // Nobody of this part comes back: what is known of them is counted while it is at hand.
    settle_all_windows(*block_);
    totals_->take_everybody();
    block_->crowd.let_go();
  }
}

double BlockRun::open_windows() const { return flywheel::open_windows(*block_); }

void BlockRun::give_back() { memory_->block = {std::move(block_->crowd), std::move(block_->work)}; }

void BlockRun::close() {
  settle_all_windows(*block_);
  count_visits(*block_);
  draw_retargeting_impressions(*block_);
  std::array<VisitSteps, 2>& visits = block_->tally.visits;
  const Sessions sessions =
      draw_sessions(*block_->world.funnel, block_->world.key, block_->world.segment->identity,
                    {visits[0].engaged, visits[1].engaged});
  for (std::size_t device = 0; device < visits.size(); ++device) {
    visits[device].milliseconds = sessions.milliseconds[device];
  }
  block_->tally.add(Count::pages, sessions.pages);
  if (!block_->world.plays_all_at_once()) {
    totals_->make_bands(scenario_->audience);
    totals_->take_everybody();
  }
  totals_->draw();
  count_repeats(*block_);
}

}  // namespace flywheel
