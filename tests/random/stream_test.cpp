#include "random/stream.hpp"

#include <cstdint>
#include <limits>

#include "support/catch.hpp"

namespace flywheel::test {

constexpr Key key = make_key(2024, Level::shoppers, 3);
constexpr std::uint64_t all_ones = std::numeric_limits<std::uint64_t>::max();

TEST_CASE("a stream gives both words of the blocks of successive ordinals", "[random][stream]") {
  Stream stream{key, Purpose::visit, 42, 5};
  for (std::uint64_t ordinal = 5; ordinal < 9; ++ordinal) {
    const auto block = draw_block(key, {Purpose::visit, 42, ordinal});
    REQUIRE(stream.position() == 2 * ordinal);
    REQUIRE(stream.next_bits() == block[0]);
    REQUIRE(stream.position() == 2 * ordinal + 1);
    REQUIRE(stream.next_bits() == block[1]);
  }
}

TEST_CASE("uniforms stay inside their intervals at the extreme words", "[random][stream]") {
  REQUIRE(to_uniform(0) == 0.0);
  REQUIRE(to_uniform(all_ones) == 1.0 - 0x1p-53);
  REQUIRE(to_open_uniform(0) == 0x1p-53);
  REQUIRE(to_open_uniform(all_ones) == 1.0 - 0x1p-53);
  REQUIRE(1.0 - to_open_uniform(0) == to_open_uniform(all_ones));
}

TEST_CASE("every draw of fixed length takes one word whatever its arguments",
          "[random][stream][crn]") {
  const auto words_taken = [](auto draw) {
    Stream stream{key, Purpose::visit, 42};
    (void)draw(stream);
    return stream.position();
  };
  REQUIRE(words_taken([](Stream& stream) { return stream.uniform(); }) == 1);
  REQUIRE(words_taken([](Stream& stream) { return stream.open_uniform(); }) == 1);
  REQUIRE(words_taken([](Stream& stream) { return stream.exponential(); }) == 1);
  REQUIRE(words_taken([](Stream& stream) { return stream.normal(); }) == 1);
  for (const double chance : {-1.0, 0.0, 0.3, 1.0, 2.0}) {
    REQUIRE(words_taken([&](Stream& stream) { return stream.bernoulli(chance); }) == 1);
  }
  for (const std::uint64_t n : {std::uint64_t{0}, std::uint64_t{1}, all_ones}) {
    REQUIRE(words_taken([&](Stream& stream) { return stream.uniform_index(n); }) == 1);
  }
}

TEST_CASE("certain and impossible events are certain and impossible", "[random][stream]") {
  Stream stream{key, Purpose::visit, 1};
  for (int draw = 0; draw < 1000; ++draw) {
    REQUIRE(stream.bernoulli(1.0));
    REQUIRE_FALSE(stream.bernoulli(0.0));
    REQUIRE(stream.uniform_index(1) == 0);
  }
}

TEST_CASE("streams are equal while what they will give is equal", "[random][stream]") {
  Stream left{key, Purpose::visit, 1};
  Stream right{key, Purpose::visit, 1};
  REQUIRE(left == right);
  (void)left.next_bits();
  REQUIRE_FALSE(left == right);
  (void)right.next_bits();
  REQUIRE(left == right);
  REQUIRE_FALSE(left == Stream{key, Purpose::order, 1});
}

}  // namespace flywheel::test
