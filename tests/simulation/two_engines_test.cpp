// The fast engine against the naive one, on every figure that a run reports.
//
// Per commit: 500 futures each, means, logarithms of standard deviations and shares of futures in
// which a figure is defined within five standard errors. With FLYWHEEL_FULL=1: as many futures as
// a difference of 1 % in a mean or 5 % in a spread needs to be found, Holm at 1 %.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

#include <fmt/format.h>

#include "naive/engine.hpp"
#include "naive/small_scenario.hpp"
#include "simulation/engine_comparison.hpp"
#include "simulation/replication.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t futures_per_commit = 500;
constexpr double family_level = 0.01;
/// An end to the release count: what rarer figures would need is told instead.
constexpr std::uint64_t most_futures = 40'000;

std::vector<EntryDifference> compare_engines(const Scenario& scenario, std::uint64_t futures) {
  const OutcomeLayout layout = layout_of(scenario);
  const FutureFigures naive = play_futures(
      [&](std::uint64_t number) { return run_naive(scenario, layout, number); }, futures);
  const FutureFigures fast = play_futures(
      [&](std::uint64_t number) {
        Scenario future = scenario;
        future.shoppers = make_key(20'260'302, Level::shoppers, number);
        return run_replication(future, layout);
      },
      futures);
  const auto days = static_cast<std::size_t>(scenario.calendar.horizon());
  std::vector<EntryDifference> differences =
      compare_futures(entry_names(layout, days), naive, fast);
  // R is an expectation made from the scenario, not played by either engine: its tests against
  // simulation are in verification/branching_test.cpp.
  std::erase_if(differences, [](const EntryDifference& one) {
    return one.name.find("reproduction_number") != std::string::npos;
  });
  return differences;
}

std::string column_of(const std::string& entry) { return entry.substr(0, entry.find('[')); }

/// Those of the loops, which stand still here and there: see uncovered_columns().
std::set<std::string> loop_columns() {
  std::set<std::string> names;
  for (const ColumnSpec& spec : column_specs()) {
    if (spec.stage == Stage::loops) names.emplace(spec.name);
  }
  return names;
}

std::set<std::string> uncovered(const std::vector<EntryDifference>& differences) {
  const std::set<std::string> left_out = loop_columns();
  std::set<std::string> names;
  for (const EntryDifference& difference : differences) {
    if (difference.is_covered || left_out.count(column_of(difference.name)) > 0) continue;
    names.insert(difference.name);
  }
  return names;
}

/// Columns of the loops of which no entry moved.
std::set<std::string> uncovered_columns(const std::vector<EntryDifference>& differences) {
  std::set<std::string> names = loop_columns();
  for (const EntryDifference& difference : differences) {
    if (difference.is_covered) names.erase(column_of(difference.name));
  }
  return names;
}

/// What is not defined for retargeting, the last of three channels, and what the base rates of the
/// one scenario were solved to.
std::set<std::string> alike_in_all_futures() {
  std::set<std::string> names = {"reach_by_channel[2]",      "frequency_by_channel[2]",
                                 "incremental_share",        "retargeting_incremental_share",
                                 "incremental_share_missed", "retargeting_share_missed",
                                 "base_rates_missed"};
  for (int count = 0; count <= 10; ++count) {
    names.insert(fmt::format("exposure_share_by_channel[2][{}]", count));
    names.insert(fmt::format("exposure_share_by_channel_segment[2][0][{}]", count));
    names.insert(fmt::format("exposure_share_by_channel_segment[2][1][{}]", count));
  }
  for (int segment = 0; segment < 2; ++segment) {
    names.insert(fmt::format("reach_by_channel_segment[2][{}]", segment));
    names.insert(fmt::format("frequency_by_channel_segment[2][{}]", segment));
  }
  return names;
}

void check_per_commit(const std::vector<EntryDifference>& differences) {
  for (const EntryDifference& difference : differences) {
    INFO(to_text(difference));
    CHECK(difference.in_errors() <= standard_errors_allowed);
  }
}

/// Futures that every entry needs for the stated power, from a pilot run.
std::uint64_t release_count(const std::vector<EntryDifference>& pilot, double level) {
  double needed = 0.0;
  for (const EntryDifference& difference : pilot) {
    const FuturesNeeded count = futures_needed(difference, futures_per_commit, level);
    needed = std::max({needed, count.for_mean, count.for_spread});
  }
  return std::min(most_futures, static_cast<std::uint64_t>(needed) + 1);
}

