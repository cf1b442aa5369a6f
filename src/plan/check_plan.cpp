#include "plan/check_plan.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "plan/choice.hpp"
#include "plan/expectation.hpp"
#include "plan/expected_journeys.hpp"
#include "plan/following_orders.hpp"
#include "plan/nearest.hpp"
#include "plan/node.hpp"
#include "plan/numbers.hpp"
#include "random/copula.hpp"

namespace flywheel {

namespace {

constexpr double most_shoppers{1e12};

class PlanCheck {
 public:
  PlanCheck(const Plan& plan, const GivenValues& given) : plan_{plan}, given_{given} {}

  Faults run() {
    check_audience();
    check_channels();
    check_sizes();
    check_funnel();
    check_market();
    for (const ShockPlan& shock : plan_.shocks) check_shock(shock);
    check_pool();
    check_retargeting_budget();
    check_following_orders();
    check_flows();
    check_correlations();
    return std::move(faults_);
  }

 private:
  void tell(const std::string& key, std::string message, std::string nearest = {}) {
    const auto written = given_.find(key);
    Fault fault{.place = {},
                .key = key,
                .value = {},
                .message = std::move(message),
                .nearest = std::move(nearest)};
    if (written != given_.end()) {
      fault.place = written->second.place;
      fault.value = written->second.text;
    }
    faults_.push_back(std::move(fault));
  }

  void check_audience() {
    if (plan_.segments.empty()) {
      tell("segment", "the audience is empty; write [segment.NAME] with its size");
    }
    const double all =
        std::accumulate(plan_.segments.begin(), plan_.segments.end(), 0.0,
                        [](double sum, const SegmentPlan& one) { return sum + one.size; });
    if (all > most_shoppers) tell("segment", "the segments hold more than 1e12 shoppers in all");
    for (const SegmentPlan& one : plan_.segments) {
      check_whole("segment." + key_text(one.name) + ".size", one.size);
    }
    check_whole("day_zero.customers", plan_.day_zero.customers);
    check_subscribers();
    check_offers();
  }

  void check_subscribers() {
    const char* const key = "day_zero.subscribers";
    const ShopStatePlan& shop = plan_.day_zero;
    check_whole(key, shop.subscribers);
    if (shop.subscribers > shop.customers) {
      tell(key, fmt::format("are more than the shop has customers, day_zero.customers = {:.0f}",
                            shop.customers));
    }
    if (shop.subscribers > 0 && plan_.subscription.enabled == 0) {
      tell(key, "have nothing to renew; [subscription] says what they subscribe to");
    }
  }

  void check_offers() {
    if (plan_.subscription.enabled != 0) return;
    for (const OfferPlan& offer : plan_.offers) {
      if (median_or(offer.subscribes, 0) <= 0.0) continue;
      tell("offer." + key_text(offer.name) + ".subscribes",
           "there is nothing to subscribe to; [subscription] says what");
    }
  }

  void check_whole(const std::string& key, double shoppers) {
    if (shoppers != std::floor(shoppers)) tell(key, "must be a whole number of shoppers");
  }

  void check_channels() {
    for (const ChannelPlan& channel : plan_.channels) {
      if (channel.name == "retargeting") {
        tell("channel.retargeting", "this name belongs to the section [retargeting]");
      }
      check_clicks(channel);
    }
  }

  // A factor that may be drawn as 0 fails single futures; one that is always 0 leaves no future.
  [[nodiscard]] bool may_click(const ChannelPlan& channel) const {
    for (std::size_t i = 0; i < plan_.segments.size(); ++i) {
      const bool reached = channel.segment_shares.empty() || channel.segment_shares.at(i) > 0;
      const Number& factor = plan_.segments[i].click_factor;
      if (reached && (is_uncertain(factor) || median_or(factor, 1) > 0)) return true;
    }
    return plan_.segments.empty();
  }

  void check_clicks(const ChannelPlan& channel) {
    if (may_click(channel)) return;
    const std::string key = "channel." + key_text(channel.name);
    const std::string segments = key + ".segments";
    tell(given_.contains(segments) ? segments : key,
         "nobody can click: every segment that the channel reaches has click_factor 0");
  }

