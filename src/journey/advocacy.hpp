#pragma once

#include "journey/order.hpp"
#include "journey/order_traits.hpp"
#include "journey/repeat_traits.hpp"

namespace flywheel {

enum class Answer { detractor, passive, promoter };

/// What a customer says after a delivery.
struct Opinion {
  Answer answer{Answer::passive};
  bool writes_review{false};

  /// Stars of a review: promoters 5, passives 4, detractors 2.
  [[nodiscard]] int stars() const {
    return answer == Answer::promoter ? 5 : (answer == Answer::passive ? 4 : 2);
  }
};

/// Satisfaction is sqrt(share) u + sqrt(1 - share) e - effect * bad; two thresholds make classes.
[[nodiscard]] Opinion form_opinion(const AdvocacyTraits& advocacy, double satisfaction,
                                   Experience experience, const OrderLuck& luck);

/// How many friends a customer brings: nobody unless they share.
[[nodiscard]] int draw_friends(const ReferralTraits& referral, PersonId person, Key key);

/// Days until friend number `ordinal` comes.
[[nodiscard]] Days draw_invitation_delay(const ReferralTraits& referral, PersonId person, Key key,
                                         int ordinal);

}  // namespace flywheel