/// Tells for which entries the stated power was not reached, and how many futures would do.
void report_power(const std::vector<EntryDifference>& differences, std::uint64_t futures,
                  double level) {
  std::string text = fmt::format("{} futures of each engine; power not reached for:", futures);
  for (const EntryDifference& difference : differences) {
    const FuturesNeeded count = futures_needed(difference, futures, level);
    if (std::max(count.for_mean, count.for_spread) <= static_cast<double>(futures)) continue;
    text += fmt::format("\n  {}: mean {:.0f}, spread {:.0f}", difference.name, count.for_mean,
                        count.for_spread);
  }
  WARN(text);
}

void check_release(const Scenario& scenario) {
  const std::vector<EntryDifference> pilot = compare_engines(scenario, futures_per_commit);
  const double level = family_level / (3.0 * static_cast<double>(pilot.size()));
  const std::uint64_t futures = release_count(pilot, level);
  const std::vector<EntryDifference> differences = compare_engines(scenario, futures);
  std::vector<double> p_values;
  for (const EntryDifference& difference : differences) {
    for (const SampleDifference& one : {difference.means, difference.spreads, difference.defined}) {
      p_values.push_back(one.p_value);
    }
  }
  const std::vector<double> adjusted = holm_adjusted(p_values);
  for (std::size_t k = 0; k < differences.size(); ++k) {
    INFO(to_text(differences[k]));
    CHECK(*std::min_element(adjusted.begin() + static_cast<std::ptrdiff_t>(3 * k),
                            adjusted.begin() + static_cast<std::ptrdiff_t>(3 * k + 3)) >
          family_level);
  }
  report_power(differences, futures, level);
}

bool is_release() {
  const char* full = std::getenv("FLYWHEEL_FULL");
  return full != nullptr && std::string{full} == "1";
}

}  // namespace

TEST_CASE("both engines agree on every figure of a small shop",
          "[simulation][statistical][parallel]") {
  const std::vector<EntryDifference> differences =
      compare_engines(small_scenario(), futures_per_commit);
  check_per_commit(differences);
  CHECK(uncovered(differences) == alike_in_all_futures());
}

TEST_CASE("both engines agree on a small shop that chooses otherwise",
          "[simulation][statistical][parallel]") {
  const std::vector<EntryDifference> differences =
      compare_engines(other_small_scenario(), futures_per_commit);
  check_per_commit(differences);
  // In the propensity model nobody bounces and every visitor has a cart to abandon; detractors put
  // nobody off.
  std::set<std::string> expected = alike_in_all_futures();
  expected.insert({"bounce_rate", "bounce_rate_by_device[0]", "bounce_rate_by_device[1]",
                   "cart_rate", "messages_by_flow[3]", "orders_by_flow[3]", "people_put_off"});
  for (const char* rate : {"delivery_rate", "open_rate", "message_click_rate", "message_order_rate",
                           "unsubscribe_rate"}) {
    expected.insert(fmt::format("{}_by_flow[3]", rate));
  }
  for (const char* pool : {"[0]", "[1]"}) {  // everybody leaves at checkout
    for (const char* figure : {"pool_entries_by_pool", "retargeting_visits_by_pool",
                               "retargeting_conversion_rate_by_pool"}) {
      expected.insert(std::string{figure} + pool);
    }
  }
  CHECK(uncovered(differences) == expected);
}

TEST_CASE("both engines agree where a cap on retargeting binds and its views earn credit",
          "[simulation][statistical][parallel]") {
  Scenario scenario = small_scenario();
  scenario.retargeting.impressions_per_day = 4.0;
  scenario.retargeting.cap_per_window = 2;
  scenario.retargeting.affordable_per_day.clear();
  scenario.retargeting.return_probability = 0.6;
  scenario.retargeting.tracking_loss = 0.6;  // platforms often see an earlier view than the last
  scenario.attribution.view_days = 3.0;
  check_per_commit(compare_engines(scenario, futures_per_commit));
}

TEST_CASE("both engines agree where platforms miss most of many retargeting views",
          "[simulation][statistical][parallel]") {
  Scenario scenario = small_scenario();
  scenario.retargeting.impressions_per_day = 4.0;
  scenario.retargeting.affordable_per_day.clear();
  scenario.retargeting.tracking_loss = 0.6;
  scenario.attribution.view_days = 3.0;
  check_per_commit(compare_engines(scenario, futures_per_commit));
}

