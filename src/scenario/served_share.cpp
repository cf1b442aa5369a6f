#include "scenario/served_share.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/elementary.hpp"
#include "journey/rate_bands.hpp"

namespace flywheel {

namespace {

double log_of(double number) { return portable_log(std::max(number, 1e-300)); }

/// Impressions served over the flight to one for whom so many are bought a day.
double served_in_flight(const FrequencyCap& cap, double per_day) {
  const double rotations = std::floor(cap.flight_days / cap.rotation_days);
  const double rest = cap.flight_days - rotations * cap.rotation_days;
  return rotations * capped_mean(per_day * cap.rotation_days, cap.impressions) +
         capped_mean(per_day * rest, cap.impressions);
}

}  // namespace

ServedShare::ServedShare(const FrequencyCap& cap) {
  if (cap.impressions == 0) return;
  std::vector<double> shares;
  for (std::size_t node = 0; node < LogTable::size; ++node) {
    const double per_day = portable_exp(LogTable::log_at(node));
    shares.push_back(served_in_flight(cap, per_day) / (per_day * cap.flight_days));
  }
  table_ = LogTable{shares};
}

ServedResponse::ServedResponse(const ServedShare& served, const LogTable& by_mean,
                               const Nodes& exposure, const Scale& scale) {
  const double bought = log_of(scale.bought_per_day);
  const double remembered = log_of(scale.bought_in_memory);
  std::vector<double> logarithms;
  for (const double x : exposure.values) logarithms.push_back(log_of(x));
  std::vector<double> values;
  for (std::size_t node = 0; node < LogTable::size; ++node) {
    double sum = 0.0;
    for (std::size_t at = 0; at < exposure.size(); ++at) {
      const double weight = LogTable::log_at(node) + logarithms[at];
      const double share = served(bought + weight);
      const double response =
          by_mean.is_empty() ? 1.0 : by_mean(remembered + weight + log_of(share));
      sum += exposure.weights[at] * exposure.values[at] * share * response;
    }
    values.push_back(sum);
  }
  table_ = LogTable{values};
}

}  // namespace flywheel
