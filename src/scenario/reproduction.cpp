#include "scenario/reproduction.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "journey/landing_play.hpp"
#include "journey/shop_front.hpp"
#include "random/normal_probability.hpp"
#include "scenario/friend_delay.hpp"
#include "scenario/quadrature.hpp"
#include "scenario/solve_orders.hpp"

namespace flywheel {

namespace {

/// What a visit leads to on average, over devices.
struct VisitLaw {
  double order{0};
  double leave{0};  ///< engaged, without an order
};

/// The outside world in a rotation, means over its days, and the shop.
struct Conditions {
  double odds_against{1};       ///< steps model, on every step
  double conversion_factor{1};  ///< propensity model
  double returns{0};            ///< U m: engaged leavers come back, and pass no brand ad
  double friends{0};            ///< of a customer
  ShopState shop{};
  StepOdds steps{};  ///< against each, in this shop
};

double promoter_share(const Scenario& scenario, const ShopState& shop) {
  const AdvocacyTraits& advocacy = scenario.advocacy;
  const double bad = bad_experience_share(orders_in(scenario.order, shop));
  return (1.0 - bad) * normal_probability(-advocacy.promoter_above) +
         bad * normal_probability(-advocacy.promoter_above - advocacy.bad_effect);
}

double friends_per_customer(const Scenario& scenario, const ShopState& shop) {
  const ReferralTraits& referral = scenario.referral;
  const double asked = referral.promoters_only ? promoter_share(scenario, shop) : 1.0;
  const double friends = referral.fixed_count ? std::floor(referral.clicks_per_share + 0.5)
                                              : referral.clicks_per_share;
  return asked * referral.share_rate * friends;
}

/// Share of unpaid visits that pass over a brand ad: of the first channel that has one.
double brand_share(const Scenario& scenario, std::size_t day) {
  if (day >= static_cast<std::size_t>(scenario.calendar.flight_days)) return 0.0;
  for (const Delivery& delivery : scenario.deliveries) {
    if (!delivery.brand_shares.empty()) return delivery.brand_shares[day];
  }
  return 0.0;
}

Conditions conditions_of(const Scenario& scenario, std::size_t begin, std::size_t end) {
  double log_odds = 0.0;
  double factor = 0.0;
  double kept = 0.0;
  for (std::size_t day = begin; day < end; ++day) {
    log_odds += scenario.market.conversion_log_odds[day];
    factor += scenario.market.conversion_factor[day];
    kept += 1.0 - brand_share(scenario, day);
  }
  const auto days = static_cast<double>(end - begin);
  const double returning = scenario.retargeting.return_probability;
  return {portable_exp(-log_odds / days), factor / days, returning * kept / days};
}

std::vector<Conditions> conditions_by_rotation(const Scenario& scenario,
                                               std::span<const ShopState> shops) {
  const auto horizon = static_cast<std::size_t>(scenario.calendar.horizon());
  const auto length = static_cast<std::size_t>(scenario.calendar.rotation_days);
  const StepOdds steps = make_funnel_odds(scenario.funnel, {}).step;
  std::vector<Conditions> conditions;
  for (std::size_t begin = 0; begin < horizon; begin += length) {
    Conditions now = conditions_of(scenario, begin, std::min(horizon, begin + length));
    if (!shops.empty()) now.shop = shops[std::min(conditions.size(), shops.size() - 1)];
    now.steps = steps_in(steps, now.shop);
    now.friends = friends_per_customer(scenario, now.shop);
    conditions.push_back(std::move(now));
  }
  return conditions;
}

/// Friends of a segment's customers, and others who come without an ad.
class VisitorsOfSegment {
 public:
  VisitorsOfSegment(const Scenario& scenario, const SegmentTraits& segment, const Nodes& people)
      : scenario_{&scenario},
        segment_{&segment},
        people_{&people},
        source_odds_{make_funnel_odds(scenario.funnel, {}).source} {}

  /// Orders in the end of an organic visit, whoever makes it.
  [[nodiscard]] double organic_orders(const Conditions& now) const {
    const double loading =
        scenario_->funnel.uses_propensity ? 0.0 : scenario_->organic.intent_loading;
    double orders = 0.0;
    for (std::size_t at = 0; at < people_->size(); ++at) {
      const double person = people_->values[at];
      const double visits = portable_exp(loading * person - 0.5 * loading * loading);
      const VisitLaw first = visit(person, now, UnpaidSource::organic);
      const VisitLaw again = visit(person, now, UnpaidSource::own_return);
      const double back = first.leave * now.returns * again.order;
      orders +=
          people_->weights[at] * visits * (first.order + back / (1.0 - now.returns * again.leave));
    }
    return orders;
  }

