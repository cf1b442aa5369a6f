#include <array>

#include "plan/choice.hpp"
#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach funnel = once<&Plan::funnel, members...>;
template <auto... members>
constexpr Reach basket = once<&Plan::basket, members...>;
template <auto... members>
constexpr Reach repeat = once<&Plan::repeat, members...>;

constexpr Needs steps{"model", "steps"};
constexpr Needs propensity{"model", "propensity"};
constexpr Needs pareto_nbd{"model", "pareto_nbd"};
constexpr Needs bg_nbd{"model", "bg_nbd"};

constexpr std::array<std::string_view, 10> reasons{
    "extra_cost", "slow_delivery", "no_trust",      "forced_account", "long_form",
    "errors",     "returns",       "total_unclear", "declined",       "few_payments"};

constexpr std::array funnel_parameters{
    Parameter{"model", funnel<&FunnelPlan::model>, Unit::none, no_number, "\"steps\"", rule(),
              "How a visit becomes an order: logistic steps, or one propensity per shopper."},
    Parameter{"propensity",
              funnel<&FunnelPlan::propensity>,
              Unit::none,
              no_number,
              "{ family = \"beta\", alpha = 2, beta = 60 }",
              judgement(),
              "Family of the purchase propensity, scaled to mean 1.",
              {},
              propensity},
    Parameter{"propensity_mean",
              funnel<&FunnelPlan::propensity_mean>,
              Unit::share,
              above(0, 1),
              "{ median = \"3.2%\", s = 0.6 }",
              judgement(),
              "Mean purchase probability of a cold click.",
              {},
              propensity},
    Parameter{"bounce_rate",
              funnel<&FunnelPlan::bounce_rate>,
              Unit::share,
              a_share,
              "{ family = \"beta\", mean = 0.47, n = 20 }",
              sourced_center(sources::irp),
              "Visits that leave from the first page.",
              {},
              steps},
    Parameter{"view_rate",
              funnel<&FunnelPlan::view_rate>,
              Unit::share,
              above(0, 1),
              "{ low = \"50%\", high = \"80%\" }",
              judgement(),
              "Visits that look at a product, of those that stay.",
              {},
              steps},
    Parameter{"cart_rate",
              funnel<&FunnelPlan::cart_rate>,
              Unit::share,
              above(0, 1),
              "{ median = \"6.1%\", s = 0.5 }",
              sourced_center("Dynamic Yield by Mastercard, 1.76 to 9.56 % by sector; "
                             "https://marketing.dynamicyield.com/benchmarks/"),
              "Sessions that add to the cart.",
              {},
              steps},
    Parameter{"checkout_rate",
              funnel<&FunnelPlan::checkout_rate>,
              Unit::share,
              above(0, 1),
              "{ low = \"42%\", high = \"60%\" }",
              judgement(),
              "Carts that begin the checkout; more than 1 - cart_abandonment.",
              {},
              steps},
    Parameter{"cart_abandonment",
              funnel<&FunnelPlan::cart_abandonment>,
              Unit::share,
              a_share,
              "{ family = \"beta\", mean = 0.7, n = 45 }",
              sourced(sources::baymard),
              "Carts that do not become orders.",
              {},
              steps},
    Parameter{"desktop_ratio",
              funnel<&FunnelPlan::desktop_ratio>,
              Unit::factor,
              above(0, 100),
              "{ median = 1.7, s = 0.2 }",
              sourced(sources::content_square),
              "Order rate on desktops over that on phones.",
              {},
              steps},
    Parameter{"mobile_share", funnel<&FunnelPlan::mobile_share>, Unit::share, a_share, "\"75.75%\"",
              sourced(sources::dynamic_yield), "Share of unpaid visits from phones."},
    Parameter{"page_quality",
              funnel<&FunnelPlan::page_quality>,
              Unit::factor,
              above(0, 100),
              "1",
              rule("the pages that the rates were measured on"),
              "Odds of every step of a visit over those on the pages that all rates were measured "
              "on: 1.1 asks what pages would bring whose odds are a tenth better.",
              {},
              steps},
    Parameter{"session_seconds", funnel<&FunnelPlan::session_seconds>, Unit::seconds,
              above(0, 86400), "127", sourced(sources::conversion_bench),
              "Median length of a visit that stays."},
    Parameter{"session_spread", funnel<&FunnelPlan::session_spread>, Unit::real, closed(0, 5),
              "0.76", sourced(sources::conversion_bench),
              "Standard deviation of the log of that length."},
    Parameter{"pages_mean", funnel<&FunnelPlan::pages_mean>, Unit::count, closed(0, 1000), "3.5",
              sourced_center(sources::pages), "Mean number of pages after the first."},
    Parameter{"immediate_share", funnel<&FunnelPlan::immediate_share>, Unit::share, a_share,
              "{ low = \"60%\", high = \"90%\" }", judgement(),
              "Orders placed soon after the visit."},
    Parameter{"immediate_delay_days", funnel<&FunnelPlan::immediate_delay_days>, Unit::days,
              closed(0, 30), "0.02", judgement(), "Mean of the exponential delay of these orders."},
    Parameter{"later_delay_days", funnel<&FunnelPlan::later_delay_days>, Unit::days, closed(0, 90),
              "{ low = 1.2, high = 7.5 }", judgement(within_three),
              "Mean of the exponential delay of the other orders."},
    Parameter{
        "reason_shares",
        funnel<&FunnelPlan::reason_shares>,
        Unit::share,
        closed(0, 1e6),
        "{ family = \"dirichlet\", weights = [40, 20, 19, 18, 17, 17, 13, 12, 10, 9], n = 100 "
        "}",
        sourced(sources::baymard_reasons),
        "Why a checkout fails, share of each reason.",
        {},
        steps,
        reasons,
        true},
    Parameter{"reasons_fixed",
              funnel<&FunnelPlan::reasons_fixed>,
              Unit::share,
              a_share,
              "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]",
              rule("nothing has been changed"),
              "Share of each reason that the plan has removed.",
              {},
              steps,
              reasons},
    Parameter{"demand_elasticity",
              funnel<&FunnelPlan::demand_elasticity>,
              Unit::real,
              closed(0, 5),
              "{ low = 0.12, high = 0.75 }",
              judgement(within_three),
              "The odds of every step go with the demand factor to this power.",
              {},
              steps},
    Parameter{"return_ratio",
              funnel<&FunnelPlan::return_ratio>,
              Unit::factor,
              above(0, 100),
              "1.7",
              sourced("Contentsquare 2026, returning 2.9 % against new 1.7 %; "
                      "https://contentsquare.com/guides/digital-experience-benchmark/retention/"),
              "Order rate of own returns over that of organic visits.",
              {},
              steps},
};

