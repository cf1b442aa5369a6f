#include "simulation/scenario_figures.hpp"

#include <algorithm>
#include <limits>
#include <span>

#include "random/multinomial.hpp"
#include "scenario/reproduction.hpp"

namespace flywheel {

namespace {

/// Mean stars of the reviews of day 0 and of those written since; not a number without any.
double displayed_rating(const DayZeroTraits& day_zero, const Tally& tally) {
  const auto written = static_cast<double>(tally.of(Count::reviews));
  const auto stars = static_cast<double>(tally.of(Count::stars));
  const double reviews = day_zero.reviews + written;
  if (reviews <= 0.0) return std::numeric_limits<double>::quiet_NaN();
  return (day_zero.reviews * day_zero.rating + stars) / reviews;
}

/// R over time, averaged over segments as customers were won in the run.
void set_reproduction(std::vector<double>& row, const OutcomeLayout& layout,
                      const Scenario& scenario, const Tally& tally,
                      std::span<const ShopState> shops) {
  const std::vector<double> customers{tally.customers.begin(), tally.customers.end()};
  const std::vector<Reproduction> numbers = expect_reproduction(scenario, customers, shops);
  double largest = 0.0;
  for (std::size_t rotation = 0; rotation < numbers.size(); ++rotation) {
    const Reproduction& one = numbers[rotation];
    row[layout.offset(Column::reproduction_number, rotation)] = one.lifetime;
    row[layout.offset(Column::reproduction_number_180, rotation)] = one.in_cohort;
    largest = std::max(largest, one.lifetime);
  }
  row[layout.offset(Column::largest_reproduction_number)] = largest;
}

}  // namespace

std::array<std::int64_t, organic_source_count> draw_organic_sources(const Scenario& scenario,
                                                                    std::int64_t visits) {
  return draw_multinomial(scenario.shoppers, {Purpose::organic, 0, 0}, visits,
                          std::span{scenario.organic.label_shares});
}

std::vector<double> add_scenario_figures(std::vector<double> row, const OutcomeLayout& layout,
                                         const Scenario& scenario, const Tally& tally,
                                         std::span<const ShopState> shops) {
  const auto set = [&](Column column, double value) { row[layout.offset(column)] = value; };
  const auto sources = draw_organic_sources(scenario, tally.of(Count::organic_visits));
  for (std::size_t source = 0; source < sources.size(); ++source) {
    row[layout.offset(Column::organic_visits_by_source, source)] =
        static_cast<double>(sources[source]);
  }
  set(Column::displayed_rating, displayed_rating(scenario.day_zero, tally));
  set_reproduction(row, layout, scenario, tally, shops);
  const Solved& solved = scenario.solved;
  set(Column::incremental_share, solved.incremental_share);
  set(Column::incremental_share_missed, solved.incremental_reached ? 0.0 : 1.0);
  set(Column::retargeting_incremental_share, solved.retargeting_share);
  // The return probability is solved without retargeting too, but then has no share to meet.
  const bool missed = scenario.retargeting.enabled && !solved.retargeting_reached;
  set(Column::retargeting_share_missed, missed ? 1.0 : 0.0);
  set(Column::base_rates_missed, solved.rates_reached ? 0.0 : 1.0);
  return row;
}

}  // namespace flywheel
