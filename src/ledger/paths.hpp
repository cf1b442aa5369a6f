#pragma once

#include <vector>

#include "ledger/ledger_traits.hpp"
#include "outcome/books.hpp"

namespace flywheel {

/// Money in the bank at the end of each day, from 0 at the start: supplier prepayment, media
/// invoices and payouts at their own dates. What usual business, the campaign's customers apart,
/// sells within the suppliers' lead time was paid before the start.
[[nodiscard]] std::vector<Money> cash_path(const Books& books, const LedgerTraits& terms);

/// Net revenue of roots and descendants so far over media so far, at the end of each day; not a
/// number before the first media.
[[nodiscard]] std::vector<double> calendar_roas_path(const Books& books);

/// First day from whose end on, until the horizon, the contribution of the cohort so far covers
/// media and agency fee so far. A day on which it does and then falls below again, by refunds or by
/// media that comes later, is none. Not a number when it falls short at the horizon, or without
/// media.
[[nodiscard]] double payback_day(const Books& books, const LedgerTraits& terms);

/// The agency's share of the media of a day.
[[nodiscard]] Money agency_fee(const Books& books, const LedgerTraits& terms, std::size_t day);

/// Content by day and the agency's share of media.
[[nodiscard]] Money overhead(const Books& books, const LedgerTraits& terms, std::size_t day);

}  // namespace flywheel
