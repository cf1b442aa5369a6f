#pragma once

#include <array>

#include "outcome/columns.hpp"
#include "outcome/outcome.hpp"

namespace flywheel {

/// Second orders within repeat_ages_days: shops of daily goods (18.8 % in a year of 156,110
/// customers, half of them within 30 days; BG/NBD fitted to that) and one of music, which repeats
/// more.
inline constexpr std::array<PublishedBounds, repeat_ages_days.size()> repeat_rates{
    {{0.098, 0.175}, {0.123, 0.252}, {0.138, 0.292}, {0.163, 0.375}, {0.188, 0.459}}};

/// Stage 4: reorder incentives. A part of the table behind column_specs().
inline constexpr std::array<ColumnSpec, 12> reorder_columns = {{
    {Column::orders,
     "orders",
     "1",
     {},
     Stage::reorder,
     "Orders",
     "of all customers by the horizon, day-zero customers among them"},
    {Column::repeat_orders,
     "repeat_orders",
     "1",
     {},
     Stage::reorder,
     "Repeat orders",
     "orders that are not first orders"},
    {Column::repeat_rate_by_age,
     "repeat_rate_by_age",
     "1",
     {Dimension::age},
     Stage::reorder,
     "Repeat purchase rate",
     "share of customers won in the run, whose first order is old enough by the horizon, with a "
     "second order within 30, 60, 90, 180, 365 days; NaN where nobody is old enough",
     {0, 0, "fit to BS&Co 2026; CDNOW 1997-1998", repeat_rates}},
    {Column::average_order_value,
     "average_order_value",
     "currency",
     {},
     Stage::reorder,
     "Average order value (AOV)",
     "gross order value before discounts per order",
     {61.08, 110.41, "Triple Whale quartiles"}},
    {Column::offers_issued,
     "offers_issued",
     "1",
     {},
     Stage::reorder,
     "Offers issued",
     "reorder incentives"},
    {Column::offer_orders,
     "offer_orders",
     "1",
     {},
     Stage::reorder,
     "Orders with an offer",
     "all kinds"},
    {Column::offer_expansion,
     "offer_expansion",
     "1",
     {},
     Stage::reorder,
     "Offer orders: expansion",
     "orders that would not have come"},
    {Column::offer_pulled_forward,
     "offer_pulled_forward",
     "1",
     {},
     Stage::reorder,
     "Offer orders: pulled forward",
     "orders that replace the next purchase"},
    {Column::offer_given_away,
     "offer_given_away",
     "1",
     {},
     Stage::reorder,
     "Offer orders: given away",
     "purchases that would have come at full price"},
    {Column::subscribers,
     "subscribers",
     "1",
     {},
     Stage::reorder,
     "Subscribers",
     "subscriptions begun"},
    {Column::renewals,
     "renewals",
     "1",
     {},
     Stage::reorder,
     "Renewals",
     "subscription orders after the first"},
    {Column::members, "members", "1", {}, Stage::reorder, "Members", "exclusive memberships begun"},
}};

}  // namespace flywheel
