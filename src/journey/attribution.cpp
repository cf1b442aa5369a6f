#include "journey/attribution.hpp"

#include <algorithm>
#include <bit>
#include <vector>

#include "journey/exposure.hpp"
#include "journey/retargeting.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

double tracking_loss(const World& world, const Touch& touch) {
  const double own = touch.channel < world.channel_count()
                         ? (*world.channels)[touch.channel].tracking_loss
                         : world.retargeting->tracking_loss;
  const auto day = static_cast<std::size_t>(touch.time);
  return own + world.market->channels[touch.channel].tracking_loss[day];
}

/// Whether the eye sees a touch. A click and its impression are seen or lost each by itself.
bool sees(const World& world, const Record& record, const Touch& touch, Eye eye) {
  if (eye == Eye::truth) return true;
  const double loss = tracking_loss(world, touch);
  if (loss <= 0.0) return true;
  const std::uint64_t which = touch.kind == TouchKind::view ? 2 : 1;
  const std::uint64_t luck = child_luck(std::bit_cast<std::uint64_t>(touch.time), which);
  const auto words = draw_block(world.key, {Purpose::tracking, record.id.value, luck});
  return to_uniform(words[0]) >= loss;
}

/// Clicks that the eye sees, latest first.
std::vector<Touch> clicks_seen(const Block& block, const Record& record, Eye eye) {
  std::vector<Touch> clicks;
  for (std::uint32_t number = record.impressions; number != nobody;) {
    const RememberedImpression& touch = block.crowd.impression(number);
    const bool on_an_ad = touch.candidate || touch.channel == block.world.retargeting_channel();
    const Touch click{touch.time, touch.channel,
                      on_an_ad ? TouchKind::click : TouchKind::brand_click};
    if (touch.clicked && sees(block.world, record, click, eye)) {
      clicks.push_back(click);
    }
    number = touch.earlier;
  }
  return clicks;
}

/// The click that was kept first: replaced by a click that comes when it is too old for credit.
Touch first_click(const std::vector<Touch>& latest_first, double window) {
  Touch kept;
  std::for_each(latest_first.rbegin(), latest_first.rend(), [&](const Touch& click) {
    if (!(click.time - kept.time <= window)) kept = click;
  });
  return kept;
}

/// Latest impression of the channels that the eye can see.
Touch latest_view(const Block& block, const Record& record, Days from, Days to, Eye eye) {
  const World& world = block.world;
  Touch latest;
  const auto consider = [&](const Touch& view) {
    const bool later = view.time > latest.time;
    if (later && sees(world, record, view, eye)) latest = view;
  };
  for (std::size_t number = 0; number < world.channel_count(); ++number) {
    const auto channel = static_cast<std::uint8_t>(number);
    for (const Days time : seen_impressions(world, block.crowd, record, channel, {from, to})) {
      consider({time, channel, TouchKind::view});
    }
  }
  for (const Days time : retargeting_views(block, record, from, to)) {
    consider({time, world.retargeting_channel(), TouchKind::view});
  }
  return latest;
}

}  // namespace

Touch credited_touch(const Block& block, const Record& record, Days time, Eye eye) {
  if (!(time < block.world.flight + block.world.conversion_days)) return {};
  const AttributionTraits& rule = *block.world.attribution;
  const std::vector<Touch> clicks = clicks_seen(block, record, eye);
  Touch click;
  if (rule.rule == CreditRule::first_click) {
    click = first_click(clicks, rule.click_days);
  } else if (!clicks.empty()) {
    click = clicks.front();
  }
  if (time - click.time <= std::min(rule.click_days, block.world.conversion_days)) return click;
  if (rule.rule != CreditRule::last_touch) return {};
  const double window = std::min(rule.view_days, block.world.conversion_days);
  return latest_view(block, record, time - window, time, eye);
}

}  // namespace flywheel
