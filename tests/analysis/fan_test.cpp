#include "analysis/fan.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "analysis/quantiles.hpp"
#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("a fan of three paths is found by hand", "[analysis][fan]") {
  const std::vector<float> values{1, 9, missing,  //
                                  3, 7, missing,  //
                                  2, 8, 5};
  const Fan fan = make_fan({.values = values, .steps = 3}, std::vector{0.25, 0.5});
  REQUIRE(fan.counts == std::vector<std::size_t>{3, 3, 1});
  REQUIRE(fan.band(0)[0] == 1.5F);
  REQUIRE(fan.band(0)[1] == 7.5F);
  REQUIRE(fan.band(1)[0] == 2.0F);
  REQUIRE(fan.band(1)[1] == 8.0F);
  REQUIRE(fan.band(1)[2] == 5.0F);
}

TEST_CASE("a step without any value has none in the fan", "[analysis][fan]") {
  const std::vector<float> values{missing, 1, missing, 2};
  const Fan fan = make_fan({.values = values, .steps = 2}, std::vector{0.5});
  REQUIRE(fan.counts == std::vector<std::size_t>{0, 2});
  REQUIRE(std::isnan(fan.band(0)[0]));
  REQUIRE(fan.band(0)[1] == 1.5F);
}

TEST_CASE("every step of a long fan is the quantile of its own column", "[analysis][fan]") {
  constexpr std::size_t steps = 53;
  constexpr std::size_t paths = 211;
  Stream stream = study_stream(91, 0);
  std::vector<float> values(paths * steps);
  for (float& value : values) value = static_cast<float>(stream.normal());
  const PathTable table{.values = values, .steps = steps};
  REQUIRE(table.paths() == paths);
  const std::vector shares{0.05, 0.5, 0.95};
  const Fan fan = make_fan(table, shares);
  for (std::size_t step = 0; step < steps; ++step) {
    std::vector<double> column;
    for (std::size_t row = 0; row < paths; ++row) {
      column.push_back(static_cast<double>(values[row * steps + step]));
    }
    const auto sorted = sorted_sample(column);
    for (std::size_t share = 0; share < shares.size(); ++share) {
      REQUIRE(fan.band(share)[step] ==
              static_cast<float>(interpolated_quantile(sorted, shares[share])));
    }
  }
}

TEST_CASE("a path passes a level on the first day it is there", "[analysis][fan]") {
  const std::vector<float> path{missing, -5, -1, 0, -2, 3};
  REQUIRE(first_passage(path, 0.0F) == 3);
  REQUIRE(first_passage(path, 0.5F) == 5);
  REQUIRE_FALSE(first_passage(path, 4.0F).has_value());
}

TEST_CASE("plans that never pay back count in the quantiles of the payback day",
          "[analysis][fan]") {
  // Of 20 futures 12 pay back, on days 10, 20 .. 120.
  std::vector<std::optional<std::size_t>> days(20);
  for (std::size_t index = 0; index < 12; ++index) days[19 - index] = 10 * (index + 1);
  const Passages passages = summarize_passages(days, std::vector{0.1, 0.5, 0.6, 0.75});
  REQUIRE(passages.reached.value == Approx(0.6));
  REQUIRE(passages.quantiles[0].step == 20.0);
  REQUIRE(passages.quantiles[1].step == 100.0);  // of those that pay back alone it would be 60
  REQUIRE(passages.quantiles[2].step == 120.0);
  REQUIRE_FALSE(passages.quantiles[3].step.has_value());
  // Ranks 6 and 15 of 20 hold the median (binomial table); the 15th never pays back.
  REQUIRE(passages.quantiles[1].interval.low == 60.0);
  REQUIRE(std::isinf(passages.quantiles[1].interval.high));
}

TEST_CASE("a fan refuses paths that do not fill whole rows", "[analysis][fan]") {
  const std::vector<float> values(7);
  const std::vector shares{0.5};
  REQUIRE_THROWS_AS(make_fan({.values = values, .steps = 2}, shares), ContractBroken);
  REQUIRE_THROWS_AS(make_fan({.values = values, .steps = 0}, shares), ContractBroken);
}

}  // namespace flywheel::test
