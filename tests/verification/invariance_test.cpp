// What must not matter does not: threads, neighboring seeds and replications, the size of a crowd
// that nobody meets, a plan compared with itself.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include "analysis/two_sample.hpp"
#include "plan/read_plan.hpp"
#include "scenario/small_plan.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/collected_run.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

const std::vector<Column> headline = {Column::impressions,  Column::clicks,
                                      Column::visits,       Column::root_customers,
                                      Column::orders,       Column::cohort_gross_revenue,
                                      Column::contribution, Column::cohort_roas_180};

constexpr Frozen only_shoppers{.parameters = true, .market = true};

/// Two segments and two channels; a tenth of the audience of small_plan.
Plan quick_plan(const std::vector<std::string>& more = {}) {
  std::vector<std::string> settings = {"segment.young.size=6000", "segment.old.size=4000",
                                       "channel.social.budget=900", "channel.search.budget=600",
                                       "retargeting.budget=60"};
  settings.insert(settings.end(), more.begin(), more.end());
  return small_plan(settings);
}

double correlation(const std::vector<double>& left, const std::vector<double>& right) {
  const Moments one = moments_of(left);
  const Moments two = moments_of(right);
  double products = 0.0;
  for (std::size_t k = 0; k < left.size(); ++k) {
    products += (left[k] - one.mean) * (right[k] - two.mean);
  }
  return products / static_cast<double>(left.size() - 1) / (one.deviation * two.deviation);
}

/// Every click of a future: segment, shopper, channel, time.
using Clicks = std::set<std::tuple<std::size_t, std::uint64_t, std::uint8_t, Days>>;

Clicks clicks_of(const Scenario& scenario) {
  ReplicationMemory memory;
  (void)run_replication(scenario, OutcomeLayout{dimension_sizes(scenario)}, memory);
  Clicks clicks;
  for (std::size_t segment = 0; segment < memory.blocks.size(); ++segment) {
    const Crowd& crowd = memory.blocks[segment].block.crowd;
    for (const Record& record : crowd.records()) {
      for (std::uint32_t number = record.impressions; number != nobody;) {
        const RememberedImpression& touch = crowd.impression(number);
        if (touch.clicked) clicks.insert({segment, record.id.value, touch.channel, touch.time});
        number = touch.earlier;
      }
    }
  }
  return clicks;
}

}  // namespace

TEST_CASE("a run has the same bits on 1, 2, 3 and 8 threads", "[verification][parallel]") {
  const ScenarioSource source{quick_plan()};
  const std::vector<Outcome> alone = collected_run(source, {.seed = 5}, 24, 1);
  REQUIRE(alone.size() == 24);
  CHECK(first_difference(alone, collected_run(source, {.seed = 6}, 24, 1)) == 0);
  for (const int threads : {2, 3, 8}) {
    CHECK(first_difference(alone, collected_run(source, {.seed = 5}, 24, threads)) == 24);
  }
}

TEST_CASE("the blocks of one replication have the same bits on 1, 2, 3 and 8 threads",
          "[verification][parallel]") {
  const ScenarioSource source{quick_plan()};
  const auto play_on = [&](int threads) {
    const tbb::global_control limit{tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads)};
    tbb::task_arena arena{threads};
    return arena.execute(
        [&] { return std::vector<Outcome>{FuturePlayer{source}.play(future_of(5, 1))}; });
  };
  const std::vector<Outcome> alone = play_on(1);
  for (const int threads : {2, 3, 8}) CHECK(first_difference(alone, play_on(threads)) == 1);
}

