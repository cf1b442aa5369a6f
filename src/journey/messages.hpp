#pragma once

#include "journey/block.hpp"
#include "journey/repeat_traits.hpp"

namespace flywheel {

/// Stage 3, post-purchase engagement: a shopper is asked for consent. Who has unsubscribed is not
/// asked again.
void give_consent(Block& block, std::uint32_t person, Days time, double probability,
                  std::uint64_t luck);

/// What a flow hangs on: sent only while the token still holds.
struct FlowStart {
  std::uint32_t person{0};
  Trigger trigger{Trigger::order};
  Days time{0};
  std::uint32_t token{0};
};

/// Plans the first message of every flow with this trigger, if the shopper has given consent.
/// Returns the time of the last message of them all, or long_ago when there is none.
Days start_flows(Block& block, const FlowStart& start);

/// Abandonment flows run one at a time; an order ends them.
void start_abandonment(Block& block, std::uint32_t person, Trigger trigger, Days time);

/// One message is sent, if consent and token still stand, and the next one is planned.
void play_message(Block& block, const Event& event);

}  // namespace flywheel
