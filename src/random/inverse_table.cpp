#include "random/inverse_table.hpp"

#include <cmath>
#include <limits>

#include "core/check.hpp"
#include "core/elementary.hpp"

namespace flywheel {

namespace {

using inverse_grid::cells_per_side;
using inverse_grid::nodes_per_side;
using inverse_grid::tail_at;

constexpr std::size_t nodes_in_all = 2UL * nodes_per_side;
constexpr std::size_t cells_in_all = 2UL * cells_per_side;

/// Coordinates at all nodes, lower side first; each node starts from its neighbor.
std::vector<double> coordinates_of(const Law& law) {
  std::vector<double> coordinates;
  coordinates.reserve(nodes_in_all);
  for (const Side side : {Side::lower, Side::upper}) {
    double guess = std::numeric_limits<double>::quiet_NaN();
    for (int node = 0; node < nodes_per_side; ++node) {
      guess = law.coordinate(tail_at(node), side, guess);
      coordinates.push_back(guess);
    }
  }
  return coordinates;
}

InverseTable::Nodes jets_at(const Law& law, const std::vector<double>& coordinates) {
  InverseTable::Nodes nodes;
  nodes.reserve(coordinates.size());
  for (const double coordinate : coordinates) nodes.push_back(law.jet(coordinate));
  return nodes;
}

/// The polynomial of degree five with these jets at 0 and 1 (Hermite); derivatives by the place.
std::array<double, 6> quintic(const Jet& left, const Jet& right) {
  const double rise = right.value - left.value;
  const double half_left = 0.5 * left.curvature;
  const double half_right = 0.5 * right.curvature;
  return {left.value,
          left.slope,
          half_left,
          10.0 * rise - 6.0 * left.slope - 4.0 * right.slope - 3.0 * half_left + half_right,
          -15.0 * rise + 8.0 * left.slope + 7.0 * right.slope + 3.0 * half_left - 2.0 * half_right,
          6.0 * rise - 3.0 * (left.slope + right.slope) - half_left + half_right};
}

/// A jet by the probability as one by the place in a cell whose tail has this signed width.
Jet scaled(const Jet& jet, double width) {
  return {jet.value, jet.slope * width, jet.curvature * width * width};
}

/// cos(pi (k + 1/2) / 16): the upper half of the 16 Chebyshev points of the first kind, as figures
/// because libm's cosine is not the same everywhere.
constexpr std::array<double, 8> chebyshev_cosines = {
    0.99518472667219693, 0.95694033573220882, 0.88192126434835505, 0.77301045336273699,
    0.63439328416364549, 0.47139673682599781, 0.29028467725446233, 0.09801714032956077};

double chebyshev_point(int k) { return k < 8 ? chebyshev_cosines[k] : -chebyshev_cosines[15 - k]; }

/// Barycentric weight, (-1)^k sin(pi (k + 1/2) / 16) (Berrut and Trefethen 2004, formula 5.3).
double chebyshev_weight(int k) {
  const double sine = k < 8 ? chebyshev_cosines[7 - k] : chebyshev_cosines[k - 8];
  return k % 2 == 0 ? sine : -sine;
}

/// The weights with which values at the Chebyshev points make the value at `place` in [-1, 1].
std::array<double, 16> interpolation_weights(double place) {
  std::array<double, 16> weights{};
  double total = 0.0;
  for (int k = 0; k < 16; ++k) {
    const double distance = place - chebyshev_point(k);
    if (distance == 0.0) {
      weights.fill(0.0);
      weights[k] = 1.0;
      return weights;
    }
    weights[k] = chebyshev_weight(k) / distance;
    total += weights[k];
  }
  for (double& weight : weights) weight /= total;
  return weights;
}

}  // namespace

double inverse_grid::tail_at(int node) {
  const double octave_start = std::bit_cast<double>(
      static_cast<std::uint64_t>(1023 - octaves - 1 + node / cells_per_octave) << 52U);
  return octave_start * (1.0 + static_cast<double>(node % cells_per_octave) / cells_per_octave);
}

InverseTable::InverseTable(const Law& law) : InverseTable(jets_at(law, coordinates_of(law))) {}

InverseTable::InverseTable(const Nodes& nodes) {
  expect(nodes.size() == nodes_in_all, "an inverse table has a jet for each node");
  cells_.reserve(cells_in_all);
  for (const Side side : {Side::lower, Side::upper}) {
    const int first = side == Side::lower ? 0 : nodes_per_side;
    // On the upper side the tail grows while the probability falls.
    const double direction = side == Side::lower ? 1.0 : -1.0;
    for (int cell = 0; cell < cells_per_side; ++cell) {
      const double width = direction * (tail_at(cell + 1) - tail_at(cell));
      cells_.push_back(
          quintic(scaled(nodes[first + cell], width), scaled(nodes[first + cell + 1], width)));
    }
  }
}

InverseTable InverseTable::constant(double value) {
  return InverseTable{Nodes(nodes_in_all, Jet{value, 0.0, 0.0})};
}

InverseTable2::InverseTable2(std::function<Law(double shape)> family, double lowest_shape,
                             double highest_shape)
    : family_{std::move(family)},
      lowest_{lowest_shape},
      highest_{highest_shape},
      coordinates_(nodes_in_all) {
  expect(0.0 < lowest_ && lowest_ < highest_, "a range of shapes begins above 0 and has a width");
  const double middle = 0.5 * (portable_log(highest_) + portable_log(lowest_));
  const double half_width = 0.5 * (portable_log(highest_) - portable_log(lowest_));
  for (int k = 0; k < points; ++k) {
    const double shape = portable_exp(middle + half_width * chebyshev_point(k));
    const std::vector<double> coordinates = coordinates_of(family_(shape));
    for (std::size_t node = 0; node < coordinates.size(); ++node) {
      coordinates_[node][k] = coordinates[node];
    }
  }
}

InverseTable InverseTable2::at(double shape) const {
  expect(lowest_ <= shape && shape <= highest_, "the shape lies in the range of the table");
  const double width = portable_log(highest_) - portable_log(lowest_);
  const double place = 2.0 * (portable_log(shape) - portable_log(lowest_)) / width - 1.0;
  const std::array<double, points> weights = interpolation_weights(place);
  std::vector<double> coordinates;
  coordinates.reserve(coordinates_.size());
  for (const auto& at_points : coordinates_) {
    double coordinate = 0.0;
    for (int k = 0; k < points; ++k) coordinate += weights[k] * at_points[k];
    coordinates.push_back(coordinate);
  }
  return InverseTable{jets_at(family_(shape), coordinates)};
}

}  // namespace flywheel
