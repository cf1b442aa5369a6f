#include <array>

#include "plan/choice.hpp"
#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach consent = once<&Plan::consent, members...>;
template <auto... members>
constexpr Reach flow = each<&Plan::flows, members...>;

constexpr std::array consent_parameters{
    Parameter{"at_order", consent<&ConsentPlan::at_order>, Unit::share, a_share,
              "{ low = \"30%\", high = \"70%\" }", judgement(),
              "Customers who consent to e-mails at the checkout."},
    Parameter{
        "form", consent<&ConsentPlan::form>, Unit::share, a_share, "\"2.3%\"",
        sourced_center(sources::form_rate),
        "Visits that stay and leave an e-mail address, each of which is taken to see a form."},
    Parameter{"sms_share", consent<&ConsentPlan::sms_share>, Unit::share, a_share,
              "{ low = \"10%\", high = \"35%\" }", judgement(),
              "Share of those with e-mail consent who also consent to texts."},
    Parameter{"pressure_half_life_days", consent<&ConsentPlan::pressure_half_life_days>, Unit::days,
              above(0, 365), "{ low = 3, high = 16.3 }", judgement(within_three),
              "Half of the pressure of past messages is gone after this time."},
    Parameter{"pressure_fatigue", consent<&ConsentPlan::pressure_fatigue>, Unit::log_odds,
              closed(0, 10), "{ low = 0.04, high = 0.25 }", judgement(within_three),
              "Log odds of open and click lost per message of pressure."},
    Parameter{"pressure_unsubscribe", consent<&ConsentPlan::pressure_unsubscribe>, Unit::log_odds,
              closed(0, 10), "{ low = 0.04, high = 0.25 }", judgement(within_three),
              "Log hazard of unsubscribing gained per message of pressure."},
    Parameter{"pulled_forward", consent<&ConsentPlan::pulled_forward>, Unit::share, a_share,
              "{ low = \"20%\", high = \"60%\" }", judgement(),
              "Message orders that replace the customer's next purchase."},
    Parameter{"lapsed_factor", consent<&ConsentPlan::lapsed_factor>, Unit::factor, closed(0, 10),
              "{ low = 0.12, high = 0.75 }", judgement(within_three),
              "Order rate of customers who have dropped out over that of the others."},
};

constexpr Source by_name = rule("the flow's name");

constexpr std::array triggers{DefaultFor{"named review_request", "\"delivery\"", by_name},
                              DefaultFor{"named win_back", "\"lapse\"", by_name},
                              DefaultFor{"named newsletter", "\"calendar\"", by_name},
                              DefaultFor{"named cart", "\"cart_abandoned\"", by_name},
                              DefaultFor{"named cart_sms", "\"cart_abandoned\"", by_name},
                              DefaultFor{"named browse", "\"browse_abandoned\"", by_name}};

constexpr std::array media{DefaultFor{"named cart_sms", "\"sms\"", by_name},
                           DefaultFor{"named sms", "\"sms\"", by_name}};

constexpr std::array message_counts{DefaultFor{"cart_abandoned email", "3", judgement()},
                                    DefaultFor{"lapse", "2", judgement()}};

constexpr std::array first_offsets{DefaultFor{"named thank_you", "\"0.5 hours\"", judgement()},
                                   DefaultFor{"named cross_sell", "14", judgement()},
                                   DefaultFor{"named replenishment", "30", judgement()},
                                   DefaultFor{"order", "1", judgement()},
                                   DefaultFor{"delivery", "7", judgement()},
                                   DefaultFor{"cart_abandoned", "\"1 hour\"", judgement()},
                                   DefaultFor{"browse_abandoned", "\"4 hours\"", judgement()},
                                   DefaultFor{"lapse", "90", judgement()},
                                   DefaultFor{"calendar", "7", judgement()}};

constexpr std::array gaps{DefaultFor{"cart_abandoned", "1", judgement()},
                          DefaultFor{"lapse", "30", judgement()}};

constexpr std::array open_rates{
    DefaultFor{"sms", "{ low = \"85%\", high = \"98%\" }",
               judgement("a text is read when it arrives; no platform measures it")},
    DefaultFor{"cart_abandoned", "\"50.5%\"", sourced(sources::klaviyo_cart)},
    DefaultFor{"order", "\"51.3%\"", sourced(sources::klaviyo_post_purchase)},
    DefaultFor{"delivery", "\"51.3%\"", sourced(sources::klaviyo_post_purchase)},
    DefaultFor{"calendar", "\"31%\"", sourced(sources::klaviyo)}};

constexpr std::array click_rates{
    DefaultFor{"sms", "{ median = \"8.2%\", s = 0.3 }", sourced_center(sources::klaviyo_sms)},
    DefaultFor{"cart_abandoned", "{ median = \"6.25%\", s = 0.5 }",
               sourced_center(sources::klaviyo_cart)},
    DefaultFor{"calendar", "{ median = \"1.69%\", s = 0.5 }", sourced_center(sources::klaviyo)}};

