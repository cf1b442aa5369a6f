#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach audience = once<&Plan::audience, members...>;
template <auto... members>
constexpr Reach segment = each<&Plan::segments, members...>;

constexpr std::array audience_parameters{
    Parameter{
        "exposure", audience<&AudiencePlan::exposure>, Unit::none, no_number,
        "{ family = \"gamma\", shape = { low = 0.5, high = 2 } }",
        judgement("family: the negative binomial of media planning; shape within a factor of 2"),
        "How often a shopper meets ads, relative to the mean."},
    Parameter{"affinity", audience<&AudiencePlan::affinity>, Unit::none, no_number,
              "{ family = \"gamma\", shape = 2 }", judgement(),
              "How readily a shopper clicks ads, relative to the mean."},
    Parameter{"price_sensitivity", audience<&AudiencePlan::price_sensitivity>, Unit::none,
              no_number, "{ family = \"gamma\", shape = 2 }", judgement(),
              "How readily a shopper takes a discount, relative to the mean."},
    Parameter{"engagement", audience<&AudiencePlan::engagement>, Unit::none, no_number,
              "{ family = \"gamma\", shape = 1 }", judgement(),
              "How readily a shopper answers messages, relative to the mean."},
    Parameter{"intent", audience<&AudiencePlan::intent>, Unit::none, no_number, "true", rule(),
              "Whether shoppers differ in purchase intent (standard normal) or all have the mean."},
    Parameter{"incremental_share", audience<&AudiencePlan::incremental_share>, Unit::share,
              above(0, 1), "{ family = \"beta\", mean = 0.6, n = 8 }",
              sourced_center(sources::measured),
              "Share of ad-attributed first orders that would not have come without ads; intent "
              "loading and, where that is not enough, organic visits are solved to meet it, and 1 "
              "turns the solving off."},
    Parameter{"intent_loading_limit", audience<&AudiencePlan::intent_loading_limit>, Unit::real,
              closed(0, 10), "{ family = \"triangular\", low = 1.5, mode = 2.5, high = 3.5 }",
              judgement(bounded), "The largest loading that solving may use."},
    Parameter{"click_loading", audience<&AudiencePlan::click_loading>, Unit::log_odds,
              closed(0, 10), "{ family = \"triangular\", low = 0.1, mode = 0.4, high = 0.7 }",
              judgement(bounded), "Log click probability per unit of intent and loading."},
    Parameter{
        "targeting_loading", audience<&AudiencePlan::targeting_loading>, Unit::log_odds,
        closed(0, 10), "{ family = \"triangular\", low = 0.1, mode = 0.4, high = 0.7 }",
        judgement(bounded),
        "Log intensity of targeting per unit of intent and loading, times the channel's own."},
    Parameter{"funnel_loading", audience<&AudiencePlan::funnel_loading>, Unit::log_odds,
              closed(0, 10), "{ family = \"triangular\", low = 0.1, mode = 0.4, high = 0.7 }",
              judgement(bounded), "Log-odds of every funnel step per unit of intent and loading."},
    Parameter{"organic_loading", audience<&AudiencePlan::organic_loading>, Unit::log_odds,
              closed(0, 10), "{ family = \"triangular\", low = 0.4, mode = 1, high = 1.6 }",
              judgement(bounded), "Log rate of organic visits per unit of intent and loading."},
};

constexpr std::array segment_parameters{
    Parameter{"size", segment<&SegmentPlan::size>, Unit::count, closed(1, 1e12), "", rule(),
              "Shoppers in the segment."},
    Parameter{"price_factor", segment<&SegmentPlan::price_factor>, Unit::factor, above(0, 100), "1",
              rule("a segment like the average"), "Multiplies media prices in this segment."},
    Parameter{"click_factor", segment<&SegmentPlan::click_factor>, Unit::factor, closed(0, 100),
              "1", rule("a segment like the average"), "Multiplies click probabilities."},
    Parameter{"conversion_odds", segment<&SegmentPlan::conversion_odds>, Unit::factor,
              above(0, 100), "1", rule("a segment like the average"),
              "Multiplies the odds of every funnel step (propensity model: the probability)."},
    Parameter{"basket_factor", segment<&SegmentPlan::basket_factor>, Unit::factor, above(0, 100),
              "1", rule("a segment like the average"), "Multiplies order values."},
    Parameter{"loyalty_factor", segment<&SegmentPlan::loyalty_factor>, Unit::factor, closed(0, 100),
              "1", rule("a segment like the average"), "Multiplies the purchase rate."},
};

}  // namespace

Section audience_section() {
  return {.name = "audience",
          .sentence = "The traits of shoppers, each scaled to mean 1, and what intent loads on.",
          .parameters = audience_parameters};
}

Section segment_section() {
  return {.name = "segment",
          .kind = SectionKind::named,
          .sentence = "One part of the audience; at least one is needed.",
          .parameters = segment_parameters,
          .count = count_of<&Plan::segments>,
          .add = add_to<&Plan::segments>,
          .name_of = name_within<&Plan::segments>};
}

}  // namespace flywheel
