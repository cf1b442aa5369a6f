#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "journey/block.hpp"
#include "journey/candidates.hpp"

namespace flywheel {

/// Candidates of which each has a visit of its own, with that visit's random bits.
struct VisitBatch {
  std::span<const Candidate> candidates;
  std::span<const std::array<std::uint64_t, 2>> words;  ///< of all candidates
  std::span<const std::uint32_t> numbers;               ///< the candidates that are meant

  static constexpr std::size_t most = 256;

  [[nodiscard]] std::size_t size() const { return numbers.size(); }
  [[nodiscard]] const Candidate& candidate(std::size_t k) const { return candidates[numbers[k]]; }
  [[nodiscard]] const std::array<std::uint64_t, 2>& bits(std::size_t k) const {
    return words[numbers[k]];
  }
};

/// Visits of a batch, played side by side: each as if it took place, by somebody of whom nothing
/// else is known. The same as play_in_shop gives one by one, but for the delays of orders.
struct BatchVisits {
  template <class Value>
  using Each = std::array<Value, VisitBatch::most>;

  Each<double> retargeting;  ///< as in VisitOutcome
  Each<SeenIdeas> ideas;
  Each<Depth> depth;
  Each<Device> device;
  Each<std::uint8_t> leaves_trace;  ///< as leaves_trace tells
};

/// Plays the visits of a batch, which holds at most `most`.
[[nodiscard]] BatchVisits play_batch(const Block& block, const VisitBatch& batch);

}  // namespace flywheel
