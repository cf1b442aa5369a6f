#include "market/mean_reversion.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/check.hpp"
#include "core/elementary.hpp"

namespace flywheel {

FactorLoadings factor_loadings(double between_prices, double price_demand) {
  expect(between_prices >= 0.0 && between_prices <= 1.0,
         "the correlation between prices lies between 0 and 1");
  const double price = std::sqrt(between_prices);
  const double demand = price > 0.0 ? std::clamp(price_demand / price, -1.0, 1.0) : 0.0;
  return {.price = price,
          .own_price = std::sqrt(1.0 - between_prices),
          .demand = demand,
          .own_demand = std::sqrt(1.0 - demand * demand)};
}

std::vector<double> normal_path(Stream stream, int days) {
  std::vector<double> path(static_cast<std::size_t>(days));
  for (double& value : path) value = stream.normal();
  return path;
}

std::vector<double> blend(const std::vector<double>& own, double own_loading,
                          const std::vector<double>& common, double loading) {
  expect(own.size() == common.size(), "the common factor has as many days as the path");
  std::vector<double> sum(own.size());
  for (std::size_t day = 0; day < own.size(); ++day) {
    sum[day] = own_loading * own[day] + loading * common[day];
  }
  return sum;
}

std::vector<double> mean_reverting_factor(const MeanReversion& process,
                                          const std::vector<double>& shocks) {
  expect(process.volatility >= 0.0 && process.reversion >= 0.0,
         "volatility and reversion are not negative");
  const double kept = portable_exp(-process.reversion);
  const double fresh = process.volatility * std::sqrt(1.0 - kept * kept);
  const double half_variance = 0.5 * process.volatility * process.volatility;
  std::vector<double> factor;
  factor.reserve(shocks.size());
  double logarithm = 0.0;
  for (const double shock : shocks) {
    logarithm = factor.empty() ? process.volatility * shock : kept * logarithm + fresh * shock;
    factor.push_back(portable_exp(logarithm - half_variance));
  }
  return factor;
}

}  // namespace flywheel
