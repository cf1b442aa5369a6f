#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "outcome/outcome.hpp"
#include "outcome/tally.hpp"
#include "scenario/scenario.hpp"

namespace flywheel {

/// Organic visits by their source.
///
/// What a visit does not depend on its source, so the counts given their sum are multinomial: each
/// is binomial among what is left (as Devroye 1986, chapter XI.1.4). Keyed by the luck of the
/// shoppers.
[[nodiscard]] std::array<std::int64_t, organic_source_count> draw_organic_sources(
    const Scenario& scenario, std::int64_t visits);

/// A row with the columns that come from the scenario beside what was counted: organic visits by
/// source, the displayed rating, reproduction numbers, and what the base rates were solved to.
/// `shops`: by rotation, as expect_reproduction has them.
[[nodiscard]] std::vector<double> add_scenario_figures(std::vector<double> row,
                                                       const OutcomeLayout& layout,
                                                       const Scenario& scenario, const Tally& tally,
                                                       std::span<const ShopState> shops = {});

}  // namespace flywheel
