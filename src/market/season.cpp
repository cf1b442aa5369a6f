#include "market/season.hpp"

#include <cstddef>
#include <numeric>

namespace flywheel {

std::vector<double> season_path(const Season& season, const Date& start, int days) {
  std::vector<double> path;
  path.reserve(static_cast<std::size_t>(days));
  const int first = days_since_epoch(start);
  for (int day = 0; day < days; ++day) {
    const Date date = date_from_epoch(first + day);
    path.push_back(season.months[static_cast<std::size_t>(date.month - 1)] *
                   season.weekdays[static_cast<std::size_t>(weekday_of(date))]);
  }
  return path;
}

double mean_of(const Season& season) {
  constexpr std::array<double, 12> lengths{31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const double months =
      std::inner_product(lengths.begin(), lengths.end(), season.months.begin(), 0.0) / 365.2425;
  return months * std::accumulate(season.weekdays.begin(), season.weekdays.end(), 0.0) / 7.0;
}

std::vector<double> relative_season(const Season& season, std::vector<double> path) {
  const double mean = mean_of(season);
  for (double& factor : path) factor /= mean;
  return path;
}

std::vector<double> running_clock(const std::vector<double>& rate_by_day) {
  std::vector<double> clock{0.0};
  clock.reserve(rate_by_day.size() + 1);
  for (const double rate : rate_by_day) clock.push_back(clock.back() + rate);
  return clock;
}

}  // namespace flywheel
