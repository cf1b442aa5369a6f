#include "random/point_measure.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "core/check.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

constexpr Key key = make_key(5, Level::shoppers, 11);

std::map<std::uint64_t, Point> points_below(double largest_mark, const PointCell& cell) {
  std::map<std::uint64_t, Point> points;
  visit_points(key, cell, largest_mark, [&](const Point& point) {
    const bool is_new = points.emplace(point.ordinal, point).second;
    REQUIRE(is_new);
  });
  return points;
}

TEST_CASE("a larger bound sees the same points and more", "[random][point_measure][crn]") {
  const PointCell cell{.identity = 77, .weight = 250.0};
  const auto all = points_below(40.0, cell);
  for (const double bound : {0.001, 0.02, 0.5, 1.0, 1.25, 7.0, 39.9}) {
    const auto fewer = points_below(bound, cell);
    std::size_t expected = 0;
    for (const auto& [ordinal, point] : all) {
      if (point.mark >= bound) continue;
      ++expected;
      const auto same = fewer.find(ordinal);
      REQUIRE(same != fewer.end());
      REQUIRE(same->second.mark == point.mark);
      REQUIRE(same->second.word == point.word);
      REQUIRE(same->second.short_word == point.short_word);
    }
    REQUIRE(fewer.size() == expected);
  }
}

TEST_CASE("no bound, no points", "[random][point_measure]") {
  REQUIRE(points_below(0.0, {.identity = 1, .weight = 1e9}).empty());
}

TEST_CASE("the number of points is Poisson with mean weight times bound",
          "[random][point_measure][statistical]") {
  for (const double weight : {1e-3, 0.7, 30.0, 1e6}) {
    CAPTURE(weight);
    const double bound = 37.3 / weight;  // inside a layer, whatever the weight
    std::vector<double> counts;
    for (std::uint64_t identity = 0; identity < 4000; ++identity) {
      double count = 0.0;
      visit_points(key, {identity, weight}, bound, [&](const Point&) { ++count; });
      counts.push_back(count);
    }
    REQUIRE(plausible_mean(counts, 37.3));
    REQUIRE(plausible_variance(counts, 37.3));
  }
}

TEST_CASE("marks are uniform below the bound and the words uniform and independent",
          "[random][point_measure][statistical]") {
  std::vector<double> marks;
  std::array<std::vector<double>, 2> words;
  visit_points(key, {.identity = 9, .weight = 20'000.0}, 6.6, [&](const Point& point) {
    marks.push_back(point.mark / 6.6);
    words[0].push_back(to_uniform(point.word));
    words[1].push_back(static_cast<double>(point.short_word) * 0x1p-32);
  });
  REQUIRE(plausible_mean(marks, 0.5));
  REQUIRE(plausible_variance(marks, 1.0 / 12.0));
  // Evenly over layers of very different width: tenths of the whole range.
  for (int tenth = 0; tenth < 10; ++tenth) {
    const auto inside = std::count_if(marks.begin(), marks.end(), [=](double mark) {
      return static_cast<int>(mark * 10) == tenth;
    });
    REQUIRE(plausible_count(inside, marks.size(), 0.1));
  }
  for (int at = 0; at < 2; ++at) {
    REQUIRE(plausible_mean(words[at], 0.5));
    REQUIRE(plausible_variance(words[at], 1.0 / 12.0));
    REQUIRE(plausible_independence(words[at], marks));
    REQUIRE(plausible_independence(words[at], words[(at + 1) % 2]));
  }
}

TEST_CASE("no word serves two points or two layers", "[random][point_measure]") {
  std::set<std::uint64_t> words;
  std::size_t count = 0;
  visit_points(key, {.identity = 10, .weight = 2000.0}, 3.0, [&](const Point& point) {
    words.insert(point.word);
    words.insert(draw_block(key, {Purpose::candidate_point, 10, point.ordinal})[0]);  // its mark
    count += 2;
  });
  REQUIRE(words.size() == count);  // two of 12,000 words of 64 bits agree with a chance of 4e-12
}

TEST_CASE("layers have the edges the header states", "[random][point_measure]") {
  REQUIRE(mark_layers::upper_edge(0) == 1.0);
  REQUIRE(mark_layers::upper_edge(3) == 1.953125);
  REQUIRE(mark_layers::upper_edge(-2) == Approx(0.64).epsilon(1e-15));
  REQUIRE(mark_layers::upper_edge(mark_layers::highest) == Approx(3.2e15).epsilon(0.02));
  for (const double weight : {1e-12, 0.3, 8.0, 1e4, 2e9}) {
    const int bottom = mark_layers::bottom_layer(weight);
    REQUIRE(weight * mark_layers::upper_edge(bottom) <= 8.0);
    REQUIRE(weight * mark_layers::upper_edge(bottom + 1) > 8.0);
  }
  REQUIRE(mark_layers::bottom_layer(1e300) == mark_layers::lowest);
  REQUIRE(mark_layers::bottom_layer(1e-300) == mark_layers::highest);
}

TEST_CASE("a plane without weight and a bound beyond the layers break the contract",
          "[random][point_measure]") {
  REQUIRE_THROWS_AS(points_below(1.0, {.identity = 1, .weight = 0.0}), ContractBroken);
  REQUIRE_THROWS_AS(points_below(1e16, {.identity = 1, .weight = 1.0}), ContractBroken);
}

}  // namespace flywheel::test