  // What weighs most is what is to be changed.
  void check_sizes() {
    const ExpectedJourneys expected = expect_journeys(plan_);
    if (expected.total() <= most_journeys) return;
    const double largest = std::max({expected.clicks, expected.organic_visits, expected.customers});
    const auto refuse = [&](const char* key, const char* remedy) {
      tell(key, fmt::format("one future has {:.3g} journeys to keep in memory ({:.3g} bought "
                            "clicks, {:.3g} organic visits, {:.3g} customers of day zero), more "
                            "than the {:.0e} that can be simulated; check {}",
                            expected.total(), expected.clicks, expected.organic_visits,
                            expected.customers, most_journeys, remedy));
    };
    if (largest == expected.clicks) return refuse("channel", "prices and budgets");
    if (largest == expected.customers) return refuse("day_zero.customers", "this number");
    refuse("segment", "sizes and organic.visits_per_day");
  }

  void check_funnel() {
    if (plan_.funnel.model != FunnelModel::steps) return;
    const FunnelPlan& funnel = plan_.funnel;
    const double viewing = (1 - median_or(funnel.bounce_rate, 0)) * median_or(funnel.view_rate, 1);
    if (median_or(funnel.cart_rate, 0) > viewing) {
      tell("funnel.cart_rate",
           fmt::format("more sessions add to the cart than look at a product, {:.4g} = "
                       "(1 - bounce_rate) view_rate",
                       viewing));
    }
    const double ordering = 1 - median_or(funnel.cart_abandonment, 1);
    if (median_or(funnel.checkout_rate, 1) < ordering) {
      tell("funnel.checkout_rate",
           fmt::format("fewer carts begin the checkout than end in an order, {:.4g} = "
                       "1 - cart_abandonment",
                       ordering));
    }
  }

  void check_market() {
    const double between = median_or(plan_.market.price_correlation, 1);
    const double with_demand = median_or(plan_.market.price_demand_correlation, 0);
    if (with_demand * with_demand <= between) return;
    tell("market.price_demand_correlation",
         fmt::format("its square is more than market.price_correlation, {:.4g}: no prices can be "
                     "correlated so",
                     between));
  }

  void check_shock(const ShockPlan& shock) {
    const std::string key = "shock." + key_text(shock.name);
    const CampaignPlan& campaign = plan_.campaign;
    const int first = days_since_epoch(campaign.start);
    const int horizon = campaign.flight_days + campaign.conversion_days + campaign.cohort_days;
    const int day = days_since_epoch(shock.start) - first;
    const bool dated = first > 0 && given_.contains(key + ".start");
    if (dated && (day + shock.days <= 0 || day >= horizon)) {
      tell(key + ".start",
           fmt::format("the shock is over before the campaign or begins after it, {} to {}",
                       date_text(campaign.start), date_text(date_from_epoch(first + horizon - 1))));
    }
    std::vector<std::string> names;
    for (const ChannelPlan& channel : plan_.channels) names.push_back(channel.name);
    names.emplace_back("retargeting");
    for (const std::string& name : shock.channels) {
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      tell(key + ".channels", fmt::format("the plan has no channel {}", quoted_text(name)),
           nearest_word(name, names));
    }
  }

  void check_pool() {
    const std::string& pool = plan_.retargeting.pool;
    if (std::find(pool_words.begin(), pool_words.end(), pool) != pool_words.end()) return;
    tell("retargeting.pool", fmt::format("must be one of \"{}\"", fmt::join(pool_words, "\", \"")),
         nearest_word(pool, std::vector<std::string>{pool_words.begin(), pool_words.end()}));
  }

  void check_retargeting_budget() {
    if (plan_.retargeting.enabled == 0 || given_.contains("retargeting.budget")) return;
    tell("retargeting.budget",
         "is missing; give retargeting money, or \"unlimited\" for as many ads as its pool takes, "
         "or write enabled = false");
  }

