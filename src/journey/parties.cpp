#include "journey/parties.hpp"

#include <algorithm>
#include <bit>

#include "core/check.hpp"

namespace flywheel {

void Parties::link(std::span<const Candidate> candidates) {
  expect(candidates.size() < none, "candidates are numbered with 32 bits");
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(2 * candidates.size(), 64));
  const int shift = 64 - std::countr_zero(size);
  heads_.assign(size, none);
  next_.assign(candidates.size(), none);
  is_head_.assign(candidates.size(), 1);
  for (std::uint32_t k = 0; k < candidates.size(); ++k) {
    const PersonId person = candidates[k].person;
    std::size_t slot = (person.value * golden_step) >> shift;
    while (heads_[slot] != none && candidates[heads_[slot]].person != person) {
      slot = (slot + 1) & (size - 1);
    }
    if (heads_[slot] == none) {
      heads_[slot] = k;
      continue;
    }
    next_[k] = next_[heads_[slot]];
    next_[heads_[slot]] = k;
    is_head_[k] = 0;
  }
}

}  // namespace flywheel