  /// Customers whom a customer brings; `in_time` as friend_order_chances.
  [[nodiscard]] Reproduction customers(const Conditions& now,
                                       std::span<const double> in_time) const {
    Reproduction sum;
    for (std::size_t at = 0; at < people_->size(); ++at) {
      const VisitLaw first = visit(people_->values[at], now, UnpaidSource::referral);
      const VisitLaw again = visit(people_->values[at], now, UnpaidSource::own_return);
      const double back = first.leave * now.returns * again.order;
      const double once_more = now.returns * again.leave;
      sum.lifetime += people_->weights[at] * (first.order + back / (1.0 - once_more));
      double in_cohort = first.order * in_time.front();
      double so_many = back;
      for (std::size_t number = 1; number < in_time.size(); ++number) {
        in_cohort += so_many * in_time[number];
        so_many *= once_more;
      }
      sum.in_cohort += people_->weights[at] * in_cohort;
    }
    sum.lifetime *= now.friends;
    sum.in_cohort *= now.friends;
    return sum;
  }

 private:
  [[nodiscard]] VisitLaw visit(double person, const Conditions& now, UnpaidSource which) const {
    const auto source = static_cast<std::size_t>(scenario_->source(which));
    return scenario_->funnel.uses_propensity ? by_propensity(person, now, source)
                                             : by_steps(person, now, source);
  }

  [[nodiscard]] VisitLaw by_propensity(double propensity, const Conditions& now,
                                       std::size_t source) const {
    const FunnelTraits& funnel = scenario_->funnel;
    const double order =
        std::min(1.0, funnel.mean_propensity * propensity * segment_->conversion_factor *
                          funnel.source_factor[source] * now.conversion_factor *
                          now.shop.chance_factor) *
        now.shop.availability;
    return {order, 1.0 - order};
  }

  [[nodiscard]] VisitLaw by_steps(double intent, const Conditions& now, std::size_t source) const {
    const FunnelTraits& funnel = scenario_->funnel;
    const double against =
        source_odds_[source] * now.odds_against *
        portable_exp(-(funnel.intent_loading * intent + segment_->conversion_log_odds));
    const double mobile = funnel.unpaid_mobile_share;
    VisitLaw law;
    for (const Device device : {Device::desktop, Device::mobile}) {
      const auto chances = landing::step_chances(now.steps, device, against, funnel.rescued_share);
      const double order = std::accumulate(chances.begin(), chances.end(), now.shop.availability,
                                           std::multiplies<>{});
      const double share = device == Device::mobile ? mobile : 1.0 - mobile;
      law.order += share * order;
      law.leave += share * (chances.front() - order);
    }
    return law;
  }

  const Scenario* scenario_;
  const SegmentTraits* segment_;
  const Nodes* people_;
  std::vector<double> source_odds_;
};

Nodes people_of(const Scenario& scenario) {
  if (scenario.funnel.uses_propensity) {
    return trait_nodes(scenario.audience.propensity, Resolution::fine);
  }
  return scenario.audience.has_intent ? intent_nodes() : no_intent_node();
}

/// Weights that add up to 1.
std::vector<double> shares_of(const Scenario& scenario, std::span<const double> weights) {
  std::vector<double> shares{weights.begin(), weights.end()};
  double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (sum <= 0.0) {
    std::transform(scenario.segments.begin(), scenario.segments.end(), shares.begin(),
                   [](const SegmentTraits& one) { return static_cast<double>(one.size); });
    sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  }
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace

std::vector<Reproduction> expect_reproduction(const Scenario& scenario,
                                              std::span<const double> weights,
                                              std::span<const ShopState> shops) {
  expect(weights.size() == scenario.segments.size(), "each segment has a weight");
  std::vector<Conditions> conditions = conditions_by_rotation(scenario, shops);
  if (!scenario.referral.retarget_friends) {
    for (Conditions& one : conditions) one.returns = 0.0;
  }
  std::vector<Reproduction> numbers(conditions.size());
  if (scenario.referral.share_rate <= 0.0) return numbers;
  const std::vector<double> in_time =
      friend_order_chances(scenario, static_cast<double>(scenario.calendar.cohort_days));
  const Nodes people = people_of(scenario);
  const std::vector<double> shares = shares_of(scenario, weights);
  for (std::size_t segment = 0; segment < shares.size(); ++segment) {
    if (shares[segment] <= 0.0) continue;
    const VisitorsOfSegment law{scenario, scenario.segments[segment], people};
    for (std::size_t rotation = 0; rotation < numbers.size(); ++rotation) {
      const Reproduction one = law.customers(conditions[rotation], in_time);
      numbers[rotation].lifetime += shares[segment] * one.lifetime;
      numbers[rotation].in_cohort += shares[segment] * one.in_cohort;
    }
  }
  return numbers;
}

std::vector<double> expect_organic_orders(const Scenario& scenario) {
  const Conditions first = conditions_by_rotation(scenario, {}).front();
  const Nodes people = people_of(scenario);
  std::vector<double> orders;
  for (const SegmentTraits& segment : scenario.segments) {
    const VisitorsOfSegment law{scenario, segment, people};
    orders.push_back(law.organic_orders(first));
  }
  return orders;
}

}  // namespace flywheel
