#include "plan/following_orders.hpp"

#include <algorithm>
#include <tuple>

#include "plan/expectation.hpp"
#include "plan/node.hpp"

namespace flywheel {

namespace {

constexpr double highest_take_up{0.95};  // of an offer, whoever gets it

// What happens only while no order has come since.
struct Waiting {
  std::string key;
  double start{0};   // days after the order
  double length{0};  // the order comes uniformly in so many days; 0: at once
  double chance{0};
};

std::string key_of(const char* section, const std::string& name, const char* number) {
  return std::string{section} + '.' + key_text(name) + '.' + number;
}

double consents(const Plan& plan) {
  const double existing =
      plan.day_zero.customers > 0 ? median_or(plan.day_zero.consent_share, 0) : 0.0;
  return std::max({median_or(plan.consent.at_order, 0), median_or(plan.consent.form, 0), existing});
}

// Rates of one message are nested: opened, clicked, ordered.
double order_chance(const FlowPlan& flow) {
  const double delivered = median_or(flow.delivery_rate, 0);
  return std::min({delivered, delivered * median_or(flow.open_rate, 0),
                   delivered * median_or(flow.click_rate, 0), median_or(flow.order_rate, 0)});
}

std::vector<Waiting> waiting_of(const Plan& plan, bool texts) {
  std::vector<Waiting> all;
  for (const OfferPlan& offer : plan.offers) {
    all.push_back({.key = key_of("offer", offer.name, "take_up"),
                   .start = median_or(offer.after_days, 0),
                   .length = median_or(offer.valid_days, 0),
                   .chance = std::min(highest_take_up, median_or(offer.take_up, 0))});
  }
  for (const FlowPlan& flow : plan.flows) {
    if (flow.trigger != FlowTrigger::lapse) continue;
    if (flow.medium == MessageMedium::sms && !texts) continue;
    for (int number = 0; number < flow.messages; ++number) {
      all.push_back(
          {.key = key_of("flow", flow.name, "order_rate"),
           .start = median_or(flow.first_after_days, 0) + number * median_or(flow.every_days, 0),
           .chance = order_chance(flow)});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Waiting& left, const Waiting& right) {
    return std::tie(left.start, left.length) < std::tie(right.start, right.length);
  });
  return all;
}

// That no order has come of what began earlier, or at once.
double still_waiting(const std::vector<Waiting>& sorted, std::size_t until) {
  double chance = 1;
  for (std::size_t i = 0; i < until; ++i) {
    const double passed = sorted[until].start - sorted[i].start;
    const double share = sorted[i].length > 0 ? std::min(1.0, passed / sorted[i].length) : 1.0;
    chance *= 1 - sorted[i].chance * share;
  }
  return chance;
}

void add(std::vector<FollowingOrders>& all, const std::string& key, double orders) {
  const auto same = std::find_if(all.begin(), all.end(),
                                 [&](const FollowingOrders& one) { return one.key == key; });
  if (same != all.end()) {
    same->orders += orders;
  } else if (orders > 0) {
    all.push_back({.key = key, .orders = orders});
  }
}

}  // namespace

std::vector<FollowingOrders> expect_following_orders(const Plan& plan) {
  std::vector<FollowingOrders> all;
  const CustomerAdsPlan& ads = plan.customer_ads;
  if (ads.enabled != 0) {
    add(all, "customer_ads.impressions_per_day",
        median_or(ads.impressions_per_day, 0) * median_or(ads.window_days, 0) *
            median_or(ads.click_rate, 0) * std::min(1.0, median_or(ads.order_rate, 0)));
  }
  if (consents(plan) <= 0) return all;
  const bool texts = median_or(plan.consent.sms_share, 0) > 0;
  const std::vector<Waiting> waiting = waiting_of(plan, texts);
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    add(all, waiting[i].key, waiting[i].chance * still_waiting(waiting, i));
  }
  for (const FlowPlan& flow : plan.flows) {
    const bool starts = flow.trigger == FlowTrigger::order || flow.trigger == FlowTrigger::delivery;
    if (!starts || (flow.medium == MessageMedium::sms && !texts)) continue;
    add(all, key_of("flow", flow.name, "order_rate"), flow.messages * order_chance(flow));
  }
  return all;
}

}  // namespace flywheel
