#include <cstddef>

#include "scenario/intent_world.hpp"

// What clicks are credited with in an audience (docs/model.md 7.9, "Credited orders").

namespace flywheel {

CreditTerms IntentWorld::credit_terms() const {
  const WindowSetting& window = setting_.window;
  return {.window_days = window.credit.click_days,
          .return_probability = second_.return_probability,
          .return_delay_days = window.return_delay_days,
          .brand_share = window.credit.first_click ? 0.0 : setting_.brand_share,
          .order_delay = setting_.order_delay};
}

Company IntentWorld::company(std::size_t type, double activity) const {
  Company all;
  double after_views = 0.0;
  double after_views_left = 0.0;
  for (const SourceView& source : paid_) {
    all.clicks += source.visits[type];
    all.leavers += (1.0 + source.views) * source.visits[type] * source.leaves[type];
    all.orders += source.visits[type] * source.orders[type];
    after_views += source.views * source.visits[type] * source.orders[type];
    after_views_left += source.views * source.visits[type] * source.leaves[type];
  }
  const double a_day = 1.0 / setting_.flight_days;
  const double organic = organic_.visits[type] * a_day;
  all.unclicked_leavers = activity * after_views_left * a_day + organic * organic_.leaves[type];
  all.clicks = activity * all.clicks * a_day + second_.retargeting_clicks_per_day[type];
  all.leavers = activity * all.leavers * a_day + organic * organic_.leaves[type] +
                second_.retargeted_leaves_per_day[type];
  all.unclicked_orders = activity * after_views * a_day + organic * organic_.orders[type];
  all.orders = activity * all.orders * a_day + all.unclicked_orders +
               second_.retargeted_orders_per_day[type];
  return all;
}

VisitCredit IntentWorld::click_credit() {
  const CreditLaw law{credit_terms()};
  const bool first_click = setting_.window.credit.first_click;
  VisitCredit credit{ByType(types_.size(), 1.0), ByType(types_.size()), ByType(types_.size())};
  for (std::size_t type = 0; type < types_.size(); ++type) {
    if (!matters_[type]) continue;
    ClickCredit mean{.own_order = 0.0};
    for (const ClickerGroup& group : clickers_[type]) {
      const Company others = company(type, group.activity);
      const ClickCredit part =
          first_click ? law.first_click_credit(return_visit(type), others, setting_.flight_days)
                      : law.credit(return_visit(type), others);
      mean.own_order += group.share * part.own_order;
      mean.own_return += group.share * part.own_return;
      mean.by_chance += group.share * part.by_chance;
      mean.finds_window += group.share * part.finds_window;
    }
    credit.own_order[type] = mean.own_order;
    credit.own_return[type] = mean.own_return;
    credit.by_chance[type] = mean.by_chance;
    finds_window_[type] = mean.finds_window;
  }
  return credit;
}

/// Under a rule of first clicks a channel's clicks that find another's window lead to orders that
/// are credited there, and as many of theirs find its own: pairs of clicks come in either order.
VisitCredit IntentWorld::credit_among_channels(std::size_t channel) const {
  VisitCredit credit = credit_;
  if (!setting_.window.credit.first_click) return credit;
  for (std::size_t type = 0; type < types_.size(); ++type) {
    double clicks = second_.retargeting_clicks_per_day[type] * setting_.flight_days;
    double orders = second_.retargeted_orders_per_day[type] * setting_.flight_days;
    for (std::size_t other = 0; other < paid_.size(); ++other) {
      if (other == channel) continue;
      const SourceView& source = paid_[other];
      clicks += source.visits[type];
      orders += source.visits[type] * (source.orders[type] * credit_.own_order[type] +
                                       source.leaves[type] * credit_.own_return[type]);
    }
    if (!(clicks > 0.0)) continue;
    const double others_window =
        finds_window_[type] * clicks / (clicks + paid_[channel].visits[type]);
    credit.own_order[type] *= 1.0 - others_window;
    credit.own_return[type] *= 1.0 - others_window;
    credit.by_chance[type] += others_window * orders / clicks;
  }
  return credit;
}

}  // namespace flywheel
