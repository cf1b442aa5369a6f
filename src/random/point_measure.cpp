#include "random/point_measure.hpp"

#include <algorithm>

namespace flywheel {

namespace {

constexpr int edges = mark_layers::highest - mark_layers::lowest + 2;

/// Powers of the ratio, step by step from 1, so that no pow of libm takes part.
constexpr std::array<double, edges> make_edges() {
  std::array<double, edges> powers{};
  constexpr int zero = 1 - mark_layers::lowest;
  powers[zero] = 1.0;
  for (int at = zero + 1; at < edges; ++at) powers[at] = powers[at - 1] * mark_layers::ratio;
  for (int at = zero - 1; at >= 0; --at) powers[at] = powers[at + 1] / mark_layers::ratio;
  return powers;
}

constexpr std::array<double, edges> upper_edges = make_edges();

}  // namespace

double mark_layers::upper_edge(int layer) { return upper_edges[layer - lowest + 1]; }

int mark_layers::bottom_layer(double weight) {
  expect(weight > 0.0, "the weight of a plane is above 0");
  const auto below = std::find_if(upper_edges.begin() + 2, upper_edges.end(),
                                  [=](double edge) { return weight * edge > bottom_points; }) -
                     upper_edges.begin();
  return lowest + static_cast<int>(below) - 2;
}

}  // namespace flywheel
