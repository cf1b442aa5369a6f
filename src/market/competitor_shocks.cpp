#include "market/competitor_shocks.hpp"

#include <cstddef>
#include <cstdint>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t competitors = 0;  ///< entity; named shocks use the hash of their name

struct Arrival {
  double gap_days;
  double jump;
};

Arrival draw_arrival(const CompetitorShocks& shocks, Key market, std::uint64_t number) {
  Stream stream{market, Purpose::shock, competitors, number};
  const double gap = stream.exponential() / shocks.per_day;
  return {gap, shocks.mean_jump * stream.exponential()};
}

void expect_valid(const CompetitorShocks& shocks) {
  expect(shocks.per_day >= 0.0 && shocks.decay_days > 0.0, "a shock's rate and decay are positive");
  expect(shocks.mean_jump >= 0.0 && shocks.mean_jump < 1.0,
         "mean jumps of 1 and more have an infinite expected price");
}

}  // namespace

std::vector<double> competitor_log_price(const CompetitorShocks& shocks, Key market, int days) {
  expect_valid(shocks);
  std::vector<double> path(static_cast<std::size_t>(days), 0.0);
  if (shocks.per_day <= 0.0 || shocks.mean_jump <= 0.0) return path;
  const double kept = portable_exp(-1.0 / shocks.decay_days);
  std::uint64_t number = 0;
  Arrival next = draw_arrival(shocks, market, number);
  double time = next.gap_days;
  double level = 0.0;
  for (std::size_t day = 0; day < path.size(); ++day) {
    const double noon = static_cast<double>(day) + 0.5;
    level *= kept;
    while (time <= noon) {
      level += next.jump * portable_exp((time - noon) / shocks.decay_days);
      next = draw_arrival(shocks, market, ++number);
      time += next.gap_days;
    }
    path[day] = level;
  }
  return path;
}

std::vector<double> expected_competitor_factor(const CompetitorShocks& shocks, int days) {
  expect_valid(shocks);
  std::vector<double> path(static_cast<std::size_t>(days));
  const double exponent = shocks.per_day * shocks.decay_days;
  for (std::size_t day = 0; day < path.size(); ++day) {
    const double age = (static_cast<double>(day) + 0.5) / shocks.decay_days;
    const double base = (1.0 - shocks.mean_jump * portable_exp(-age)) / (1.0 - shocks.mean_jump);
    path[day] = portable_pow(base, exponent);
  }
  return path;
}

}  // namespace flywheel
