#include "momentum/wheel.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "core/elementary.hpp"
#include "momentum/feedback.hpp"
#include "momentum/growth_limit.hpp"
#include "momentum/organic_growth.hpp"
#include "momentum/reputation.hpp"

namespace flywheel {

namespace {

using Steps = std::array<double, step_count>;

constexpr std::size_t checkout_begins = 3;  ///< engaged, viewed and cart are before

/// Log-odds on the steps from `first` to before `last` that move the conversion rate of the mean
/// visitor by e^effect.
Steps steps_of(const MomentumTraits& traits, double effect, std::size_t first, std::size_t last) {
  Steps steps{};
  double elasticity = 0.0;
  for (std::size_t step = first; step < last; ++step) elasticity += 1.0 - traits.step_shares[step];
  if (effect == 0.0 || elasticity <= 0.0) return steps;
  for (std::size_t step = first; step < last; ++step) steps[step] = effect / elasticity;
  return steps;
}

Steps idea_steps(const MomentumTraits& traits, const PageIdea& idea) {
  return idea.at_checkout ? steps_of(traits, idea.effect, checkout_begins, step_count)
                          : steps_of(traits, idea.effect, 0, checkout_begins);
}

Steps sum_of(Steps sum, const Steps& part) {
  for (std::size_t step = 0; step < sum.size(); ++step) sum[step] += part[step];
  return sum;
}

RunningTest running_test(const MomentumTraits& traits, const Wheel& wheel, int number) {
  const PageIdea& idea = wheel.page_tests.ideas[static_cast<std::size_t>(number)];
  RunningTest test{.number = static_cast<std::uint64_t>(number),
                   .odds_against = idea_steps(traits, idea),
                   .chance_factor = portable_exp(idea.effect)};
  for (double& step : test.odds_against) step = portable_exp(-step);
  return test;
}

double first_day_of(const MomentumTraits& traits, const Wheel& wheel) {
  return static_cast<double>(wheel.rotation) * traits.rotation_days;
}

/// Organic visits of a mean shopper before demand, per day.
struct OrganicLevel {
  double planned{0};
  double grown{0};
};

OrganicLevel organic_level(const OrganicGrowthTraits& traits, const ShopState& shop,
                           const std::vector<double>& shoppers) {
  OrganicLevel level{traits.visits_per_shopper_day, 0.0};
  double people = 0.0;
  double visits = 0.0;
  for (std::size_t segment = 0; segment < shop.word_of_mouth.size(); ++segment) {
    visits += shop.word_of_mouth[segment] * shoppers[segment];
    people += shoppers[segment];
  }
  level.grown = level.planned * shop.organic_factor + shop.content_visits +
                (people > 0.0 ? visits / people : 0.0);
  return level;
}

MarketplaceEffect market_effect(const MomentumTraits& traits, const Wheel& wheel) {
  if (!traits.marketplace.enabled) return {};
  return effect_of(traits.marketplace, wheel.marketplace);
}

ShopState with_organic_visits(const MomentumTraits& traits, const Wheel& wheel, ShopState shop) {
  const OrganicGrowth growth =
      grow_organic(traits.organic_growth, wheel.observed, first_day_of(traits, wheel));
  const OrganicFactors factors{
      .reputation = reputation_of(traits.reputation, wheel.observed).organic_factor,
      .search = growth.factor,
      .marketplace = market_effect(traits, wheel).organic_factor};
  shop.organic_factor = factors.all();
  shop.content_visits = growth.content_visits;
  shop.word_of_mouth = growth.word_of_mouth;
  expect_growth_ends(traits, factors, shop, wheel.observed.shoppers);
  const OrganicLevel level = organic_level(traits.organic_growth, shop, wheel.observed.shoppers);
  if (level.planned > 0.0) shop.brand_factor = std::min(1.0, level.planned / level.grown);
  return shop;
}

/// Effects of all loops on the steps of a visit.
Steps step_effects(const MomentumTraits& traits, const Wheel& wheel) {
  const PageTests& tests = wheel.page_tests;
  const double everywhere = reputation_of(traits.reputation, wheel.observed).conversion_effect +
                            market_effect(traits, wheel).conversion_effect;
  return sum_of(sum_of(steps_of(traits, everywhere, 0, step_count),
                       steps_of(traits, tests.page_effect, 0, checkout_begins)),
                steps_of(traits, tests.checkout_effect, checkout_begins, step_count));
}

}  // namespace

Wheel first_wheel(const MomentumTraits& traits, std::vector<PageIdea> ideas, double rival_price) {
  Wheel wheel;
  if (traits.marketplace.enabled) {
    wheel.marketplace = first_marketplace(traits.marketplace, rival_price);
  }
  wheel.page_tests.ideas = std::move(ideas);
  if (traits.page_tests.enabled) {
    wheel.page_tests = begin_tests(traits.page_tests, std::move(wheel.page_tests));
  }
  if (!traits.targeting.enabled) return wheel;
  for (std::size_t channel = 0; channel < traits.targeting.channels.size(); ++channel) {
    wheel.channels.push_back(first_knowledge(traits.targeting, channel));
  }
  return wheel;
}

Wheel turn(const MomentumTraits& traits, Wheel wheel, Observed observed, Key shoppers) {
  wheel.observed = std::move(observed);
  const EndedRotation ended{wheel.rotation, traits.rotation_days, shoppers};
  ++wheel.rotation;
  if (traits.page_tests.enabled) {
    wheel.page_tests = judge_tests(traits.page_tests, std::move(wheel.page_tests),
                                   wheel.observed.tests, ended.number);
    wheel.page_tests = begin_tests(traits.page_tests, std::move(wheel.page_tests));
  }
  for (std::size_t channel = 0; channel < wheel.channels.size(); ++channel) {
    wheel.channels[channel] =
        learn(traits.targeting, channel, std::move(wheel.channels[channel]), wheel.observed, ended);
  }
  if (traits.marketplace.enabled) {
    wheel.marketplace =
        turn_marketplace(traits.marketplace, std::move(wheel.marketplace), wheel.observed);
  }
  return wheel;
}

ShopState shop_of(const MomentumTraits& traits, const Wheel& wheel) {
  ShopState shop;
  if (!traits.turns()) return shop;
  shop.step_log_odds = step_effects(traits, wheel);
  shop.chance_factor = portable_exp(conversion_effect(traits, wheel));
  for (const int number : wheel.page_tests.running) {
    shop.tests.push_back(running_test(traits, wheel, number));
  }
  const Mended mended = mend(traits.feedback, wheel.observed);
  shop.bad_factor = mended.bad_factor;
  shop.return_odds = mended.return_odds;
  const Marketplace& market = wheel.marketplace;
  shop.terms = {market.price, market.unit_cost, market.delivery};
  shop.availability = market.availability;
  for (std::size_t channel = 0; channel < wheel.channels.size(); ++channel) {
    shop.channels.push_back(aim_of(traits.targeting, channel, wheel.channels[channel]));
  }
  return with_organic_visits(traits, wheel, std::move(shop));
}

double conversion_effect(const MomentumTraits& traits, const Wheel& wheel) {
  return wheel.page_tests.page_effect + wheel.page_tests.checkout_effect +
         reputation_of(traits.reputation, wheel.observed).conversion_effect +
         market_effect(traits, wheel).conversion_effect;
}

double organic_factor(const MomentumTraits& traits, const Wheel& wheel) {
  const OrganicLevel level =
      organic_level(traits.organic_growth, shop_of(traits, wheel), wheel.observed.shoppers);
  return level.planned > 0.0 ? level.grown / level.planned
                             : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace flywheel
