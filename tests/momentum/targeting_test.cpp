#include "momentum/targeting.hpp"

#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "random/poisson.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

/// One channel of two equal arms that spends 70 a rotation for twenty weeks, all due at once.
TargetingTraits two_arms() {
  TargetingTraits traits{.enabled = true,
                         .least_share = 0.2,
                         .most_share = 1.8,
                         .prior_conversions = 2.0,
                         .kept = 1.0,
                         .learning_conversions = 50.0,
                         .reset_change = 0.5,
                         .half_conversions = 100.0,
                         .ceiling = 1.5,
                         .due = {1.0},
                         .affinities = {{0.5, 0.5}, {1.5, 0.5}}};
  traits.channels = {{.identity = 7,
                      .planned_shares = {0.5, 0.5},
                      .budget = std::vector<double>(140, 10.0),
                      .sharpness = 1.0,
                      .affinity_exponent = 1.0}};
  return traits;
}

EndedRotation rotation(int number, std::uint64_t luck = 1) {
  return {number, 7, make_key(luck, Level::shoppers, 0)};
}

/// All that was tracked so far, of one channel.
Observed tracked(const std::vector<double>& orders, double value) {
  Observed observed;
  observed.tracked_orders = orders;
  for (const double one : orders) observed.tracked_values.push_back(one * value);
  return observed;
}

}  // namespace

TEST_CASE("shares keep their bounds and sum to one", "[momentum][targeting]") {
  const std::vector<double> shares = bounded_shares({7.0, 1.0, 0.5}, {0.5, 0.3, 0.2}, {0.5, 1.5});
  REQUIRE(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1.0));
  REQUIRE(shares[0] == Approx(0.75));  // its most
  REQUIRE(shares[2] == Approx(0.1));   // its least: a twelfth of the rest would be less
  REQUIRE(shares[1] == Approx(0.15));
  // At most .6 for the first; of what is left the others get as they wish, 2 to 1.
  const std::vector<double> wished = bounded_shares({7.0, 2.0, 1.0}, {0.5, 0.3, 0.2}, {0.5, 1.2});
  REQUIRE(wished[0] == Approx(0.6));
  REQUIRE(wished[1] == Approx(0.8 / 3.0));
  REQUIRE(wished[2] == Approx(0.4 / 3.0));
  const std::vector<double> small = bounded_shares({0.1, 0.2}, {0.5, 0.5}, {0.2, 1.8});
  REQUIRE(small[0] == Approx(1.0 / 3.0));
  const std::vector<double> still = bounded_shares({1.0, 9.0}, {0.4, 0.6}, {1.0, 1.0});
  REQUIRE(still[0] == Approx(0.4));
  const std::vector<double> none = bounded_shares({1.0, 0.0}, {1.0, 0.0}, {0.5, 2.0});
  REQUIRE(none[1] == 0.0);
}

TEST_CASE("an arm that clearly sells more gets the most it may", "[momentum][targeting]") {
  const TargetingTraits traits = two_arms();
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  knowledge = learn(traits, 0, knowledge, tracked({5.0, 60.0}, 50.0), rotation(0));
  REQUIRE(knowledge.shares[1] == Approx(0.9));
  REQUIRE(knowledge.shares[0] == Approx(0.1));
  const ChannelAim aim = aim_of(traits, 0, knowledge);
  REQUIRE(aim.volume[1] == Approx(1.8));
  REQUIRE(aim.volume[0] == Approx(0.2));
}

TEST_CASE("value counts, not the number of orders", "[momentum][targeting]") {
  const TargetingTraits traits = two_arms();
  Observed observed = tracked({300.0, 300.0}, 0.0);
  observed.tracked_values = {3'000.0, 30'000.0};
  const ChannelKnowledge knowledge =
      learn(traits, 0, first_knowledge(traits, 0), observed, rotation(0));
  REQUIRE(knowledge.shares[1] == Approx(0.9));
}

TEST_CASE("without tracked orders shares stay as planned", "[momentum][targeting]") {
  const TargetingTraits traits = two_arms();
  const ChannelKnowledge knowledge =
      learn(traits, 0, first_knowledge(traits, 0), tracked({0.0, 0.0}, 0.0), rotation(0));
  REQUIRE(knowledge.shares == std::vector<double>{0.5, 0.5});
  REQUIRE(knowledge.sharpness == 1.0);
}

TEST_CASE("money whose orders are not due yet is no evidence", "[momentum][targeting]") {
  TargetingTraits traits = two_arms();
  traits.due = {0.4, 0.6};
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  knowledge = learn(traits, 0, knowledge, tracked({0.0, 0.0}, 0.0), rotation(0));
  REQUIRE(knowledge.exposure[0] == Approx(0.4 * 35.0));
  knowledge = learn(traits, 0, knowledge, tracked({0.0, 0.0}, 0.0), rotation(1));
  REQUIRE(knowledge.exposure[0] == Approx(0.4 * 35.0 + 35.0));
}

