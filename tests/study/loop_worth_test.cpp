#include "study/loop_worth.hpp"

#include <cmath>
#include <functional>
#include <limits>

#include "plan/loops.hpp"
#include "results/result.hpp"
#include "study/loop_image.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

constexpr double never = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t money = 1;      // places of WorthFigure
constexpr std::size_t customers = 3;  // ...

const LoopDesign design{.loops = {.targeting = 1, .feedback = 1},
                        .names = {"targeting", "feedback", "referral"},
                        .idle = {{"offers", "no offer"}, {"page_tests", "off"}}};

/// A future of four rotations with so much of everything.
struct Figures {
  double roas{0};
  double contribution{0};
  double customers{0};
  std::array<double, 4> won{};  ///< by rotation
};

Outcome outcome_of(const Figures& figures) {
  const OutcomeLayout layout{synthetic_sizes()};
  Outcome outcome;
  outcome.row.assign(layout.row_size(), 0.0);
  const auto set = [&](Column column, double value, std::size_t entry = 0) {
    outcome.row[layout.offset(column, entry)] = value;
  };
  set(Column::cohort_roas_180, figures.roas);
  set(Column::contribution, figures.contribution);
  set(Column::cohort_contribution, 2.0 * figures.contribution);
  set(Column::root_customers, 0.5 * figures.customers);
  set(Column::organic_customers, 0.3 * figures.customers);
  set(Column::referred_customers, 0.2 * figures.customers);
  for (std::size_t turn = 0; turn < figures.won.size(); ++turn) {
    set(Column::acquired_paid, 0.25 * figures.won[turn], turn);
    set(Column::acquired_earned, 0.75 * figures.won[turn], turn);
    set(Column::engaged_paid, 2.0 * figures.won[turn], turn);
    set(Column::engaged_earned, 3.0 * figures.won[turn], turn);
    set(Column::media_by_rotation, 10.0, turn);
  }
  return outcome;
}

struct World {
  std::uint64_t draw;
  LoopsPlan loops;
};

using FiguresOf = std::function<Figures(const World&)>;

Outcome outcome_at(std::uint64_t index, const FiguresOf& figures) {
  return outcome_of(
      figures({index / design.futures(), loops_future(3, index, design).loops.value()}));
}

LoopCollector collector() { return {design, OutcomeLayout{synthetic_sizes()}}; }

LoopWorth worth_of(std::uint64_t draws, const FiguresOf& figures) {
  LoopCollector collected = collector();
  for (std::uint64_t index = 0; index < draws * design.futures(); ++index) {
    static_cast<void>(collected.take(outcome_at(index, figures)));
  }
  return collected.result();
}

/// Draws that differ by hundreds; targeting brings 3 + draw, feedback 5, both together 2 more,
/// referral -1.
Figures linear(const World& world) {
  const auto draw = static_cast<double>(world.draw);
  const double brought = world.loops.targeting * (3.0 + draw) + world.loops.feedback * 5.0 +
                         world.loops.targeting * world.loops.feedback * 2.0 - world.loops.referral;
  const double doubled = world.loops.targeting != 0 ? 2.0 : 1.0;
  return {.roas = 1.0 + 0.01 * brought,
          .contribution = 500.0 * draw * draw + brought,
          .customers = 100.0 * draw + 7.0 * brought,
          .won = {0.0, (1.0 + draw) * doubled, 4.0, 9.0 * doubled}};
}

TEST_CASE("worlds of a draw share all luck and differ by loops", "[study][loops]") {
  REQUIRE(design.futures() == 8);
  REQUIRE(world_names(design) == std::vector<std::string>{"all", "none", "without targeting",
                                                          "only targeting", "without feedback",
                                                          "only feedback", "without referral",
                                                          "only referral"});
  const auto on = [](std::uint64_t index) {
    std::string names;
    const LoopsPlan loops = loops_future(9, index, design).loops.value();
    for (const std::string& name : loop_names()) {
      if (loop_turns(loops, name)) names += name.substr(0, 3) + ' ';
    }
    return names;
  };
  CHECK(on(0) == "tar fee ref ret mes off ");
  CHECK(on(1).empty());
  CHECK(on(2) == "fee ref ret mes off ");
  CHECK(on(3) == "tar ");
  CHECK(on(8 + 6) == "tar fee ret mes off ");
  CHECK(on(8 + 7) == "ref ");
  for (std::uint64_t index = 0; index < 24; ++index) {
    const Future future = loops_future(9, index, design);
    const Future plain = future_of(9, index / 8);
    REQUIRE(future.seed == 9);
    REQUIRE(future.parameters == plain.parameters);
    REQUIRE(future.market == plain.market);
    REQUIRE(future.shoppers == plain.shoppers);
    REQUIRE(future.frozen == Frozen{});
    REQUIRE(future.media_factor == 1.0);
  }
}

