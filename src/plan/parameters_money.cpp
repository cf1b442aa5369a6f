#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach money = once<&Plan::money, members...>;

constexpr std::array money_parameters{
    Parameter{"gross_margin", money<&MoneyPlan::gross_margin>, Unit::share, a_share,
              "{ family = \"beta\", mean = 0.55, n = 25 }", sourced_center(sources::margin),
              "Share of the order value that the goods do not cost."},
    Parameter{"shipping_share", money<&MoneyPlan::shipping_share>, Unit::share, a_share,
              "{ median = \"10%\", s = 0.25 }", sourced(sources::shipping),
              "Shipping per order value."},
    Parameter{"payment_fee", money<&MoneyPlan::payment_fee>, Unit::share, a_share, "\"2.4%\"",
              sourced(sources::payment), "Payment fee per net order value."},
    Parameter{"return_rate", money<&MoneyPlan::return_rate>, Unit::share, a_share,
              "{ family = \"beta\", mean = 0.17, n = 12 }", sourced_center(sources::returns),
              "Orders that are returned, in whole or in part."},
    Parameter{"bad_return_odds", money<&MoneyPlan::bad_return_odds>, Unit::factor, above(0, 1000),
              "{ low = 2, high = 8 }", judgement(within_two),
              "Odds of a return after a bad experience over a good one."},
    Parameter{"partial_share", money<&MoneyPlan::partial_share>, Unit::share, a_share,
              "{ low = \"12%\", high = \"57.5%\" }", judgement(odds_within_three),
              "Returns that are partial."},
    Parameter{"partial_value", money<&MoneyPlan::partial_value>, Unit::share, a_share,
              "{ low = \"25%\", high = \"75%\" }", judgement(odds_within_three),
              "Share of the value refunded at a partial return."},
    Parameter{"early_return_share", money<&MoneyPlan::early_return_share>, Unit::share, a_share,
              "{ low = \"35%\", high = \"81%\" }", judgement(odds_within_three),
              "Returns of the early kind."},
    Parameter{"early_return_days", money<&MoneyPlan::early_return_days>, Unit::days, closed(0, 365),
              "{ low = 3, high = 8.3 }", judgement("first of two modes"),
              "Mean time from delivery to an early refund."},
    Parameter{"late_return_days", money<&MoneyPlan::late_return_days>, Unit::days, closed(0, 365),
              "{ low = 12, high = 27 }", judgement("second of two modes"),
              "Mean time from delivery to a late refund."},
    Parameter{"resale_share", money<&MoneyPlan::resale_share>, Unit::share, a_share,
              "{ low = \"25%\", high = \"75%\" }", judgement(odds_within_three),
              "Cost of returned goods that is recovered."},
    Parameter{"return_cost", money<&MoneyPlan::return_cost>, Unit::money, closed(0, 1e6),
              "{ low = 3, high = 12 }", judgement(within_two), "Handling of one return."},
    Parameter{"contact_cost", money<&MoneyPlan::contact_cost>, Unit::money, closed(0, 1e6),
              "{ low = 2.5, high = 10 }", judgement(within_two),
              "Handling of one service contact."},
    Parameter{"content_per_day", money<&MoneyPlan::content_per_day>, Unit::money, closed(0, 1e9),
              "0", rule(), "Content for organic traffic, per day."},
    Parameter{"agency_share", money<&MoneyPlan::agency_share>, Unit::share, a_share, "0.1",
              judgement(), "Agency fee per media spend."},
    Parameter{"supplier_lead_days", money<&MoneyPlan::supplier_lead_days>, Unit::days,
              closed(0, 365), "30", judgement(), "Goods are paid this long before the order."},
    Parameter{"invoice_days", money<&MoneyPlan::invoice_days>, Unit::days, closed(0, 365), "30",
              judgement(), "Media is paid this long after it was shown."},
    Parameter{"payout_days", money<&MoneyPlan::payout_days>, Unit::days, closed(0, 365), "3",
              judgement(), "Revenue arrives this long after the order."},
};

}  // namespace

Section money_section() {
  return {.name = "money",
          .sentence = "What orders cost, what comes back, and when cash moves.",
          .parameters = money_parameters};
}

}  // namespace flywheel