TEST_CASE("rotations played together are the future that they are one by one", "[verification]") {
  // Clicks of windows that another visit replaced must be void in both ways; with a pool of all
  // visitors and nobody who returns alone, most people are passers-by with windows.
  const std::vector<std::vector<std::string>> plans = {
      {"retargeting.cap_per_window=0"},
      {"retargeting.cap_per_window=3"},
      {"retargeting.cap_per_window=0", "retargeting.pool=\"click\"", "retargeting.return_limit=0",
       "retargeting.click_rate=0.03", "channel.social.click_rate=0.05"}};
  for (const std::vector<std::string>& special : plans) {
    std::vector<std::string> settings = {"retargeting.budget=unlimited", "referral.depletion=false",
                                         "experience.friends_put_off=0"};
    settings.insert(settings.end(), special.begin(), special.end());
    const ScenarioSource source{quick_plan(settings)};
    for (std::uint64_t replication = 0; replication < 12; ++replication) {
      INFO(special.back() << ", replication " << replication);
      Scenario scenario = source.draw(future_of(5, replication));
      const OutcomeLayout layout{dimension_sizes(scenario)};
      REQUIRE(!snapshot_changes(scenario));
      const std::vector<Outcome> together{run_replication(scenario, layout)};
      const auto days = static_cast<std::size_t>(scenario.retargeting.last_day);
      scenario.retargeting.affordable_per_day.assign(days, 1e15);  // a limit that nobody reaches
      REQUIRE(snapshot_changes(scenario));
      const std::vector<Outcome> one_by_one{run_replication(scenario, layout)};
      CHECK(one_by_one[0].row[layout.offset(Column::clicks)] > 100.0);
      CHECK(first_difference(together, one_by_one) == 1);
    }
  }
}

TEST_CASE("memory that was used before has no influence", "[verification]") {
  const ScenarioSource source{quick_plan()};
  const OutcomeLayout layout = outcome_layout(source);
  ReplicationMemory memory;
  (void)run_replication(source.draw(future_of(5, 1)), layout, memory);
  const std::vector<Outcome> again{run_replication(source.draw(future_of(5, 2)), layout, memory)};
  const std::vector<Outcome> fresh{run_replication(source.draw(future_of(5, 2)), layout)};
  CHECK(first_difference(again, fresh) == 1);
}

TEST_CASE("neighboring seeds and replications are independent", "[verification][statistical]") {
  constexpr std::uint64_t replications = 400;
  const ScenarioSource source{quick_plan()};
  const OutcomeLayout layout = outcome_layout(source);
  const std::vector<Outcome> one = collected_run(source, {.seed = 7}, replications, 2);
  const std::vector<Outcome> two = collected_run(source, {.seed = 8}, replications, 2);
  for (const Column column : headline) {
    INFO(spec_of(column).name);
    const std::vector<double> left = column_of(one, layout, column);
    CHECK(plausible_independence(left, column_of(two, layout, column)));
    const std::vector<double> before(left.begin(), left.end() - 1);
    const std::vector<double> after(left.begin() + 1, left.end());
    CHECK(plausible_independence(before, after));
  }
}

TEST_CASE("the luck of shoppers alone falls with the root of the number of customers",
          "[verification][statistical]") {
  // B1 at budgets at which hardly anybody is shown an ad twice: four times the budget brings four
  // times the customers and half the relative deviation of revenue.
  const auto revenue = [](int factor) {
    const std::vector<std::string> settings = {fmt::format("channel.ads.budget={}", 1500 * factor)};
    const PlanReading reading =
        read_plan(std::filesystem::path{FLYWHEEL_SOURCE_DIR} / "configs" / "b1.toml", settings);
    REQUIRE(reading.faults.empty());
    const ScenarioSource source{*reading.plan};
    const std::vector<Outcome> outcomes =
        collected_run(source, {.seed = 9, .frozen = only_shoppers}, 400, 2);
    return column_of(outcomes, outcome_layout(source), Column::cohort_gross_revenue);
  };
  const std::vector<std::vector<double>> by_budget = {revenue(1), revenue(4), revenue(16)};
  for (std::size_t k = 0; k + 1 < by_budget.size(); ++k) {
    const Moments less = moments_of(by_budget[k]);
    const Moments more = moments_of(by_budget[k + 1]);
    std::vector<double> fourfold = by_budget[k];
    std::vector<double> halved = by_budget[k];
    for (double& value : halved) value *= 0.5 / less.mean;
    std::vector<double> relative = by_budget[k + 1];
    for (double& value : relative) value /= more.mean;
    const SampleDifference difference = compare_spreads(halved, relative);
    INFO(fmt::format("relative deviations {:.4f} and {:.4f} at means {:.0f} and {:.0f}",
                     less.deviation / less.mean, more.deviation / more.mean, less.mean, more.mean));
    CHECK(std::abs(difference.in_errors) <= standard_errors_allowed);
    for (double& value : fourfold) value *= 4.0;
    CHECK(std::abs(compare_means(fourfold, by_budget[k + 1]).in_errors) <= standard_errors_allowed);
  }
}

