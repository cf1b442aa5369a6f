#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach offer = each<&Plan::offers, members...>;
template <auto... members>
constexpr Reach subscription = once<&Plan::subscription, members...>;
template <auto... members>
constexpr Reach loyalty = once<&Plan::loyalty, members...>;

constexpr std::array offer_parameters{
    Parameter{"after_days", offer<&OfferPlan::after_days>, Unit::days, closed(0, 730), "45",
              judgement(), "Issued this long after an order, if none has come since."},
    Parameter{"depth", offer<&OfferPlan::depth>, Unit::share, a_share, "\"15%\"", judgement(),
              "Share of the order value that the offer takes off."},
    Parameter{"valid_days", offer<&OfferPlan::valid_days>, Unit::days, above(0, 730), "14",
              judgement(), "How long the offer can be used."},
    Parameter{"take_up", offer<&OfferPlan::take_up>, Unit::share, a_share,
              "{ low = \"0.6%\", high = \"7%\" }", sourced_center(sources::coupons),
              "Mean chance that an offer brings an order while it is valid."},
    Parameter{"pulled_forward", offer<&OfferPlan::pulled_forward>, Unit::share, a_share,
              "{ low = \"20%\", high = \"60%\" }", judgement(),
              "Share of these orders that replace the customer's next purchase."},
    Parameter{"give_away", offer<&OfferPlan::give_away>, Unit::share, a_share,
              "{ low = \"20%\", high = \"80%\" }", judgement(),
              "Chance that a purchase that comes anyway uses the offer."},
    Parameter{"habit", offer<&OfferPlan::habit>, Unit::factor, closed(0, 10), "1.2", judgement(),
              "Factor on give_away for each redemption so far."},
    Parameter{"subscribes", offer<&OfferPlan::subscribes>, Unit::share, a_share, "0", rule(),
              "Share of the orders that take up the offer which begin a subscription; needs "
              "[subscription]."},
};

constexpr std::array subscription_parameters{
    program_switch(subscription<&SubscriptionPlan::enabled>,
                   "Whether the shop offers a subscription."),
    Parameter{"take_up", subscription<&SubscriptionPlan::take_up>, Unit::share, a_share,
              "{ family = \"beta\", mean = 0.08, n = 30 }", judgement("no published panel found"),
              "First orders that become a subscription."},
    Parameter{"interval_days", subscription<&SubscriptionPlan::interval_days>, Unit::days,
              closed(1, 365), "30", rule(), "Days between two renewals."},
    Parameter{"discount", subscription<&SubscriptionPlan::discount>, Unit::share, a_share,
              "\"10%\"", judgement(), "Share of the value of a renewal given away."},
    Parameter{"churn_alpha", subscription<&SubscriptionPlan::churn_alpha>, Unit::real,
              above(0, 1e6), "{ median = 0.535, s = 0.4 }", sourced_center(sources::recharge),
              "First shape of the beta of churn per renewal (shifted beta-geometric). Its spread "
              "gives the share left after 6 renewals that of a monthly churn of Beta(.125, n 60)."},
    Parameter{"churn_beta", subscription<&SubscriptionPlan::churn_beta>, Unit::real, above(0, 1e6),
              "1.945", sourced(sources::recharge),
              "Second shape of the beta of churn per renewal."},
    Parameter{"pause_probability", subscription<&SubscriptionPlan::pause_probability>, Unit::share,
              a_share, "{ low = \"1.7%\", high = \"14%\" }", judgement(odds_within_three),
              "Renewals that are skipped."},
    Parameter{"failed_payment", subscription<&SubscriptionPlan::failed_payment>, Unit::share,
              a_share, "{ low = \"1.7%\", high = \"14%\" }", judgement(odds_within_three),
              "Renewals whose payment fails."},
    Parameter{"recovered", subscription<&SubscriptionPlan::recovered>, Unit::share, a_share,
              "{ low = \"35%\", high = \"81%\" }", judgement(odds_within_three),
              "Failed payments that are made good; the others end the subscription."},
};

constexpr std::array loyalty_parameters{
    program_switch(loyalty<&LoyaltyPlan::enabled>, "Whether the shop has a loyalty program."),
    Parameter{"points_share", loyalty<&LoyaltyPlan::points_share>, Unit::share, a_share, "0.02",
              judgement(), "Value of the points per net revenue."},
    Parameter{"redeemed_share", loyalty<&LoyaltyPlan::redeemed_share>, Unit::share, a_share,
              "{ low = \"35%\", high = \"81%\" }", judgement(odds_within_three),
              "Points that are ever redeemed."},
    Parameter{"tier_orders", loyalty<&LoyaltyPlan::tier_orders>, Unit::count, closed(1, 1000), "3",
              rule(), "Orders that make a member of the upper tier."},
    Parameter{"tier_rate_factor", loyalty<&LoyaltyPlan::tier_rate_factor>, Unit::factor,
              above(0, 100), "{ low = 0.95, high = 1.275 }",
              judgement("members buy more because buyers become members; the rest may be nothing"),
              "Purchase rate of the upper tier over others."},
    Parameter{"tier_dropout_factor", loyalty<&LoyaltyPlan::tier_dropout_factor>, Unit::factor,
              closed(0, 100), "{ low = 0.78, high = 1.04 }",
              judgement("stayers become members; the rest may be nothing"),
              "Dropout rate of the upper tier over others."},
    Parameter{"membership_take_up", loyalty<&LoyaltyPlan::membership_take_up>, Unit::share, a_share,
              "0", rule("no membership"),
              "Customers who join an exclusive membership at their second order."},
    Parameter{"membership_fee", loyalty<&LoyaltyPlan::membership_fee>, Unit::money, closed(0, 1e6),
              "0", rule("no membership"), "Fee of the membership per year."},
    Parameter{"membership_rate_factor", loyalty<&LoyaltyPlan::membership_rate_factor>, Unit::factor,
              above(0, 100), "1", rule("no membership"), "Purchase rate of members over others."},
};

}  // namespace

Section offer_section() {
  return {.name = "offer",
          .kind = SectionKind::named,
          .sentence = "An offer to customers who have not ordered for a while.",
          .parameters = offer_parameters,
          .count = count_of<&Plan::offers>,
          .add = add_to<&Plan::offers>,
          .name_of = name_within<&Plan::offers>};
}

Section subscription_section() {
  return {.name = "subscription",
          .sentence = "Orders that renew themselves.",
          .parameters = subscription_parameters,
          .idle_without = "enabled"};
}

Section loyalty_section() {
  return {.name = "loyalty",
          .sentence = "Points, an upper tier and a membership.",
          .parameters = loyalty_parameters,
          .idle_without = "enabled"};
}

}  // namespace flywheel
