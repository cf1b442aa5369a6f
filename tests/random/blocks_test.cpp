#include "random/blocks.hpp"

#include <vector>

#include "support/catch.hpp"
#include "support/kernels.hpp"

namespace flywheel::test {

namespace {

using Blocks = std::vector<std::array<std::uint64_t, 2>>;

constexpr Key key{0x1234567U, 0x89ABCDEFU};
/// Long enough for whole vectors of every kernel and a rest.
constexpr std::size_t count = 43;

/// Numbers that use all their bits.
std::vector<std::uint64_t> words(std::uint64_t from, std::uint64_t mask) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t k = 0; k < count; ++k) all.push_back((from + k) * 0x9E3779B97F4A7C15U & mask);
  return all;
}

}  // namespace

TEST_CASE("every kernel gives the blocks that are drawn one by one", "[random][blocks]") {
  const std::vector<std::uint64_t> entities = words(1, ~std::uint64_t{0});
  const std::vector<std::uint64_t> ordinals = words(7, ordinals_per_entity - 1);
  const Address first{Purpose::visit, entities[5], (std::uint64_t{77} << 32U) + 1000};
  for (const InstructionSet set : kernels()) {
    INFO("instruction set " << static_cast<int>(set));
    Blocks following(count);
    fill_blocks(key, first, following, set);
    Blocks of(count);
    fill_blocks_of(key, first, entities, of, set);
    Blocks at(count);
    fill_blocks_at(key, Purpose::trait, {entities, ordinals}, at, set);
    for (std::size_t k = 0; k < count; ++k) {
      INFO("block " << k);
      CHECK(following[k] == draw_block(key, {first.purpose, first.entity, first.ordinal + k}));
      CHECK(of[k] == draw_block(key, {first.purpose, entities[k], first.ordinal}));
      CHECK(at[k] == draw_block(key, {Purpose::trait, entities[k], ordinals[k]}));
    }
  }
}

}  // namespace flywheel::test
