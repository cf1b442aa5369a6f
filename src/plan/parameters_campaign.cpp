#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach campaign = once<&Plan::campaign, members...>;
template <auto... members>
constexpr Reach attribution = once<&Plan::attribution, members...>;
template <auto... members>
constexpr Reach day_zero = once<&Plan::day_zero, members...>;

constexpr std::array campaign_parameters{
    Parameter{"name", campaign<&CampaignPlan::name>, Unit::none, closed(1, 64), "\"campaign\"",
              rule(), "What the campaign is called on every page."},
    Parameter{"currency", campaign<&CampaignPlan::currency>, Unit::none, closed(3, 3), "\"USD\"",
              rule(), "Code of three capital letters; shown with every amount, never converted."},
    Parameter{"start", campaign<&CampaignPlan::start>, Unit::none, no_number, "", rule(),
              "First day of the flight, as 2027-03-01."},
    Parameter{"end",
              campaign<&CampaignPlan::end>,
              Unit::none,
              no_number,
              "1970-01-01",
              rule(),
              "Last day of the flight; instead of flight_days, which it then decides.",
              {},
              {},
              {},
              false,
              true,
              "start + flight_days - 1"},
    Parameter{"flight_days", campaign<&CampaignPlan::flight_days>, Unit::days, closed(1, 730), "60",
              rule(), "Days with paid prospecting, counted from the start."},
    Parameter{"conversion_days", campaign<&CampaignPlan::conversion_days>, Unit::days,
              closed(1, 90), "30", rule(),
              "A first order this long after its touch still belongs to the campaign."},
    Parameter{"cohort_days", campaign<&CampaignPlan::cohort_days>, Unit::days, closed(1, 730),
              "180", rule(), "Revenue counts this long after a root customer's first order."},
    Parameter{"rotation_days", campaign<&CampaignPlan::rotation_days>, Unit::days, closed(1, 366),
              "7", rule(), "The step at which what was observed changes what comes next."},
    Parameter{"target_roas", campaign<&CampaignPlan::target_roas>, Unit::factor, above(0, 1000),
              "3", rule(), "Return on ad spend whose probability the headline gives."},
    Parameter{
        "media_plan", campaign<&CampaignPlan::media_plan>, Unit::none, closed(0, 1024), "\"\"",
        rule(),
        "CSV file with the columns date, channel and amount, relative to the plan; a channel "
        "in it has no budget of its own, and days without a row get nothing. Where semicolons or "
        "tabs part the columns, amounts may have a decimal comma."},
};

constexpr std::array attribution_parameters{
    Parameter{"rule", attribution<&AttributionPlan::rule>, Unit::none, no_number, "\"last_touch\"",
              rule(), "Which touch gets the credit for a first order."},
    Parameter{"click_days", attribution<&AttributionPlan::click_days>, Unit::days, closed(1, 30),
              "7", rule("the ad platforms' default: 7-day click, 1-day view"),
              "A click may get credit for this long."},
    Parameter{"view_days", attribution<&AttributionPlan::view_days>, Unit::days, closed(0, 7), "1",
              rule("the ad platforms' default: 7-day click, 1-day view"),
              "An impression without a click may get credit for this long."},
};

constexpr std::array day_zero_parameters{
    Parameter{"customers", day_zero<&ShopStatePlan::customers>, Unit::count, closed(0, 1e7), "0",
              rule(), "Customers the shop has when the flight begins."},
    Parameter{"tenure_days", day_zero<&ShopStatePlan::tenure_days>, Unit::days, above(0, 7300),
              "365", judgement(),
              "Their first orders lie uniformly in this many days before the start."},
    Parameter{.key = "consent_share",
              .reach = day_zero<&ShopStatePlan::consent_share>,
              .unit = Unit::share,
              .range = a_share,
              .default_text = "{ low = \"15%\", high = \"50%\" }",
              .source = judgement(),
              .sentence = "Share of these customers who may be sent messages.",
              .idle_without = "customers"},
    Parameter{"subscribers", day_zero<&ShopStatePlan::subscribers>, Unit::count, closed(0, 1e7),
              "0", rule(),
              "Customers among them who hold a running subscription of [subscription]."},
    Parameter{"stock", day_zero<&ShopStatePlan::stock>, Unit::money, closed(0, 1e12), "0", rule(),
              "Goods in the warehouse, at cost: orders take them first, and no supplier is paid."},
    Parameter{
        .key = "rating",
        .reach = day_zero<&ShopStatePlan::rating>,
        .unit = Unit::real,
        .range = closed(1, 5),
        .default_text = "4.4",
        .source = judgement(),
        .sentence = "Average rating in stars on the first day, where displayed_rating begins."},
    Parameter{.key = "reviews",
              .reach = day_zero<&ShopStatePlan::reviews>,
              .unit = Unit::count,
              .range = closed(0, 1e9),
              .default_text = "200",
              .source = judgement(),
              .sentence = "Number of reviews on the first day, their weight in displayed_rating."},
};

constexpr std::array posterior_parameters{
    Parameter{"file", once<&Plan::posterior, &PosteriorPlan::file>, Unit::none, closed(0, 1024),
              "\"\"", rule(),
              "CSV file of joint draws, one row each, relative to the plan; numbers refer to its "
              "columns by { posterior = \"column\" }."},
};

}  // namespace

Section campaign_section() {
  return {.name = "campaign",
          .sentence = "What is planned: the flight, the horizon and the goal.",
          .parameters = campaign_parameters};
}

Section attribution_section() {
  return {.name = "attribution",
          .sentence = "Who gets the credit for a first order.",
          .parameters = attribution_parameters};
}

Section day_zero_section() {
  return {.name = "day_zero",
          .sentence = "What exists when the flight begins.",
          .parameters = day_zero_parameters};
}

Section posterior_section() {
  return {.name = "posterior",
          .sentence = "Joint draws of uncertain numbers, from a calibration for example.",
          .parameters = posterior_parameters};
}

}  // namespace flywheel
