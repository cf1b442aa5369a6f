#pragma once

#include <vector>

#include "ledger/ledger_traits.hpp"
#include "outcome/books.hpp"

namespace flywheel {

/// Money in the bank at the end of each day, from 0 at the start: supplier prepayment, media
/// invoices and payouts at their own dates.
[[nodiscard]] std::vector<Money> cash_path(const Books& books, const LedgerTraits& terms);

/// Net revenue of roots and descendants so far over media so far, at the end of each day; not a
/// number before the first media.
[[nodiscard]] std::vector<double> calendar_roas_path(const Books& books);

/// First day at whose end contribution of roots and descendants covers media; not a number when
/// that does not happen within the horizon.
[[nodiscard]] double payback_day(const Books& books);

/// Content by day and the agency's share of media.
[[nodiscard]] Money overhead(const Books& books, const LedgerTraits& terms, std::size_t day);

}  // namespace flywheel
