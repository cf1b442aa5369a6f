#include "journey/attribution.hpp"

#include <algorithm>
#include <bit>

#include "journey/advertising.hpp"
#include "journey/exposure.hpp"
#include "journey/retargeting.hpp"

namespace flywheel {

namespace {

/// Latest impression of the channels that the eye can see.
Touch latest_seen(const Block& block, const Record& record, Days from, Days to, Eye eye) {
  const World& world = block.world;
  Touch latest;
  const auto consider = [&](const Touch& view) {
    if (!(view.time > latest.time)) return;
    const auto luck = child_luck(std::bit_cast<std::uint64_t>(view.time), 9);
    if (eye == Eye::truth || is_visible(world, record, view, luck)) latest = view;
  };
  for (std::uint8_t channel = 0; channel < world.channel_count(); ++channel) {
    for (const Days time : seen_impressions(world, block.crowd, record, channel, from, to)) {
      consider({time, channel});
    }
  }
  const Touch retargeted = latest_retargeting_view(block, record, from, to);
  if (retargeted.channel != no_channel) consider(retargeted);
  return latest;
}

}  // namespace

Touch credited_touch(const Block& block, const Record& record, Days time, Eye eye) {
  const AttributionTraits& rule = *block.world.attribution;
  const bool first = rule.rule == CreditRule::first_click;
  const Touch& click = eye == Eye::truth ? (first ? record.first_click : record.last_click)
                                         : (first ? record.visible_first : record.visible_click);
  if (time - click.time <= std::min(rule.click_days, block.world.conversion_days)) return click;
  if (rule.rule != CreditRule::last_touch) return {};
  const double window = std::min(rule.view_days, block.world.conversion_days);
  return latest_seen(block, record, time - window, time, eye);
}

}  // namespace flywheel
