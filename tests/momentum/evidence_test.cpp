// What a platform remembers of the orders it saw, and how it splits money by that (docs/model.md
// 8.6).
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "momentum/targeting.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

/// One channel that spends 70 a rotation for twenty weeks, and forgets nothing.
TargetingTraits arms(const std::vector<double>& planned) {
  TargetingTraits traits{.enabled = true,
                         .least_share = 0.2,
                         .most_share = 1.8,
                         .prior_conversions = 2.0,
                         .kept = 1.0,
                         .learning_conversions = 1e9,
                         .reset_change = 0.5,
                         .half_conversions = 100.0,
                         .ceiling = 1.5,
                         .due = {1.0},
                         .affinities = {{1.0, 1.0}}};
  traits.channels = {
      {.identity = 7, .planned_shares = planned, .budget = std::vector<double>(140, 10.0)}};
  return traits;
}

EndedRotation rotation(int number, std::uint64_t luck = 1) {
  return {number, 7, make_key(luck, Level::shoppers, 0)};
}

Observed tracked(const std::vector<double>& orders, const std::vector<double>& values) {
  Observed observed;
  observed.tracked_orders = orders;
  observed.tracked_values = values;
  return observed;
}

/// Two arms of which these orders, all of the same value, and this money are remembered.
ChannelKnowledge remembered(const TargetingTraits& traits, const std::vector<double>& orders,
                            const std::vector<double>& money) {
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  knowledge.orders = orders;
  knowledge.values = orders;
  knowledge.exposure = money;
  return knowledge;
}

/// The split by nothing but what is remembered.
ChannelKnowledge split(const TargetingTraits& traits, const ChannelKnowledge& knowledge) {
  return learn(traits, 0, knowledge, tracked({0.0, 0.0}, {0.0, 0.0}), rotation(0));
}

/// The first arm's share after this rotation, by luck, where either is as good as the other.
std::vector<double> lucky_shares(const TargetingTraits& traits, int number) {
  std::vector<double> shares;
  for (std::uint64_t luck = 0; luck < 300; ++luck) {
    const ChannelKnowledge after = learn(traits, 0, remembered(traits, {9.0, 9.0}, {90.0, 90.0}),
                                         tracked({0.0, 0.0}, {0.0, 0.0}), rotation(number, luck));
    shares.push_back(after.shares[0]);
  }
  return shares;
}

}  // namespace

TEST_CASE("what a platform remembers fades, and it counts every order once",
          "[momentum][targeting]") {
  TargetingTraits traits = arms({0.4, 0.6});
  traits.kept = 0.5;
  traits.least_share = 1.0;  // the split stays as planned: 28 and 42 of 70
  traits.most_share = 1.0;
  traits.due = {0.25, 0.75};
  traits.learned_conversions = 12.0;
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  REQUIRE(knowledge.knowledge == 12.0);
  knowledge = learn(traits, 0, knowledge, tracked({4.0, 6.0}, {40.0, 90.0}), rotation(0));
  REQUIRE(knowledge.orders == std::vector<double>{4.0, 6.0});
  REQUIRE(knowledge.values == std::vector<double>{40.0, 90.0});
  REQUIRE(knowledge.exposure[0] == Approx(0.25 * 28.0));
  REQUIRE(knowledge.knowledge == 0.5 * 12.0 + 10.0);
  // All that was tracked so far: 6 orders of 60 and 5 of 70 are new.
  knowledge = learn(traits, 0, knowledge, tracked({10.0, 11.0}, {100.0, 160.0}), rotation(1));
  REQUIRE(knowledge.orders == std::vector<double>{0.5 * 4.0 + 6.0, 0.5 * 6.0 + 5.0});
  REQUIRE(knowledge.values == std::vector<double>{0.5 * 40.0 + 60.0, 0.5 * 90.0 + 70.0});
  // Due by now: a quarter of this rotation's money and the rest of the last one's.
  REQUIRE(knowledge.exposure[0] == Approx(0.5 * 7.0 + 28.0));
  REQUIRE(knowledge.exposure[1] == Approx(0.5 * 10.5 + 42.0));
  REQUIRE(knowledge.knowledge == 0.5 * 16.0 + 11.0);
}

