#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach retargeting = once<&Plan::retargeting, members...>;

constexpr std::array<std::string_view, 3> pools{"browse", "cart", "checkout"};

/// A factor for each pool of leavers.
constexpr Parameter pool_factors(std::string_view key, Reach reach, std::string_view sentence) {
  return {.key = key,
          .reach = reach,
          .unit = Unit::factor,
          .range = above(0, 100),
          .default_text = "[1, 1, 1]",
          .source = rule("pools differ by who is in them"),
          .sentence = sentence,
          .elements = pools};
}

constexpr std::array retargeting_parameters{
    program_switch(retargeting<&RetargetingPlan::enabled>,
                   "Whether visitors who left without an order are shown ads."),
    Parameter{.key = "budget",
              .reach = retargeting<&RetargetingPlan::budget>,
              .unit = Unit::money,
              .range = closed(0, 1e12),
              .default_text = "0",
              .source = rule("must be given where retargeting is on"),
              .sentence = "Money over flight and conversion window; 0: no ads; \"unlimited\": as "
                          "many as the pool takes.",
              .unwritten = true,
              .no_limit = "unlimited"},
    Parameter{"pricing", retargeting<&RetargetingPlan::pricing>, Unit::none, no_number, "\"cpm\"",
              rule(), "Billed per 1,000 impressions (cpm) or per click (cpc)."},
    Parameter{.key = "price",
              .reach = retargeting<&RetargetingPlan::price>,
              .unit = Unit::money,
              .range = above(0, 1e6),
              .default_text = "{ median = 15.06, s = 0.3 }",
              .source = sourced_center(sources::triple_whale),
              .sentence = "Price of 1,000 impressions (cpm) or of a click (cpc).",
              .idle_without = "budget"},
    Parameter{"impressions_per_day", retargeting<&RetargetingPlan::impressions_per_day>,
              Unit::per_day, above(0, 100), "{ low = 0.25, high = 1 }", judgement(),
              "Impressions a member of the pool would get each day if the budget allows."},
    Parameter{"window_days", retargeting<&RetargetingPlan::window_days>, Unit::days, closed(1, 365),
              "14", judgement(), "Days after the visit in which ads follow the shopper."},
    Parameter{"cap_per_window", retargeting<&RetargetingPlan::cap_per_window>, Unit::count,
              closed(0, 1000), "15", judgement(), "Most impressions in a window; 0: no cap."},
    Parameter{"pool", retargeting<&RetargetingPlan::pool>, Unit::none, closed(1, 64), "\"engaged\"",
              judgement(), "Least depth of a visit that enters the pool."},
    Parameter{
        "click_rate", retargeting<&RetargetingPlan::click_rate>, Unit::share, above(0, 1),
        "{ median = \"2.06%\", s = 0.4 }",
        sourced_center("twice the link click rate of social (1.03 %); Lebesgue, "
                       "https://lebesgue.io/facebook-ads/add-to-cart-rate-benchmarks-a-closer-"
                       "look-at-facebook-ads"),
        "Clicks per impression, mean over the pool."},
    Parameter{"affinity_exponent", retargeting<&RetargetingPlan::affinity_exponent>, Unit::real,
              closed(0, 3), "1", rule(), "Click probability goes with affinity to this power."},
    Parameter{"conversion_uplift", retargeting<&RetargetingPlan::conversion_uplift>, Unit::factor,
              above(0, 1000), "{ median = 2.4, s = 0.4 }", sourced_center(sources::lebesgue),
              "Odds of a first order credited to a click, over the channels' mean (propensity "
              "model: factor on the probability of a visit)."},
    Parameter{"incremental_share", retargeting<&RetargetingPlan::incremental_share>, Unit::share,
              above(0, 1), "{ family = \"beta\", mean = 0.35, n = 8 }", judgement(),
              "Share of retargeting's orders that would not have come without it; the probability "
              "of an own return is solved to meet it, and 1 turns the solving off."},
    Parameter{"return_delay_days", retargeting<&RetargetingPlan::return_delay_days>, Unit::days,
              above(0, 365), "{ low = 1.6, high = 10 }", judgement(within_three),
              "Mean of the exponential delay of an own return."},
    Parameter{"return_probability",
              retargeting<&RetargetingPlan::return_probability>,
              Unit::share,
              a_share,
              "0",
              rule("solved from incremental_share unless given"),
              "Chance that a visitor who left comes back unasked; solved unless given.",
              {},
              {},
              {},
              false,
              true},
    Parameter{
        "return_limit", retargeting<&RetargetingPlan::return_limit>, Unit::share, a_share,
        "{ low = \"20%\", high = \"55%\" }",
        judgement("8 % of cart abandoners are said to return unaided, 53 % of visits are returns"),
        "The largest chance of an own return that solving may give."},
    Parameter{"mobile_share", retargeting<&RetargetingPlan::mobile_share>, Unit::share, a_share,
              "\"75.75%\"", sourced(sources::dynamic_yield), "Share of these visits from phones."},
    Parameter{.key = "tracking_loss",
              .reach = retargeting<&RetargetingPlan::tracking_loss>,
              .unit = Unit::share,
              .range = a_share,
              .default_text = "{ low = \"10%\", high = \"35%\" }",
              .source = judgement(),
              .sentence = "Share of touches that the platform cannot see.",
              .idle_without = "enabled"},
    Parameter{"continues_after_flight", retargeting<&RetargetingPlan::continues_after_flight>,
              Unit::none, no_number, "true", rule(),
              "Whether impressions go on after the flight until windows close."},
    pool_factors("pool_impressions", retargeting<&RetargetingPlan::pool_impressions>,
                 "On impressions_per_day, of those who left browsing, in the cart, at checkout."),
    pool_factors(
        "pool_clicks", retargeting<&RetargetingPlan::pool_clicks>,
        "On clicks per impression of a pool. click_rate stays the mean over all as first visits "
        "end; windows that retargeted visits re-open move it by some per cent."),
    pool_factors("pool_conversion_odds", retargeting<&RetargetingPlan::pool_conversion_odds>,
                 "On the odds that a retargeted visit orders, by pool; conversion_uplift stays the "
                 "mean over all (propensity model: on its chance)."),
};

}  // namespace

/// Without the ads most of it stays in use: the chance of an own return is solved as if they ran.
Section retargeting_section() {
  return {.name = "retargeting",
          .sentence = "Ads to visitors who left without an order.",
          .parameters = retargeting_parameters};
}

}  // namespace flywheel
