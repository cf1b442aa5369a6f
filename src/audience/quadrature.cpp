#include "audience/quadrature.hpp"

#include <array>
#include <cstddef>

#include "core/check.hpp"

namespace flywheel {

namespace {

constexpr int octaves = 40;
constexpr std::size_t nodes_of_a_piece = 8;

/// Abramowitz and Stegun, table 25.4: the positive nodes of order eight, and their weights.
constexpr std::array<double, 4> nodes = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                         0.9602898564975363};
constexpr std::array<double, 4> weights = {0.3626837833783620, 0.3137066458778873,
                                           0.2223810344533745, 0.1012285362903763};

/// Calls visit(from, to) for the pieces of a band: the band itself, or, where it reaches an end of
/// the unit interval, octaves towards that end.
template <class Visit>
void visit_pieces(double from, double to, const Visit& visit) {
  if (from > 0.0 && to < 1.0) return visit(from, to);
  const bool at_zero = from <= 0.0;
  double low = from;
  double high = to;
  for (int octave = 0; octave < octaves; ++octave) {
    const double middle = 0.5 * (low + high);
    visit(at_zero ? middle : low, at_zero ? high : middle);
    (at_zero ? high : low) = middle;
  }
}

/// From the values at a piece's nodes, in the order of quadrature_points.
double piece_mean(std::span<const double> values) {
  double sum = 0.0;
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    sum += weights[k] * (values[2 * k] + values[2 * k + 1]);
  }
  return 0.5 * sum;
}

}  // namespace

std::vector<double> quadrature_points(const std::vector<double>& edges) {
  if (edges.size() == 2) return {0.5};
  std::vector<double> points;
  points.reserve(nodes_of_a_piece * (edges.size() + 2 * octaves));
  for (std::size_t band = 0; band + 1 < edges.size(); ++band) {
    visit_pieces(edges[band], edges[band + 1], [&](double from, double to) {
      const double center = 0.5 * (from + to);
      const double half = 0.5 * (to - from);
      for (const double node : nodes) {
        points.push_back(center - half * node);
        points.push_back(center + half * node);
      }
    });
  }
  return points;
}

std::vector<double> band_means(const std::vector<double>& edges, std::span<const double> values) {
  if (edges.size() == 2) return {values.front()};
  std::vector<double> means;
  means.reserve(edges.size() - 1);
  std::size_t next = 0;
  for (std::size_t band = 0; band + 1 < edges.size(); ++band) {
    const bool inner = edges[band] > 0.0 && edges[band + 1] < 1.0;
    double sum = 0.0;
    visit_pieces(edges[band], edges[band + 1], [&](double from, double to) {
      const double mean = piece_mean(values.subspan(next, nodes_of_a_piece));
      sum += inner ? mean : (to - from) * mean;
      next += nodes_of_a_piece;
    });
    means.push_back(inner ? sum : sum / (edges[band + 1] - edges[band]));
  }
  expect(next == values.size(), "there is a value for each point");
  return means;
}

}  // namespace flywheel
