#include "scenario/exhaustion.hpp"

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "random/gamma.hpp"
#include "random/stream.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

const Nodes alike{{1.0}, {1.0}};

Activity activity_of_shape(double shape) {
  const InverseTable table = gamma_table(shape);
  return activity_of(trait_nodes(TraitQuantile{table}, Resolution::fine), alike, {1.0, 1.0});
}

double sum(const ActivityCells& cells) { return std::accumulate(cells.begin(), cells.end(), 0.0); }

double mean(const Activity& activity) {
  return std::inner_product(activity.weights.begin(), activity.weights.end(),
                            activity.values.begin(), 0.0);
}

}  // namespace

TEST_CASE("activity has mean one in its cells", "[scenario][exhaustion]") {
  const Activity activity = activity_of_shape(0.7);
  REQUIRE(sum(activity.weights) == Approx(1.0).epsilon(1e-7));
  REQUIRE(mean(activity) == Approx(1.0).epsilon(1e-7));
}

TEST_CASE("an activity in the cells of another has its own mean in each",
          "[scenario][exhaustion]") {
  // Affinities 1/2 and 2, half of the shoppers each: of power 2 they are 1/4 and 4 over 17/8, in
  // the cells of 1/2 and 2 over 5/4.
  const Nodes affinity{{0.5, 2.0}, {0.5, 0.5}};
  const Activity cells = activity_of(alike, affinity, {1.0, 1.0});
  const Activity squares = activity_of(alike, affinity, {2.0, 1.0});
  REQUIRE(squares.weights == cells.weights);
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    if (cells.weights[cell] == 0.0) continue;
    const bool low = cells.values[cell] < 1.0;
    REQUIRE(cells.values[cell] == Approx(low ? 0.4 : 1.6));
    REQUIRE(squares.values[cell] == Approx(low ? 2.0 / 17.0 : 32.0 / 17.0));
  }
}

TEST_CASE("shoppers alike are prospects by one exponential", "[scenario][exhaustion]") {
  const Activity one = activity_of(alike, alike, {1.0, 1.0});
  const auto left = [&](double orders) {
    const std::array loads{VisitLoad{orders, &one.values}};
    return sum(time_before_order(loads, one.weights).shares);
  };
  REQUIRE(left(0.8) == Approx((1.0 - std::exp(-0.8)) / 0.8));
  REQUIRE(left(0.0) == 1.0);
  REQUIRE(left(1.01e-5) == Approx(left(0.99e-5)).epsilon(1e-6));
}

TEST_CASE("orders of several sources add up", "[scenario][exhaustion]") {
  const Activity one = activity_of(alike, alike, {1.0, 1.0});
  ActivityCells all_alike{};
  all_alike.fill(1.0);
  const std::array loads{VisitLoad{0.5, &one.values}, VisitLoad{0.3, &all_alike}};
  REQUIRE(sum(time_before_order(loads, one.weights).shares) ==
          Approx((1.0 - std::exp(-0.8)) / 0.8));
}

TEST_CASE("unlike shoppers are prospects as a population of gamma activity is",
          "[scenario][exhaustion][statistical]") {
  // Cells cost less than half a percent; the test allows it.
  constexpr double orders = 0.9;
  const Activity activity = activity_of_shape(0.5);
  const std::array loads{VisitLoad{orders, &activity.values}};
  const ProspectTime time = time_before_order(loads, activity.weights);
  const double clicks_left =
      std::inner_product(time.shares.begin(), time.shares.end(), activity.values.begin(), 0.0);
  std::vector<double> clicks;
  std::vector<double> days;
  std::vector<double> untouched;
  Stream stream{make_key(8, Level::shoppers, 0), Purpose::exposure, 1};
  for (int shopper = 0; shopper < 100'000; ++shopper) {
    const double hazard = orders * 2.0 * draw_gamma(stream, 0.5);
    const double as_prospect = hazard < 1e-12 ? 1.0 : (1.0 - std::exp(-hazard)) / hazard;
    clicks.push_back(hazard / orders * as_prospect);
    days.push_back(as_prospect);
    untouched.push_back(std::exp(-hazard));
  }
  const auto near = [](const std::vector<double>& sample, double expected) {
    const Moments moments = moments_of(sample);
    return std::abs(moments.mean - expected) < 5.0 * moments.standard_error() + 0.005 * expected;
  };
  REQUIRE(near(clicks, clicks_left));
  REQUIRE(near(days, sum(time.shares)));
  REQUIRE(near(untouched, untouched_share(orders, activity)));
}

TEST_CASE("who leaves often is rarer among open windows than among visits",
          "[scenario][exhaustion]") {
  // Activity y gamma of shape s and mean 1, c visits within a window by a shopper of activity 1:
  // E[y e^(-c y)] = (1 + c / s)^(-s - 1), and visits have E[y^2] / E[y] = 1 + 1 / s.
  constexpr double shape = 0.7;
  const Activity activity = activity_of_shape(shape);
  const std::array loads{VisitLoad{0.0, &activity.values}};
  const ProspectTime time = time_before_order(loads, activity.weights);
  for (const double visits : {1e-6, 0.1, 1.0, 10.0}) {
    const double base = 1.0 + visits / shape;
    const double by_windows =
        -std::expm1((-shape - 1.0) * std::log(base)) / -std::expm1(-shape * std::log(base));
    const WindowOpening opening{
        .active = visits / 14.0, .steady = 0.0, .days = 14.0, .flight_days = 60.0};
    CAPTURE(visits);
    CHECK(window_mean(time, activity.values, opening, activity.values) ==
          Approx(by_windows / (1.0 + 1.0 / shape)).epsilon(0.03));
  }
}

