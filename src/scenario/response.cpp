#include "scenario/response.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

using CubicCells = std::vector<std::array<double, 4>>;

constexpr double first_log_frequency = -9.0;
constexpr double step = 0.25;
constexpr std::size_t grid_size = 85;  ///< up to e^12
constexpr double largest_summed_mean = 64.0;
constexpr int summed_terms = 192;  ///< 16 standard deviations above the largest summed mean

/// Cubics between grid values, with slopes by differences of fourth order.
CubicCells cubics_through(const std::vector<double>& v) {
  const auto last = v.size() - 1;
  std::vector<double> slopes(v.size());
  for (std::size_t at = 0; at <= last; ++at) {
    if (at < 2 || at + 2 > last) {
      slopes[at] = 0.5 * (v[std::min(at + 1, last)] - v[at > 0 ? at - 1 : 0]);
    } else {
      slopes[at] = (8.0 * (v[at + 1] - v[at - 1]) - (v[at + 2] - v[at - 2])) / 12.0;
    }
  }
  CubicCells cells;
  for (std::size_t at = 0; at < last; ++at) {
    const double rise = v[at + 1] - v[at];
    cells.push_back({v[at], slopes[at], 3.0 * rise - 2.0 * slopes[at] - slopes[at + 1],
                     slopes[at] + slopes[at + 1] - 2.0 * rise});
  }
  return cells;
}

/// The value at a place; the end values outside the grid.
double interpolate(const CubicCells& cells, double log_frequency) {
  const double place = std::clamp((log_frequency - first_log_frequency) / step, 0.0,
                                  static_cast<double>(cells.size()));
  const std::size_t cell = std::min(static_cast<std::size_t>(place), cells.size() - 1);
  const double t = place - static_cast<double>(cell);
  const auto& c = cells[cell];
  return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
}

std::vector<double> responses(const ResponseTraits& traits) {
  std::vector<double> table;
  table.reserve(summed_terms);
  for (int exposures = 0; exposures < summed_terms; ++exposures) {
    table.push_back(response(traits, exposures));
  }
  return table;
}

double poisson_sum(const std::vector<double>& values, double mean) {
  double probability = portable_exp(-mean);
  double sum = probability * values[0];
  for (std::size_t k = 1; k < values.size(); ++k) {
    probability *= mean / static_cast<double>(k);
    sum += probability * values[k];
  }
  return sum;
}

/// Taylor's series of (1 + K)^-e around 1 + m, with the central moments of K from the second on:
/// m, m, m (1 + 3 m), m (1 + 10 m), m (1 + 25 m + 15 m^2).
double expanded_mean(double wear_out, double mean) {
  const double m = mean;
  const std::array<double, 5> moments{m, m, m * (1.0 + 3.0 * m), m * (1.0 + 10.0 * m),
                                      m * (1.0 + m * (25.0 + 15.0 * m))};
  double coefficient = -wear_out / (1.0 + m);
  double factor = 1.0;
  for (std::size_t at = 0; at < moments.size(); ++at) {
    const double order = static_cast<double>(at) + 1.0;
    coefficient *= -(wear_out + order) / (order + 1.0) / (1.0 + m);
    factor += coefficient * moments[at];
  }
  return portable_pow(1.0 + m, -wear_out) * factor;
}

double log_frequency_at(std::size_t node) {
  return first_log_frequency + step * static_cast<double>(node);
}

}  // namespace

double response(const ResponseTraits& traits, int exposures) {
  const double wear_in = exposures < 1000 ? traits.wear_in * std::ldexp(1.0, -exposures) : 0.0;
  return (1.0 - wear_in) * portable_pow(1.0 + exposures, -traits.wear_out);
}

double largest_response(const ResponseTraits& traits) {
  if (traits.wear_out == 0.0) return 1.0;
  double largest = 0.0;
  // Beyond 64 exposures wear-in is below the last bit and the response only falls.
  for (int exposures = 0; exposures <= 64; ++exposures) {
    largest = std::max(largest, response(traits, exposures));
  }
  return largest;
}

double mean_response(const ResponseTraits& traits, double mean_exposures) {
  if (mean_exposures > largest_summed_mean) return expanded_mean(traits.wear_out, mean_exposures);
  return poisson_sum(responses(traits), mean_exposures);
}

ExposureResponse::ExposureResponse(const ResponseTraits& traits, const Nodes& exposure) {
  if (traits.is_flat()) return;
  const std::vector<double> table = responses(traits);
  std::vector<double> of_one_rate;
  for (std::size_t node = 0; node < grid_size; ++node) {
    const double mean = portable_exp(log_frequency_at(node));
    of_one_rate.push_back(mean > largest_summed_mean ? expanded_mean(traits.wear_out, mean)
                                                     : poisson_sum(table, mean));
  }
  const CubicCells curve = cubics_through(of_one_rate);
  std::vector<double> logarithms;
  for (const double x : exposure.values) logarithms.push_back(portable_log(std::max(x, 1e-300)));
  std::vector<double> values;
  for (std::size_t node = 0; node < grid_size; ++node) {
    double sum = 0.0;
    for (std::size_t at = 0; at < exposure.size(); ++at) {
      sum += exposure.weights[at] * exposure.values[at] *
             interpolate(curve, log_frequency_at(node) + logarithms[at]);
    }
    values.push_back(sum);
  }
  cells_ = cubics_through(values);
}

double ExposureResponse::operator()(double log_frequency) const {
  return is_flat() ? 1.0 : interpolate(cells_, log_frequency);
}

}  // namespace flywheel
