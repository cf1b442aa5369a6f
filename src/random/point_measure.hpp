#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/check.hpp"
#include "random/blocks.hpp"
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
  double mark;               ///< below the bound that was asked for
  std::uint64_t word;        ///< random bits for its place in the plane
  std::uint32_t short_word;  ///< more of them
  std::uint64_t ordinal;     ///< names the point within its cell, for good
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
/// Cost: one Poisson number a layer and one block of random bits a point (its mark has 32 bits
/// within its layer), made many at a time. On average a tenth and at most a fifth of the points is
/// above the bound and thrown away (the bottom layer apart). Streams: candidate_count and
/// candidate_point of entity `cell.identity`.
template <class Visit>
void visit_points(Key key, const PointCell& cell, double largest_mark, Visit&& visit) {
  using namespace mark_layers;
  constexpr std::uint64_t ordinals_per_layer = std::uint64_t{1} << 32U;
  constexpr std::uint64_t batch = 64;
  expect(largest_mark <= upper_edge(highest), "marks end at the edge of the highest layer");
  const int bottom = bottom_layer(cell.weight);
  double lower = 0.0;
  for (int layer = bottom; lower < largest_mark; ++layer) {
    const double width = upper_edge(layer) - lower;
    const std::uint64_t base = static_cast<std::uint64_t>(layer - lowest) * ordinals_per_layer;
    Stream counting{key, Purpose::candidate_count, cell.identity, base};
    const std::uint64_t count = draw_poisson(counting, cell.weight * width);
    expect(count < ordinals_per_layer / 2, "a layer of a cell holds at most 2^31 points");
    for (std::uint64_t done = 0; done < count; done += batch) {
      std::array<std::array<std::uint64_t, 2>, batch> blocks;
      const std::uint64_t here = std::min<std::uint64_t>(batch, count - done);
      fill_blocks(key, {Purpose::candidate_point, cell.identity, base + done},
                  {blocks.data(), here});
      for (std::uint64_t k = 0; k < here; ++k) {
        const double mark =
            lower +
            width * (static_cast<double>(static_cast<std::int64_t>(blocks[k][0] >> 32U)) * 0x1p-32);
        if (mark >= largest_mark) continue;
        visit(Point{mark, blocks[k][1], static_cast<std::uint32_t>(blocks[k][0]), base + done + k});
      }
    }
    lower = upper_edge(layer);
  }
}

}  // namespace flywheel
