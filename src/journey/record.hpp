#pragma once

#include <cstdint>
#include <limits>

#include "audience/person.hpp"
#include "core/days.hpp"
#include "core/money.hpp"
#include "journey/retargeting_traits.hpp"

namespace flywheel {

inline constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint8_t no_channel = 255;
inline constexpr Days never = std::numeric_limits<double>::infinity();
inline constexpr Days long_ago = -std::numeric_limits<double>::infinity();

enum class Standing : std::uint8_t { prospect, pending, customer };

enum class TouchKind : std::uint8_t { click, brand_click, view };

/// A touch that may earn credit for a first order.
struct Touch {
  Days time{long_ago};
  std::uint8_t channel{no_channel};
  TouchKind kind{TouchKind::click};
};

/// What is kept of a shopper who was touched.
struct Record {
  PersonId id;
  /// Steps model: exp(-(theta_f z + ln conversion odds)), on every funnel step. Propensity model:
  /// chance that a cold click becomes an order.
  double inclination{1};
  Days window_since{long_ago};    ///< retargeting: open without a gap since then
  Days window_settled{long_ago};  ///< its impressions are counted up to here
  Days window_end{long_ago};
  std::uint64_t window_luck{0};
  Days click_since{never};           ///< waiting for the next click of a window began
  double click_uniform{0};           ///< decides when it comes; in (0, 1)
  double retargeting_chance{-1.0};   ///< made when first needed; negative before
  Days abandonment_until{long_ago};  ///< last message of the running abandonment flows
  Days pressure_time{0};
  float pressure{0};
  std::uint32_t window_impressions{0};
  std::uint32_t customer{nobody};     ///< number of the customer record
  std::uint32_t impressions{nobody};  ///< latest remembered impression or click
  std::uint32_t referrer{nobody};     ///< record of who invited them
  std::uint16_t stratum{0};           ///< place in the segment's list, if in_strata
  std::uint16_t window_token{0};      ///< clicks that carry an older one are void
  std::uint16_t abandonment{0};       ///< token: an order ends the flows that carry an older one
  std::uint8_t segment{0};
  LeaverPool pool{LeaverPool::browse};  ///< of the visit that opened the window
  Standing standing{Standing::prospect};
  bool has_consent{false};
  bool by_text{false};
  bool unsubscribed{false};
  bool in_open_list{false};
};

/// What is kept of a customer beside the shopper's record.
struct Customer {
  Days first_order{0};
  Days last_order{0};
  Days dropout{never};  ///< end of the repeat process
  Days offer_until{long_ago};
  double rate{0};                ///< purchases per day of the season's clock, factors included
  double value{0};               ///< mean order value of this customer, money
  double churn{0};               ///< per renewal, subscribers
  std::uint32_t person{nobody};  ///< record of the shopper
  std::uint32_t root{nobody};    ///< customer who heads the line of descent; itself for a root
  std::uint32_t orders{0};
  std::uint32_t skipped{0};         ///< coming repeat purchases that were pulled forward
  std::uint16_t purchase_token{0};  ///< number of the next repeat purchase; older ones are void
  std::uint16_t renewals{0};        ///< dates so far
  std::uint16_t redemptions{0};
  std::uint8_t credit{no_channel};  ///< channel of a root
  std::uint8_t segment{0};
  std::uint8_t offer{0};
  bool from_day_zero{false};
  std::uint8_t tracked{no_channel};  ///< to which the platforms credit the first order
  bool subscribed{false};
  bool upper_tier{false};
  bool member{false};
  bool asked_friends{false};  ///< has shared or decided not to
  Days second_order{never};
};

/// An impression or click that is kept: response to the next ones and credit depend on it.
struct RememberedImpression {
  Days time;
  std::uint32_t earlier;  ///< number of the one before, or nobody
  std::uint8_t channel;
  bool clicked;
  bool served;     ///< an impression, of retargeting only under a cap; brand clicks are none
  bool candidate;  ///< drawn one by one, served or not
};

}  // namespace flywheel
