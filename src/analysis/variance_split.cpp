#include "analysis/variance_split.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/check.hpp"

namespace flywheel {
namespace {

/// Everything the split depends on, as sums over draws, so that leaving one out is a subtraction.
struct Sums {
  double count{0.0};
  std::array<double, 3> value{};
  std::array<double, 3> square{};
  double product_12{0.0};
  double product_13{0.0};
  double product_23{0.0};

  [[nodiscard]] Sums plus(const FutureTriple& draw, double sign) const {
    Sums sums = *this;
    const std::array<double, 3> y{draw.y11, draw.y12, draw.y23};
    sums.count += sign;
    for (std::size_t future = 0; future < 3; ++future) {
      sums.value[future] += sign * y[future];
      sums.square[future] += sign * y[future] * y[future];
    }
    sums.product_12 += sign * y[0] * y[1];
    sums.product_13 += sign * y[0] * y[2];
    sums.product_23 += sign * y[1] * y[2];
    return sums;
  }
};

enum Part : std::size_t {
  shoppers,
  market,
  parameters,
  total,
  unexplained,
  shoppers_share,
  market_share,
  parameters_share,
  parts
};
using Parts = std::array<double, parts>;

double covariance(const Sums& sums, double product, double left, double right) {
  return (product - left * right / sums.count) / (sums.count - 1.0);
}

double half_mean_square_difference(const Sums& sums, double squares, double product) {
  return 0.5 * (squares - 2.0 * product) / sums.count;
}

Parts split(const Sums& sums) {
  const std::array<double, 3>& value = sums.value;
  const std::array<double, 3>& square = sums.square;
  Parts result{};
  result[shoppers] = half_mean_square_difference(sums, square[0] + square[1], sums.product_12);
  const double across =
      0.5 * (half_mean_square_difference(sums, square[0] + square[2], sums.product_13) +
             half_mean_square_difference(sums, square[1] + square[2], sums.product_23));
  result[market] = across - result[shoppers];
  result[parameters] = 0.5 * (covariance(sums, sums.product_13, value[0], value[2]) +
                              covariance(sums, sums.product_23, value[1], value[2]));
  for (std::size_t future = 0; future < 3; ++future) {
    result[total] += covariance(sums, square[future], value[future], value[future]) / 3.0;
  }
  result[unexplained] = result[total] - result[shoppers] - result[market] - result[parameters];
  const double scale = result[total] > 0.0 ? 1.0 / result[total] : 0.0;
  result[shoppers_share] = result[shoppers] * scale;
  result[market_share] = result[market] * scale;
  result[parameters_share] = result[parameters] * scale;
  return result;
}

/// Triples about a common origin: a common offset would cost the sums of squares their digits.
FutureTriple shifted(const FutureTriple& draw, double origin) {
  return {.y11 = draw.y11 - origin, .y12 = draw.y12 - origin, .y23 = draw.y23 - origin};
}

Parts jackknife_errors(std::span<const FutureTriple> triples, const Sums& sums, double origin) {
  Parts mean{};
  Parts square{};
  const Parts whole = split(sums);
  for (const FutureTriple& draw : triples) {
    const Parts without = split(sums.plus(shifted(draw, origin), -1.0));
    for (std::size_t part = 0; part < parts; ++part) {
      const double deviation = without[part] - whole[part];
      mean[part] += deviation / sums.count;
      square[part] += deviation * deviation / sums.count;
    }
  }
  Parts errors{};
  for (std::size_t part = 0; part < parts; ++part) {
    const double spread = square[part] - mean[part] * mean[part];
    errors[part] = std::sqrt((sums.count - 1.0) * std::max(0.0, spread));
  }
  return errors;
}

}  // namespace

bool VarianceSplit::adds_up(double errors) const {
  // The rounding of the sums is all the error there is when the output hardly varies.
  const double slack = 1e-9 * std::abs(total.value);
  return std::abs(unexplained.value) <= errors * unexplained.standard_error + slack;
}

VarianceSplit split_variance(std::span<const FutureTriple> triples) {
  expect(triples.size() >= 3, "a variance split with errors needs three parameter draws");
  double origin = 0.0;
  for (const FutureTriple& draw : triples) {
    origin += (draw.y11 + draw.y12 + draw.y23) / (3.0 * static_cast<double>(triples.size()));
  }
  expect(std::isfinite(origin), "a variance split is of finite values");
  Sums sums;
  for (const FutureTriple& draw : triples) sums = sums.plus(shifted(draw, origin), 1.0);
  const Parts value = split(sums);
  const Parts error = jackknife_errors(triples, sums, origin);
  const auto estimate = [&](Part part) { return Estimate{value[part], error[part]}; };
  return {.shoppers = estimate(shoppers),
          .market = estimate(market),
          .parameters = estimate(parameters),
          .total = estimate(total),
          .unexplained = estimate(unexplained),
          .shoppers_share = estimate(shoppers_share),
          .market_share = estimate(market_share),
          .parameters_share = estimate(parameters_share)};
}

}  // namespace flywheel
