#include "scenario/number_draws.hpp"

#include <algorithm>
#include <map>

#include "core/check.hpp"
#include "plan/numbers.hpp"
#include "plan/read_plan.hpp"
#include "random/hash.hpp"
#include "scenario/small_plan.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

Key replication(std::uint64_t number) { return make_key(41, Level::parameters, number); }

std::size_t place_of(const NumberDraws& draws, const std::string& name) {
  const auto found = std::find(draws.names().begin(), draws.names().end(), name);
  REQUIRE(found != draws.names().end());
  return static_cast<std::size_t>(found - draws.names().begin());
}

}  // namespace

TEST_CASE("a number is drawn once and found wherever it is used", "[scenario][numbers]") {
  const Plan plan = small_plan();
  const NumberDraws draws{plan};
  const auto values = draws.draw(replication(3));
  const DrawnNumbers drawn = draws.by_number(values);
  const double price = values[place_of(draws, "channel.social.price")];
  REQUIRE(drawn(plan.channels[0].price) == price);
  REQUIRE(drawn(plan.channels[0].price) == price);
  REQUIRE(drawn(plan.segments[0].click_factor) == 1.5);
  REQUIRE(draws.draw(replication(3)) == values);
  REQUIRE(draws.draw(replication(4)) != values);
}

TEST_CASE("draws follow the plan's distributions", "[scenario][numbers][statistical]") {
  const Plan plan = small_plan();
  const NumberDraws draws{plan};
  const std::size_t bounce = place_of(draws, "funnel.bounce_rate");
  const double median = draws.medians()[bounce];
  std::uint64_t below = 0;
  std::vector<double> values;
  for (std::uint64_t number = 0; number < 3000; ++number) {
    values.push_back(draws.draw(replication(number))[bounce]);
    below += values.back() < median ? 1 : 0;
  }
  REQUIRE(plausible_mean(values, 0.47));  // Beta of mean .47 and count 20
  REQUIRE(plausible_variance(values, 0.47 * 0.53 / 21.0));
  REQUIRE(plausible_count(below, values.size(), 0.5));
}

TEST_CASE("another channel moves the draw of no number", "[scenario][numbers]") {
  const Plan plan = small_plan();
  const Plan larger = small_plan_with(
      "[channel.video]\nkind = \"video\"\nbudget = 500\n[channel.adds]\n"
      "kind = \"display\"\nbudget = 500\n");
  const NumberDraws before{plan};
  const NumberDraws after{larger};
  REQUIRE(after.names().size() > before.names().size());
  const auto old_values = before.draw(replication(5));
  const auto new_values = after.draw(replication(5));
  for (std::size_t at = 0; at < old_values.size(); ++at) {
    REQUIRE(new_values[place_of(after, before.names()[at])] == old_values[at]);
  }
}

TEST_CASE("correlated numbers move together", "[scenario][numbers][statistical]") {
  const Plan plan = small_plan_with(
      "[[correlation]]\nfirst = \"channel.social.price\"\nsecond = \"funnel.bounce_rate\"\n"
      "spearman = 0.7\n");
  const NumberDraws draws{plan};
  const std::size_t first = place_of(draws, "channel.social.price");
  const std::size_t second = place_of(draws, "funnel.bounce_rate");
  const auto medians = draws.medians();
  // For normal scores of correlation r both are below their medians with 1/4 + asin(r) / (2 pi);
  // r = 2 sin(0.7 pi / 6) = 0.716736
  std::uint64_t both = 0;
  for (std::uint64_t number = 0; number < 4000; ++number) {
    const auto values = draws.draw(replication(number));
    both += values[first] < medians[first] && values[second] < medians[second] ? 1 : 0;
  }
  REQUIRE(plausible_count(both, 4000, 0.25 + 0.799078 / 6.2831853));
}

TEST_CASE("columns of a posterior share their row", "[scenario][numbers]") {
  Plan plan = small_plan();
  plan.channels[0].click_rate.value = posterior({0.01, 0.02, 0.03}, "fit.csv");
  plan.channels[0].conversion_rate.value = posterior({0.1, 0.2, 0.3}, "fit.csv");
  plan.channels[1].conversion_rate.value = posterior({0.1, 0.2, 0.3}, "other.csv");
  const NumberDraws draws{plan};
  const std::size_t clicks = place_of(draws, "channel.social.click_rate");
  const std::size_t orders = place_of(draws, "channel.social.conversion_rate");
  const std::size_t others = place_of(draws, "channel.search.conversion_rate");
  int different = 0;
  for (std::uint64_t number = 0; number < 50; ++number) {
    const auto values = draws.draw(replication(number));
    REQUIRE(values[orders] == Approx(10.0 * values[clicks]));
    different += values[others] != values[orders] ? 1 : 0;
  }
  REQUIRE(different > 10);
}

