#include "simulation/block_run.hpp"

#include <algorithm>

#include "journey/day_zero.hpp"
#include "journey/journey.hpp"
#include "journey/landing.hpp"
#include "journey/media_totals.hpp"
#include "journey/retargeting.hpp"
#include "random/hash.hpp"

namespace flywheel {

namespace {

World make_world(const Scenario& scenario, const BandSet& bands, std::size_t segment) {
  World world{.number = segment,
              .segment = &scenario.segments[segment],
              .channels = &scenario.channels,
              .channel_days = {},
              .deliveries = &scenario.deliveries,
              .retargeting = &scenario.retargeting,
              .funnel = &scenario.funnel,
              .odds = make_funnel_odds(scenario.funnel, scenario.market.conversion_log_odds),
              .order = &scenario.order,
              .advocacy = &scenario.advocacy,
              .repeat = &scenario.repeat,
              .messages = &scenario.messages,
              .flows = &scenario.flows,
              .offers = &scenario.offers,
              .subscription = &scenario.subscription,
              .loyalty = &scenario.loyalty,
              .referral = &scenario.referral,
              .attribution = &scenario.attribution,
              .market = &scenario.market,
              .traits = TraitReader{scenario.audience, bands, scenario.shoppers},
              .key = scenario.shoppers,
              .flight = static_cast<double>(scenario.calendar.flight_days),
              .horizon = static_cast<double>(scenario.calendar.horizon()),
              .cohort_days = static_cast<double>(scenario.calendar.cohort_days),
              .conversion_days = static_cast<double>(scenario.calendar.conversion_days),
              .rotation_days = scenario.calendar.rotation_days};
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

}  // namespace

BlockRun::BlockRun(const Scenario& scenario, const BandSet& bands, std::size_t segment,
                   BlockMemory& memory)
    : scenario_{&scenario}, memory_{&memory} {
  const SegmentTraits& traits = scenario.segments[segment];
  const TraitReader reader{scenario.audience, bands, scenario.shoppers};
  people_ = std::make_unique<SegmentPeople>(
      SegmentPeople{segment, traits.identity, &bands,
                    count_strata(bands, traits, scenario.shoppers), reader, scenario.shoppers});
  const DimensionSizes sizes{scenario.channels.size() + 1, scenario.segments.size(),
                             scenario.flows.size(), 0};
  block_ =
      std::make_unique<Block>(make_world(scenario, bands, segment), sizes, std::move(memory.crowd));
  for (std::size_t channel = 0; channel < scenario.channels.size(); ++channel) {
    channels_.emplace_back(*people_, scenario.channels[channel],
                           block_->world.channel_days[channel], static_cast<std::uint8_t>(channel));
  }
  organic_ = std::make_unique<OrganicCandidates>(
      *people_, scenario.organic.visits_per_shopper_day, scenario.organic.intent_loading,
      static_cast<std::uint8_t>(scenario.source(UnpaidSource::organic)));
}

void BlockRun::admit(std::uint64_t customers) {
  admit_day_zero(*block_, scenario_->day_zero, customers);
}

void BlockRun::play(const Snapshot& snapshot) {
  std::vector<Candidate>& candidates = memory_->candidates;
  candidates.clear();
  const Days flight_end = std::min(snapshot.end, block_->world.flight);
  if (snapshot.begin < flight_end) {
    for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
      channels_[channel].append({scenario_->channels[channel].identity, snapshot.begin, flight_end},
                                candidates);
    }
  }
  organic_->append({hash_text("organic"), snapshot.begin, snapshot.end}, scenario_->market.demand,
                   candidates);
  play_rotation(*block_, snapshot, candidates);
}

void BlockRun::give_back() { memory_->crowd = std::move(block_->crowd); }

void BlockRun::close() {
  draw_retargeting_impressions(*block_);
  const Sessions sessions =
      draw_sessions(*block_->world.funnel, block_->world.key, block_->world.segment->identity,
                    block_->tally.of(Count::engaged));
  block_->tally.add(Count::session_milliseconds, sessions.milliseconds);
  block_->tally.add(Count::pages, sessions.pages);
  draw_media_totals(*block_, scenario_->audience, *people_);
  count_repeats(*block_);
}

}  // namespace flywheel
