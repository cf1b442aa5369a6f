#include "simulation/engine_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "random/stream.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Normal figures of this mean and deviation.
std::vector<double> sample(std::uint64_t seed, double mean, double deviation) {
  Stream stream{Key{1, 2}, Purpose::visit, seed};
  std::vector<double> values(500);
  std::generate(values.begin(), values.end(), [&] { return mean + deviation * stream.normal(); });
  return values;
}

EntryDifference compare(const std::vector<double>& first, const std::vector<double>& second) {
  return compare_futures({"figure"}, {first}, {second}).front();
}

}  // namespace

TEST_CASE("engines that agree are not told apart", "[simulation][statistical]") {
  const EntryDifference difference = compare(sample(1, 10.0, 2.0), sample(2, 10.0, 2.0));
  CHECK(difference.is_covered);
  CHECK(difference.mean == Approx(10.0).margin(0.5));
  CHECK(difference.in_errors() < 5.0);
}

TEST_CASE("engines that differ in mean, spread or what is defined are told apart",
          "[simulation][statistical]") {
  const std::vector<double> base = sample(1, 10.0, 2.0);
  CHECK(std::abs(compare(base, sample(2, 11.0, 2.0)).means.in_errors) > 5.0);
  const EntryDifference wider = compare(base, sample(2, 10.0, 2.8));
  CHECK(std::abs(wider.means.in_errors) < 5.0);
  CHECK(std::abs(wider.spreads.in_errors) > 5.0);
  CHECK(wider.in_errors() == std::abs(wider.spreads.in_errors));
  std::vector<double> holes = sample(2, 10.0, 2.0);
  for (std::size_t k = 0; k < holes.size(); k += 4) holes[k] = undefined;
  CHECK(std::abs(compare(base, holes).defined.in_errors) > 5.0);
  CHECK(std::abs(compare(base, std::vector<double>(500, undefined)).defined.in_errors) > 5.0);
  CHECK(std::abs(compare(base, std::vector<double>(500, 10.5)).means.in_errors) > 5.0);
}

TEST_CASE("figures that never move are not covered, unless the engines differ in them",
          "[simulation]") {
  const std::vector<double> zeros(500, 0.0);
  const std::vector<double> nothing(500, undefined);
  CHECK_FALSE(compare(zeros, zeros).is_covered);
  CHECK_FALSE(compare(nothing, nothing).is_covered);
  CHECK_FALSE(
      compare(std::vector<double>(500, 3.0), std::vector<double>(500, 3.0 + 1e-9)).is_covered);
  std::vector<double> holes = zeros;
  std::fill(holes.begin(), holes.begin() + 100, undefined);
  CHECK(compare(zeros, holes).is_covered);
  CHECK(compare(zeros, holes).in_errors() > 5.0);
  const EntryDifference apart = compare(zeros, std::vector<double>(500, 1.0));
  CHECK(apart.is_covered);
  CHECK(apart.in_errors() > 5.0);
}

TEST_CASE("futures needed follow the formula of a two-sided test", "[simulation]") {
  EntryDifference difference;
  difference.is_covered = true;
  difference.mean = 200.0;
  difference.means.standard_error = 2.0;     // half of what is to be found, with 100 futures
  difference.spreads.standard_error = 0.05;  // as much as is to be found
  // z(0.975) + z(0.95) = 1.959964 + 1.644854 = 3.604818.
  const FuturesNeeded needed = futures_needed(difference, 100, 0.05);
  CHECK(needed.for_mean == Approx(100.0 * 3.604818 * 3.604818).epsilon(1e-6));
  CHECK(needed.for_spread == Approx(100.0 * 3.604818 * 3.604818).epsilon(1e-6));
  difference.is_covered = false;
  CHECK(futures_needed(difference, 100, 0.05).for_mean == 0.0);
}

TEST_CASE("every entry of a row and both paths have a name", "[simulation]") {
  const OutcomeLayout layout{{.channels = 2, .segments = 3, .flows = 1, .rotations = 4}};
  const std::vector<std::string> names = entry_names(layout, 25);
  CHECK(names.size() == layout.row_size() + 4);
  CHECK(names[layout.offset(Column::spend_by_channel_segment, 1, 2)] ==
        "spend_by_channel_segment[1][2]");
  CHECK(names[layout.offset(Column::reach_by_channel, 1)] == "reach_by_channel[1]");
  CHECK(names.back() == "cash path, day 19");
  const FutureFigures figures = play_futures(
      [&](std::uint64_t number) {
        Outcome outcome;
        outcome.row.assign(layout.row_size(), static_cast<double>(number));
        outcome.calendar_roas.assign(25, 2.0F);
        outcome.cash = std::vector<float>(25, 1.0F);
        outcome.cash[19] = -3.0F;
        return outcome;
      },
      7);
  REQUIRE(figures.size() == names.size());
  CHECK(figures.front() == std::vector<double>{0, 1, 2, 3, 4, 5, 6});
  CHECK(figures.back() == std::vector<double>(7, -3.0));
}

}  // namespace flywheel::test
