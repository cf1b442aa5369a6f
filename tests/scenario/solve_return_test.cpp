#include "scenario/solve_return.hpp"

#include <algorithm>
#include <cmath>

#include "random/poisson.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr WindowSetting two_weeks{.clicks_per_day = 0.03,
                                  .impressions_per_day = 0.6,
                                  .window_days = 14,
                                  .return_delay_days = 4,
                                  .anyway_days = 200,
                                  .credit = {.click_days = 7, .view_days = 1}};

/// Two types, of whom the second is the keener one in everything.
Leavers two_types() {
  return {.paid = {0.5, 0.1},
          .unpaid = {0.3, 0.1},
          .engaged_share = {0.8, 1.0},
          .affinity = {0.75, 2.0},
          .retargeted_order = {0.1, 0.3},
          .returned_order = {0.06, 0.2},
          .returned_leave = {0.5, 0.4},
          .organic_per_day = {0.0005, 0.004}};
}

/// What one leaver does, and whether retargeting is credited with it and made it.
struct Fate {
  bool credited{false};
  bool made{false};
};

class Leaver {
 public:
  Leaver(std::size_t type, bool paid, double return_probability)
      : type_{type}, paid_{paid}, return_probability_{return_probability} {}

  Fate live(Stream& stream, Stream& counts) const {
    const Leavers people = two_types();
    const double click = stream.exponential() / (0.03 * people.affinity[type_]);
    const bool click_orders = stream.bernoulli(people.retargeted_order[type_]) && click < 14.0;
    const bool returns = stream.bernoulli(return_probability_ * people.engaged_share[type_]);
    const double back = 4.0 * stream.exponential();
    const bool back_orders = stream.bernoulli(people.returned_order[type_]) && returns;
    const double organic = stream.exponential() / people.organic_per_day[type_];
    const bool orders_later = returns && !back_orders && chain(stream);

    const double other = back_orders ? std::min(back, organic) : organic;
    if (click_orders && click < other) {
      return {true, !back_orders && !orders_later && organic > 200.0};
    }
    return {other < 21.0 && seen(other, counts), false};
  }

 private:
  /// After a return without an order: do further ones end in one?
  bool chain(Stream& stream) const {
    const Leavers people = two_types();
    // Given no order, the visit left engaged with this probability.
    bool away =
        stream.bernoulli(people.returned_leave[type_] / (1.0 - people.returned_order[type_]));
    while (away && stream.bernoulli(return_probability_)) {
      const double u = stream.uniform();
      if (u < people.returned_order[type_]) return true;
      away = u < people.returned_order[type_] + people.returned_leave[type_];
    }
    return false;
  }

  /// A retargeting click within 7 days, or a view within 1 where no channel's click is younger
  /// than 7 days; ads come until day 14.
  bool seen(double time, Stream& counts) const {
    const auto shown = [&](double memory) {
      return std::max(0.0, std::min(time, 14.0) - std::max(0.0, time - memory));
    };
    const bool clicked = draw_poisson(counts, 0.03 * shown(7.0)) > 0;
    const bool viewed = draw_poisson(counts, 0.6 * shown(1.0)) > 0;
    return clicked || (viewed && !(paid_ && time < 7.0));
  }

  std::size_t type_;
  bool paid_;
  double return_probability_;
};

}  // namespace

TEST_CASE("the incremental share of retargeting is that of leavers played one by one",
          "[scenario][return][statistical]") {
  for (const double return_probability : {0.0, 0.4, 0.9}) {
    const RetargetingCredit credit{two_weeks, two_types()};
    const double share = credit.incremental_share(return_probability);
    Stream stream{make_key(12, Level::shoppers, 0), Purpose::own_return, 1};
    Stream counts{make_key(12, Level::shoppers, 0), Purpose::exposure, 1};
    std::vector<double> excess;  // mean 0 when made = share * credited in expectation
    for (int person = 0; person < 400'000; ++person) {
      const double u = stream.uniform();
      const std::size_t type = u < 0.8 ? 0 : 1;
      const bool paid = type == 0 ? u < 0.5 : u < 0.9;
      const Fate fate = Leaver{type, paid, return_probability}.live(stream, counts);
      excess.push_back((fate.made ? 1.0 : 0.0) - share * (fate.credited ? 1.0 : 0.0));
    }
    REQUIRE(plausible_mean(excess, 0.0));
  }
}

TEST_CASE("without returns and organic orders retargeting makes what it is credited with",
          "[scenario][return]") {
  Leavers leavers = two_types();
  leavers.organic_per_day = {0.0, 0.0};
  REQUIRE(RetargetingCredit{two_weeks, leavers}.incremental_share(0.0) == Approx(1.0));
}

TEST_CASE("where only clicks count the share has a closed form", "[scenario][return]") {
  WindowSetting setting = two_weeks;
  setting.credit = {.click_days = 0, .view_days = 0};
  const Leavers one{.paid = {0.0},
                    .unpaid = {1.0},
                    .engaged_share = {0.5},
                    .affinity = {1.0},
                    .retargeted_order = {0.2},
                    .returned_order = {0.4},
                    .returned_leave = {0.3},
                    .organic_per_day = {0.001}};
  // Clicks before day 14 at 0.03 a day; organic orders at 0.001 a day beat some of them, and
  // 200 days of them take most.
  const double first = 0.03 / 0.031 * (1.0 - std::exp(-0.031 * 14.0));
  const double alone = 1.0 - std::exp(-0.03 * 14.0);
  REQUIRE(RetargetingCredit{setting, one}.incremental_share(0.0) ==
          Approx(alone * std::exp(-0.2) / first));
  // With U = 1: half return and order with 0.4 / (1 - 0.3) in the end, with 0.4 before the click
  // if they are back by then.
  const double away = 0.03 / 0.281 * (1.0 - std::exp(-0.281 * 14.0));
  const double returned = alone * std::exp(-0.2) * (1.0 - 0.5 * 0.4 / 0.7);
  REQUIRE(RetargetingCredit{setting, one}.incremental_share(1.0) ==
          Approx(returned / (first - 0.5 * 0.4 * (first - away))));
}

TEST_CASE("a rule of first clicks gives retargeting nothing while a channel's click is young",
          "[scenario][return]") {
  WindowSetting setting = two_weeks;
  setting.credit.view_days = 0;
  setting.credit.click_days = 60;  // longer than all that happens
  const RetargetingCredit last{setting, two_types()};
  setting.credit.first_click = true;
  const RetargetingCredit first{setting, two_types()};
  REQUIRE(first.incremental_share(0.5) > last.incremental_share(0.5));
}

TEST_CASE("the return probability meets its target or says so", "[scenario][return]") {
  const RetargetingCredit credit{two_weeks, two_types()};
  const double middle = 0.5 * (credit.incremental_share(0.0) + credit.incremental_share(1.0));
  const Solution found = solve_return(credit, middle, 1.0);
  REQUIRE(found.reached);
  REQUIRE(credit.incremental_share(found.value) == Approx(middle).epsilon(1e-6));
  const Solution low = solve_return(credit, middle, 0.5 * found.value);
  REQUIRE(low.value == 0.5 * found.value);
  REQUIRE_FALSE(low.reached);
  const Solution high = solve_return(credit, 0.999, 1.0);
  REQUIRE(high.value == 0.0);
  REQUIRE_FALSE(high.reached);
  REQUIRE(solve_return(credit, 1.0, 1.0).value == 0.0);
  REQUIRE(solve_return(credit, 1.0, 1.0).reached);
}

}  // namespace flywheel::test
