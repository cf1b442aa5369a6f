#pragma once

#include <array>

#include "outcome/columns.hpp"

namespace flywheel {

/// What the plan's targets made of the futures. A part of the table behind column_specs().
inline constexpr std::array<ColumnSpec, 5> base_rates_columns = {{
    {Column::incremental_share,
     "incremental_share",
     "1",
     {},
     Stage::base_rates,
     "Incremental share, solved",
     "share of the first orders credited to channels that would not have come without ads, as the "
     "solved base rates imply it; the target is audience.incremental_share"},
    {Column::incremental_share_missed,
     "incremental_share_missed",
     "1",
     {},
     Stage::base_rates,
     "Incremental share missed",
     "1 where no intent loading up to audience.intent_loading_limit and no factor on organic "
     "visits "
     "up to organic.visits_limit gives the target, else 0"},
    {Column::retargeting_incremental_share,
     "retargeting_incremental_share",
     "1",
     {},
     Stage::base_rates,
     "Incremental share of retargeting, solved",
     "share of the orders credited to retargeting that it made, as the solved base rates imply it; "
     "the target is retargeting.incremental_share"},
    {Column::retargeting_share_missed,
     "retargeting_share_missed",
     "1",
     {},
     Stage::base_rates,
     "Incremental share of retargeting missed",
     "1 where no return probability from 0 to retargeting.return_limit gives the target, else 0; 0 "
     "without retargeting"},
    {Column::base_rates_missed,
     "base_rates_missed",
     "1",
     {},
     Stage::base_rates,
     "Base rates missed",
     "1 where a click, step or order rate of the plan cannot be met by any base rate, or where "
     "organic visits and the clicks that brand ads leave do not settle, else 0"},
}};

}  // namespace flywheel
