#include "study/variance_levels.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "plan/numbers.hpp"
#include "plan/read_plan.hpp"
#include "report/levels_page.hpp"
#include "results/result.hpp"
#include "study/levels_image.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

using Catch::Matchers::WithinRel;

Outcome outcome_of(double roas) {
  Outcome outcome;
  outcome.row = {roas};
  return outcome;
}

/// +1 or -1 with equal chance, a function of the number and the salt (splitmix64; Steele et al.
/// 2014).
double coin(std::uint64_t number, std::uint64_t salt) {
  std::uint64_t mixed = number + salt * 0x9E3779B97F4A7C15U;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return ((mixed ^ (mixed >> 31U)) & 1U) == 0U ? 1.0 : -1.0;
}

/// Feeds y = parameter effect + market effect + shopper effect, by the numbers of each future.
VarianceLevels additive_levels(std::uint64_t draws) {
  LevelCollector collector;
  for (std::uint64_t index = 0; index < draws * futures_per_draw; ++index) {
    const Future future = level_future(1, index);
    double y = 0.0;
    if (!future.frozen.parameters) y += 8.0 * coin(future.parameters, 1);
    if (!future.frozen.market) y += 2.0 * coin(future.market, 2);
    if (!future.frozen.shoppers) y += coin(future.shoppers, 3);
    static_cast<void>(collector.take(outcome_of(y)));
  }
  return collector.result();
}

TEST_CASE("the three futures of a draw share what the split needs and nothing else",
          "[study][drivers]") {
  std::set<std::uint64_t> markets;
  std::set<std::uint64_t> shoppers;
  for (std::uint64_t draw = 0; draw < 50; ++draw) {
    const Future y11 = level_future(9, draw * futures_per_draw);
    const Future y12 = level_future(9, draw * futures_per_draw + 1);
    const Future y23 = level_future(9, draw * futures_per_draw + 2);
    for (const Future& future : {y11, y12, y23}) {
      REQUIRE(future.seed == 9);
      REQUIRE(future.parameters == draw);
      REQUIRE(future.frozen == Frozen{});
      REQUIRE(shoppers.insert(future.shoppers).second);  // no luck of shoppers is met twice
    }
    REQUIRE(y11.market == y12.market);
    REQUIRE(markets.insert(y11.market).second);
    REQUIRE(markets.insert(y23.market).second);
  }
}

TEST_CASE("runs with frozen levels are the first future of their draw", "[study][drivers]") {
  const Future first = level_future(9, 3 * futures_per_draw);
  for (std::uint64_t setting = 0; setting < frozen_settings().size(); ++setting) {
    const Future future = level_future(9, 3 * futures_per_draw + 3 + setting);
    REQUIRE(future.parameters == first.parameters);
    REQUIRE(future.market == first.market);
    REQUIRE(future.shoppers == first.shoppers);
    REQUIRE(future.frozen == frozen_settings().at(setting));
  }
  REQUIRE(frozen_settings()[0].parameters);
  REQUIRE_FALSE(frozen_settings()[5].shoppers);
}

