#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach loops = once<&Plan::loops, members...>;
template <auto... members>
constexpr Reach targeting = once<&Plan::targeting, members...>;
template <auto... members>
constexpr Reach page_tests = once<&Plan::page_tests, members...>;
template <auto... members>
constexpr Reach feedback = once<&Plan::feedback, members...>;
template <auto... members>
constexpr Reach reputation = once<&Plan::reputation, members...>;
template <auto... members>
constexpr Reach growth = once<&Plan::organic_growth, members...>;

/// A loop that learns or grows: its plan asks for it.
constexpr Parameter new_loop(std::string_view key, Reach reach, std::string_view sentence) {
  return {.key = key,
          .reach = reach,
          .unit = Unit::none,
          .range = no_number,
          .default_text = "false",
          .source = rule("nothing turns that nobody asked for"),
          .sentence = sentence};
}

/// A program as a loop: where the plan has the program, it turns.
constexpr Parameter program_loop(std::string_view key, Reach reach, std::string_view sentence) {
  return {.key = key,
          .reach = reach,
          .unit = Unit::none,
          .range = no_number,
          .default_text = "true",
          .source = rule("a program of the plan runs"),
          .sentence = sentence};
}

constexpr std::array loop_parameters{
    new_loop("targeting", loops<&LoopsPlan::targeting>,
             "Platforms move budgets and sharpen targeting by the conversions that they see."),
    new_loop("page_tests", loops<&LoopsPlan::page_tests>,
             "Landing and checkout are tested on every rotation's visitors; winners stay."),
    new_loop("feedback", loops<&LoopsPlan::feedback>,
             "Reviews and service contacts mend product, delivery and service."),
    new_loop("reputation", loops<&LoopsPlan::reputation>,
             "Reviews move conversion at every step and organic visits."),
    new_loop("organic_growth", loops<&LoopsPlan::organic_growth>,
             "Content, search engines and customers' word bring organic visits."),
    new_loop("marketplace", loops<&LoopsPlan::marketplace>,
             "Volume lowers cost and prices; sellers, selection, speed and stock follow."),
    program_loop("referral", loops<&LoopsPlan::referral>, "Customers invite friends."),
    program_loop("retargeting", loops<&LoopsPlan::retargeting>,
                 "Those who left are shown ads that bring them back."),
    program_loop("messages", loops<&LoopsPlan::messages>, "Flows of messages are sent."),
    program_loop("offers", loops<&LoopsPlan::offers>, "Reorder offers are issued."),
};

constexpr std::array targeting_parameters{
    Parameter{"least_share", targeting<&TargetingPlan::least_share>, Unit::factor, closed(0, 1),
              "0.5", judgement(),
              "The least that learning leaves a segment of its planned share of the budget."},
    Parameter{"most_share", targeting<&TargetingPlan::most_share>, Unit::factor, closed(1, 1000),
              "2", judgement(), "The most that learning gives a segment, over its planned share."},
    Parameter{"prior_conversions", targeting<&TargetingPlan::prior_conversions>, Unit::real,
              above(0, 1e6), "{ low = 2, high = 20 }", judgement(),
              "Conversions that the channel's own rate is worth when segments are compared."},
    Parameter{"half_life_days", targeting<&TargetingPlan::half_life_days>, Unit::days,
              above(0, 3650), "{ low = 14, high = 56 }", judgement(within_two),
              "After this time evidence counts half."},
    Parameter{"learning_conversions", targeting<&TargetingPlan::learning_conversions>, Unit::real,
              closed(0, 1e6), "50", sourced(sources::learning_phase),
              "Conversions in 7 days that end the learning phase, before which targeting stays as "
              "sharp as on the first day."},
    Parameter{"reset_change", targeting<&TargetingPlan::reset_change>, Unit::share, closed(0, 1e6),
              "0.5", judgement("significant edits reset it; no published threshold"),
              "Change of the daily budget between two rotations that begins learning anew."},
    Parameter{"learned_conversions", targeting<&TargetingPlan::learned_conversions>, Unit::real,
              closed(0, 1e9), "0", rule(),
              "Conversions that platforms have learned from before the first day; they count once "
              "the learning phase is over."},
    Parameter{"half_conversions", targeting<&TargetingPlan::half_conversions>, Unit::real,
              above(0, 1e9), "{ low = 100, high = 1_000 }", judgement(within_three),
              "Remembered conversions at which half of what sharpness can gain is there."},
    Parameter{"ceiling", targeting<&TargetingPlan::ceiling>, Unit::factor, closed(1, 2),
              "{ family = \"triangular\", low = 1, mode = 1.2, high = 1.6 }", judgement(bounded),
              "The largest factor on the sharpness of targeting, towards affinity and intent."},
};

constexpr std::array page_test_parameters{
    Parameter{"ideas_per_rotation", page_tests<&PageTestsPlan::ideas_per_rotation>, Unit::count,
              closed(0, 8), "1", judgement(), "Ideas of which the test begins in each rotation."},
    Parameter{"run_rotations", page_tests<&PageTestsPlan::run_rotations>, Unit::count, closed(1, 8),
              "2", judgement("two weeks, as handbooks advise"),
              "Rotations that a test runs before it is judged."},
    Parameter{"significance", page_tests<&PageTestsPlan::significance>, Unit::share, above(0, 1),
              "0.05", rule("the customary level"),
              "Two-sided level at which a test is won and its idea stays."},
    Parameter{"effect_scale", page_tests<&PageTestsPlan::effect_scale>, Unit::real, closed(0, 1),
              "0.025",
              judgement("most ideas do little; published are win rates of some 12 %, an outcome of "
                        "traffic too"),
              "Scale of the true effect of an idea on the logarithm of the conversion rate, a "
              "Student t of 3 degrees of freedom around 0."},
    Parameter{"checkout_share", page_tests<&PageTestsPlan::checkout_share>, Unit::share, a_share,
              "0.5", judgement(), "Ideas that concern the checkout; the others the pages before."},
};

