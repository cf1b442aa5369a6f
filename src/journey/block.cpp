#include "journey/block.hpp"

#include <algorithm>
#include <utility>

#include "random/hash.hpp"

namespace flywheel {

RetargetingDays::RetargetingDays(std::size_t days)
    : rate(days), click(days, 1.0), impressions(days + 1), clicks(days + 1), open(days) {}

double RetargetingDays::impressions_until(Days time) const {
  const auto day = std::min(day_index(time), rate.size());
  if (day == rate.size()) return impressions[day];
  return impressions[day] + (time - start_of(day)) * rate[day];
}

double RetargetingDays::clicks_until(Days time) const {
  const auto day = std::min(day_index(time), rate.size());
  if (day == rate.size()) return clicks[day];
  return clicks[day] + (time - start_of(day)) * rate[day] * click[day];
}

Block::Block(const World& of, const DimensionSizes& sizes, BlockMemory&& memory)
    : world{of},
      crowd{std::move(memory.crowd)},
      tally{sizes},
      visits{sizes.rotations, of.channel_count() + unpaid_source_count},
      books{sizes, static_cast<int>(of.horizon)},
      served(of.channel_count(), std::vector<std::int64_t>(static_cast<std::size_t>(of.flight))),
      retargeting{static_cast<std::size_t>(of.retargeting->last_day)},
      work{std::move(memory.work)} {
  crowd.begin(of.stretch_days, of.horizon);
  for (int day = 0; day < static_cast<int>(of.horizon); ++day) {
    rotations.push_back(static_cast<std::uint16_t>(day / of.rotation_days));
  }
  front = {.steps = of.odds.step, .chance_factor = 1.0, .availability = 1.0, .order = *of.order};
  const std::vector<double>& factors = of.market->channels.back().click;
  const double largest = *std::max_element(factors.begin(), factors.end());
  if (largest > 1.0) highest_chance = 1.0 / largest;
  retargeting.most_clicks_per_day = of.retargeting->impressions_per_day * largest;
}

void schedule(Block& block, const Event& event) {
  if (event.time < block.snapshot.end) {
    std::vector<Event>& now = block.work.now;
    now.push_back(event);
    std::push_heap(now.begin(), now.end(),
                   [](const Event& left, const Event& right) { return right < left; });
  } else {
    block.crowd.schedule(event);
  }
}

std::uint64_t child_luck(std::uint64_t luck, std::uint64_t which) {
  return mix(luck, which) & ((std::uint64_t{1} << 48U) - 1);
}

}  // namespace flywheel
