#include "plan/pacing.hpp"

#include <algorithm>
#include <numeric>

namespace flywheel {

namespace {

double weight_of(Pacing pacing, int day, int days) {
  const bool odd_week = (day / 7) % 2 == 0;
  switch (pacing) {
    case Pacing::front_loaded:
      return 1.5 - static_cast<double>(day) / static_cast<double>(std::max(days - 1, 1));
    case Pacing::bursts:
      return odd_week ? 1 : 0;
    case Pacing::pulsing:
      return odd_week ? 2 : 1;
    case Pacing::even:
      break;
  }
  return 1;
}

}  // namespace

std::vector<double> pace_budget(double budget, Pacing pacing, int days) {
  std::vector<double> amounts;
  amounts.reserve(static_cast<std::size_t>(std::max(days, 0)));
  for (int day = 0; day < days; ++day) amounts.push_back(weight_of(pacing, day, days));
  const double sum = std::accumulate(amounts.begin(), amounts.end(), 0.0);
  for (double& amount : amounts) amount = budget * (amount / sum);
  return amounts;
}

double mean_spent_budget(std::span<const double> daily_budget) {
  double sum = 0.0;
  double days = 0.0;
  for (const double budget : daily_budget) {
    sum += budget;
    days += budget > 0.0 ? 1.0 : 0.0;
  }
  return days > 0.0 ? sum / days : 0.0;
}

}  // namespace flywheel
