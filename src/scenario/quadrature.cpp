#include "scenario/quadrature.hpp"

#include <algorithm>
#include <array>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

/// Gauss-Legendre rule of four points on (0, 1) (Abramowitz and Stegun 25.4.30).
constexpr std::array<double, 4> legendre_places{0.06943184420297371, 0.33000947820757187,
                                                0.66999052179242813, 0.93056815579702629};
constexpr std::array<double, 4> legendre_weights{0.17392742256872693, 0.32607257743127307,
                                                 0.32607257743127307, 0.17392742256872693};

/// Where the intervals of one tail end: from 1/2 in steps of `ratio` down to `last`, then 0.
struct TailGrid {
  double ratio;
  double last;
};

/// Tail probabilities and their weights, from 1/2 towards 0.
Nodes tail_nodes(const TailGrid& grid) {
  Nodes tail;
  double high = 0.5;
  while (high > 0.0) {
    const double next = high * grid.ratio;
    const double low = next < grid.last ? 0.0 : next;
    for (std::size_t at = legendre_places.size(); at-- > 0;) {
      tail.values.push_back(low + (high - low) * legendre_places[at]);
      tail.weights.push_back((high - low) * legendre_weights[at]);
    }
    high = low;
  }
  return tail;
}

}  // namespace

Nodes intent_nodes(bool has_intent) {
  if (!has_intent) return {{0.0}, {1.0}};
  constexpr double step = 0.6;
  constexpr double root_of_two_pi = 2.5066282746310002;
  Nodes nodes;
  for (int at = -11; at <= 20; ++at) {
    const double z = step * at;
    nodes.values.push_back(z);
    nodes.weights.push_back(step * portable_exp(-0.5 * z * z) / root_of_two_pi);
  }
  return nodes;
}

Nodes trait_nodes(const TraitQuantile& trait, Resolution resolution) {
  if (trait.is_constant()) return {{1.0}, {1.0}};
  const bool fine = resolution == Resolution::fine;
  const Nodes lower = tail_nodes(fine ? TailGrid{0x1p-3, 0x1p-25} : TailGrid{0x1p-5, 0x1p-7});
  const Nodes upper = tail_nodes(fine ? TailGrid{0x1p-3, 0x1p-49} : TailGrid{0x1p-4, 0x1p-14});
  Nodes nodes;
  for (std::size_t at = lower.size(); at-- > 0;) {
    nodes.values.push_back(trait(lower.values[at]));
    nodes.weights.push_back(lower.weights[at]);
  }
  for (std::size_t at = 0; at < upper.size(); ++at) {
    nodes.values.push_back(trait(1.0 - upper.values[at]));
    nodes.weights.push_back(upper.weights[at]);
  }
  return nodes;
}

}  // namespace flywheel