constexpr std::array feedback_parameters{
    Parameter{"half_volume", feedback<&FeedbackPlan::half_volume>, Unit::count, above(0, 1e9),
              "{ low = 300, high = 3_000 }", judgement(within_three),
              "Reviews and service contacts that bring half of what can be mended."},
    Parameter{"least_bad", feedback<&FeedbackPlan::least_bad>, Unit::share, a_share,
              "{ low = \"50%\", high = \"90%\" }", judgement(),
              "What is left of bad products, bad deliveries and unresolved contacts in the end."},
    Parameter{"least_returns", feedback<&FeedbackPlan::least_returns>, Unit::share, above(0, 1),
              "{ low = \"80%\", high = \"98%\" }", judgement(),
              "What is left of the odds of a return in the end, beside fewer bad experiences."},
};

constexpr std::array reputation_parameters{
    Parameter{"products", reputation<&ReputationPlan::products>, Unit::count, above(0, 1e9),
              "{ low = 20, high = 200 }", judgement(within_three),
              "Products over which the reviews are spread."},
    Parameter{"review_lift", reputation<&ReputationPlan::review_lift>, Unit::factor, above(0, 100),
              "{ median = 1.3, s = 0.25 }", judgement(sources::spiegel),
              "Conversion rate of a product with many reviews over that of one without."},
    Parameter{"half_reviews", reputation<&ReputationPlan::half_reviews>, Unit::real, above(0, 1e6),
              "{ low = 0.7, high = 3 }", judgement("so that 5 reviews bring most of the lift"),
              "Reviews of a product that bring half of it."},
    Parameter{"rating_effect", reputation<&ReputationPlan::rating_effect>, Unit::real,
              closed(-10, 10), "{ family = \"normal\", mean = 0.07, sd = 0.03 }",
              judgement("restaurants: 5 to 9 % of revenue for a star (Luca 2016, recalled)"),
              "Logarithm of the conversion rate that a star more of rating brings."},
    Parameter{"organic_effect", reputation<&ReputationPlan::organic_effect>, Unit::real,
              closed(-10, 10), "{ family = \"normal\", mean = 0.05, sd = 0.03 }", judgement(),
              "Logarithm of organic visits that a star more of rating brings."},
    Parameter{"prior_reviews", reputation<&ReputationPlan::prior_reviews>, Unit::count,
              closed(0, 1e9), "10", judgement(),
              "Reviews that prior_rating is worth in the rating that people go by (a Bayesian "
              "average)."},
    Parameter{"prior_rating", reputation<&ReputationPlan::prior_rating>, Unit::real, closed(1, 5),
              "4", judgement(), "What a shop without reviews is trusted to be, in stars."},
};

constexpr std::array growth_parameters{
    Parameter{"content_visits", growth<&OrganicGrowthPlan::content_visits>, Unit::per_day,
              closed(0, 1e6), "{ low = 1, high = 10 }", judgement(within_three),
              "Organic visits a day per 1,000 money of content (money.content_per_day since the "
              "first day) that is still read."},
    Parameter{"content_half_life_days", growth<&OrganicGrowthPlan::content_half_life_days>,
              Unit::days, above(0, 36500), "{ low = 60, high = 365 }", judgement(within_three),
              "After this time content brings half as many visits."},
    Parameter{"seo_gain", growth<&OrganicGrowthPlan::seo_gain>, Unit::real, closed(0, 100),
              "{ low = 0.01, high = 0.2 }", judgement(),
              "Largest growth of organic visits through what reviews give search engines to find."},
    Parameter{"seo_reviews", growth<&OrganicGrowthPlan::seo_reviews>, Unit::count, above(0, 1e9),
              "{ low = 300, high = 3_000 }", judgement(within_three),
              "Reviews written in the run that bring half of seo_gain."},
    Parameter{"word_of_mouth", growth<&OrganicGrowthPlan::word_of_mouth>, Unit::per_day,
              closed(0, 1e6), "{ low = 0.3, high = 3 }", judgement(within_three),
              "Organic visits a day that the word of 1,000 customers won in the run brings."},
};

}  // namespace

Section loops_section() {
  return {.name = "loops",
          .sentence = "Which loops turn; one that does not keeps its state of the first day.",
          .parameters = loop_parameters};
}

Section targeting_section() {
  return {.name = "targeting",
          .sentence = "How platforms learn where to spend and whom to reach.",
          .parameters = targeting_parameters,
          .idle_without = "loops.targeting"};
}

Section page_tests_section() {
  return {.name = "page_tests",
          .sentence = "Continuous optimization of landing and checkout by tests on two halves.",
          .parameters = page_test_parameters,
          .idle_without = "loops.page_tests"};
}

Section feedback_section() {
  return {.name = "feedback",
          .sentence = "What customers say mends what they live through.",
          .parameters = feedback_parameters,
          .idle_without = "loops.feedback"};
}

Section reputation_section() {
  return {.name = "reputation",
          .sentence = "What reviews do to those who read them.",
          .parameters = reputation_parameters,
          .idle_without = "loops.reputation"};
}

Section organic_growth_section() {
  return {.name = "organic_growth",
          .sentence = "Organic visits that content, search engines and customers' word bring.",
          .parameters = growth_parameters,
          .idle_without = "loops.organic_growth"};
}

}  // namespace flywheel
