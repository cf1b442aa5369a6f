#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <queue>
#include <tuple>
#include <vector>

#include "random/stream.hpp"
#include "scenario/scenario.hpp"

namespace flywheel::test {

inline constexpr double never = std::numeric_limits<double>::infinity();

enum class NaiveEventKind : std::uint8_t {
  impression,              ///< index: channel
  retargeting_impression,  //
  organic_visit,           //
  view_visit,              ///< index: channel
  own_return,              //
  arrival,                 ///< of an invited friend
  first_order,             ///< decided in a visit before; value: discount
  message,                 ///< index: flow; stamp: see NaiveShopper
  delivery,                ///< stamp: number of the parcel
  purchase,                ///< candidate of the repeat process; value: mark in (0, 1)
  renewal,                 //
  offer_issue,             ///< index: offer; stamp: number of the order it follows
  offer_order,             ///< index: offer
  membership_fee,          //
  customer_ad,             ///< an impression
};

/// Something that happens to one shopper.
struct NaiveEvent {
  double time{0};
  NaiveEventKind kind{};
  int index{0};
  int stamp{0};
  double value{0};
};

/// Order of play: by time, at one time by kind (docs/model.md section 3), channel or flow, ordinal.
struct LaterEvent {
  bool operator()(const NaiveEvent& left, const NaiveEvent& right) const {
    return std::tie(left.time, left.kind, left.index, left.stamp) >
           std::tie(right.time, right.kind, right.index, right.stamp);
  }
};

/// An ad that was seen or clicked. Channels by number, retargeting behind the last one.
struct NaiveTouch {
  double time{0};
  int channel{0};
  bool is_click{false};
  bool is_brand{false};  // the click was on an ad for the shop's own name
  bool is_visible{true};
};

/// The customer an ad has won and from whom a cohort descends.
struct NaiveRoot {
  double first_order_time{0};
  int channel{0};
  int segment{0};
};

enum class NaiveConsent : std::uint8_t { none, given, withdrawn };

/// An order on its way to its buyer.
struct NaiveParcel {
  double order_time{0};
  double delivery_time{0};
  double value{0};
  double net_value{0};
  double goods_cost{0};
  bool is_first{false};
  double put_off{0};  ///< people whom its answer puts off, once that is known
};

/// Traits as in docs/model.md section 2, by their letters.
struct NaiveTraits {
  double x{1}, a{1}, z{0}, q{1}, e{1}, b{1}, l{1}, d{1}, v{1}, u{0};
};

/// One person: what they are, what has happened to them, what is going to happen.
struct NaiveShopper {
  explicit NaiveShopper(const Stream& randomness) : stream{randomness} {}

  Stream stream;
  int segment{0};
  NaiveTraits traits;
  double threshold{1};  ///< put off from that share of the audience on
  double born{0};       ///< friends are not there before
  bool is_friend{false};
  bool existed{false};  ///< customer of before day 0
  std::optional<NaiveRoot> root;

  std::vector<NaiveTouch> touches;
  std::vector<int> impressions;  ///< by channel
  double window_opened{-never};  ///< of retargeting
  int window_impressions{0};
  int pool{0};  ///< where the visit ended that opened it: browsing, in the cart, at checkout
  NaiveTouch kept_click{.time = -never, .is_click = true};  ///< first_click rule
  NaiveTouch kept_visible{.time = -never, .is_click = true};

  bool is_pending{false};
  bool is_customer{false};
  NaiveConsent consent{NaiveConsent::none};
  bool takes_texts{false};
  double pressure{0};
  double pressure_time{0};
  int abandonment_run{0};  ///< number of the run; a message of another one is not sent
  double abandonment_until{-never};

  int orders{0};
  double first_order_time{never};
  double second_order_time{never};
  double death_time{never};
  bool has_dropped_out{false};
  bool is_subscriber{false};
  double renewal_end_probability{0};
  bool is_member{false};
  int replaced_purchases{0};  ///< purchases still to be left out
  int offer{0};
  double offer_until{-never};
  int redemptions{0};
  std::vector<NaiveParcel> parcels;  ///< by order of this shopper
  std::map<int, bool> is_in_half_b;  ///< by number of the page test, once it is drawn

  std::priority_queue<NaiveEvent, std::vector<NaiveEvent>, LaterEvent> agenda;

  [[nodiscard]] bool is_alive(double time) const { return !has_dropped_out && time < death_time; }
};

/// Somebody who was invited and has not come yet.
struct NaiveFriend {
  double time{0};
  int segment{0};
  std::optional<NaiveRoot> root;
};

/// Draws everything that a shopper is.
[[nodiscard]] NaiveTraits draw_naive_traits(Stream& stream, const AudienceTraits& audience);

}  // namespace flywheel::test
