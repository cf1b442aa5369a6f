#include "random/key.hpp"

#include <bit>
#include <cstdint>
#include <set>
#include <utility>

#include "random/hash.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

TEST_CASE("keys of neighboring seeds, levels and replications all differ", "[random][key]") {
  std::set<std::pair<std::uint32_t, std::uint32_t>> keys;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    for (const Level level : {Level::parameters, Level::market, Level::shoppers}) {
      for (std::uint64_t replication = 0; replication < 200; ++replication) {
        const Key key = make_key(seed, level, replication);
        keys.emplace(key.low, key.high);
      }
    }
  }
  REQUIRE(keys.size() == 30000);
}

TEST_CASE("replication k of seed s is not replication 0 of seed s + k", "[random][key]") {
  for (std::uint64_t shift = 1; shift < 100; ++shift) {
    const bool same = make_key(7, Level::market, shift) == make_key(7 + shift, Level::market, 0);
    REQUIRE_FALSE(same);
  }
}

TEST_CASE("mixing depends on the order of the words", "[random][hash]") {
  for (std::uint64_t word = 0; word < 100; ++word) {
    REQUIRE(mix(word, word + 1) != mix(word + 1, word));
  }
}

TEST_CASE("mixing zeros does not give zero", "[random][hash]") { REQUIRE(mix(0, 0) != 0); }

TEST_CASE("any bit of either word moves half the bits of the mix", "[random][hash][statistical]") {
  std::uint64_t moved_by_first = 0;
  std::uint64_t moved_by_second = 0;
  std::uint64_t bits = 0;
  for (std::uint64_t word = 0; word < 200; ++word) {
    for (unsigned bit = 0; bit < 64; ++bit) {
      const std::uint64_t base = mix(word, 3 * word);
      const std::uint64_t flip = std::uint64_t{1} << bit;
      moved_by_first += std::popcount(base ^ mix(word ^ flip, 3 * word));
      moved_by_second += std::popcount(base ^ mix(word, (3 * word) ^ flip));
      bits += 64;
    }
  }
  REQUIRE(plausible_count(moved_by_first, bits, 0.5));
  REQUIRE(plausible_count(moved_by_second, bits, 0.5));
}

/// Undoes scramble: multiplies by the inverses and repeats the shifts.
std::uint64_t unscramble(std::uint64_t word) {
  const auto inverse = [](std::uint64_t odd) {
    std::uint64_t x = odd;  // Newton's iteration doubles the right bits: 3, 6, 12, 24, 48, 96
    for (int step = 0; step < 5; ++step) x *= 2 - odd * x;
    return x;
  };
  const auto unshift = [](std::uint64_t x, unsigned shift) {
    return x ^ (x >> shift) ^ (2 * shift < 64 ? x >> (2 * shift) : 0);
  };
  word = unshift(word, 27) * inverse(0x1C69B3F74AC4AE35U);
  word = unshift(word, 33) * inverse(0x3C79AC492BA7B653U);
  return unshift(word, 27);
}

TEST_CASE("scrambling loses nothing", "[random][hash]") {
  for (std::uint64_t word = 1; word != 0; word <<= 1U) {
    REQUIRE(unscramble(scramble(word)) == word);
    REQUIRE(unscramble(scramble(~word)) == ~word);
  }
}

TEST_CASE("a text hashes as FNV-1a says before the scramble", "[random][hash]") {
  // Landon Noll's published vectors of 64-bit FNV-1a: "", "a" and "foobar".
  REQUIRE(unscramble(hash_text("")) == 0xcbf29ce484222325U);
  REQUIRE(unscramble(hash_text("a")) == 0xaf63dc4c8601ec8cU);
  REQUIRE(unscramble(hash_text("foobar")) == 0x85944171f73967e8U);
}

}  // namespace flywheel::test
