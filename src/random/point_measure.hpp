#pragma once

#include <array>
#include <cstdint>

#include "core/check.hpp"
#include "random/block.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"

namespace flywheel {

/// A plane of a Poisson random measure of unit rate over plane x mark.
struct PointCell {
  std::uint64_t identity{0};  ///< names the cell: cells of different identity are independent
  /// Total weight of the plane, above 0. It is part of what the points are: two plans see the same
  /// points only if their weights agree, so it holds nothing that a plan can change.
  double weight{0.0};
};

/// One point of the measure.
struct Point {
  double mark;                         ///< below the bound that was asked for
  std::array<std::uint64_t, 3> words;  ///< random words for its place in the plane
  std::uint64_t ordinal;               ///< names the point within its cell, for good
};

/// Marks are cut into layers, each with a number of points and a key of its own, so a larger bound
/// adds layers and moves nothing. Layer l covers [1.25^(l-1), 1.25^l); below the lowest layer's
/// upper edge there is one layer, [0, edge).
namespace mark_layers {

inline constexpr double ratio = 1.25;
inline constexpr int lowest = -160;  ///< upper edge 3.1e-16
inline constexpr int highest = 160;  ///< upper edge 3.2e15

/// Expected number of points in a cell's bottom layer, at most: fewer make more layers to count,
/// more make points that a small bound throws away.
inline constexpr double bottom_points = 8.0;

/// ratio^layer for a layer between `lowest` - 1 and `highest`; the same bits everywhere.
[[nodiscard]] double upper_edge(int layer);

/// The layer that reaches down to mark 0, for a plane of this weight: the highest one whose
/// expected number of points is at most `bottom_points`.
[[nodiscard]] int bottom_layer(double weight);

}  // namespace mark_layers

/// Calls visit(const Point&) for every point of the cell whose mark is below `largest_mark`, layer
/// by layer, by ordinal within a layer (marks are not sorted).
///
/// A process of rate r per unit weight accepts the points with mark below r (Lewis and Shedler
/// 1979). With a larger bound the same points come again, bit for bit, and others between them.
/// Cost: one Poisson number a layer and two blocks of random bits a point, of which on average a
/// tenth and at most a fifth is above the bound and thrown away (the bottom layer apart).
/// Streams: candidate_count and candidate_point of entity `cell.identity`.
template <class Visit>
void visit_points(Key key, const PointCell& cell, double largest_mark, Visit&& visit) {
  using namespace mark_layers;
  constexpr std::uint64_t ordinals_per_layer = std::uint64_t{1} << 32U;
  expect(largest_mark <= upper_edge(highest), "marks end at the edge of the highest layer");
  const int bottom = bottom_layer(cell.weight);
  double lower = 0.0;
  for (int layer = bottom; lower < largest_mark; ++layer) {
    const double width = upper_edge(layer) - lower;
    const std::uint64_t base = static_cast<std::uint64_t>(layer - lowest) * ordinals_per_layer;
    Stream counting{key, Purpose::candidate_count, cell.identity, base};
    const std::uint64_t count = draw_poisson(counting, cell.weight * width);
    expect(count < ordinals_per_layer / 2, "a layer of a cell holds at most 2^31 points");
    for (std::uint64_t ordinal = base; ordinal < base + 2 * count; ordinal += 2) {
      const auto first = draw_block(key, {Purpose::candidate_point, cell.identity, ordinal});
      const double mark = lower + width * to_uniform(first[0]);
      if (mark >= largest_mark) continue;
      const auto second = draw_block(key, {Purpose::candidate_point, cell.identity, ordinal + 1});
      visit(Point{mark, {first[1], second[0], second[1]}, ordinal});
    }
    lower = upper_edge(layer);
  }
}

}  // namespace flywheel