constexpr std::array order_rates{
    DefaultFor{"cart_abandoned sms", "{ median = \"3.9%\", s = 0.4 }",
               sourced_center(sources::postscript)},
    DefaultFor{"sms", "{ median = \"1.05%\", s = 0.4 }", sourced_center(sources::klaviyo_sms)},
    DefaultFor{"cart_abandoned", "{ median = \"3%\", s = 0.6 }", sourced(sources::klaviyo_cart)},
    DefaultFor{"browse_abandoned", "{ median = \"0.61%\", s = 1 }", sourced(sources::bs_and_co)},
    DefaultFor{"lapse", "{ median = \"0.09%\", s = 1 }", sourced(sources::bs_and_co)},
    DefaultFor{"calendar", "{ median = \"0.12%\", s = 0.7 }", sourced_center(sources::klaviyo)},
    DefaultFor{"named thank_you", "{ median = \"0.31%\", s = 1 }", sourced(sources::bs_and_co)},
    DefaultFor{"named replenishment", "{ median = \"0.46%\", s = 1 }",
               sourced(sources::bs_and_co)}};

constexpr std::array unsubscribe_rates{
    DefaultFor{"sms", "{ median = \"0.7%\", s = 0.4 }", sourced_center(sources::klaviyo_sms)}};

constexpr std::array costs{DefaultFor{
    "sms", "0.015", sourced("Klaviyo pricing, secondary, 0.01 to 0.03 USD (klaviyo.com)")}};

constexpr std::array flow_parameters{
    Parameter{"trigger", flow<&FlowPlan::trigger>, Unit::none, no_number, "\"order\"", rule(),
              "What starts the flow.", triggers},
    Parameter{"medium", flow<&FlowPlan::medium>, Unit::none, no_number, "\"email\"", rule(),
              "E-mails or texts.", media},
    Parameter{"messages", flow<&FlowPlan::messages>, Unit::count, closed(1, 20), "1", judgement(),
              "Messages after one trigger; calendar: one each time, to the end.", message_counts},
    Parameter{"first_after_days", flow<&FlowPlan::first_after_days>, Unit::days, closed(0, 730),
              "1", judgement(),
              "Time from the trigger to the first message (lapse: from the last order; calendar: "
              "from the start).",
              first_offsets},
    Parameter{"every_days", flow<&FlowPlan::every_days>, Unit::days, closed(0, 730), "7",
              judgement(),
              "Time between the messages; 0: all at once (calendar: one message in all, else an "
              "hour at least).",
              gaps},
    Parameter{"delivery_rate", flow<&FlowPlan::delivery_rate>, Unit::share, a_share,
              "{ low = \"95%\", high = \"99.2%\" }", judgement(odds_within_three),
              "Messages that arrive."},
    Parameter{"open_rate", flow<&FlowPlan::open_rate>, Unit::share, a_share, "\"32.2%\"",
              sourced(sources::klaviyo), "Opened, of those that arrive.", open_rates},
    Parameter{"click_rate", flow<&FlowPlan::click_rate>, Unit::share, a_share,
              "{ median = \"5.58%\", s = 0.5 }", sourced_center(sources::klaviyo),
              "Clicked, of those that arrive.", click_rates},
    Parameter{"order_rate", flow<&FlowPlan::order_rate>, Unit::share, a_share,
              "{ median = \"0.31%\", s = 1 }", sourced_center(sources::post_purchase),
              "Orders per recipient and message.", order_rates},
    Parameter{"unsubscribe_rate", flow<&FlowPlan::unsubscribe_rate>, Unit::share, a_share,
              "{ median = \"0.25%\", s = 0.5 }", sourced_center(sources::omnisend),
              "Recipients who unsubscribe, of the messages that arrive.", unsubscribe_rates},
    Parameter{"cost", flow<&FlowPlan::cost>, Unit::money, closed(0, 1000), "0.0004", judgement(),
              "Cost of one message.", costs},
    Parameter{"discount", flow<&FlowPlan::discount>, Unit::share, a_share, "0", rule(),
              "Share of the order value given away with a message order."},
};

std::vector<std::string> flow_variants(const Plan& plan, std::size_t entry) {
  const FlowPlan& one = plan.flows.at(entry);
  const std::string trigger{word_of(one.trigger)};
  const std::string medium{word_of(one.medium)};
  return {"named " + one.name, trigger + ' ' + medium, medium, trigger};
}

}  // namespace

Section consent_section() {
  return {.name = "consent",
          .sentence = "Who may be sent messages, and how many are too many.",
          .parameters = consent_parameters};
}

Section flow_section() {
  return {.name = "flow",
          .kind = SectionKind::named,
          .sentence =
              "A flow of messages. The names thank_you, review_request, cross_sell, "
              "replenishment, win_back, newsletter, cart, cart_sms, browse and sms bring "
              "their own defaults.",
          .parameters = flow_parameters,
          .count = count_of<&Plan::flows>,
          .add = add_to<&Plan::flows>,
          .name_of = name_within<&Plan::flows>,
          .variants = flow_variants};
}

}  // namespace flywheel
