#include "simulation/observe.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace flywheel {

double rival_price_on(const MarketPath& market, Days time) {
  if (market.rival_price.empty()) return 1.0;
  return market.rival_price[std::min(day_index(time), market.rival_price.size() - 1)];
}

Observed observe(const Scenario& scenario, const std::vector<BlockRun>& blocks,
                 const Snapshot& ended) {
  const std::size_t channels = scenario.channels.size() + 1;
  Observed observed;
  observed.rival_price = rival_price_on(scenario.market, ended.end);
  observed.tracked_orders.resize(channels * blocks.size());
  observed.tracked_values.resize(channels * blocks.size());
  for (std::size_t segment = 0; segment < blocks.size(); ++segment) {
    const Tally& tally = blocks[segment].block().tally;
    const Books& books = blocks[segment].block().books;
    observed.orders += static_cast<double>(tally.of(Count::orders));
    observed.visits += static_cast<double>(blocks[segment].block().visits.total());
    observed.reviews += static_cast<double>(tally.of(Count::reviews));
    observed.stars += static_cast<double>(tally.of(Count::stars));
    observed.contacts += static_cast<double>(tally.of(Count::contacts));
    observed.customers.push_back(static_cast<double>(tally.customers[segment]));
    observed.shoppers.push_back(static_cast<double>(scenario.segments[segment].size));
    observed.tests = sum_of(std::move(observed.tests), tally.tests);
    for (std::size_t channel = 0; channel < channels; ++channel) {
      const std::size_t cell = channel * blocks.size() + segment;
      observed.tracked_orders[cell] = static_cast<double>(tally.tracked_orders[channel]);
      observed.tracked_values[cell] = books.tracked_values[channel].in_units();
    }
  }
  return observed;
}

}  // namespace flywheel
