#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "journey/candidates.hpp"

namespace flywheel {

/// Candidates of the same shopper, found in one pass: a list for each, headed by the first.
class Parties {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  /// Forgets the former candidates and links these.
  void link(std::span<const Candidate> candidates);

  [[nodiscard]] bool is_head(std::size_t candidate) const { return is_head_[candidate] != 0; }
  /// Another candidate of the same shopper, or `none`; from the head on, each comes once.
  [[nodiscard]] std::uint32_t next(std::size_t candidate) const { return next_[candidate]; }

 private:
  std::vector<std::uint32_t> heads_;  ///< open addressing
  std::vector<std::uint32_t> next_;
  std::vector<std::uint8_t> is_head_;
};

}  // namespace flywheel
