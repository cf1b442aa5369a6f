#include "journey/block.hpp"

#include <algorithm>
#include <functional>

#include "random/hash.hpp"

namespace flywheel {

Block::Block(const World& of, const DimensionSizes& sizes)
    : world{of},
      crowd{of.rotation_days, of.horizon},
      tally{sizes},
      books{sizes, static_cast<int>(of.horizon)},
      retargeting_rate(static_cast<std::size_t>(of.retargeting->last_day)),
      retargeting_mean(static_cast<std::size_t>(of.retargeting->last_day)) {}

void schedule(Block& block, const Event& event) {
  if (event.time < block.snapshot.end) {
    block.now.push_back(event);
    std::push_heap(block.now.begin(), block.now.end(),
                   [](const Event& left, const Event& right) { return right < left; });
  } else {
    block.crowd.schedule(event);
  }
}

std::uint64_t child_luck(std::uint64_t luck, std::uint64_t which) {
  return mix(luck, which) & ((std::uint64_t{1} << 48U) - 1);
}

}  // namespace flywheel
