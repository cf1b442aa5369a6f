#pragma once

#include <cstdint>

#include "audience/person.hpp"
#include "journey/repeat_traits.hpp"
#include "random/key.hpp"

namespace flywheel {

/// Who receives a message, and in what mood.
struct Recipient {
  PersonId person;
  double engagement{1};
  double pressure{0};  ///< of messages so far
  bool lapsed{false};  ///< a customer whose repeat process has ended
};

/// What became of one message.
struct MessageOutcome {
  bool delivered{false};
  bool opened{false};
  bool clicked{false};
  bool ordered{false};
  bool unsubscribed{false};
};

/// Names the random numbers of one message.
struct MessageLuck {
  Key key;
  std::uint64_t ordinal{0};
};

/// One message: delivered, opened, clicked and ordered are nested, by one uniform number.
///
/// Fatigue exp(-f (y - 1)) and engagement multiply opening, clicking and ordering; pressure raises
/// the chance of unsubscribing. Rates are those of the average recipient at pressure 1.
[[nodiscard]] MessageOutcome judge_message(const MessageTraits& traits, const FlowTraits& flow,
                                           const Recipient& recipient, const MessageLuck& luck);

/// Pressure after `days` without a message.
[[nodiscard]] double decayed_pressure(const MessageTraits& traits, double pressure, double days);

}  // namespace flywheel
