#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "naive/loops.hpp"
#include "naive/shopper.hpp"
#include "naive/tally.hpp"
#include "scenario/scenario.hpp"

namespace flywheel::test {

/// What shoppers know of each other: the sums of the rotation before.
struct NaiveSnapshot {
  double pool{0};                 ///< open retargeting windows
  double expected_pool{0};        ///< on average until the next one
  std::vector<double> customers;  ///< by segment
  std::vector<double> put_off;    ///< by segment: share of the audience
};

/// One future in the making.
struct NaiveWorld {
  const Scenario& scenario;
  NaiveSnapshot snapshot;
  NaiveTally tally;
  std::vector<NaiveFriend> invited;
  NaiveLoops loops{};
};

/// A visit to the shop.
struct NaiveVisit {
  double time{0};
  int source{0};        ///< a channel or Scenario::source
  bool is_view{false};  ///< of a channel: came after an impression without a click
  double discount{0};   ///< on an order it makes
};

/// An order of a customer.
struct NaiveOrder {
  double time{0};
  double discount{0};
};

// Stages, each in a file of its own. A shopper's later events go to the agenda.

/// Draws the ads and organic visits of a part of a day (advertising.cpp).
void draw_ads_and_visits(NaiveWorld& world, NaiveShopper& shopper, double from, double to);
void see_impression(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);
void see_retargeting(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);
/// An unpaid visit on a day of flight may pass over a brand ad.
void pass_brand_ad(NaiveWorld& world, NaiveShopper& shopper, double time);

/// Whether detractors have talked a prospect out of the shop (visit.cpp).
[[nodiscard]] bool is_put_off(const NaiveWorld& world, const NaiveShopper& shopper);
/// Plays a visit, if the shopper is a prospect without a pending order (visit.cpp).
void play_visit(NaiveWorld& world, NaiveShopper& shopper, const NaiveVisit& visit);
void give_consent(NaiveWorld& world, NaiveShopper& shopper);

/// Remembers a touch (attribution.cpp).
void remember(NaiveWorld& world, NaiveShopper& shopper, NaiveTouch touch);
/// The touch that gets the credit for an order now.
[[nodiscard]] std::optional<NaiveTouch> credited_touch(const Scenario& scenario,
                                                       const NaiveShopper& shopper, double now);
/// The same on the touches that the platforms can see.
[[nodiscard]] std::optional<NaiveTouch> tracked_touch(const Scenario& scenario,
                                                      const NaiveShopper& shopper, double now);

/// A prospect becomes a customer (order.cpp).
void place_first_order(NaiveWorld& world, NaiveShopper& shopper, const NaiveOrder& order);
void place_repeat_order(NaiveWorld& world, NaiveShopper& shopper, const NaiveOrder& order);

/// An order's money, delivery, experience, return, review and invitations (fulfillment.cpp).
void fulfill(NaiveWorld& world, NaiveShopper& shopper, const NaiveOrder& order, double value);
void deliver(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);

/// Queues the messages of flows with this trigger (message.cpp).
void start_flows(NaiveWorld& world, NaiveShopper& shopper, Trigger trigger, double time);
void draw_calendar_messages(NaiveWorld& world, NaiveShopper& shopper, double from, double to);
void get_message(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);

/// Ads that follow an order (customer_ad.cpp).
void queue_customer_ads(NaiveWorld& world, NaiveShopper& shopper, double order_time);
void see_customer_ad(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);

/// Repeat purchases and programmes (reorder.cpp).
void draw_purchases(NaiveWorld& world, NaiveShopper& shopper, double from, double to);
void draw_lifetime(NaiveWorld& world, NaiveShopper& shopper, double now);
void buy_again(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);
void join_programmes(NaiveWorld& world, NaiveShopper& shopper, double now);
void issue_offer(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);
void take_offer(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);
void renew(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);
void pay_membership(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);

/// An invited friend comes (engine.cpp).
void arrive(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event);

}  // namespace flywheel::test
