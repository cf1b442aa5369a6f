#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach ads = once<&Plan::customer_ads, members...>;

constexpr std::array customer_ad_parameters{
    program_switch(ads<&CustomerAdsPlan::enabled>,
                   "Whether customers are shown ads after their orders."),
    Parameter{"price", ads<&CustomerAdsPlan::price>, Unit::money, above(0, 1e6),
              "{ median = 15.06, s = 0.3 }", sourced_center(sources::triple_whale),
              "Price of 1,000 impressions; it moves with the market of retargeting."},
    Parameter{"start_days", ads<&CustomerAdsPlan::start_days>, Unit::days, closed(0, 730), "7",
              judgement(), "Time from an order until its ads begin."},
    Parameter{"window_days", ads<&CustomerAdsPlan::window_days>, Unit::days, closed(0, 730), "30",
              judgement(), "How long the ads of an order go on."},
    Parameter{"impressions_per_day", ads<&CustomerAdsPlan::impressions_per_day>, Unit::per_day,
              closed(0, 100), "{ low = 0.05, high = 0.5 }", judgement(),
              "Impressions a customer gets each day for each order whose ads go on."},
    Parameter{"click_rate", ads<&CustomerAdsPlan::click_rate>, Unit::share, a_share,
              "{ median = \"2.06%\", s = 0.6 }",
              judgement("as retargeting; no published figure of customers"),
              "Clicks per impression."},
    Parameter{"order_rate", ads<&CustomerAdsPlan::order_rate>, Unit::share, a_share,
              "{ low = \"1%\", high = \"10%\" }", judgement(),
              "Orders per click, of customers who have not dropped out; of the others "
              "consent.lapsed_factor times as many."},
    Parameter{"replaced_share", ads<&CustomerAdsPlan::replaced_share>, Unit::share, a_share,
              "{ low = \"40%\", high = \"90%\" }", judgement(),
              "Share of these orders that replace the customer's next purchase."},
};

}  // namespace

Section customer_ads_section() {
  return {.name = "customer_ads",
          .sentence = "Ads that follow customers after each order.",
          .parameters = customer_ad_parameters,
          .idle_without = "enabled"};
}

}  // namespace flywheel
