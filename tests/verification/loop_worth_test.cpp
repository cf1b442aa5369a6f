// What loops are worth, played: between seeds, with nothing that turns, and the multiplier.
#include "study/loop_worth.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "plan/loops.hpp"
#include "scenario/small_plan.hpp"
#include "study/next_generation.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/played_plan.hpp"

namespace flywheel::test {

namespace {

class Never : public Interrupt {
 public:
  bool wanted() override { return false; }
};

struct Played {
  std::uint64_t seed;
  std::uint64_t draws;
};

LoopWorth play_worth(const ScenarioSource& source, const LoopDesign& design, const Played& played) {
  LoopCollector collector{design, outcome_layout(source)};
  Never never;
  const LoopFutures futures{.source = source, .design = design, .seed = played.seed};
  const RunReport report =
      play_loops(futures, {.count = played.draws, .threads = 2}, collector, never);
  REQUIRE(report.failed == 0);
  return collector.result();
}

/// A tenth of small_plan, with four loops that turn.
Plan tiny_plan(const std::vector<std::string>& more = {}) {
  std::vector<std::string> settings = {"segment.young.size=6000",
                                       "segment.old.size=4000",
                                       "channel.social.budget=900",
                                       "channel.search.budget=600",
                                       "channel.social.reference_daily_budget=45",
                                       "channel.search.reference_daily_budget=30",
                                       "retargeting.budget=60",
                                       "referral.share_rate=0.5",
                                       "loops.reputation=true",
                                       "reputation.review_lift=2",
                                       "reputation.half_reviews=0.01",
                                       "organic_growth.word_of_mouth=50",
                                       "loops.organic_growth=true"};
  settings.insert(settings.end(), more.begin(), more.end());
  return small_plan(settings);
}

/// How many joint errors apart two independent worths are.
double apart(const Worth& left, const Worth& right) {
  const double error = std::hypot(left.estimate.standard_error, right.estimate.standard_error);
  return std::abs(left.estimate.value - right.estimate.value) / error;
}

/// One segment, ads in ten days and then a year of friends of friends: nobody comes by anything
/// else, no friend is a customer already, no day differs from another.
const char* const chain_of_friends{R"([campaign]
name = "chain"
start = 2027-03-01
flight_days = 10
conversion_days = 30
cohort_days = 360
[segment.all]
size = 200_000
[channel.social]
kind = "social"
budget = 10_000
[retargeting]
enabled = false
[organic]
visits_per_day = 0
[funnel]
demand_elasticity = 0
[referral]
promoters_only = false
share_rate = 0.9
clicks_per_share = 4
delay_days = 7
depletion = false
)"};

}  // namespace

TEST_CASE("worths of loops from two seeds agree", "[verification][loops][statistical]") {
  const ScenarioSource source{tiny_plan()};
  const LoopDesign design = loop_design(source.plan());
  REQUIRE(design.names ==
          std::vector<std::string>{"reputation", "organic_growth", "referral", "retargeting"});
  const LoopWorth one = play_worth(source, design, {.seed = 3, .draws = 60});
  const LoopWorth other = play_worth(source, design, {.seed = 4, .draws = 60});
  for (std::size_t figure = 0; figure < worth_figure_count; ++figure) {
    const FigureWorth& left = one.figures[figure];
    const FigureWorth& right = other.figures[figure];
    CAPTURE(figure, left.whole.estimate.value, left.whole.estimate.standard_error);
    CHECK(left.whole.estimate.standard_error > 0.0);
    CHECK(apart(left.whole, right.whole) < standard_errors_allowed);
    CHECK(apart(left.synergy, right.synergy) < standard_errors_allowed);
    for (std::size_t loop = 0; loop < design.names.size(); ++loop) {
      CAPTURE(design.names[loop]);
      CHECK(apart(left.taken_away[loop], right.taken_away[loop]) < standard_errors_allowed);
      CHECK(apart(left.alone[loop], right.alone[loop]) < standard_errors_allowed);
    }
  }
  // The chain of worths adds up, and loops bring customers.
  const FigureWorth& customers = one.figures[static_cast<std::size_t>(WorthFigure::customers)];
  double sum = customers.synergy.estimate.value;
  for (const Worth& alone : customers.alone) sum += alone.estimate.value;
  CHECK(sum == Approx(customers.whole.estimate.value));
  CHECK(customers.whole.interval.low > 0.0);
}

TEST_CASE("where all loops are off they are worth exactly nothing", "[verification][loops]") {
  Plan plan = tiny_plan();
  plan.loops = loops_only(plan.loops, {});
  const LoopDesign design{
      .loops = plan.loops, .names = {"reputation", "referral", "retargeting"}, .idle = {}};
  const LoopWorth worth = play_worth(ScenarioSource{plan}, design, {.seed = 5, .draws = 3});
  for (const FigureWorth& figure : worth.figures) {
    CHECK(figure.whole.estimate.value == 0.0);
    CHECK(figure.whole.estimate.standard_error == 0.0);
    CHECK(figure.synergy.estimate.value == 0.0);
    for (const Worth& one : figure.alone) CHECK(one.estimate.value == 0.0);
    for (const Worth& one : figure.taken_away) CHECK(one.estimate.value == 0.0);
  }
  for (const TurnGain& turn : worth.turns) CHECK(turn.engaged.value == 1.0);
}

TEST_CASE("customers in all over those who were not referred are the multiplier",
          "[verification][loops][statistical]") {
  const PlayedPlan played = play_plan({chain_of_friends}, {.count = 240, .threads = 2});
  const std::vector<std::string> names{"all"};
  const double radius = spectral_radius(next_generation(played.scenario, names).brought);
  CHECK(radius > 0.25);
  CHECK(radius < 0.6);
  const std::vector<double> roots = played.column(Column::root_customers);
  const std::vector<double> organic = played.column(Column::organic_customers);
  const std::vector<double> referred = played.column(Column::referred_customers);
  std::vector<double> all;
  std::vector<double> others;
  for (std::size_t at = 0; at < roots.size(); ++at) {
    others.push_back(roots[at] + organic[at]);
    all.push_back(others.back() + referred[at]);
  }
  CHECK(plausible_ratio(all, others, {.ratio = loop_multiplier(radius)}));
}

}  // namespace flywheel::test