TEST_CASE("worths of a linear world are found, with the errors of pairs", "[study][loops]") {
  const LoopWorth worth = worth_of(3, linear);
  const FigureWorth& of_money = worth.figures[money];
  CHECK(of_money.draws == 3);
  CHECK(of_money.all.value == Approx(2'500.0 / 3.0 + 10.0));
  CHECK(of_money.none.value == Approx(2'500.0 / 3.0));
  // Targeting: 3, 4, 5 alone; with feedback beside it 2 more.
  CHECK(of_money.alone[0].estimate.value == Approx(4.0));
  CHECK(of_money.alone[0].estimate.standard_error == Approx(1.0 / std::sqrt(3.0)));
  CHECK(of_money.taken_away[0].estimate.value == Approx(6.0));
  CHECK(of_money.alone[1].estimate.value == Approx(5.0));
  CHECK(of_money.alone[1].estimate.standard_error == Approx(0.0).margin(1e-12));
  CHECK(of_money.taken_away[1].estimate.value == Approx(7.0));
  CHECK(of_money.alone[2].estimate.value == Approx(-1.0));
  CHECK(of_money.taken_away[2].estimate.value == Approx(-1.0));
  CHECK(of_money.whole.estimate.value == Approx(10.0));
  CHECK(of_money.synergy.estimate.value == Approx(2.0));
  CHECK(of_money.synergy.estimate.standard_error == Approx(0.0).margin(1e-12));
  // t of 2 degrees of freedom: 4.3027.
  CHECK(of_money.whole.interval.low == Approx(10.0 - 4.302653 / std::sqrt(3.0)));
  CHECK(of_money.whole.interval.high == Approx(10.0 + 4.302653 / std::sqrt(3.0)));
  CHECK(worth.figures[0].alone[0].estimate.value == Approx(0.04));
  CHECK(worth.figures[2].taken_away[1].estimate.value == Approx(14.0));
  CHECK(worth.figures[customers].whole.estimate.value == Approx(70.0));
}

TEST_CASE("gain by rotation is the ratio of means", "[study][loops]") {
  const LoopWorth worth = worth_of(3, linear);
  REQUIRE(worth.turns.size() == 4);
  CHECK(std::isnan(worth.turns[0].customers.value));  // nobody is won
  CHECK(worth.turns[1].customers.value == Approx(2.0));
  CHECK(worth.turns[1].customers.standard_error == Approx(0.0).margin(1e-12));
  CHECK(worth.turns[2].customers.value == Approx(1.0));
  CHECK(worth.turns[3].engaged.value == Approx(2.0));
  CHECK(worth.turns[3].media.value == Approx(1.0));
}

TEST_CASE("loops that change nothing are worth exactly nothing", "[study][loops]") {
  const LoopWorth worth = worth_of(4, [](const World& world) {
    const double luck = std::exp(0.37 * static_cast<double>(world.draw));
    return Figures{.roas = luck, .contribution = 1e6 * luck, .customers = 3.0 * luck, .won = {}};
  });
  for (const FigureWorth& figure : worth.figures) {
    CHECK(figure.whole.estimate.value == 0.0);
    CHECK(figure.synergy.estimate.value == 0.0);
    for (const auto* list : {&figure.taken_away, &figure.alone}) {
      for (const Worth& one : *list) {
        CHECK(one.estimate.value == 0.0);
        CHECK(one.interval == Interval{0.0, 0.0});
      }
    }
  }
}

TEST_CASE("draws without a ROAS count for everything else, failed ones for nothing",
          "[study][loops]") {
  LoopCollector collected = collector();
  for (std::uint64_t index = 0; index < 6 * 8 + 3; ++index) {  // the last is cut short
    Outcome outcome = outcome_at(index, [&](const World& world) {
      Figures figures = linear(world);
      if (index == 2 * 8 + 5) figures.roas = never;
      return figures;
    });
    if (index == std::uint64_t{4} * 8) {
      outcome = {};
      outcome.failed = true;
    }
    static_cast<void>(collected.take(std::move(outcome)));
  }
  REQUIRE(collected.whole_draws() == 5);
  const LoopWorth worth = collected.result();
  CHECK(worth.failed == 1);
  CHECK(worth.draws[3].number == 3);
  CHECK(worth.draws[4].number == 5);  // draw 4 failed
  CHECK(worth.without_media == 1);
  CHECK(worth.figures[0].draws == 4);
  CHECK(worth.figures[money].draws == 5);
  CHECK(worth.figures[money].alone[0].estimate.value == Approx(3.0 + (0 + 1 + 2 + 3 + 5) / 5.0));
  CHECK(worth.figures[0].alone[0].estimate.value == Approx(0.01 * (3.0 + (0 + 1 + 3 + 5) / 4.0)));
}

TEST_CASE("where no draw has a ROAS its worths are not defined", "[study][loops]") {
  const LoopWorth worth = worth_of(3, [](const World& world) {
    Figures figures = linear(world);
    figures.roas = never;
    return figures;
  });
  CHECK(worth.without_media == 3);
  CHECK(std::isnan(worth.figures[0].whole.estimate.value));
  CHECK(std::isnan(worth.figures[0].whole.interval.low));
  CHECK(worth.figures[money].whole.estimate.value == Approx(10.0));
}

TEST_CASE("a file of loops holds the worths and what they are made of", "[study][loops]") {
  const LoopWorth worth = worth_of(4, linear);
  const NextGeneration next{{"a, by ads", "a, by a friend"}, {0.2, 0.3, 0.4, 0.1}};
  RunDescription run = synthetic_description();
  run.rotations = {0, 7, 14, 21};
  const Result result = read_image(loop_image(run, worth, next), "loops");
  CHECK(result.identity().file_type == "loops");
  CHECK(result.texts("/loops/loop") == design.names);
  const FigureWorth& of_money = worth.figures[money];
  const std::vector<double> alone = result.doubles("/loops/contribution_alone");
  const std::vector<double> errors = result.doubles("/loops/contribution_alone_error");
  const std::vector<double> high = result.doubles("/loops/contribution_alone_high");
  for (std::size_t loop = 0; loop < 3; ++loop) {
    CHECK(alone.at(loop) == of_money.alone[loop].estimate.value);
    CHECK(errors.at(loop) == of_money.alone[loop].estimate.standard_error);
    CHECK(high.at(loop) == of_money.alone[loop].interval.high);
  }
  CHECK(result.doubles("/loops/customers_synergy")[0] ==
        worth.figures[customers].synergy.estimate.value);
  CHECK(result.doubles("/loops/cohort_roas_180_whole_low")[0] ==
        worth.figures[0].whole.interval.low);
  CHECK(std::get<std::string>(result.attribute("/loops", "left_out").value()) ==
        "offers (no offer), page_tests (off)");
  CHECK(result.doubles("/loop_turns/engaged_gain")[3] == worth.turns[3].engaged.value);
  CHECK(result.doubles("/next_generation/matrix") == next.brought);
  CHECK(result.doubles("/next_generation/spectral_radius")[0] == Approx(0.5));
  CHECK(result.doubles("/next_generation/multiplier")[0] == Approx(2.0));
  CHECK(result.integers("/draws/draw") == std::vector<std::int64_t>{0, 1, 2, 3});
  CHECK(result.shape("/draws/contribution") == std::vector<std::size_t>{4, 8});
  CHECK(result.doubles("/draws/contribution")[8 * 2 + 5] == worth.draws[2].worlds[5][money]);
  CHECK(result.shape("/draws/customers_by_rotation") == std::vector<std::size_t>{4, 2, 4});
  CHECK(result.doubles("/draws/customers_by_rotation")[8 * 3 + 4 + 3] ==
        worth.draws[3].none.customers[3]);
  CHECK(result.doubles("/draws/customers_by_rotation")[8 * 3 + 3] ==
        worth.draws[3].all.customers[3]);
}

TEST_CASE("loops that do nothing are left out of the design and named", "[study][loops]") {
  Plan plan = synthetic_plan();
  plan.loops = {.feedback = 1};
  plan.referral.enabled = 1;
  plan.retargeting.enabled = 0;
  const LoopDesign made = loop_design(plan);
  CHECK(made.names == std::vector<std::string>{"feedback", "referral"});
  REQUIRE(made.idle.size() == loop_names().size() - 2);
  CHECK(made.idle.front().name == "targeting");
  CHECK(made.idle.front().reason == "off");
  CHECK(made.idle.back().reason == "no offer");
}

}  // namespace
}  // namespace flywheel::test