  // Orders beget orders, without end where one begets one.
  void check_following_orders() {
    constexpr double worth_telling = 0.005;
    std::vector<FollowingOrders> ways = expect_following_orders(plan_);
    double all = 0;
    for (const FollowingOrders& way : ways) all += way.orders;
    if (all < 1) return check_customer_ads(ways);
    std::stable_sort(ways.begin(), ways.end(), [](const auto& left, const auto& right) {
      return left.orders > right.orders;
    });
    std::string sum;
    for (const FollowingOrders& way : ways) {
      if (way.orders < worth_telling && !sum.empty()) continue;
      sum += fmt::format("{}{:.3g} by {}", sum.empty() ? "" : " + ", way.orders, way.key);
    }
    tell(ways.front().key,
         fmt::format("orders beget orders without end: at the medians one order of a customer who "
                     "gets messages leads to {:.3g} more, {}; together they must stay below 1",
                     all, sum));
  }

  // Ads follow the orders that ads made, of everybody.
  void check_customer_ads(const std::vector<FollowingOrders>& ways) {
    constexpr double most_follow = 0.9;
    const auto ads = std::find_if(ways.begin(), ways.end(), [](const FollowingOrders& way) {
      return way.key == "customer_ads.impressions_per_day";
    });
    if (ads == ways.end() || ads->orders <= most_follow) return;
    tell(ads->key, fmt::format("ads lead to {:.3g} orders per order at the medians, each followed "
                               "by ads again, more than the {:.1g} that can be simulated; check "
                               "window_days, click_rate and order_rate too",
                               ads->orders, most_follow));
  }

  // A calendar that hardly moves on sends without end.
  void check_flows() {
    constexpr double hour = 1. / 24;
    for (const FlowPlan& flow : plan_.flows) {
      const double gap = median_or(flow.every_days, 1);
      if (flow.trigger != FlowTrigger::calendar || gap <= 0 || gap >= hour) continue;
      tell("flow." + key_text(flow.name) + ".every_days",
           "sends more than one message an hour to everybody with consent; write 0 for one "
           "message in all, else 1 hour or more");
    }
  }

  void check_correlations() {
    if (plan_.correlations.empty()) return;
    const std::vector<PlanNumber> numbers = list_numbers(plan_);
    std::vector<std::string> keys;
    keys.reserve(numbers.size());
    for (const PlanNumber& one : numbers) keys.push_back(one.key);
    const std::size_t before = faults_.size();
    std::vector<RankCorrelation> wished;
    for (std::size_t i = 0; i < plan_.correlations.size(); ++i) {
      const CorrelationPlan& one = plan_.correlations[i];
      const std::string place = fmt::format("correlation.{}", i + 1);
      check_correlated(place, one.first, numbers, keys);
      check_correlated(place, one.second, numbers, keys);
      wished.push_back({.first = one.first, .second = one.second, .correlation = one.spearman});
    }
    if (faults_.size() != before) return;
    try {
      const GaussianCopula copula{keys, wished};
    } catch (const ImpossibleCorrelations& impossible) {
      tell("correlation.1", impossible.what());
    }
  }

  void check_correlated(const std::string& place, const std::string& key,
                        const std::vector<PlanNumber>& numbers,
                        const std::vector<std::string>& keys) {
    const auto at = std::find(keys.begin(), keys.end(), key);
    if (at == keys.end()) {
      tell(place, fmt::format("the plan has no number {}", quoted_text(key)),
           nearest_word(key, keys));
      return;
    }
    const Number& number = numbers[static_cast<std::size_t>(at - keys.begin())].number;
    if (!is_uncertain(number)) {
      tell(place,
           key + " is certain and goes with nothing; give it a range or take the correlation out");
    }
    if (number.value.family == Family::posterior) {
      tell(place, key +
                      " is drawn with the rows of its posterior table, which say how it goes "
                      "with others");
    }
  }

  const Plan& plan_;
  const GivenValues& given_;
  Faults faults_;
};

}  // namespace

Faults check_plan(const Plan& plan, const GivenValues& given) {
  return PlanCheck{plan, given}.run();
}

}  // namespace flywheel
