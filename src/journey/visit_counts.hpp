#pragma once

#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

#include "journey/funnel_traits.hpp"

namespace flywheel {

/// How many visits of each source ended how in each rotation: one addition a visit, from which
/// the tally follows at the end.
class VisitCounts {
 public:
  /// Visits by [device][depth].
  using Cell = std::array<std::array<std::int64_t, depth_count>, 2>;

  VisitCounts(std::size_t rotations, std::size_t sources)
      : sources_{sources}, cells_(rotations * sources) {}

  void add(std::size_t rotation, std::size_t source, Device device, Depth depth) {
    ++cells_[rotation * sources_ + source][static_cast<std::size_t>(device)]
            [static_cast<std::size_t>(depth)];
  }

  [[nodiscard]] std::int64_t total() const {
    std::int64_t sum = 0;
    for (const Cell& cell : cells_) {
      for (const auto& device : cell) sum = std::accumulate(device.begin(), device.end(), sum);
    }
    return sum;
  }
  [[nodiscard]] std::size_t rotations() const { return cells_.size() / sources_; }
  [[nodiscard]] std::size_t sources() const { return sources_; }
  [[nodiscard]] const Cell& of(std::size_t rotation, std::size_t source) const {
    return cells_[rotation * sources_ + source];
  }

 private:
  std::size_t sources_;
  std::vector<Cell> cells_;
};

}  // namespace flywheel
