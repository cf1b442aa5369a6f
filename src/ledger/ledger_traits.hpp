#pragma once

namespace flywheel {

/// What the books need beside bookings: overhead, stock, and when cash moves. Delays are whole
/// days.
struct LedgerTraits {
  double content_per_day{0};     ///< money
  double agency_share{0};        ///< of media
  double supplier_lead_days{0};  ///< goods are paid this long before the order
  double invoice_days{0};        ///< media is paid this long after
  double payout_days{0};         ///< revenue arrives this long after
  double stock{0};               ///< goods of day 0, money at cost: used first, paid long ago
};

}  // namespace flywheel
