#include "journey/order.hpp"

#include "core/elementary.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// Gamma variate of shape 4 and this mean: four draws.
Days draw_gamma4(Stream& draws, double mean) {
  double sum = 0.0;
  for (int part = 0; part < 4; ++part) sum += draws.exponential();
  return 0.25 * mean * sum;
}

}  // namespace

OrderMoney price_order(const OrderTraits& order, double mean_value, double discount,
                       const OrderLuck& luck) {
  OrderMoney money;
  double noise = 1.0;
  if (!order.noise.is_constant()) {
    Stream draws{luck.key, Purpose::order, luck.person.value, luck.number};
    noise = order.noise(draws.open_uniform());
  }
  money.value = Money::units(mean_value * noise * order.terms.price);
  money.discount = money.value * discount;
  money.goods = money.value * ((1.0 - order.margin) * (order.terms.cost / order.terms.price));
  money.shipping = money.value * order.shipping_share;
  money.fee = money.net() * order.payment_fee;
  return money;
}

Days draw_delivery_delay(const OrderTraits& order, const OrderLuck& luck) {
  if (order.delivery_days == 0.0) return 0.0;
  Stream draws{luck.key, Purpose::delivery, luck.person.value, 2 * luck.number};
  return draw_gamma4(draws, order.delivery_days * order.terms.delivery);
}

Experience draw_experience(const OrderTraits& order, const OrderLuck& luck) {
  const double something =
      order.bad_product + order.bad_delivery + order.contact_good + order.return_good;
  if (something <= 0.0) return {};
  Stream draws{luck.key, Purpose::experience, luck.person.value, 4 * luck.number};
  const bool product = draws.bernoulli(order.bad_product);
  const bool delivery = draws.bernoulli(order.bad_delivery);
  const bool bad = product || delivery;
  const bool contacted = draws.bernoulli(bad ? order.contact_bad : order.contact_good);
  const bool repaired = draws.bernoulli(order.resolved) && contacted;
  Experience experience{.bad = bad && !repaired, .contacted = contacted};
  experience.returned = draws.bernoulli(experience.bad ? order.return_bad : order.return_good);
  return experience;
}

Refund draw_refund(const OrderTraits& order, const OrderLuck& luck) {
  Stream draws{luck.key, Purpose::refund, luck.person.value, 4 * luck.number};
  const bool early = draws.bernoulli(order.early_return_share);
  const bool partial = draws.bernoulli(order.partial_share);
  const double mean = early ? order.early_return_days : order.late_return_days;
  return {draw_gamma4(draws, mean), partial ? order.partial_value : 1.0};
}

}  // namespace flywheel