TEST_CASE("each channel learns from its own orders", "[momentum][targeting]") {
  TargetingTraits traits = arms({0.5, 0.5});
  traits.channels.push_back(traits.channels[0]);
  const ChannelKnowledge second =
      learn(traits, 1, first_knowledge(traits, 1),
            tracked({1.0, 2.0, 3.0, 5.0}, {10.0, 20.0, 35.0, 45.0}), rotation(0));
  REQUIRE(second.orders == std::vector<double>{3.0, 5.0});
  REQUIRE(second.values == std::vector<double>{35.0, 45.0});
}

TEST_CASE("orders of a segment without a share say nothing of the others",
          "[momentum][targeting]") {
  const TargetingTraits traits = arms({0.5, 0.5, 0.0});
  const ChannelKnowledge knowledge =
      learn(traits, 0, first_knowledge(traits, 0), tracked({0.0, 0.0, 80.0}, {0.0, 0.0, 800.0}),
            rotation(0));
  REQUIRE(knowledge.shares == std::vector<double>{0.5, 0.5, 0.0});
  REQUIRE(knowledge.knowledge == 80.0);  // of the channel it is known all the same
}

TEST_CASE("a segment without a share wins no draw, however much it orders",
          "[momentum][targeting]") {
  const TargetingTraits traits = arms({0.5, 0.5, 0.0});
  const ChannelKnowledge knowledge =
      learn(traits, 0, first_knowledge(traits, 0), tracked({5.0, 60.0, 500.0}, {5.0, 60.0, 500.0}),
            rotation(0));
  REQUIRE(knowledge.shares[0] == Approx(0.1));
  REQUIRE(knowledge.shares[1] == Approx(0.9));  // the most it may get
  REQUIRE(knowledge.shares[2] == 0.0);
}

TEST_CASE("the plan is one draw more", "[momentum][targeting]") {
  TargetingTraits traits = arms({0.4, 0.6});
  traits.least_share = 0.01;
  traits.most_share = 2.0;
  // The second arm wins all of the seven draws: shares of .4 and 7.6 in 8, none of them bounded.
  const ChannelKnowledge after = split(traits, remembered(traits, {10.0, 900.0}, {1e4, 1e4}));
  REQUIRE(after.shares[0] == Approx(0.4 / 8.0));
  REQUIRE(after.shares[1] == Approx(7.6 / 8.0));
  // A draw a day: three, in rotations of three days.
  const ChannelKnowledge sooner =
      learn(traits, 0, remembered(traits, {10.0, 900.0}, {1e4, 1e4}),
            tracked({0.0, 0.0}, {0.0, 0.0}), {0, 3, make_key(1, Level::shoppers, 0)});
  REQUIRE(sooner.shares[0] == Approx(0.4 / 4.0));
}

TEST_CASE("the best of three arms wins, wherever it stands", "[momentum][targeting]") {
  const TargetingTraits traits = arms({0.3, 0.3, 0.4});
  const ChannelKnowledge knowledge = first_knowledge(traits, 0);
  for (const std::vector<double>& orders :
       std::vector<std::vector<double>>{{3'000.0, 1'000.0, 2'000.0}, {2'000.0, 3'000.0, 1'000.0}}) {
    const ChannelKnowledge after =
        learn(traits, 0, knowledge, tracked(orders, orders), rotation(0));
    const std::size_t best = orders[0] > orders[1] ? 0 : 1;
    REQUIRE(after.shares[best] == Approx(1.8 * 0.3));  // the most it may get
  }
}

TEST_CASE("people whom a channel's plan leaves out see what they saw", "[momentum][targeting]") {
  const TargetingTraits traits = arms({0.5, 0.5, 0.0});
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  knowledge.shares = {0.4, 0.6, 0.0};
  const ChannelAim aim = aim_of(traits, 0, knowledge);
  REQUIRE(aim.volume[0] == Approx(0.8));
  REQUIRE(aim.volume[1] == Approx(1.2));
  REQUIRE(aim.volume[2] == 1.0);
}