TEST_CASE("numbers of one basis stay while all others are drawn anew", "[scenario][numbers]") {
  Plan plan = small_plan();  // audience.affinity.shape is given, the rest are defaults
  plan.channels[0].click_rate.value = posterior({0.01, 0.02, 0.03}, "fit.csv");
  plan.channels[0].conversion_rate.value = posterior({0.1, 0.2, 0.3}, "fit.csv");
  plan.channels[0].conversion_rate.given = true;
  const NumberDraws draws{plan};
  std::map<std::string, NumberBasis> own;
  for (const PlanNumber& number : list_numbers(plan)) own.emplace(number.key, number_basis(number));
  // The row goes by the column that is no planner's own but left as a default, whichever is last.
  REQUIRE(own.at("channel.social.conversion_rate") == NumberBasis::given);
  own["channel.social.conversion_rate"] = own.at("channel.social.click_rate");
  REQUIRE(own.at("audience.affinity.shape") == NumberBasis::given);
  REQUIRE(own.at("channel.social.click_rate") != NumberBasis::given);
  REQUIRE(draws.bases() == std::vector<NumberBasis>{NumberBasis::given, NumberBasis::sourced,
                                                    NumberBasis::sourced_center,
                                                    NumberBasis::judgement});
  const auto kept = draws.draw(replication(1));
  const auto others = draws.draw(replication(2));
  for (const NumberBasis basis : draws.bases()) {
    const auto values = draws.draw_apart(basis, {replication(1), replication(2)});
    for (std::size_t at = 0; at < values.size(); ++at) {
      INFO(draws.names()[at]);
      CHECK(values[at] == (own.at(draws.names()[at]) == basis ? kept[at] : others[at]));
    }
  }
}

TEST_CASE("correlated numbers are drawn together with the most judged of them",
          "[scenario][numbers]") {
  // A chain: the given shape with a published price, that with a judged factor of a third.
  const std::string shape{"audience.affinity.shape"};
  const std::string price{"channel.social.price"};
  const Plan alone = small_plan();
  std::string judged;
  std::string other;
  for (const PlanNumber& number : list_numbers(alone)) {
    if (number_basis(number) != NumberBasis::judgement || !is_uncertain(number.number)) continue;
    (judged.empty() ? judged : other) = number.key;
  }
  // Written so that the judgement reaches the shape only in the second turn.
  const Plan plan = small_plan_with("[[correlation]]\nfirst = \"" + shape + "\"\nsecond = \"" +
                                    price + "\"\nspearman = 0.5\n[[correlation]]\nfirst = \"" +
                                    judged + "\"\nsecond = \"" + price + "\"\nspearman = 0.5\n");
  const NumberDraws draws{plan};
  const auto kept = draws.draw(replication(1));
  const auto others = draws.draw(replication(2));
  const auto by_judgement =
      draws.draw_apart(NumberBasis::judgement, {replication(1), replication(2)});
  const auto by_given = draws.draw_apart(NumberBasis::given, {replication(1), replication(2)});
  for (const std::string& name : {shape, price, judged, other}) {
    INFO(name);
    const std::size_t at = place_of(draws, name);
    REQUIRE(kept[at] != others[at]);
    CHECK(by_judgement[at] == kept[at]);
    CHECK(by_given[at] == others[at]);
  }
}

TEST_CASE("a basis of which every number is idle is none", "[scenario][numbers]") {
  // B1 gives all that it plays, and leaves the numbers of what it does without at their defaults.
  Plan plan = read_plan(FLYWHEEL_SOURCE_DIR "/configs/b1.toml").plan.value();
  const NumberDraws b1{plan};
  REQUIRE(b1.names().size() > 10);
  REQUIRE(b1.bases().empty());
  // A row that an idle number shares with one that is not, which stands before it.
  plan.channels[0].click_rate.value = posterior({0.009, 0.011}, "fit.csv");
  plan.subscription.failed_payment.value = posterior({0.04, 0.06}, "fit.csv");
  REQUIRE(NumberDraws{plan}.bases() == std::vector<NumberBasis>{NumberBasis::given});
}

TEST_CASE("a draw stays within its number's range", "[scenario][numbers]") {
  Plan plan = small_plan();
  Number& price = plan.channels[0].price;
  price.value = normal(10.0, 5.0);
  price.lowest = 9.0;
  price.highest = 12.0;
  const NumberDraws draws{plan};
  const std::size_t place = place_of(draws, "channel.social.price");
  bool low = false;
  bool high = false;
  for (std::uint64_t number = 0; number < 40; ++number) {
    const double value = draws.draw(replication(number))[place];
    REQUIRE(value >= 9.0);
    REQUIRE(value <= 12.0);
    low = low || value == 9.0;
    high = high || value == 12.0;
  }
  REQUIRE((low && high));
}

TEST_CASE("a number that stands in no plan is a broken contract", "[scenario][numbers]") {
  const NumberDraws draws{small_plan()};
  const DrawnNumbers drawn = draws.by_number(draws.medians());
  Number stranger;
  stranger.value = normal(0.0, 1.0);
  stranger.identity = hash_text("nowhere");
  REQUIRE_THROWS_AS(drawn(stranger), ContractBroken);
}

}  // namespace flywheel::test
