#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace flywheel {

/// Picks one of n outcomes in proportion to their weights, in constant time, by one 64-bit word.
///
/// Walker 1977; made in O(n) as Vose 1991 does. The probabilities are right to about 2^-53.
class AliasTable {
 public:
  AliasTable() = default;

  /// Weights are finite and not negative, at least one above zero, fewer than 2^32 of them.
  explicit AliasTable(std::span<const double> weights) { rebuild(weights); }

  /// Makes the table anew, in the memory it has.
  void rebuild(std::span<const double> weights);

  [[nodiscard]] std::size_t size() const { return slots_.size(); }

  /// An outcome, and what is left of the word: uniform on [0, 1) and independent of the outcome.
  struct Pick {
    std::uint32_t outcome;
    double rest;
  };

  /// The outcome of a random word with the rest of its randomness (about 52 bits for 4,096
  /// outcomes).
  [[nodiscard]] Pick pick_with_rest(std::uint64_t word) const {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(word) * slots_.size();
    const auto number = static_cast<std::uint32_t>(product >> 64U);
    const auto low = static_cast<std::uint64_t>(product);
    const Slot& slot = slots_[number];
    // A coin that no processor can foresee: looked up, not branched on.
    const std::size_t own = low < slot.own_share ? 1 : 0;
    const std::uint64_t before = slot.own_share & (own - 1);
    // Conversions of 63 bits are one instruction, of 64 bits several.
    const auto part = static_cast<std::int64_t>((low - before) >> 1U);
    const double rest = static_cast<double>(part) * slot.scale[own];
    return {slot.outcome[own], rest < 1.0 ? rest : 0x1.fffffffffffffp-1};
  }

  /// The outcome of a random word. The high part of word * n numbers the slot, the low part says
  /// whether the slot's own outcome is taken or the other one. The table must not be empty.
  [[nodiscard]] std::uint32_t pick(std::uint64_t word) const {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(word) * slots_.size();
    const auto number = static_cast<std::uint32_t>(product >> 64U);
    const Slot& slot = slots_[number];
    return slot.outcome[static_cast<std::uint64_t>(product) < slot.own_share ? 1 : 0];
  }

 private:
  struct Slot {
    std::uint64_t own_share;  ///< in 2^-64
    std::array<std::uint32_t, 2>
        outcome;                  ///< the other one and its own; a full slot's are the same
    std::array<double, 2> scale;  ///< 2 / what is left of 2^64, and 2 / own_share
  };
  [[nodiscard]] static Slot make_slot(std::uint64_t own_share, std::uint32_t own,
                                      std::uint32_t other);

  std::vector<Slot> slots_;
  std::vector<double> heights_;       ///< working memory
  std::vector<std::uint32_t> small_;  ///< working memory: outcomes below average
  std::vector<std::uint32_t> large_;  ///< working memory: the others
};

}  // namespace flywheel
