#pragma once

#include "audience/person.hpp"
#include "core/days.hpp"
#include "core/money.hpp"
#include "journey/order_traits.hpp"
#include "random/key.hpp"

namespace flywheel {

/// Names the random numbers of one order: the customer and the number of their order.
struct OrderLuck {
  Key key;
  PersonId person;
  std::uint64_t number{0};
};

/// Money of one order at its own date.
struct OrderMoney {
  Money value;  ///< before discount
  Money discount;
  Money goods;
  Money shipping;
  Money fee;

  [[nodiscard]] Money net() const { return value - discount; }
};

/// Value around the shopper's own level `mean_value`, and what the order costs.
[[nodiscard]] OrderMoney price_order(const OrderTraits& order, double mean_value, double discount,
                                     const OrderLuck& luck);

/// Days from order to delivery: gamma of shape 4.
[[nodiscard]] Days draw_delivery_delay(const OrderTraits& order, const OrderLuck& luck);

/// What the customer meets when the order arrives.
struct Experience {
  bool bad{false};        ///< bad and not repaired
  bool contacted{false};  ///< the service
  bool returned{false};
};

[[nodiscard]] Experience draw_experience(const OrderTraits& order, const OrderLuck& luck);

/// A return, in full or in part.
struct Refund {
  Days delay{0};    ///< from delivery
  double share{0};  ///< of the order's net value
};

[[nodiscard]] Refund draw_refund(const OrderTraits& order, const OrderLuck& luck);

}  // namespace flywheel
