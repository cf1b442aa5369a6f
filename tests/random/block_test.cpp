#include "random/block.hpp"

#include <array>
#include <cstdint>
#include <set>

#include "support/catch.hpp"

namespace flywheel::test {

struct KnownAnswer {
  std::array<std::uint32_t, 4> counter;
  std::array<std::uint32_t, 2> key;
  std::array<std::uint32_t, 4> answer;
};

// Random123 1.14, tests/kat_vectors, lines "philox4x32 10": all zeros, all ones, digits of pi.
constexpr std::array<KnownAnswer, 3> known_answers = {{
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
}};

/// The address whose counter is this, by the packing that block.hpp states.
Address address_of(const std::array<std::uint32_t, 4>& counter) {
  return {.purpose = static_cast<Purpose>(counter[3] >> 16U),
          .entity = (std::uint64_t{counter[1]} << 32U) | counter[0],
          .ordinal = (std::uint64_t{counter[3] & 0xFFFFU} << 32U) | counter[2]};
}

TEST_CASE("a block is the published answer of Philox4x32-10", "[random][block]") {
  for (const KnownAnswer& known : known_answers) {
    const Key key{known.key[0], known.key[1]};
    const auto [first, second] = draw_block(key, address_of(known.counter));
    REQUIRE(first == ((std::uint64_t{known.answer[1]} << 32U) | known.answer[0]));
    REQUIRE(second == ((std::uint64_t{known.answer[3]} << 32U) | known.answer[2]));
  }
}

TEST_CASE("addresses that differ in any one bit have different blocks", "[random][block]") {
  const Key key{17, 4};
  std::set<std::array<std::uint64_t, 2>> blocks = {draw_block(key, {})};
  for (unsigned bit = 0; bit < 64; ++bit) {
    blocks.insert(
        draw_block(key, {.purpose = {}, .entity = std::uint64_t{1} << bit, .ordinal = 0}));
  }
  for (unsigned bit = 0; bit < 48; ++bit) {
    blocks.insert(
        draw_block(key, {.purpose = {}, .entity = 0, .ordinal = std::uint64_t{1} << bit}));
  }
  for (unsigned bit = 0; bit < 16; ++bit) {
    blocks.insert(draw_block(key, {static_cast<Purpose>(1U << bit), 0, 0}));
  }
  REQUIRE(blocks.size() == 1 + 64 + 48 + 16);
}

TEST_CASE("ordinals begin again after the last one an entity has", "[random][block]") {
  const Key key{17, 4};
  const Address beyond{Purpose::visit, 3, ordinals_per_entity + 5};
  REQUIRE(draw_block(key, beyond) == draw_block(key, {Purpose::visit, 3, 5}));
}

}  // namespace flywheel::test
