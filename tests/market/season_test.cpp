#include "market/season.hpp"

#include <cstddef>

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

Season counted_season() {
  Season season;
  for (std::size_t month = 0; month < 12; ++month) {
    season.months[month] = 1.0 + static_cast<double>(month);
  }
  season.weekdays = {1.0, 10.0, 100.0, 1000.0, 1e4, 1e5, 1e6};
  return season;
}

}  // namespace

TEST_CASE("month and weekday factors follow the calendar through a leap day", "[market][season]") {
  // 2028-02-27 was a Sunday: Sunday and Monday and Tuesday (the 29th) of February, then March.
  const auto path = season_path(counted_season(), {.year = 2028, .month = 2, .day = 27}, 4);
  REQUIRE(path == std::vector<double>{2e6, 2.0, 20.0, 300.0});
}

TEST_CASE("a year without a leap day goes from the 28th to March", "[market][season]") {
  // 2027-02-28 was a Sunday.
  const auto path = season_path(counted_season(), {.year = 2027, .month = 2, .day = 28}, 2);
  REQUIRE(path == std::vector<double>{2e6, 3.0});
}

TEST_CASE("a season goes on into the next year", "[market][season]") {
  // 2027-12-31 was a Friday.
  const auto path = season_path(counted_season(), {.year = 2027, .month = 12, .day = 31}, 2);
  REQUIRE(path == std::vector<double>{12e4, 1e5});
}

TEST_CASE("the mean of a season is that of four hundred years", "[market][season]") {
  Season season;
  season.months = {.88, .89, .96, .92, .97, .97, .96, 1.0, .99, 1.08, 1.26, 1.11};
  season.weekdays = {1.05, 1.03, 1, 1, .95, .92, 1.05};
  constexpr int cycle = 146'097;
  double sum = 0.0;
  for (const double factor : season_path(season, {.year = 2000, .month = 1, .day = 1}, cycle)) {
    sum += factor;
  }
  REQUIRE(mean_of(season) == Approx(sum / cycle).epsilon(2e-5));
}

TEST_CASE("the purchase clock runs with the season over its mean", "[market][season]") {
  Season season;
  season.weekdays = {2, 0.5, 0.5, 0.5, 0.5, 0.5, 2.5};  // mean 1
  const auto path = season_path(season, {.year = 2027, .month = 3, .day = 1}, 8);
  const auto clock = running_clock(relative_season(season, path));
  REQUIRE(clock.size() == 9);
  REQUIRE(clock[0] == 0.0);
  REQUIRE(clock[1] == Approx(2.0));
  REQUIRE(clock[7] == Approx(7.0));
  REQUIRE(clock[8] == Approx(9.0));
}

}  // namespace flywheel::test