TEST_CASE("who has decided to order waits until the order is placed or the flight ends",
          "[scenario][exhaustion]") {
  const auto by_sum = [](double orders, double mean_delay) {
    constexpr int cells = 200'000;
    double sum = 0.0;
    for (int cell = 0; cell < cells; ++cell) {
      const double t = (cell + 0.5) / cells;
      sum +=
          orders * std::exp(-orders * t) * mean_delay * (1.0 - std::exp(-(1.0 - t) / mean_delay));
    }
    return sum / cells;
  };
  for (const double orders : {0.003, 0.7, 20.0, 900.0}) {
    for (const double delay : {0.001, 0.05, 2.0}) {
      CAPTURE(orders, delay);
      REQUIRE(pending_share(orders, delay) == Approx(by_sum(orders, delay)).epsilon(1e-4));
    }
  }
  REQUIRE(pending_share(20.0, 0.05) == Approx(by_sum(20.0, 0.05)).epsilon(1e-6));  // h = 1 / m
  REQUIRE(pending_share(3.0, 0.0) == 0.0);
  REQUIRE(pending_share(0.0, 0.3) == 0.0);
}

TEST_CASE("ads that wear out level activity", "[scenario][exhaustion]") {
  const Activity activity = activity_of_shape(0.5);
  REQUIRE(worn_values(activity, {3.0, 3.0}, 0.0) == activity.values);
  // So often seen that (1 + f y)^-1 is 1 / (f y): everybody clicks alike.
  for (const double value : worn_values(activity, {1e12, 1e12}, 1.0)) {
    REQUIRE((value == 0.0 || value == Approx(1.0).epsilon(1e-6)));
  }
  // Of two frequencies the one that is hardly seen counts by its clicks: y and y / (1 + y) halved.
  const Activity two{.weights = {0.5, 0.5}, .values = {0.5, 1.5}};
  const ActivityCells worn = worn_values(two, {0.0, 1.0}, 1.0);
  const double low = 0.5 + 0.5 / 1.5;
  const double high = 1.5 + 1.5 / 2.5;
  REQUIRE(worn[0] == Approx(2.0 * low / (low + high)));
  REQUIRE(worn[1] == Approx(2.0 * high / (low + high)));
}

TEST_CASE("windows are open for as long as their days, or an order, allow",
          "[scenario][exhaustion]") {
  const Activity one = activity_of(alike, alike, {1.0, 1.0});
  const auto open = [&](double orders, double rate) {
    const std::array loads{VisitLoad{orders, &one.values}};
    const ProspectTime time = time_before_order(loads, one.weights);
    return time_in_window(time, one.values, {rate, 0.0, 14.0, 60.0}) / sum(time.shares);
  };
  REQUIRE(open(0.0, 1e-6) == Approx(14e-6).epsilon(1e-4));
  REQUIRE(open(0.0, 0.1) == Approx(1.0 - std::exp(-1.4)));
  // Orders at 6/60 a day end the 14 days after (1 - e^-1.4) / 0.1 on average.
  REQUIRE(open(6.0, 1e-6) == Approx(1e-6 * (1.0 - std::exp(-1.4)) / 0.1).epsilon(1e-4));
}

TEST_CASE("groups of clickers share the clicks and keep their mean activity",
          "[scenario][exhaustion]") {
  const Activity activity = activity_of_shape(0.5);
  const ClickerGroups groups = clicker_groups(activity.weights, activity.values);
  double share = 0.0;
  double active = 0.0;
  for (const ClickerGroup& group : groups) {
    share += group.share;
    active += group.share * group.activity;
  }
  REQUIRE(share == Approx(1.0));
  // Among clicks the mean of y is E[y^2] = 1 + 1 / shape, cells apart.
  REQUIRE(active == Approx(3.0).epsilon(0.03));
  REQUIRE(groups.front().activity < groups.back().activity);
}

TEST_CASE("a cap makes those alike who are shown most", "[scenario][exhaustion]") {
  // Affinities 1/2 and 2, half of the shoppers each, shown in proportion to a and clicking in
  // proportion to a: 0.4 and 1.6 times the mean impressions, 2/17 and 32/17 times the mean clicks.
  const Nodes affinity{{0.5, 2.0}, {0.5, 0.5}};
  const ServedShare share{{.impressions = 1, .rotation_days = 7, .flight_days = 28}};
  const CappedActivity capped{alike, affinity, {2.0, 1.0}, 1.0};
  const CappedActivity::Cells cells = capped.at(share, 0.5);
  const auto served = [](double shown) {
    const double m = 7.0 * 0.5 * shown;
    return (1.0 - std::exp(-m)) / m;
  };
  const double low = 2.0 / 17.0 * served(0.4);
  const double high = 32.0 / 17.0 * served(1.6);
  REQUIRE(cells.served == Approx(0.5 * (low + high)).epsilon(1e-4));
  const Activity uncapped = activity_of(alike, affinity, {2.0, 1.0});
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    if (uncapped.weights[cell] == 0.0) continue;
    const double expected = (uncapped.values[cell] < 1.0 ? low : high) / cells.served;
    REQUIRE(cells.values[cell] == Approx(expected).epsilon(1e-4));
  }
}

}  // namespace flywheel::test
