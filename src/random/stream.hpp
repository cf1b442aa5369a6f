#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "core/elementary.hpp"
#include "random/block.hpp"
#include "random/key.hpp"
#include "random/normal_quantile.hpp"
#include "random/purpose.hpp"

namespace flywheel {

/// A word as a uniform number in [0, 1): a multiple of 2^-53, each with the same probability.
[[nodiscard]] constexpr double to_uniform(std::uint64_t word) {
  return static_cast<double>(static_cast<std::int64_t>(word >> 11U)) * 0x1p-53;
}

/// A word as a uniform number in (0, 1): an odd multiple of 2^-53, so that its complement is one
/// too. Of 52 bits: with 53 bits the largest one would round to 1.
[[nodiscard]] constexpr double to_open_uniform(std::uint64_t word) {
  // The bits as those of a double from 2^52 on, which are whole numbers: a loop of this vectorizes,
  // one of conversions does not.
  const double whole = std::bit_cast<double>((word >> 12U) | 0x4330000000000000U) - 0x1p52;
  return (whole + 0.5) * 0x1p-52;
}

/// The random numbers of one purpose of one entity, in order.
///
/// A draw takes one 64-bit word; ordinal k of the purpose holds words 2k and 2k + 1. Every member
/// function takes exactly one draw, whatever its arguments (a chance of 0 too), so that paired
/// futures stay in step. Samplers that take a variable number of draws (draw_gamma, draw_beta,
/// draw_poisson, draw_binomial) run into the ordinals that follow: give them a purpose and entity
/// of their own, or a first ordinal far from the next one in use.
class Stream {
 public:
  Stream(Key key, Purpose purpose, std::uint64_t entity, std::uint64_t first_ordinal = 0)
      : key_{key}, next_{purpose, entity, first_ordinal} {}

  [[nodiscard]] std::uint64_t next_bits() {
    if (!second_pending_) {
      block_ = draw_block(key_, next_);
      ++next_.ordinal;
      second_pending_ = true;
      return block_[0];
    }
    second_pending_ = false;
    return block_[1];
  }

  /// In [0, 1).
  [[nodiscard]] double uniform() { return to_uniform(next_bits()); }

  /// In (0, 1).
  [[nodiscard]] double open_uniform() { return to_open_uniform(next_bits()); }

  /// True with this probability; never at 0 or below, always at 1 or above.
  [[nodiscard]] bool bernoulli(double probability) { return uniform() < probability; }

  /// Exponential of mean 1, between 2^-53 and 36.8.
  [[nodiscard]] double exponential() { return -portable_log(open_uniform()); }

  /// Normal of mean 0 and variance 1, within +-8.21, by the inverse distribution function: a
  /// larger word is a larger value, which keeps paired futures alike.
  [[nodiscard]] double normal() { return normal_quantile(open_uniform()); }

  /// One of 0 ... n - 1, n at least 1 (0 gives 0). The bias is below n / 2^64.
  [[nodiscard]] std::uint64_t uniform_index(std::uint64_t n) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(next_bits()) * n) >> 64U);
  }

  /// Number of the next word, counted from ordinal 0 of the purpose.
  [[nodiscard]] std::uint64_t position() const {
    return 2 * next_.ordinal - (second_pending_ ? 1 : 0);
  }

  /// Two streams are equal when everything they will still give is equal.
  friend bool operator==(const Stream& left, const Stream& right) {
    return left.key_ == right.key_ && left.next_ == right.next_ &&
           left.second_pending_ == right.second_pending_;
  }

 private:
  Key key_;
  Address next_;
  std::array<std::uint64_t, 2> block_{};
  bool second_pending_{false};
};

}  // namespace flywheel
