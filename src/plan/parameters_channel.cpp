#include <array>

#include "plan/choice.hpp"
#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach channel = each<&Plan::channels, members...>;
template <auto... members>
constexpr Reach creative = each<&Plan::channels, &ChannelPlan::creative, members...>;

constexpr std::array kinds{DefaultFor{"named search", "\"search\"", rule("the channel's name")},
                           DefaultFor{"named shopping", "\"shopping\"", rule("the channel's name")},
                           DefaultFor{"named social", "\"social\"", rule("the channel's name")},
                           DefaultFor{"named display", "\"display\"", rule("the channel's name")},
                           DefaultFor{"named video", "\"video\"", rule("the channel's name")}};

constexpr std::array pricings{DefaultFor{"search", "\"cpc\"", rule("how search ads are sold")},
                              DefaultFor{"shopping", "\"cpc\"", rule("how shopping ads are sold")}};

constexpr std::array prices{
    DefaultFor{"search", "{ median = 4.14, s = 0.45 }", sourced_center(sources::wordstream)},
    DefaultFor{"shopping", "{ median = 0.69, s = 0.35 }",
               sourced_center(sources::wordstream_shopping)},
    DefaultFor{"social", "{ median = 15.06, s = 0.3 }", sourced_center(sources::triple_whale)},
    DefaultFor{"display", "{ median = 2.8, s = 0.5 }", sourced_center(sources::ad_calc)},
    DefaultFor{"video", "{ median = 9.7, s = 0.5 }", sourced_center(sources::ad_calc)}};

constexpr std::array click_rates{
    DefaultFor{"search", "{ median = \"8.28%\", s = 0.25 }", sourced_center(sources::wordstream)},
    DefaultFor{"shopping", "{ median = \"1.2%\", s = 0.4 }",
               sourced_center(sources::shopping_calc)},
    DefaultFor{"social", "{ median = \"1.03%\", s = 0.35 }", sourced_center(sources::databox)},
    DefaultFor{"display", "{ median = \"0.46%\", s = 0.5 }",
               sourced_center(sources::store_growers)},
    DefaultFor{"video", "{ median = \"0.6%\", s = 0.5 }", sourced_center(sources::youtube_calc)}};

constexpr std::array conversion_rates{
    DefaultFor{"search", "{ median = \"4%\", s = 0.6 }", sourced_center(sources::wordstream)},
    DefaultFor{"shopping", "{ median = \"2.8%\", s = 0.5 }",
               sourced_center(sources::wordstream_2024)},
    DefaultFor{
        "social", "{ median = \"3.55%\", s = 0.45 }",
        sourced_center("1.53 % of all clicks at 2.39 % is 3.55 % of link clicks at 1.03 %; "
                       "Triple Whale, https://www.triplewhale.com/blog/facebook-ads-benchmarks")},
    DefaultFor{"display", "{ median = \"0.7%\", s = 0.5 }",
               sourced_center(sources::first_page_sage)},
    DefaultFor{"video", "{ median = \"1%\", s = 0.5 }", judgement()}};

constexpr std::array sharpness{DefaultFor{"social", "{ low = 0.25, high = 1 }", judgement()},
                               DefaultFor{"display", "{ low = 0.15, high = 0.6 }", judgement()},
                               DefaultFor{"video", "{ low = 0.15, high = 0.6 }", judgement()}};

constexpr std::array intent_targeting{
    DefaultFor{"search", "{ family = \"triangular\", low = 1, mode = 2, high = 3 }",
               judgement(bounded)},
    DefaultFor{"shopping", "{ family = \"triangular\", low = 1, mode = 2, high = 3 }",
               judgement(bounded)},
    DefaultFor{"social", "{ family = \"triangular\", low = 0.4, mode = 1, high = 1.6 }",
               judgement(bounded)}};

constexpr std::array wear_outs{
    DefaultFor{"cpc", "0", judgement("a query is new demand, not a repeated exposure")}};
constexpr std::array view_rates{
    DefaultFor{"cpc", "0", judgement("an ad beside a query is clicked or passed over")}};
// Numbers of what a channel billed by click does not have: wear-out and views.
constexpr Source not_per_click =
    judgement("without effect where nothing wears out and views do nothing");
