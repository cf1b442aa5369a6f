// Intervals as a run reports them, over many runs of one plan.
#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "analysis/probability.hpp"
#include "analysis/quantiles.hpp"
#include "plan/read_plan.hpp"
#include "results/result.hpp"
#include "study/describe_run.hpp"
#include "study/run_image.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/collected_run.hpp"

namespace flywheel::test {

namespace {

constexpr std::size_t runs = 200;
constexpr std::size_t futures = 100;  ///< of each run

/// B1 among 5,000 shoppers: about 21 customers, so that its figures are anything but normal.
PlanReading small_b1() {
  const std::vector<std::string> settings{"segment.everybody.size=5000", "channel.ads.budget=720"};
  return read_plan(std::string{FLYWHEEL_SOURCE_DIR} + "/configs/b1.toml", settings);
}

/// The result file of the run whose futures begin here.
Result result_of(const ScenarioSource& source, const RunDescription& run,
                 std::span<const Outcome> outcomes) {
  const auto days = static_cast<std::size_t>(run.flight_days) +
                    static_cast<std::size_t>(run.conversion_days) +
                    static_cast<std::size_t>(run.cohort_days);
  OutcomeTable table{{.layout = outcome_layout(source),
                      .parameters = source.uncertain_names().size(),
                      .days = days}};
  for (const Outcome& outcome : outcomes) static_cast<void>(table.take(outcome));
  return read_image(run_image(source.plan(), run, table), "run");
}

/// In how many runs the interval of a figure holds what is true of all futures together.
class Coverage {
 public:
  Coverage(std::string name, double truth) : name_{std::move(name)}, truth_{truth} {}

  /// A scalar of /summary with its ends.
  void count(const Result& result) {
    count(result.doubles("/summary/" + name_ + "_low").at(0),
          result.doubles("/summary/" + name_ + "_high").at(0));
  }

  void count(double low, double high) { covered_ += low <= truth_ && truth_ <= high ? 1 : 0; }

  [[nodiscard]] Verdict as_expected(double coverage) const {
    Verdict verdict = plausible_count(covered_, runs, coverage);
    verdict.sentence = name_ + " about " + std::to_string(truth_) + ": " + verdict.sentence;
    return verdict;
  }

 private:
  std::string name_;
  double truth_;
  std::uint64_t covered_{0};
};

double binomial_chance(std::size_t successes, double probability) {
  const auto k = static_cast<double>(successes);
  const auto n = static_cast<double>(futures);
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                  k * std::log(probability) + (n - k) * std::log1p(-probability));
}

/// How often Wilson's interval holds this probability: not 95 % but what whole numbers make of it.
double wilson_coverage(double probability) {
  double coverage = 0.0;
  for (std::size_t k = 0; k <= futures; ++k) {
    const Interval interval = wilson_interval({.successes = k, .trials = futures});
    if (interval.low <= probability && probability <= interval.high) {
      coverage += binomial_chance(k, probability);
    }
  }
  return coverage;
}

std::size_t place_of(const Result& result, const std::string& column) {
  const std::vector<std::string> names = result.texts("/summary/column");
  return static_cast<std::size_t>(std::ranges::find(names, column) - names.begin());
}

}  // namespace

TEST_CASE("reported intervals hold the truth as often as they should",
          "[verification][statistical]") {
  PlanReading reading = small_b1();
  const ScenarioSource source{reading.plan.value()};
  const RunDescription run = describe_run(
      source, {.reading = std::move(reading), .settings = {}, .luck = {}, .versions = {}});
  const std::vector<Outcome> outcomes = collected_run(source, {.seed = 71}, runs * futures, 2);
  const OutcomeLayout layout = outcome_layout(source);
  const auto sorted = [&](Column column) {
    return sorted_sample(column_of(outcomes, layout, column));
  };
  const std::vector<double> roas = sorted(Column::cohort_roas_180);
  const std::vector<double> contribution = sorted(Column::contribution);
  const std::vector<double> cohort = sorted(Column::cohort_contribution);
  const double target = probability_at_least(roas, run.target_roas).value;
  const double loss = 1.0 - probability_at_least(cohort, 0.0).value;
  REQUIRE(target > 0.5);
  REQUIRE(target < 0.9);

  Coverage median{"median", order_quantile(roas, 0.5)};
  Coverage low_tail{"5 % quantile", order_quantile(roas, 0.05)};
  Coverage of_target{"probability_of_target", target};
  Coverage of_loss{"cohort_probability_of_loss", loss};
  Coverage at_risk{"value_at_risk", -order_quantile(contribution, 0.05)};
  Coverage cohort_at_risk{"cohort_value_at_risk", -order_quantile(cohort, 0.05)};
  for (std::size_t first = 0; first < outcomes.size(); first += futures) {
    const Result result = result_of(source, run, std::span{outcomes}.subspan(first, futures));
    for (Coverage* coverage : {&of_target, &of_loss, &at_risk, &cohort_at_risk}) {
      coverage->count(result);
    }
    const std::size_t row = place_of(result, "cohort_roas_180") * summary_shares.size();
    const std::vector<double> low = result.doubles("/summary/quantile_low");
    const std::vector<double> high = result.doubles("/summary/quantile_high");
    median.count(low[row + 4], high[row + 4]);
    low_tail.count(low[row + 1], high[row + 1]);
  }
  // Ranks that bracket a quantile hold it with a chance that only their number decides.
  const double at_median = quantile_rank_interval(futures, 0.50, 0.95).coverage;
  const double at_tail = quantile_rank_interval(futures, 0.05, 0.95).coverage;
  CHECK(at_median >= 0.95);
  CHECK(at_tail >= 0.95);
  // Wilson's holds 95 % on average over probabilities, within a few percent at each (Brown, Cai &
  // DasGupta 2001).
  CHECK(wilson_coverage(target) == Approx(0.95).margin(0.02));
  CHECK(wilson_coverage(loss) == Approx(0.95).margin(0.02));
  CHECK(median.as_expected(at_median));
  CHECK(low_tail.as_expected(at_tail));
  CHECK(at_risk.as_expected(at_tail));
  CHECK(cohort_at_risk.as_expected(at_tail));
  CHECK(of_target.as_expected(wilson_coverage(target)));
  CHECK(of_loss.as_expected(wilson_coverage(loss)));
}

}  // namespace flywheel::test