TEST_CASE("sharpness waits for the learning phase and has a ceiling", "[momentum][targeting]") {
  TargetingTraits traits = two_arms();
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  knowledge = learn(traits, 0, knowledge, tracked({20.0, 20.0}, 1.0), rotation(0));
  REQUIRE(knowledge.is_learning);
  REQUIRE(knowledge.sharpness == 1.0);
  knowledge = learn(traits, 0, knowledge, tracked({50.0, 50.0}, 1.0), rotation(1));
  REQUIRE_FALSE(knowledge.is_learning);
  REQUIRE(knowledge.sharpness == Approx(1.25));  // 100 remembered: half of the way to 1.5
  knowledge = learn(traits, 0, knowledge, tracked({1e6, 1e6}, 1.0), rotation(2));
  REQUIRE(knowledge.sharpness < 1.5);
  REQUIRE(knowledge.sharpness > 1.499);
  // E[a^1.5] over E[a] where a is .5 or 1.5.
  const double sharp =
      0.5 * (std::pow(0.5, knowledge.sharpness) + std::pow(1.5, knowledge.sharpness));
  REQUIRE(aim_of(traits, 0, knowledge).mean_weight == Approx(sharp));
}

TEST_CASE("a big change of the budget begins learning anew", "[momentum][targeting]") {
  TargetingTraits traits = two_arms();
  for (std::size_t day = 7; day < 140; ++day) traits.channels[0].budget[day] = 15.1;
  ChannelKnowledge knowledge =
      learn(traits, 0, first_knowledge(traits, 0), tracked({80.0, 80.0}, 1.0), rotation(0));
  REQUIRE(knowledge.is_learning);
  REQUIRE(knowledge.knowledge == 0.0);
  knowledge = learn(traits, 0, knowledge, tracked({160.0, 160.0}, 1.0), rotation(1));
  REQUIRE_FALSE(knowledge.is_learning);
  traits.channels[0].budget.assign(140, 10.0);
  knowledge = learn(traits, 0, first_knowledge(traits, 0), tracked({80.0, 80.0}, 1.0), rotation(0));
  REQUIRE_FALSE(knowledge.is_learning);
}

TEST_CASE("clicks that are bought need fewer impressions when targeting is sharper",
          "[momentum][targeting]") {
  TargetingTraits traits = two_arms();
  traits.channels[0].pays_per_click = true;
  traits.channels[0].intent_targeting = 0.4;
  traits.channels[0].click_intent = 0.3;
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  knowledge.sharpness = 1.5;
  const auto power = [](double exponent) {
    return 0.5 * (std::pow(0.5, exponent) + std::pow(1.5, exponent));
  };
  const auto yield = [&](double m) { return power(m + 1.0) / power(m) * std::exp(m * 0.4 * 0.3); };
  REQUIRE(aim_of(traits, 0, knowledge).volume[0] == Approx(yield(1.0) / yield(1.5)));
  REQUIRE(aim_of(traits, 0, knowledge).mean_weight ==
          Approx(power(1.5) * std::exp(0.5 * 0.36) / (power(1.0) * std::exp(0.5 * 0.16))));
}

TEST_CASE("affinities count by how many have them", "[momentum][targeting]") {
  TargetingTraits traits = two_arms();
  traits.affinities = {{0.25, 0.8}, {4.0, 0.2}};  // their mean is 1
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  knowledge.sharpness = 1.5;  // .25^1.5 and 4^1.5
  REQUIRE(aim_of(traits, 0, knowledge).mean_weight == Approx(0.8 * 0.125 + 0.2 * 8.0));
}

TEST_CASE("clicks of those whom targeting finds, and who have ordered, are bought elsewhere",
          "[momentum][targeting]") {
  TargetingTraits traits = two_arms();
  traits.affinities = {{1.0, 1.0}};
  ChannelLearning& channel = traits.channels[0];
  channel.pays_per_click = true;
  channel.intent_targeting = 0.4;
  channel.click_intent = 0.3;
  channel.clicks = {{.intent = 0.0, .share = 0.6, .left = 0.9},
                    {.intent = 2.0, .share = 0.4, .left = 0.5}};
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  knowledge.sharpness = 1.5;
  const double first = 0.6 * 0.9 + 0.4 * 0.5;
  const double keen = 0.4 * std::exp(0.5 * 0.4 * 2.0);
  const double sharper = (0.6 * 0.9 + keen * 0.5) / (0.6 + keen);
  REQUIRE(aim_of(traits, 0, knowledge).volume[0] ==
          Approx(std::exp(-0.5 * 0.4 * 0.3) * first / sharper));
}

TEST_CASE("regret falls on stationary arms whose orders come at once",
          "[momentum][targeting][statistical]") {
  const TargetingTraits traits = two_arms();
  const std::vector<double> rates{0.10, 0.20};  // orders by money
  std::vector<double> early;
  std::vector<double> late;
  for (std::uint64_t luck = 0; luck < 400; ++luck) {
    Stream draws{make_key(luck, Level::shoppers, 5), Purpose::order, 1};
    ChannelKnowledge knowledge = first_knowledge(traits, 0);
    std::vector<double> orders{0.0, 0.0};
    for (int number = 0; number < 19; ++number) {
      // Orders lost by not giving the better arm all it may get.
      const double regret = 70.0 * (0.9 - knowledge.shares[1]) * (rates[1] - rates[0]);
      if (number >= 1 && number < 4) early.push_back(regret);
      if (number >= 16) late.push_back(regret);
      for (std::size_t arm = 0; arm < 2; ++arm) {
        orders[arm] +=
            static_cast<double>(draw_poisson(draws, 70.0 * knowledge.shares[arm] * rates[arm]));
      }
      knowledge = learn(traits, 0, knowledge, tracked(orders, 1.0), rotation(number, luck));
    }
  }
  const Moments first = moments_of(early);
  const Moments last = moments_of(late);
  CHECK(last.mean < 0.25 * first.mean);
  CHECK(first.mean - last.mean > 5.0 * std::hypot(first.standard_error(), last.standard_error()));
}

}  // namespace flywheel::test
