// Touches and credit: docs/model.md 7.3 and 7.6.
#include <algorithm>
#include <cmath>

#include "naive/world.hpp"

namespace flywheel::test {

namespace {

/// Which touches a judge knows, with the click that it keeps under the rule of the first click.
struct Judge {
  bool sees_all;
  double kept_time;
  int kept_channel;
};

bool counts(const Scenario& scenario, const NaiveTouch& touch, double now) {
  if (now >= scenario.calendar.flight_days + scenario.calendar.conversion_days) return false;
  const AttributionTraits& rule = scenario.attribution;
  const double age = now - touch.time;
  return age <= (touch.is_click ? rule.click_days : rule.view_days) &&
         age <= scenario.calendar.conversion_days;
}

int credit(const Scenario& scenario, const NaiveShopper& shopper, double now, const Judge& judge) {
  if (scenario.attribution.rule == CreditRule::first_click) {
    const NaiveTouch kept{.time = judge.kept_time, .is_click = true};
    return counts(scenario, kept, now) ? judge.kept_channel : -1;
  }
  int clicked = -1;
  int viewed = -1;
  for (const NaiveTouch& touch : shopper.touches) {  // in order of time, so the latest stays
    if (!counts(scenario, touch, now) || !(judge.sees_all || touch.is_visible)) continue;
    (touch.is_click ? clicked : viewed) = touch.channel;
  }
  if (clicked >= 0 || scenario.attribution.rule == CreditRule::last_click) return clicked;
  return viewed;
}

}  // namespace

void remember(NaiveWorld& world, NaiveShopper& shopper, NaiveTouch touch) {
  const Scenario& scenario = world.scenario;
  const auto c = static_cast<std::size_t>(touch.channel);
  const double own_loss = c < scenario.channels.size() ? scenario.channels[c].tracking_loss
                                                       : scenario.retargeting.tracking_loss;
  const double loss =
      own_loss +
      scenario.market.channels[c].tracking_loss[static_cast<std::size_t>(std::floor(touch.time))];
  touch.is_visible = !shopper.stream.bernoulli(loss);
  shopper.touches.push_back(touch);
  if (!touch.is_click) return;
  const double open_since = touch.time - scenario.attribution.click_days;
  if (shopper.kept_click_time < open_since) {
    shopper.kept_click_time = touch.time;
    shopper.kept_click_channel = touch.channel;
  }
  if (touch.is_visible && shopper.kept_visible_time < open_since) {
    shopper.kept_visible_time = touch.time;
    shopper.kept_visible_channel = touch.channel;
  }
}

int credited_channel(const Scenario& scenario, const NaiveShopper& shopper, double now) {
  return credit(scenario, shopper, now,
                {true, shopper.kept_click_time, shopper.kept_click_channel});
}

int tracked_channel(const Scenario& scenario, const NaiveShopper& shopper, double now) {
  return credit(scenario, shopper, now,
                {false, shopper.kept_visible_time, shopper.kept_visible_channel});
}

}  // namespace flywheel::test
