#include "scenario/response.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr double largest_summed_mean = 64.0;
constexpr int summed_terms = 192;  ///< 16 standard deviations above the largest summed mean

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

LogTable response_by_mean(const ResponseTraits& traits) {
  const std::vector<double> table = responses(traits);
  std::vector<double> means;
  for (std::size_t node = 0; node < LogTable::size; ++node) {
    const double mean = portable_exp(LogTable::log_at(node));
    means.push_back(mean > largest_summed_mean ? expanded_mean(traits.wear_out, mean)
                                               : poisson_sum(table, mean));
  }
  return LogTable{means};
}

ExposureResponse::ExposureResponse(const ResponseTraits& traits, const Nodes& exposure) {
  if (traits.is_flat()) return;
  const LogTable of_one_rate = response_by_mean(traits);
  std::vector<double> logarithms;
  for (const double x : exposure.values) logarithms.push_back(portable_log(std::max(x, 1e-300)));
  std::vector<double> values;
  for (std::size_t node = 0; node < LogTable::size; ++node) {
    double sum = 0.0;
    for (std::size_t at = 0; at < exposure.size(); ++at) {
      sum += exposure.weights[at] * exposure.values[at] *
             of_one_rate(LogTable::log_at(node) + logarithms[at]);
    }
    values.push_back(sum);
  }
  table_ = LogTable{values};
}

double ExposureResponse::operator()(double log_frequency) const {
  return is_flat() ? 1.0 : table_(log_frequency);
}

}  // namespace flywheel