TEST_CASE("both engines agree where clicks come on some days only and thin impressions there",
          "[simulation][statistical][parallel]") {
  Scenario scenario = small_scenario();
  scenario.retargeting.affordable_per_day.clear();
  scenario.retargeting.click_rate = 0.5;
  scenario.retargeting.affinity_exponent = 0.0;
  std::vector<double>& click = scenario.market.channels.back().click;
  for (std::size_t day = 0; day < click.size(); ++day) {
    const bool clicked = day % 2 == 0;
    click[day] = clicked ? 1.2 : 0.0;
    scenario.retargeting.price[day] = clicked ? 0.5 : 0.1;  // so that cost tells the days apart
  }
  for (const int cap : {5, 0}) {
    scenario.retargeting.cap_per_window = cap;
    check_per_commit(compare_engines(scenario, futures_per_commit));
  }
}

TEST_CASE("both engines agree where a rotation is longer than the windows of retargeting",
          "[simulation][statistical][parallel]") {
  Scenario scenario = small_scenario();
  scenario.calendar.rotation_days = 21;
  std::fill(scenario.retargeting.affordable_per_day.begin(),
            scenario.retargeting.affordable_per_day.end(), 20.0);
  check_per_commit(compare_engines(scenario, futures_per_commit));
}

TEST_CASE("both engines agree where pools of leavers differ and nothing is capped",
          "[simulation][statistical][parallel]") {
  // No ads but those of retargeting, so that credit depends on them alone.
  Scenario scenario = small_scenario();
  for (Delivery& delivery : scenario.deliveries) {
    std::fill(delivery.impressions_per_day.begin(), delivery.impressions_per_day.end(), 0.0);
    delivery.brand_shares.clear();
  }
  scenario.organic.visits_per_shopper_day *= 5.0;
  scenario.retargeting.impressions_per_day = 2.0;
  scenario.retargeting.cap_per_window = 0;
  scenario.retargeting.affordable_per_day.clear();
  scenario.retargeting.return_probability = 0.6;  // so that windows change their pools
  // Who browses is hardly shown anything after having been shown much: earlier views keep credit.
  scenario.retargeting.pools = {{{0.01, 1.2, 0.5}, {3.0, 1.0, 1.0}, {5.0, 0.6, 2.0}}};
  scenario.retargeting.click_rate *= 0.1;
  scenario.attribution.view_days = 10.0;
  check_per_commit(compare_engines(scenario, futures_per_commit));
}

TEST_CASE("both engines agree where the loops turn", "[simulation][statistical][parallel]") {
  const std::vector<EntryDifference> differences =
      compare_engines(looping_scenario(), futures_per_commit);
  check_per_commit(differences);
  CHECK(uncovered(differences) == alike_in_all_futures());
  // As many tests end in each future; the marketplace is off.
  const std::set<std::string> expected = {"page_tests", "price_index", "unit_cost",
                                          "sellers",    "selection",   "availability"};
  CHECK(uncovered_columns(differences) == expected);
}

TEST_CASE("both engines agree where the marketplace turns with the loops",
          "[simulation][statistical][parallel]") {
  const std::vector<EntryDifference> differences =
      compare_engines(trading_scenario(), futures_per_commit);
  check_per_commit(differences);
  CHECK(uncovered_columns(differences) == std::set<std::string>{"page_tests"});
}

TEST_CASE("both engines agree where the marketplace turns alone",
          "[simulation][statistical][parallel]") {
  Scenario scenario = other_small_scenario();
  add_marketplace(scenario);
  check_per_commit(compare_engines(scenario, futures_per_commit));

  // Orders grow, so that many parcels are on their way while deliveries become better.
  scenario.calendar.cohort_days = 20;
  scenario.momentum.marketplace.delivery_scale = 2.0;
  scenario.momentum.marketplace.fastest = 0.2;
  scenario.order.delivery_days = 25.0;
  scenario.order.bad_delivery = 0.6;
  check_per_commit(compare_engines(scenario, futures_per_commit));
}

TEST_CASE("both engines agree to the power a release asks for",
          "[simulation][statistical][parallel]") {
  if (is_release()) check_release(small_scenario());
}

TEST_CASE("so they do for another shop", "[simulation][statistical][parallel]") {
  if (is_release()) check_release(other_small_scenario());
}

}  // namespace flywheel::test