TEST_CASE("a plan compared with itself differs by exactly nothing", "[verification][crn]") {
  const ScenarioSource source{quick_plan()};
  const ScenarioSource twin{quick_plan()};
  const std::vector<Outcome> one = collected_run(source, {.seed = 11}, 10, 2);
  CHECK(first_difference(one, collected_run(twin, {.seed = 11}, 10, 1)) == 10);
}

TEST_CASE("a tenth more budget in one channel leaves the other clicks where they were",
          "[verification][crn]") {
  // The same people and prices: only the rate of social impressions differs, so that its clicks
  // are those of the smaller plan and some more, but for orders that come earlier.
  const std::vector<std::string> fixed = {"channel.social.reference_daily_budget=45",
                                          "channel.social.price_slope=0"};
  std::vector<std::string> richer = fixed;
  richer.emplace_back("channel.social.budget=990");
  const ScenarioSource source{quick_plan(fixed)};
  const ScenarioSource other{quick_plan(richer)};
  std::size_t kept = 0;
  std::size_t all = 0;
  std::size_t more = 0;
  for (std::uint64_t replication = 0; replication < 20; ++replication) {
    const Clicks before = clicks_of(source.draw(future_of(12, replication)));
    const Clicks after = clicks_of(other.draw(future_of(12, replication)));
    all += before.size();
    more += after.size();
    for (const auto& click : before) kept += after.count(click);
  }
  WARN(fmt::format("{} of {} clicks kept, {} with more budget", kept, all, more));
  CHECK(static_cast<double>(kept) >= 0.9 * static_cast<double>(all));
  CHECK(more > all);
}

TEST_CASE("paired futures tell a tenth more budget apart with a fraction of the variance",
          "[verification][statistical][crn]") {
  const ScenarioSource source{quick_plan()};
  const ScenarioSource richer{quick_plan({"channel.social.budget=990"})};
  const OutcomeLayout layout = outcome_layout(source);
  const std::vector<Outcome> before = collected_run(source, {.seed = 13}, 300, 2);
  const std::vector<Outcome> after = collected_run(richer, {.seed = 13}, 300, 2);
  const std::vector<Outcome> unpaired = collected_run(richer, {.seed = 14}, 300, 2);
  std::string report = "variance of a difference, unpaired over paired:";
  for (const Column column : headline) {
    const std::vector<double> left = column_of(before, layout, column);
    const std::vector<double> right = column_of(after, layout, column);
    const std::vector<double> stranger = column_of(unpaired, layout, column);
    std::vector<double> paired_difference = right;
    std::vector<double> difference = stranger;
    for (std::size_t k = 0; k < left.size(); ++k) {
      paired_difference[k] -= left[k];
      difference[k] -= left[k];
    }
    const double gain =
        std::pow(moments_of(difference).deviation / moments_of(paired_difference).deviation, 2);
    report += fmt::format(" {} {:.1f} (correlation {:.3f})", spec_of(column).name, gain,
                          correlation(left, right));
    INFO(report);
    CHECK(gain > 20.0);
    CHECK(correlation(left, right) > 0.95);
  }
  WARN(report);
}

}  // namespace flywheel::test