TEST_CASE("the prior is worth its orders and the money they took", "[momentum][targeting]") {
  TargetingTraits traits = arms({0.5, 0.5});
  traits.prior_conversions = 50'000.0;
  traits.channels[0].budget.assign(140, 1e-9);  // a rotation that adds no evidence to speak of
  // Pooled .1 order by money: a prior of 500,000 of money.
  // 53,000 / 520,000 = .1019 and 50,500 / 515,000 = .0981, each with a deviation of .4 %. As much
  // money as orders in the prior: 53,000 / 70,000 and 50,500 / 65,000, the second.
  const ChannelKnowledge dearer =
      split(traits, remembered(traits, {3'000.0, 500.0}, {20'000.0, 15'000.0}));
  REQUIRE(dearer.shares[0] == Approx(0.9));
  // 53,000 / 510,000 = .1039 and 54,000 / 560,000 = .0964. Without orders in the prior:
  // 3,000 / 510,000 and 4,000 / 560,000, the second.
  const ChannelKnowledge fewer =
      split(traits, remembered(traits, {3'000.0, 4'000.0}, {10'000.0, 60'000.0}));
  REQUIRE(fewer.shares[0] == Approx(0.9));
}

TEST_CASE("orders count where their values are not known", "[momentum][targeting]") {
  const TargetingTraits traits = arms({0.5, 0.5});
  ChannelKnowledge knowledge = remembered(traits, {300.0, 900.0}, {1e4, 1e4});
  knowledge.values = {0.0, 0.0};
  REQUIRE(split(traits, knowledge).shares[1] == Approx(0.9));
}

TEST_CASE("orders whose money is not due yet are no rate", "[momentum][targeting]") {
  TargetingTraits traits = arms({0.4, 0.6});
  traits.due = {0.0, 1.0};
  const ChannelKnowledge after =
      learn(traits, 0, first_knowledge(traits, 0), tracked({3.0, 2.0}, {3.0, 2.0}), rotation(0));
  REQUIRE(after.shares == std::vector<double>{0.4, 0.6});
}

TEST_CASE("an arm of which little is known wins as often as it may be the better",
          "[momentum][targeting][statistical]") {
  TargetingTraits traits = arms({0.5, 0.5});
  traits.least_share = 0.01;
  traits.most_share = 2.0;
  traits.prior_conversions = 1e-6;
  traits.channels[0].budget.assign(140, 1e-9);
  // One order for 1.386 of money is an exponential rate, a million for a million surely 1: the
  // first wins with probability e^-ln 4 = 1/4, of seven draws and half a one for the plan.
  const ChannelKnowledge knowledge = remembered(traits, {1.0, 1e6}, {std::log(4.0), 1e6});
  std::vector<double> shares;
  for (std::uint64_t luck = 0; luck < 500; ++luck) {
    const ChannelKnowledge after =
        learn(traits, 0, knowledge, tracked({0.0, 0.0}, {0.0, 0.0}), rotation(0, luck));
    shares.push_back(after.shares[0]);
  }
  CHECK(plausible_mean(shares, (7.0 * 0.25 + 0.5) / 8.0));
}

TEST_CASE("a rotation without money leaves the split as it is", "[momentum][targeting]") {
  const TargetingTraits traits = arms({0.5, 0.5});
  ChannelKnowledge knowledge = remembered(traits, {10.0, 900.0}, {1e4, 1e4});
  knowledge.shares = {0.3, 0.7};
  const Observed observed = tracked({4.0, 3.0}, {4.0, 3.0});
  // The twentieth rotation is the last of the flight.
  const ChannelKnowledge after = learn(traits, 0, knowledge, observed, rotation(20));
  REQUIRE(after.shares == std::vector<double>{0.3, 0.7});
  REQUIRE(after.orders == std::vector<double>{14.0, 903.0});
  REQUIRE(learn(traits, 0, knowledge, observed, rotation(19)).shares[1] == Approx(0.9));
}

TEST_CASE("every rotation, channel and future draws anew", "[momentum][targeting][statistical]") {
  const TargetingTraits traits = arms({0.5, 0.5});
  TargetingTraits other = traits;
  other.channels[0].identity = 8;
  const std::vector<double> shares = lucky_shares(traits, 3);
  REQUIRE(moments_of(shares).deviation > 0.0);
  CHECK(plausible_mean(shares, 0.5));
  CHECK(plausible_independence(shares, lucky_shares(traits, 4)));
  CHECK(plausible_independence(shares, lucky_shares(other, 3)));
  CHECK(lucky_shares(traits, 3) == shares);
}

}  // namespace flywheel::test
