#include "momentum/growth_limit.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <string>

#include "core/runaway_future.hpp"

namespace flywheel {

namespace {

struct Feeder {
  double strength;
  const char* advice;
};

const char* strongest_of(std::initializer_list<Feeder> feeders) {
  const auto* most = std::max_element(
      feeders.begin(), feeders.end(),
      [](const Feeder& left, const Feeder& right) { return left.strength < right.strength; });
  return most->advice;
}

const char* advice_on_factors(const OrganicFactors& factors) {
  return strongest_of(
      {{factors.marketplace,
        "loops.marketplace feeds itself, since volume lowers prices and these bring volume; lower "
        "marketplace.traffic_elasticity, pass_on, selection_traffic, attraction or breadth, or "
        "raise progress_ratio"},
       {factors.search, "lower organic_growth.seo_gain"},
       {factors.reputation, "lower reputation.organic_effect"}});
}

const char* advice_on(const GrownVisits& visits, const OrganicFactors& factors) {
  return strongest_of(
      {{visits.by_factors, advice_on_factors(factors)},
       {visits.by_content, "lower money.content_per_day or organic_growth.content_visits"},
       {visits.by_word,
        "word of mouth feeds itself, since customers bring customers; lower "
        "organic_growth.word_of_mouth"}});
}

}  // namespace

GrownVisits grown_visits(const MomentumTraits& traits, const ShopState& shop,
                         const std::vector<double>& shoppers) {
  const double people = std::accumulate(shoppers.begin(), shoppers.end(), 0.0);
  const double planned = traits.organic_growth.visits_per_shopper_day * people;
  GrownVisits visits{.by_factors = planned * (shop.organic_factor - 1.0),
                     .by_content = people * shop.content_visits};
  for (std::size_t segment = 0; segment < shop.word_of_mouth.size(); ++segment) {
    visits.by_word += shop.word_of_mouth[segment] * shoppers[segment];
  }
  for (double* part : {&visits.by_factors, &visits.by_content, &visits.by_word}) {
    *part *= traits.rotation_days;
  }
  return visits;
}

void expect_growth_ends(const MomentumTraits& traits, const OrganicFactors& factors,
                        const ShopState& shop, const std::vector<double>& shoppers) {
  const GrownVisits visits = grown_visits(traits, shop, shoppers);
  const double people = std::accumulate(shoppers.begin(), shoppers.end(), 0.0);
  if (visits.all() <= std::max(most_grown_visits, people)) return;
  throw RunawayFuture{
      "loops bring more than 2,000,000 organic visits in one rotation, and more "
      "than one of each shopper: " +
      std::string{advice_on(visits, factors)}};
}

}  // namespace flywheel
