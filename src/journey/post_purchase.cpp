#include "journey/post_purchase.hpp"

#include <algorithm>

#include "core/elementary.hpp"
#include "random/stream.hpp"

namespace flywheel {

MessageOutcome judge_message(const MessageTraits& traits, const FlowTraits& flow,
                             const Recipient& recipient, const MessageLuck& luck) {
  const auto words = draw_block(luck.key, {Purpose::message, recipient.person.value, luck.ordinal});
  const double strain = recipient.pressure - 1.0;
  const double keenness = recipient.engagement * portable_exp(-traits.pressure_fatigue * strain);
  const double delivered = flow.delivery_rate;
  const double opened = std::min(delivered, delivered * flow.open_rate * keenness);
  const double clicked = std::min(opened, delivered * flow.click_rate * keenness);
  const double ordered = std::min(
      clicked, flow.order_rate * keenness * (recipient.lapsed ? traits.lapsed_factor : 1.0));
  const double leaving =
      std::min(1.0, flow.unsubscribe_rate * portable_exp(traits.pressure_unsubscribe * strain));

  const double uniform = to_uniform(words[0]);
  const bool arrives = uniform < delivered;
  return {.delivered = arrives,
          .opened = uniform < opened,
          .clicked = uniform < clicked,
          .ordered = uniform < ordered,
          .unsubscribed = arrives && to_uniform(words[1]) < leaving};
}

double decayed_pressure(const MessageTraits& traits, double pressure, double days) {
  return pressure * portable_exp(-traits.pressure_decay * days);
}

}  // namespace flywheel
