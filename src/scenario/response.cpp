#include "scenario/response.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr double first_log_frequency = -9.0;
constexpr double step = 0.25;
constexpr std::size_t grid_size = 85;  ///< up to e^12
constexpr double largest_summed_mean = 64.0;
constexpr int summed_terms = 192;  ///< 16 standard deviations above the largest summed mean

/// Cubic through the four grid values around a place; the end values outside the grid.
double interpolate(const std::vector<double>& values, double log_frequency) {
  const double place = std::clamp((log_frequency - first_log_frequency) / step, 0.0,
                                  static_cast<double>(values.size() - 1));
  const auto cell = std::clamp<std::size_t>(static_cast<std::size_t>(place), 1, values.size() - 3);
  const double t = place - static_cast<double>(cell);
  const double* v = &values[cell - 1];
  return v[0] * t * (t - 1.0) * (2.0 - t) / 6.0 + v[1] * (t + 1.0) * (t - 1.0) * (t - 2.0) / 2.0 +
         v[2] * t * (t + 1.0) * (2.0 - t) / 2.0 + v[3] * t * (t + 1.0) * (t - 1.0) / 6.0;
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

/// Central moments of K: m, m, 3 m^2 + m.
double expanded_mean(double wear_out, double mean) {
  const double e = wear_out;
  const double d = 1.0 / (1.0 + mean);
  const double second = e * (e + 1.0) / 2.0 * d * d;
  const double third = second * (e + 2.0) / 3.0 * d;
  const double fourth = third * (e + 3.0) / 4.0 * d;
  const double factor = 1.0 + second * mean - third * mean + fourth * (3.0 * mean + 1.0) * mean;
  return portable_pow(1.0 + mean, -e) * factor;
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
  std::vector<double> logarithms;
  for (const double x : exposure.values) logarithms.push_back(portable_log(std::max(x, 1e-300)));
  values_.reserve(grid_size);
  for (std::size_t node = 0; node < grid_size; ++node) {
    double sum = 0.0;
    for (std::size_t at = 0; at < exposure.size(); ++at) {
      sum += exposure.weights[at] * exposure.values[at] *
             interpolate(of_one_rate, log_frequency_at(node) + logarithms[at]);
    }
    values_.push_back(sum);
  }
}

double ExposureResponse::operator()(double log_frequency) const {
  return is_flat() ? 1.0 : interpolate(values_, log_frequency);
}

}  // namespace flywheel