constexpr std::array view_delays{DefaultFor{"cpc", "1.5", not_per_click}};
constexpr std::array memories{DefaultFor{"cpc", "28", not_per_click}};
constexpr std::array reference_frequencies{DefaultFor{"cpc", "3", not_per_click}};
constexpr std::array brand_prices{
    DefaultFor{"search", "{ low = 0.1, high = 0.625 }", judgement(within_three)}};
constexpr std::array brand_budget_limits{
    DefaultFor{"search", "{ low = \"15%\", high = \"60%\" }", judgement()}};
constexpr std::array brand_shares{
    DefaultFor{"search", "{ low = \"4%\", high = \"25%\" }", judgement()}};

constexpr std::array channel_parameters{
    Parameter{.key = "kind",
              .reach = channel<&ChannelPlan::kind>,
              .unit = Unit::none,
              .range = no_number,
              .default_text = "\"custom\"",
              .source = rule(),
              .sentence = "What the channel is; decides the benchmark defaults of its numbers.",
              .defaults_for = kinds},
    Parameter{.key = "pricing",
              .reach = channel<&ChannelPlan::pricing>,
              .unit = Unit::none,
              .range = no_number,
              .default_text = "\"cpm\"",
              .source = rule(),
              .sentence = "Billed per 1,000 impressions (cpm) or per click (cpc).",
              .defaults_for = pricings},
    Parameter{.key = "budget",
              .reach = channel<&ChannelPlan::budget>,
              .unit = Unit::money,
              .range = closed(0, 1e12),
              .default_text = "0",
              .source = rule(),
              .sentence = "Money over the whole flight; must be given unless the media plan "
                          "names the channel.",
              .unwritten = true},
    Parameter{.key = "pacing",
              .reach = channel<&ChannelPlan::pacing>,
              .unit = Unit::none,
              .range = no_number,
              .default_text = "\"even\"",
              .source = rule(),
              .sentence = "How a budget without a media plan is spread over the flight.",
              .unwritten = true},
    Parameter{.key = "segments",
              .reach = channel<&ChannelPlan::segment_shares>,
              .unit = Unit::share,
              .range = a_share,
              .default_text = "{}",
              .source = rule(),
              .sentence = "Share of the budget for each segment, { young = 0.7, old = 0.3 }; "
                          "empty: in proportion to size."},
    Parameter{.key = "price",
              .reach = channel<&ChannelPlan::price>,
              .unit = Unit::money,
              .range = above(0, 1e6),
              .default_text = "",
              .source = rule(),
              .sentence = "Price of 1,000 impressions (cpm) or of a click (cpc), annual mean at "
                          "the reference budget.",
              .defaults_for = prices},
    Parameter{.key = "click_rate",
              .reach = channel<&ChannelPlan::click_rate>,
              .unit = Unit::share,
              .range = above(0, 1),
              .default_text = "",
              .source = rule(),
              .sentence = "Clicks that open a page per impression, at the reference frequency.",
              .defaults_for = click_rates},
    Parameter{.key = "conversion_rate",
              .reach = channel<&ChannelPlan::conversion_rate>,
              .unit = Unit::share,
              .range = above(0, 1),
              .default_text = "",
              .source = rule(),
              .sentence =
                  "First orders credited to the channel's clicks, per click; the rate of the "
                  "visit itself and the steps between are solved from it.",
              .defaults_for = conversion_rates,
              .needs = {"funnel.model", "steps"}},
    Parameter{.key = "price_slope",
              .reach = channel<&ChannelPlan::price_slope>,
              .unit = Unit::real,
              .range = closed(0, 5),
              .default_text = "{ low = 0.03, high = 0.3 }",
              .source = judgement(),
              .sentence = "Elasticity of the price by the daily budget over the reference."},
    Parameter{.key = "reference_daily_budget",
              .reach = channel<&ChannelPlan::reference_daily_budget>,
              .unit = Unit::money,
              .range = closed(0, 1e12),
              .default_text = "0",
              .source = rule(),
              .sentence =
                  "Daily budget at which `price` and the rates of clicks and orders hold; 0: the "
                  "mean of the days with money."},
    Parameter{.key = "impression_share_reference",
              .reach = channel<&ChannelPlan::impression_share_reference>,
              .unit = Unit::share,
              .range = {.low = 0, .high = 0.99, .without_low = true},
              .default_text = "{ low = \"20%\", high = \"65%\" }",
              .source = judgement(),
              .sentence = "Share of the stock of queries that the reference budget buys.",
              .needs = {"pricing", "cpc"}},
    Parameter{.key = "sharpness",
              .reach = channel<&ChannelPlan::sharpness>,
              .unit = Unit::real,
              .range = closed(0, 5),
              .default_text = "0",
              .source = judgement("no targeting by affinity"),
              .sentence = "Targeting intensity goes with affinity to this power.",
              .defaults_for = sharpness},
    Parameter{
        .key = "intent_targeting",
        .reach = channel<&ChannelPlan::intent_targeting>,
        .unit = Unit::factor,
        .range = closed(0, 10),
        .default_text = "{ family = \"triangular\", low = 0.2, mode = 0.5, high = 0.8 }",
        .source = judgement(bounded),
        .sentence = "Multiplies audience.targeting_loading: how well the channel finds intent.",
        .defaults_for = intent_targeting},
    Parameter{.key = "affinity_exponent",
              .reach = channel<&ChannelPlan::affinity_exponent>,
              .unit = Unit::real,
              .range = closed(0, 3),
              .default_text = "1",
              .source = rule(),
              .sentence = "Click probability goes with affinity to this power."},
    Parameter{.key = "wear_out",
              .reach = channel<&ChannelPlan::wear_out>,
              .unit = Unit::real,
              .range = closed(0, 3),
              .default_text = "{ family = \"normal\", mean = 0.43, sd = 0.08 }",
              .source = sourced_center(sources::ad_fatigue),
              .sentence = "Exponent e in (1 + K)^-e, K earlier exposures to the same creative.",
              .defaults_for = wear_outs},
    Parameter{.key = "wear_in",
              .reach = channel<&ChannelPlan::wear_in>,
              .unit = Unit::share,
              .range = a_share,
              .default_text = "0",
              .source = judgement("none seen in the decay"),
              .sentence = "The first exposure's click probability is lower by this share."},
    Parameter{.key = "memory_days",
              .reach = channel<&ChannelPlan::memory_days>,
              .unit = Unit::days,
              .range = above(0, 3650),
              .default_text = "{ low = 14, high = 56 }",
              .source = judgement(within_two),
              .sentence = "Impressions older than this no longer wear out.",
              .defaults_for = memories},
    Parameter{
        .key = "reference_frequency",
        .reach = channel<&ChannelPlan::reference_frequency>,
        .unit = Unit::count,
        .range = closed(0, 1000),
        .default_text = "{ low = 1.2, high = 7.5 }",
        .source = judgement("cold audiences are said to tire at 2 to 3.5 exposures; how often "
                            "those of a published rate had seen the ad is not published"),
        .sentence = "Impressions of an ad per shopper, within memory, over which click_rate is the "
                    "mean: the first one, before which there was none, to the last.",
        .defaults_for = reference_frequencies},
    Parameter{.key = "frequency_cap",
              .reach = channel<&ChannelPlan::frequency_cap>,
              .unit = Unit::count,
              .range = closed(0, 1000),
              .default_text = "0",
              .source = rule(),
              .sentence = "Most impressions per shopper and rotation; 0: no cap."},
    Parameter{.key = "view_rate",
              .reach = channel<&ChannelPlan::view_rate>,
              .unit = Unit::share,
              .range = a_share,
              .default_text = "{ low = \"0.02%\", high = \"0.1%\" }",
              .source = judgement(),
              .sentence = "Impressions without a click that lead to a later visit.",
              .defaults_for = view_rates},
    Parameter{.key = "view_delay_days",
              .reach = channel<&ChannelPlan::view_delay_days>,
              .unit = Unit::days,
              .range = closed(0, 90),
              .default_text = "{ low = 0.5, high = 4.5 }",
              .source = judgement(within_three),
              .sentence = "Mean of the exponential delay of these visits.",
              .defaults_for = view_delays},
    Parameter{.key = "mobile_share",
              .reach = channel<&ChannelPlan::mobile_share>,
              .unit = Unit::share,
              .range = a_share,
              .default_text = "\"75.75%\"",
              .source = sourced(sources::dynamic_yield),
              .sentence = "Share of the channel's visits from phones."},
    Parameter{.key = "tracking_loss",
              .reach = channel<&ChannelPlan::tracking_loss>,
              .unit = Unit::share,
              .range = a_share,
              .default_text = "{ low = \"10%\", high = \"35%\" }",
              .source = judgement(),
              .sentence = "Share of touches that the platform cannot see."},
    Parameter{
        .key = "brand_share",
        .reach = channel<&ChannelPlan::brand_share>,
        .unit = Unit::share,
        .range = a_share,
        .default_text = "0",
        .source = rule("search only"),
        .sentence =
            "Share of unpaid visits that pass over a paid brand ad of this channel, as far as its "
            "budget goes.",
        .defaults_for = brand_shares},
    Parameter{.key = "brand_price",
              .reach = channel<&ChannelPlan::brand_price>,
              .unit = Unit::factor,
              .range = closed(0, 10),
              .default_text = "0.25",
              .source = judgement(),
              .sentence = "Cost of a brand click over the channel's price.",
              .defaults_for = brand_prices},
    Parameter{.key = "brand_budget_limit",
              .reach = channel<&ChannelPlan::brand_budget_limit>,
              .unit = Unit::share,
              .range = a_share,
              .default_text = "1",
              .source = rule("search only"),
              .sentence = "Largest part of a day's budget that clicks on brand ads may take: the "
                          "rest is kept for everybody else.",
              .defaults_for = brand_budget_limits},
    Parameter{.key = "price_volatility",
              .reach = channel<&ChannelPlan::price_volatility>,
              .unit = Unit::real,
              .range = closed(0, 2),
              .default_text = "{ low = 0.05, high = 0.2 }",
              .source = judgement(within_two),
              .sentence = "Stationary standard deviation of the log price."},
    Parameter{.key = "price_reversion",
              .reach = channel<&ChannelPlan::price_reversion>,
              .unit = Unit::per_day,
              .range = above(0, 100),
              .default_text = "0.357",
              .source = judgement("-ln 0.7: a day's deviation keeps 0.7 of itself overnight"),
              .sentence = "Rate at which the log price returns to its mean."},
    Parameter{.key = "creative.hit_rate",
              .reach = creative<&CreativePlan::hit_rate>,
              .unit = Unit::share,
              .range = a_share,
              .default_text = "{ family = \"beta\", mean = 0.05, n = 60 }",
              .source = sourced_center(sources::motion),
              .sentence = "Chance that a creative is a winner."},
    Parameter{.key = "creative.hit_strength",
              .reach = creative<&CreativePlan::hit_strength>,
              .unit = Unit::factor,
              .range = above(0, 100),
              .default_text = "{ low = 1.3, high = 3 }",
              .source = judgement(),
              .sentence = "Click probability of a winner over that of an ordinary creative."},
    Parameter{.key = "creative.refresh_days",
              .reach = creative<&CreativePlan::refresh_days>,
              .unit = Unit::days,
              .range = closed(0, 730),
              .default_text = "{ median = 28, s = 0.45 }",
              .source = sourced_center(sources::ad_library),
              .sentence = "Days until a new creative is shown, drawn to whole days; 0: never."},
};

std::vector<std::string> channel_variants(const Plan& plan, std::size_t entry) {
  const ChannelPlan& one = plan.channels.at(entry);
  return {"named " + one.name, std::string{word_of(one.kind)}, std::string{word_of(one.pricing)}};
}

}  // namespace

Section channel_section() {
  return {.name = "channel",
          .kind = SectionKind::named,
          .sentence = "One paid channel that finds new shoppers.",
          .parameters = channel_parameters,
          .count = count_of<&Plan::channels>,
          .add = add_to<&Plan::channels>,
          .name_of = name_within<&Plan::channels>,
          .variants = channel_variants};
}

}  // namespace flywheel
