#include "scenario/incremental_share.hpp"

#include <cstddef>

#include "core/elementary.hpp"
#include "scenario/exhaustion.hpp"

namespace flywheel {

namespace {

/// Touches of channels that an order of this type finds in their windows, on average.
double touches(const IntentWorld& world, std::size_t type) {
  const BaseRateSetting& setting = world.setting();
  const CreditWindows& credit = setting.window.credit;
  double rate = 0.0;
  for (std::size_t channel = 0; channel < world.paid().size(); ++channel) {
    const double shoppers = setting.shoppers * world.types().shares()[type];
    const double impressions =
        world.impressions_bought(channel) * world.clicks()[channel].impressions[type] / shoppers;
    rate += world.paid()[channel].visits[type] * credit.click_days + impressions * credit.view_days;
  }
  return rate / setting.flight_days;
}

/// Chance that an organic order of this type is credited to a channel.
double credited_by_chance(const IntentWorld& world, std::size_t type) {
  const double untouched = untouched_share(touches(world, type), world.activity());
  return 1.0 - (1.0 - world.setting().brand_share) * untouched;
}

}  // namespace

double incremental_share(const IntentWorld& world) {
  const BaseRateSetting& setting = world.setting();
  const double days_left = setting.horizon_days - 0.5 * setting.flight_days;
  const ByType organic = world.organic_orders_per_day();
  CreditTerms terms = world.credit_terms();
  terms.brand_share = 0.0;
  const CreditLaw law{terms};
  double made = 0.0;
  double credited = 0.0;
  for (std::size_t type = 0; type < organic.size(); ++type) {
    if (!world.matters(type)) continue;
    const double share = world.types().shares()[type];
    const ClickCredit alone = law.credit(world.return_visit(type), {.orders = organic[type]});
    double by_clicks = 0.0;
    for (const SourceView& source : world.paid()) {
      by_clicks += share * source.visits[type] * source.left[type] *
                   (source.orders[type] * alone.own_order + source.leaves[type] * alone.own_return);
    }
    const double by_chance = share * organic[type] * setting.flight_days *
                             world.organic().left[type] * credited_by_chance(world, type);
    made += by_clicks * portable_exp(-organic[type] * days_left);
    credited += by_clicks + by_chance;
  }
  return credited > 0.0 ? made / credited : 1.0;
}

}  // namespace flywheel