TEST_CASE("levels that add up are told apart and a frozen one adds nothing", "[study][drivers]") {
  // Effects are +-8, +-2 and +-1 with equal frequency: variances 64, 4 and 1.
  const VarianceLevels levels = additive_levels(2'000);
  REQUIRE(levels.draws.size() == 2'000);
  const auto near = [](const Estimate& estimate, double truth) {
    return std::abs(estimate.value - truth) <= 5.0 * estimate.standard_error + 1e-9;
  };
  CHECK(near(levels.split.parameters, 64.0));
  CHECK(near(levels.split.market, 4.0));
  CHECK(near(levels.split.shoppers, 1.0));
  CHECK(levels.split.market.standard_error < 1.0);
  CHECK(levels.split.adds_up());
  // Only shoppers vary: +-1, standard deviation 1 (divisor n - 1).
  CHECK_THAT(levels.frozen[5].deviation.value, WithinRel(1.0, 0.01));
  // Only the market varies: +-2.
  CHECK_THAT(levels.frozen[4].deviation.value, WithinRel(2.0, 0.01));
  CHECK_THAT(levels.frozen[3].deviation.value, WithinRel(8.0, 0.01));
}

TEST_CASE("the future of a basis shares the numbers of this basis and nothing else",
          "[study][drivers]") {
  const LevelDesign design{.bases = {NumberBasis::sourced, NumberBasis::judgement}};
  REQUIRE(design.futures() == futures_per_draw + 2);
  std::set<std::uint64_t> others;
  for (std::uint64_t draw = 0; draw < 30; ++draw) {
    for (std::uint64_t place = 0; place < design.futures(); ++place) {
      const Future future = level_future(9, draw * design.futures() + place, design);
      REQUIRE(future.parameters == draw);
      if (place < futures_per_draw) {
        const Future plain = level_future(9, draw * futures_per_draw + place);
        REQUIRE_FALSE(future.kept);
        REQUIRE(future.market == plain.market);
        REQUIRE(future.shoppers == plain.shoppers);
        REQUIRE(future.frozen == plain.frozen);
        continue;
      }
      REQUIRE(future.kept->basis == design.bases[place - futures_per_draw]);
      REQUIRE(future.frozen == Frozen{});
      REQUIRE(future.market >= std::uint64_t{1} << 63U);  // beyond those of all draws
      REQUIRE(future.shoppers == future.market);
      REQUIRE(future.kept->others == future.market);
      REQUIRE(others.insert(future.market).second);
    }
  }
}

/// A plan whose numbers are drawn; the answer is made from them and known.
Plan plan_of_known_answer() {
  const PlanReading reading = read_plan_text(R"(
[campaign]
name = "known"
start = 2027-03-01
[segment.all]
size = 1000
[channel.search]
budget = 100
price = { low = 1, high = 2 }
click_rate = { low = 0.01, high = 0.02 }
)",
                                             {.name = "known", .folder = {}});
  return reading.plan.value();
}

TEST_CASE("shares of the variance by basis are those of a plan with a known answer",
          "[study][drivers][statistical]") {
  const ScenarioSource source{plan_of_known_answer()};
  const auto sign_of = [&](const Future& future, const std::string& name) {
    const auto names = source.uncertain_names();
    const auto at = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
    const Future middle{.frozen = {.parameters = true}};
    return source.drawn(future).at(at) < source.drawn(middle).at(at) ? -1.0 : 1.0;
  };
  std::string judged;
  for (const PlanNumber& number : list_numbers(source.plan())) {
    const bool uncertain = is_uncertain(number.number);
    if (uncertain && number_basis(number) == NumberBasis::judgement) judged = number.key;
  }
  // Signs about the median are +-1 with variance 1 whatever the distribution. Given numbers alone
  // and together make 4^2 + 2^2 = 20, the judged one 3^2 = 9; what both bases do together (2^2),
  // the market (2^2) and shoppers (1) are of none: the total is 38. No published number matters.
  const LevelDesign design = level_design(source);
  REQUIRE(design.bases == std::vector<NumberBasis>{NumberBasis::given, NumberBasis::sourced,
                                                   NumberBasis::sourced_center,
                                                   NumberBasis::judgement});
  LevelCollector collector{design};
  for (std::uint64_t index = 0; index < 4'000 * design.futures(); ++index) {
    const Future future = level_future(5, index, design);
    const double price = sign_of(future, "channel.search.price");
    const double clicks = sign_of(future, "channel.search.click_rate");
    const double judgement = sign_of(future, judged);
    static_cast<void>(collector.take(
        outcome_of(4.0 * price + 2.0 * price * clicks + 3.0 * judgement + 2.0 * price * judgement +
                   2.0 * coin(future.market, 2) + coin(future.shoppers, 3))));
  }
  const VarianceLevels levels = collector.result();
  const std::vector<double> truth{20.0 / 38.0, 0.0, 0.0, 9.0 / 38.0};
  for (std::size_t basis = 0; basis < truth.size(); ++basis) {
    const Estimate& share = levels.by_basis.groups[basis];
    INFO(basis << ": " << share.value << " +- " << share.standard_error);
    CHECK(std::abs(share.value - truth[basis]) <= 5.0 * share.standard_error);
    CHECK(share.standard_error < 0.02);
  }
  CHECK(std::abs(levels.by_basis.rest.value - 9.0 / 38.0) <=
        5.0 * levels.by_basis.rest.standard_error);

  const Result result = read_image(levels_image(synthetic_description(), levels), "drivers");
  CHECK(result.texts("/basis_split/basis") ==
        std::vector<std::string>{"given", "sourced", "sourced_with_judged_spread", "judgement"});
  CHECK(result.doubles("/basis_split/share")[3] == levels.by_basis.groups[3].value);
  CHECK(result.doubles("/basis_split/share_error")[0] == levels.by_basis.groups[0].standard_error);
  CHECK(result.doubles("/draws/kept")[4 + 3] == levels.draws[1].kept[3]);
  const LevelsSummary summary = read_levels_summary(result);
  REQUIRE(summary.bases.size() == 5);
  CHECK(summary.bases[4].share == levels.by_basis.rest.value);
  const std::string page = levels_page(summary, {});
  CHECK(page.find(fmt::format("{:.1f} % ±{:.1f} %", 100 * summary.bases[3].share,
                              100 * summary.bases[3].error)) != std::string::npos);
  const auto json = nlohmann::json::parse(levels_json(summary));
  CHECK(json["bases"][3]["basis"] == "judgement");
  CHECK(json["bases"][3]["share"].get<double>() == summary.bases[3].share);
}

TEST_CASE("a draw whose future of a basis has no ROAS is left out", "[study][drivers]") {
  const LevelDesign design{.bases = {NumberBasis::judgement}};
  LevelCollector collector{design};
  for (std::uint64_t index = 0; index < 5 * design.futures(); ++index) {
    Outcome outcome = outcome_of(static_cast<double>(index % 7));
    if (index == 2 * design.futures() + 9) {
      outcome.row = {std::numeric_limits<double>::quiet_NaN()};
    }
    static_cast<void>(collector.take(outcome));
  }
  REQUIRE(collector.whole_draws() == 4);
  REQUIRE(collector.result().without_media == 1);
  REQUIRE(collector.result().draws[1].kept == std::vector<double>{19 % 7});
}

TEST_CASE("a draw with a failed replication is left out and counted", "[study][drivers]") {
  LevelCollector collector;
  for (std::uint64_t index = 0; index < 5 * futures_per_draw; ++index) {
    Outcome outcome = outcome_of(static_cast<double>(index % 7));
    outcome.failed = index == 2 * futures_per_draw + 4;
    static_cast<void>(collector.take(outcome));
  }
  REQUIRE(collector.whole_draws() == 4);
  REQUIRE(collector.result().failed == 1);
  REQUIRE(collector.result().draws.size() == 4);
}

TEST_CASE("a draw with a future without media is left out and counted apart", "[study][drivers]") {
  LevelCollector collector;
  for (std::uint64_t index = 0; index < 6 * futures_per_draw; ++index) {
    Outcome outcome = outcome_of(static_cast<double>(index % 7));
    outcome.failed = index == 2 * futures_per_draw + 4;
    const bool unspent = index == 3 * futures_per_draw || index == 4 * futures_per_draw + 8;
    if (unspent) outcome.row = {std::numeric_limits<double>::quiet_NaN()};
    static_cast<void>(collector.take(outcome));
  }
  REQUIRE(collector.whole_draws() == 3);
  const VarianceLevels levels = collector.result();
  REQUIRE(levels.draws.size() == 3);
  REQUIRE(levels.failed == 1);
  REQUIRE(levels.without_media == 2);
  const Result result = read_image(levels_image(synthetic_description(), levels), "drivers");
  const LevelsSummary summary = read_levels_summary(result);
  REQUIRE(summary.without_media == 2);
  REQUIRE(levels_page(summary, {})
              .find("2 more draws are left out: one of their futures spent "
                    "nothing") != std::string::npos);
}

TEST_CASE("a file of drivers holds the split, the frozen levels and what they are made from",
          "[study][drivers]") {
  const VarianceLevels levels = additive_levels(40);
  const Result result = read_image(levels_image(synthetic_description(), levels), "drivers");
  REQUIRE(result.identity().file_type == "drivers");
  REQUIRE(result.texts("/variance_split/level") ==
          std::vector<std::string>{"parameters", "market", "shoppers", "unexplained"});
  REQUIRE(result.doubles("/variance_split/variance")[1] == levels.split.market.value);
  REQUIRE(result.doubles("/frozen_levels/deviation").size() == 7);
  REQUIRE(result.texts("/frozen_levels/setting")[4] == "market,shoppers");
  REQUIRE(result.doubles("/frozen_levels/deviation")[4] == levels.frozen[3].deviation.value);
  REQUIRE(result.doubles("/draws/frozen").size() == std::size_t{40} * 6);
  REQUIRE(result.doubles("/draws/frozen")[6 + 2] == levels.draws[1].frozen[2]);
  REQUIRE(result.doubles("/draws/other_market")[3] == levels.draws[3].futures.y23);
}

}  // namespace
}  // namespace flywheel::test