constexpr std::array basket_parameters{
    Parameter{"model", basket<&BasketPlan::model>, Unit::none, no_number, "\"gamma_gamma\"",
              rule("Fader, Hardie & Lee 2005, Journal of Marketing Research 42(4)"),
              "Family of order values: gamma around gamma levels, or lognormal around lognormal."},
    Parameter{"order_value", basket<&BasketPlan::order_value>, Unit::money, above(0, 1e9),
              "{ median = 73.36, s = 0.45 }", sourced_center(sources::order_value),
              "Mean over the shop's orders; the spread is that between shops, whose median is "
              "published."},
    Parameter{"spread_between", basket<&BasketPlan::spread_between>, Unit::real, closed(0, 3),
              "0.526", sourced(sources::cdnow),
              "Standard deviation of the log level between shoppers."},
    Parameter{"spread_within", basket<&BasketPlan::spread_within>, Unit::real, closed(0, 3), "0.52",
              sourced(sources::cdnow),
              "Standard deviation of a shopper's log orders around their level."},
    Parameter{"frequency_correlation", basket<&BasketPlan::frequency_correlation>, Unit::real,
              closed(-0.95, 0.95), "{ family = \"normal\", mean = 0, sd = 0.15 }",
              judgement("no published figure; either sign"),
              "Rank correlation between a shopper's purchase rate and level."},
};

constexpr std::array cdnow_shapes{DefaultFor{"bg_nbd", "0.243", sourced(sources::bg_nbd)}};
constexpr std::array cdnow_scales{DefaultFor{"bg_nbd", "30.898", sourced(sources::bg_nbd)}};

std::vector<std::string> repeat_variants(const Plan& plan, std::size_t /*entry*/) {
  return {std::string{word_of(plan.repeat.model)}};
}

constexpr std::array repeat_parameters{
    Parameter{"model", repeat<&RepeatPlan::model>, Unit::none, no_number, "\"pareto_nbd\"",
              rule("Schmittlein, Morrison & Colombo 1987; Fader, Hardie & Lee 2005"),
              "Process of repeat purchases; none turns them off."},
    Parameter{"rate_shape", repeat<&RepeatPlan::rate_shape>, Unit::real, above(0, 1000), "1.258",
              sourced(sources::repeat_chain), "Shape r of the gamma of purchase rates.",
              cdnow_shapes},
    Parameter{"rate_scale_days", repeat<&RepeatPlan::rate_scale_days>, Unit::days, above(0, 1e6),
              "146.4", sourced(sources::repeat_chain),
              "Scale alpha of the gamma of purchase rates; the mean rate is r / alpha.",
              cdnow_scales},
    Parameter{"dropout_shape",
              repeat<&RepeatPlan::dropout_shape>,
              Unit::real,
              above(0, 1000),
              "0.723",
              sourced(sources::repeat_chain),
              "Shape s of the gamma of dropout rates.",
              {},
              pareto_nbd},
    Parameter{
        "dropout_scale_days",
        repeat<&RepeatPlan::dropout_scale_days>,
        Unit::days,
        above(0, 1e6),
        "{ median = 10.87, s = 0.85 }",
        sourced_center(sources::repeat_chain),
        "Scale beta of the gamma of dropout rates; the mean rate is s / beta. Its spread gives "
        "the share that ever buys again that of Beta(.25, n 20), and leaves the later steps of "
        "the chain nearly as they are.",
        {},
        pareto_nbd},
    Parameter{"drop_alpha",
              repeat<&RepeatPlan::drop_alpha>,
              Unit::real,
              above(0, 1e6),
              "0.793",
              sourced(sources::bg_nbd),
              "First shape a of the beta of dropout after a purchase.",
              {},
              bg_nbd},
    Parameter{"drop_beta",
              repeat<&RepeatPlan::drop_beta>,
              Unit::real,
              above(0, 1e6),
              "2.426",
              sourced(sources::bg_nbd),
              "Second shape b of the beta of dropout after a purchase.",
              {},
              bg_nbd},
    Parameter{"season", repeat<&RepeatPlan::season>, Unit::none, no_number, "true", rule(),
              "Whether the clock of repeat purchases runs with the season of demand."},
};

}  // namespace

Section funnel_section() {
  return {.name = "funnel",
          .sentence = "Landing and checkout: the site's averages, from which steps are solved.",
          .parameters = funnel_parameters};
}

Section basket_section() {
  return {.name = "basket", .sentence = "What an order is worth.", .parameters = basket_parameters};
}

Section repeat_section() {
  return {.name = "repeat",
          .sentence = "When customers buy again.",
          .parameters = repeat_parameters,
          .variants = repeat_variants};
}

}  // namespace flywheel
