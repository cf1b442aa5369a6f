#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "journey/funnel_traits.hpp"

namespace flywheel {

/// How many visits of each source ended how: one addition a visit, from which
/// the tally follows at the end.
class VisitCounts {
 public:
  /// Visits by [device][depth].
  using Cell = std::array<std::array<std::int64_t, depth_count>, 2>;

  explicit VisitCounts(std::size_t sources) : cells_(sources) {}

  void add(std::size_t source, Device device, Depth depth) {
    ++cells_[source][static_cast<std::size_t>(device)][static_cast<std::size_t>(depth)];
  }

  [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }

 private:
  std::vector<Cell> cells_;
};

}  // namespace flywheel
