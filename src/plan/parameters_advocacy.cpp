#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach experience = once<&Plan::experience, members...>;
template <auto... members>
constexpr Reach referral = once<&Plan::referral, members...>;
template <auto... members>
constexpr Reach organic = once<&Plan::organic, members...>;

constexpr std::array<std::string_view, 5> organic_sources{"direct", "search", "content", "social",
                                                          "marketplace"};

constexpr std::array experience_parameters{
    Parameter{"bad_product", experience<&ExperiencePlan::bad_product>, Unit::share, a_share,
              "{ low = \"3%\", high = \"8%\" }", judgement(), "Deliveries with a bad product."},
    Parameter{"bad_delivery", experience<&ExperiencePlan::bad_delivery>, Unit::share, a_share,
              "{ low = \"2.5%\", high = \"10%\" }", judgement(),
              "Deliveries that went badly themselves."},
    Parameter{"contact_good", experience<&ExperiencePlan::contact_good>, Unit::share, a_share,
              "{ low = \"1%\", high = \"8.7%\" }", judgement(odds_within_three),
              "Service contacts per order that went well."},
    Parameter{"contact_bad", experience<&ExperiencePlan::contact_bad>, Unit::share, a_share,
              "{ low = \"25%\", high = \"75%\" }", judgement(odds_within_three),
              "Service contacts per order that went badly."},
    Parameter{"resolved", experience<&ExperiencePlan::resolved>, Unit::share, a_share,
              "{ low = \"35%\", high = \"81%\" }", judgement(odds_within_three),
              "Contacts that repair a bad experience."},
    Parameter{"delivery_days", experience<&ExperiencePlan::delivery_days>, Unit::days,
              closed(0, 365), "{ low = 2, high = 8 }", judgement(within_two),
              "Mean time from order to delivery."},
    Parameter{"promoters", experience<&ExperiencePlan::promoters>, Unit::share, closed(0, 1e6),
              "{ family = \"gamma\", mean = 0.6, shape = 30 }",
              sourced_center(sources::net_promoter),
              "Weight of customers who answer 9 or 10; the three weights are divided by their "
              "sum, and as gammas of shape 30, 11.5 and 8.5 are a Dirichlet."},
    Parameter{"passives", experience<&ExperiencePlan::passives>, Unit::share, closed(0, 1e6),
              "{ family = \"gamma\", mean = 0.23, shape = 11.5 }",
              sourced_center(sources::net_promoter), "Weight of customers who answer 7 or 8."},
    Parameter{"detractors", experience<&ExperiencePlan::detractors>, Unit::share, closed(0, 1e6),
              "{ family = \"gamma\", mean = 0.17, shape = 8.5 }",
              sourced_center(sources::net_promoter), "Weight of customers who answer 0 to 6."},
    Parameter{"bad_effect", experience<&ExperiencePlan::bad_effect>, Unit::real, closed(0, 10),
              "{ low = 0.5, high = 2 }", judgement(within_two),
              "Standard deviations by which a bad experience lowers satisfaction."},
    Parameter{"trait_share", experience<&ExperiencePlan::trait_share>, Unit::share, a_share,
              "{ low = \"12%\", high = \"57.5%\" }", judgement(odds_within_three),
              "Share of the variance of satisfaction that is the shopper's own."},
    Parameter{"review_rate", experience<&ExperiencePlan::review_rate>, Unit::share, a_share,
              "{ family = \"beta\", mean = 0.065, n = 80 }", sourced_center(sources::yotpo),
              "Reviews per delivered order. The published figure counts reviews per request: every "
              "delivery is taken to be followed by one."},
    Parameter{"review_promoter", experience<&ExperiencePlan::review_promoter>, Unit::factor,
              closed(0, 100), "1", judgement(), "Relative chance that a promoter reviews."},
    Parameter{"review_passive", experience<&ExperiencePlan::review_passive>, Unit::factor,
              closed(0, 100), "0.4", judgement(), "Relative chance that a passive reviews."},
    Parameter{"review_detractor", experience<&ExperiencePlan::review_detractor>, Unit::factor,
              closed(0, 100), "1.5", judgement(), "Relative chance that a detractor reviews."},
    Parameter{"friends_put_off", experience<&ExperiencePlan::friends_put_off>, Unit::real,
              closed(0, 100), "{ low = 0.05, high = 1 }",
              judgement("surveys count who is told, not who stays away"),
              "People of the segment's audience who stay away for good because of one detractor's "
              "answer, on average; 0 turns it off."},
};

