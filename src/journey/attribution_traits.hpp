#pragma once

#include <cstdint>

namespace flywheel {

/// Where a visit comes from. Channels have the numbers 0 ... C-1; these follow them.
enum class UnpaidSource : std::uint8_t { retargeting, organic, own_return, referral, message };
inline constexpr int unpaid_source_count = 5;

/// Who gets credit for first orders.
enum class CreditRule : std::uint8_t { last_touch, last_click, first_click };

/// The rule by which a first order is credited to a touch (docs/model.md 7.6).
struct AttributionTraits {
  CreditRule rule{CreditRule::last_touch};
  double click_days{7};  ///< at most 30
  double view_days{1};
};

}  // namespace flywheel
