#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach market = once<&Plan::market, members...>;
template <auto... members>
constexpr Reach shock = each<&Plan::shocks, members...>;

constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

constexpr std::array market_parameters{
    Parameter{"price_months",
              market<&MarketPlan::price_months>,
              Unit::factor,
              above(0, 100),
              "[{ median = 0.88, s = 0.05 }, { median = 0.89, s = 0.05 }, "
              "{ median = 0.96, s = 0.05 }, { median = 0.92, s = 0.05 }, "
              "{ median = 0.97, s = 0.05 }, { median = 0.97, s = 0.05 }, "
              "{ median = 0.96, s = 0.05 }, { median = 1, s = 0.05 }, "
              "{ median = 0.99, s = 0.05 }, { median = 1.08, s = 0.05 }, "
              "{ median = 1.26, s = 0.05 }, { median = 1.11, s = 0.05 }]",
              sourced(sources::superads),
              "Media prices by month, over the annual mean.",
              {},
              {},
              months},
    Parameter{"price_weekdays",
              market<&MarketPlan::price_weekdays>,
              Unit::factor,
              above(0, 100),
              "[1, 1, 1, 1, 1, 1, 1]",
              judgement(),
              "Media prices by day of the week.",
              {},
              {},
              weekdays},
    Parameter{"demand_months",
              market<&MarketPlan::demand_months>,
              Unit::factor,
              above(0, 100),
              "[0.92, 0.92, 0.96, 0.96, 0.98, 0.97, 0.97, 0.98, 0.97, 1.02, 1.2, 1.15]",
              judgement(),
              "Demand by month, over the annual mean.",
              {},
              {},
              months},
    Parameter{"demand_weekdays",
              market<&MarketPlan::demand_weekdays>,
              Unit::factor,
              above(0, 100),
              "[1.05, 1.03, 1, 1, 0.95, 0.92, 1.05]",
              judgement(),
              "Demand by day of the week.",
              {},
              {},
              weekdays},
    Parameter{"price_correlation", market<&MarketPlan::price_correlation>, Unit::real,
              closed(0, 0.99), "0.5", judgement(),
              "Correlation of the log prices of two channels."},
    Parameter{"demand_volatility", market<&MarketPlan::demand_volatility>, Unit::real, closed(0, 2),
              "{ low = 0.04, high = 0.16 }", judgement(within_two),
              "Stationary standard deviation of log demand."},
    Parameter{"demand_reversion", market<&MarketPlan::demand_reversion>, Unit::per_day,
              above(0, 100), "0.1", judgement(), "Rate at which log demand returns to its mean."},
    Parameter{"price_demand_correlation", market<&MarketPlan::price_demand_correlation>, Unit::real,
              closed(-0.99, 0.99), "0.3", judgement(),
              "Correlation of log prices with log demand; its square is at most "
              "price_correlation."},
    Parameter{"competitor_shocks_per_year", market<&MarketPlan::competitor_shocks_per_year>,
              Unit::per_year, closed(0, 1000), "4", judgement(),
              "Jumps of media prices made by competitors."},
    Parameter{"competitor_shock_size", market<&MarketPlan::competitor_shock_size>, Unit::real,
              closed(0, 0.9), "0.15", judgement(),
              "Mean of the exponential jump of the log price."},
    Parameter{"competitor_shock_days", market<&MarketPlan::competitor_shock_days>, Unit::days,
              above(0, 730), "10", judgement(), "Time in which a jump decays to 1/e."},
    Parameter{"advertiser_effect", market<&MarketPlan::advertiser_effect>, Unit::factor,
              above(0, 100), "1",
              judgement("the other numbers already spread as much as published ROAS does"),
              "Factor on every conversion rate: what makes this shop unlike others."},
};

constexpr std::array shock_parameters{
    Parameter{"start", shock<&ShockPlan::start>, Unit::none, no_number, "", rule(),
              "First day of the shock."},
    Parameter{"days", shock<&ShockPlan::days>, Unit::days, closed(1, 1500), "1", rule(),
              "How long it lasts."},
    Parameter{"probability", shock<&ShockPlan::probability>, Unit::share, a_share, "1", rule(),
              "Chance that it comes, drawn with the market."},
    Parameter{"price", shock<&ShockPlan::price>, Unit::factor, above(0, 100), "1", rule(),
              "Factor on media prices."},
    Parameter{"click", shock<&ShockPlan::click>, Unit::factor, closed(0, 100), "1", rule(),
              "Factor on click probabilities."},
    Parameter{"conversion", shock<&ShockPlan::conversion>, Unit::factor, above(0, 100), "1", rule(),
              "Factor on the odds of every funnel step, of visits alone: 0.001 all but ends new "
              "customers, while repeat purchases, renewals and message orders of customers go on."},
    Parameter{"demand", shock<&ShockPlan::demand>, Unit::factor, above(0, 100), "1", rule(),
              "Factor on demand; 0.001 all but ends it."},
    Parameter{"tracking", shock<&ShockPlan::tracking>, Unit::share, a_share, "0", rule(),
              "Share of touches lost in addition."},
    Parameter{"channels", shock<&ShockPlan::channels>, Unit::none, no_number, "[]", rule(),
              "Names of the channels it hits; empty: all."},
};

}  // namespace

Section market_section() {
  return {.name = "market",
          .sentence = "The outside world: prices of media, demand, competitors.",
          .parameters = market_parameters};
}

Section shock_section() {
  return {.name = "shock",
          .kind = SectionKind::named,
          .sentence =
              "A shock with a date that an analyst switches on: loss of tracking, a "
              "platform's change, a rush for what the shop sells.",
          .parameters = shock_parameters,
          .count = count_of<&Plan::shocks>,
          .add = add_to<&Plan::shocks>,
          .name_of = name_within<&Plan::shocks>};
}

}  // namespace flywheel