constexpr std::array referral_parameters{
    program_switch(referral<&ReferralPlan::enabled>,
                   "Whether there is a program in which customers invite friends."),
    Parameter{"promoters_only", referral<&ReferralPlan::promoters_only>, Unit::none, no_number,
              "true", rule(), "Whether only promoters share."},
    Parameter{"share_rate", referral<&ReferralPlan::share_rate>, Unit::share, a_share,
              "{ family = \"beta\", mean = 0.05, n = 60 }", sourced(sources::extole),
              "Customers who share."},
    Parameter{"law", referral<&ReferralPlan::law>, Unit::none, no_number, "\"poisson\"", rule(),
              "Whether the number of friends who come is Poisson or fixed."},
    Parameter{"clicks_per_share", referral<&ReferralPlan::clicks_per_share>, Unit::count,
              closed(0, 1000), "{ median = 2.3, s = 0.2 }", sourced(sources::friendbuy),
              "Friends who come per customer who shares; fixed: rounded to a whole number."},
    Parameter{"delay_days", referral<&ReferralPlan::delay_days>, Unit::days, closed(0, 730),
              "{ low = 5, high = 40 }", judgement(within_three),
              "Mean of the exponential delay after delivery; 0: at the order itself."},
    Parameter{"conversion_rate",
              referral<&ReferralPlan::conversion_rate>,
              Unit::share,
              above(0, 1),
              "{ family = \"beta\", mean = 0.09, n = 50 }",
              sourced(sources::extole),
              "First orders per referred visit.",
              {},
              {"funnel.model", "steps"}},
    Parameter{"conversion_factor",
              referral<&ReferralPlan::conversion_factor>,
              Unit::factor,
              above(0, 1000),
              "1",
              judgement(),
              "Factor on the friend's probability of a purchase.",
              {},
              {"funnel.model", "propensity"}},
    Parameter{"value_uplift", referral<&ReferralPlan::value_uplift>, Unit::factor, above(0, 100),
              "{ family = \"normal\", mean = 1.16, sd = 0.05 }", sourced(sources::schmitt),
              "Factor on the order values of a friend."},
    Parameter{"friend_discount", referral<&ReferralPlan::friend_discount>, Unit::share, a_share,
              "0.1", judgement(), "Share of the friend's first order given away."},
    Parameter{"referrer_reward", referral<&ReferralPlan::referrer_reward>, Unit::money,
              closed(0, 1e6), "10", judgement(),
              "Money for the customer when a friend has ordered."},
    Parameter{"retarget_friends", referral<&ReferralPlan::retarget_friends>, Unit::none, no_number,
              "true", rule(), "Whether friends who left are retargeted like others."},
    Parameter{"depletion", referral<&ReferralPlan::depletion>, Unit::none, no_number, "true",
              rule(), "Whether a friend may already be a customer."},
};

constexpr std::array organic_parameters{
    Parameter{"visits_per_day", organic<&OrganicPlan::visits_per_day>, Unit::per_day,
              closed(0, 1000), "{ low = 0.15, high = 1.5 }",
              judgement("a tenth to the same number of the shipped campaign's ad clicks"),
              "Unpaid visits per day and 1,000 shoppers of the audience; solving may raise them as "
              "far as visits_limit to meet audience.incremental_share."},
    Parameter{"visits_limit", organic<&OrganicPlan::visits_limit>, Unit::factor, closed(1, 100),
              "{ family = \"triangular\", low = 2, mode = 4, high = 10 }",
              judgement("ads bring a fifth to a half of most shops' visits"),
              "The largest factor on visits_per_day that solving may use; 1 where visits_per_day "
              "is given."},
    Parameter{"conversion_rate",
              organic<&OrganicPlan::conversion_rate>,
              Unit::share,
              above(0, 1),
              "{ median = \"1.5%\", s = 0.87 }",
              sourced(sources::littledata),
              "First orders per unpaid visit.",
              {},
              {"funnel.model", "steps"}},
    Parameter{"source_shares",
              organic<&OrganicPlan::source_shares>,
              Unit::share,
              closed(0, 1e6),
              "[0.4, 0.35, 0.1, 0.1, 0.05]",
              judgement(),
              "Where organic visits come from: the chances behind organic_visits_by_source.",
              {},
              {},
              organic_sources,
              true},
};

}  // namespace

Section experience_section() {
  return {.name = "experience",
          .sentence = "What customers live through, and what they say about it.",
          .parameters = experience_parameters};
}

Section referral_section() {
  return {.name = "referral",
          .sentence = "Customers who bring friends.",
          .parameters = referral_parameters,
          .idle_without = "enabled"};
}

Section organic_section() {
  return {.name = "organic",
          .sentence = "Visits that cost no media.",
          .parameters = organic_parameters};
}

}  // namespace flywheel
