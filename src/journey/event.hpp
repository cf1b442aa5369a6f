#pragma once

#include <cstdint>
#include <tuple>

#include "core/days.hpp"

namespace flywheel {

/// What can happen to a shopper. The order breaks ties in time.
enum class EventKind : std::uint8_t {
  impression,  ///< a candidate: clicked if the response allows
  view,        ///< an impression that leads to a later visit
  view_visit,
  organic_visit,
  own_return,
  retargeting_click,
  order_due,  ///< an order that was decided in a visit is placed
  message,
  delivery,
  purchase,  ///< of the repeat process
  renewal,
  membership_fee,
  offer_issue,
  offer_order,
  invitation,         ///< a friend comes
  customer_ad_click,  ///< mark: uniform, decides about the order
};

/// Something that happens to one shopper at one time.
struct Event {
  Days time{0};
  std::uint64_t luck{0};    ///< names the random numbers of what follows; 48 bits
  double mark{0};           ///< impression: its uniform over the click probability of a first one
  std::uint32_t person{0};  ///< record number within the block
  EventKind kind{};
  std::uint8_t source{0};  ///< channel, source, flow or offer
  std::uint16_t step{0};   ///< number of a message, token of what must still hold
  std::uint32_t words{0};  ///< number from 1 of the visit's random bits, where they were made early

  /// Order of play: time, kind, source, luck.
  [[nodiscard]] friend bool operator<(const Event& left, const Event& right) {
    return std::tie(left.time, left.kind, left.source, left.luck) <
           std::tie(right.time, right.kind, right.source, right.luck);
  }
};

}  // namespace flywheel
