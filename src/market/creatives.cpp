#include "market/creatives.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "random/stream.hpp"

namespace flywheel {

int creative_life(double refresh_days) {
  if (refresh_days <= 0.0) return 0;
  return std::max(1, static_cast<int>(std::floor(refresh_days + 0.5)));
}

int creative_count(int flight_days, int refresh_days) {
  if (refresh_days <= 0) return 1;
  return std::max(1, (flight_days + refresh_days - 1) / refresh_days);
}

std::vector<double> draw_strengths(const CreativeTraits& creatives, Key market,
                                   std::uint64_t channel) {
  const double mean = 1.0 + creatives.hit_rate * (creatives.hit_strength - 1.0);
  Stream stream{market, Purpose::creative, channel};
  std::vector<double> strengths(static_cast<std::size_t>(creatives.count));
  for (double& strength : strengths) {
    strength = (stream.bernoulli(creatives.hit_rate) ? creatives.hit_strength : 1.0) / mean;
  }
  return strengths;
}

}  // namespace flywheel
