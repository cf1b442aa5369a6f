#pragma once

#include <cstdint>
#include <string_view>

namespace flywheel {

/// 2^64 over the golden ratio, odd: its multiples are spread evenly, so that names that differ
/// little get different high bits (Knuth, The Art of Computer Programming 3, 6.4).
inline constexpr std::uint64_t golden_step = 0x9E3779B97F4A7C15U;

/// A bijection of 64-bit words in which every bit of the input moves every bit of the output:
/// the finalizer "moremur" (Pelle Evensen 2019), two multiplications and three xor-shifts.
[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t word) {
  word ^= word >> 27U;
  word *= 0x3C79AC492BA7B653U;
  word ^= word >> 33U;
  word *= 0x1C69B3F74AC4AE35U;
  word ^= word >> 27U;
  return word;
}

/// A key made of two words in their order: mix(a, b) differs from mix(b, a). For a fixed first
/// word it is a bijection of the second, so the children of one parent never collide; any other
/// pair collides with the chance of a random function, 2^-64.
///
/// The key of a referred shopper is mix(key of the referrer, ordinal of the invitation).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t first, std::uint64_t second) {
  // The step keeps zero from being a fixed point.
  return scramble(scramble(scramble(first + golden_step) + second) + golden_step);
}

/// A hash of a name: FNV-1a of 64 bits (Fowler, Noll, Vo), then scrambled, since FNV alone leaves
/// the high bits of short names alike.
[[nodiscard]] constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char letter : text) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 0x100000001B3U;
  }
  return scramble(hash);
}

}  // namespace flywheel
