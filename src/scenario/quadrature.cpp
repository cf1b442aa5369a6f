#include "scenario/quadrature.hpp"

#include "core/elementary.hpp"

namespace flywheel {

namespace {

/// A trapezoid rule in y = logit(u): nodes from `first` to `last` times `step`.
struct LogitGrid {
  double step;
  int first;
  int last;
};

/// What the nodes beyond the end, `distance` from the median, would weigh together.
double weight_beyond(double distance, double step) {
  return step * portable_exp(-distance) / (portable_exp(step) - 1.0);
}

}  // namespace

Nodes no_intent_node() { return {{0.0}, {1.0}}; }

Nodes intent_nodes() {
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
  const LogitGrid grid =
      resolution == Resolution::fine ? LogitGrid{0.8, -21, 36} : LogitGrid{1.6, -6, 8};
  Nodes nodes;
  for (int at = grid.first; at <= grid.last; ++at) {
    const double u = 1.0 / (1.0 + portable_exp(-grid.step * at));
    nodes.values.push_back(trait(u));
    nodes.weights.push_back(grid.step * u / (1.0 + portable_exp(grid.step * at)));
  }
  nodes.weights.front() += weight_beyond(-grid.step * grid.first, grid.step);
  nodes.weights.back() += weight_beyond(grid.step * grid.last, grid.step);
  return nodes;
}

}  // namespace flywheel
