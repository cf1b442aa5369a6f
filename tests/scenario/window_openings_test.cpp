#include "scenario/window_openings.hpp"

#include <vector>

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("openings that are even are as many", "[scenario]") {
  const std::vector<double> even(30, 5.0);
  for (const double window : {0.25, 3.0, 6.5, 14.0}) {
    REQUIRE(even_openings({.paid = 8.0, .unpaid = 2.0}, even, {.days = 7, .window_days = window}) ==
            Approx(10.0));
  }
}

TEST_CASE("openings on one day count by how long their windows stay open", "[scenario]") {
  // 70 windows on a flight's only day, half a day into it on average: 6.5 of 7 days each. Evenly,
  // e a day of windows that outlast the rotation are 3.5 e open.
  REQUIRE(even_openings({.paid = 70.0}, std::vector{1.0}, {.days = 7, .window_days = 14.0}) * 3.5 ==
          Approx(70.0 * 6.5 / 7.0));
  // On the last of ten days, 10 a day on average are 100: none in the first rotation.
  std::vector<double> late(10, 0.0);
  late.back() = 3.0;
  REQUIRE(even_openings({.paid = 10.0, .unpaid = 4.0}, late, {.days = 7, .window_days = 14.0}) ==
          4.0);
  // Windows of 2 days on day 5 of a week: those opened in the first hour of it have 2 days left,
  // those in the last 1, 1.5 on average; evenly 2 (1 - 2 / 14) of an opening a day.
  std::vector<double> once(14, 0.0);
  once[5] = 1.0;
  REQUIRE(even_openings({.paid = 1.0}, once, {.days = 7, .window_days = 2.0}) * 2.0 *
              (1.0 - 2.0 / 14.0) ==
          Approx(14.0 * 1.5 / 7.0));
}

TEST_CASE("where nobody clicks organic visits alone open windows", "[scenario]") {
  REQUIRE(even_openings({.paid = 1.0, .unpaid = 3.0}, std::vector{0.0, 0.0},
                        {.days = 7, .window_days = 14.0}) == 3.0);
}

}  // namespace flywheel::test
