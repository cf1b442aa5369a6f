// Touches and credit: docs/model.md 7.3 and 7.6.
#include <algorithm>
#include <cmath>

#include "naive/world.hpp"

namespace flywheel::test {

namespace {

/// Which touches a judge knows, with the click that it keeps under the rule of the first click.
struct Judge {
  bool sees_all;
  NaiveTouch kept;
};

bool counts(const Scenario& scenario, const NaiveTouch& touch, double now) {
  if (now >= scenario.calendar.flight_days + scenario.calendar.conversion_days) return false;
  const AttributionTraits& rule = scenario.attribution;
  const double age = now - touch.time;
  return age <= (touch.is_click ? rule.click_days : rule.view_days) &&
         age <= scenario.calendar.conversion_days;
}

std::optional<NaiveTouch> credit(const Scenario& scenario, const NaiveShopper& shopper, double now,
                                 const Judge& judge) {
  if (scenario.attribution.rule == CreditRule::first_click) {
    return counts(scenario, judge.kept, now) ? std::optional{judge.kept} : std::nullopt;
  }
  std::optional<NaiveTouch> clicked;
  std::optional<NaiveTouch> viewed;
  for (const NaiveTouch& touch : shopper.touches) {  // in order of time, so the latest stays
    if (!counts(scenario, touch, now) || !(judge.sees_all || touch.is_visible)) continue;
    (touch.is_click ? clicked : viewed) = touch;
  }
  if (clicked || scenario.attribution.rule == CreditRule::last_click) return clicked;
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
  if (shopper.kept_click.time < open_since) shopper.kept_click = touch;
  if (touch.is_visible && shopper.kept_visible.time < open_since) shopper.kept_visible = touch;
}

std::optional<NaiveTouch> credited_touch(const Scenario& scenario, const NaiveShopper& shopper,
                                         double now) {
  return credit(scenario, shopper, now, {true, shopper.kept_click});
}

std::optional<NaiveTouch> tracked_touch(const Scenario& scenario, const NaiveShopper& shopper,
                                        double now) {
  return credit(scenario, shopper, now, {false, shopper.kept_visible});
}

}  // namespace flywheel::test
