#include <vector>

#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/goodness_of_fit.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

constexpr std::uint64_t pairs = 20'000;

/// Pairs of uniforms that must have nothing in common: chi-square on the unit square, correlation.
template <class First, class Second>
void check_independent(First first, Second second) {
  std::vector<double> left;
  std::vector<double> right;
  for (std::uint64_t at = 0; at < pairs; ++at) {
    left.push_back(first(at).uniform());
    right.push_back(second(at).uniform());
  }
  REQUIRE(fits_unit_square(left, right));
  REQUIRE(plausible_independence(left, right));
}

Stream stream_of(std::uint64_t seed, Level level, std::uint64_t replication, std::uint64_t entity) {
  return {make_key(seed, level, replication), Purpose::trait, entity};
}

TEST_CASE("neighboring seeds are independent", "[random][independence][statistical]") {
  for (const std::uint64_t step : {1U, 2U, 256U}) {
    check_independent([](auto seed) { return stream_of(seed, Level::shoppers, 0, 0); },
                      [=](auto seed) { return stream_of(seed + step, Level::shoppers, 0, 0); });
  }
}

TEST_CASE("neighboring replications are independent", "[random][independence][statistical]") {
  check_independent([](auto number) { return stream_of(1, Level::shoppers, number, 0); },
                    [](auto number) { return stream_of(1, Level::shoppers, number + 1, 0); });
}

TEST_CASE("a replication and the next seed's one before it are independent",
          "[random][independence][statistical]") {
  check_independent([](auto number) { return stream_of(1, Level::shoppers, number + 1, 0); },
                    [](auto number) { return stream_of(2, Level::shoppers, number, 0); });
}

TEST_CASE("neighboring entities are independent", "[random][independence][statistical]") {
  check_independent([](auto entity) { return stream_of(1, Level::shoppers, 0, entity); },
                    [](auto entity) { return stream_of(1, Level::shoppers, 0, entity + 1); });
  // In the other word of the counter.
  check_independent(
      [](auto entity) { return stream_of(1, Level::shoppers, 0, entity); },
      [](auto entity) { return stream_of(1, Level::shoppers, 0, (entity + 1) << 32U); });
}

TEST_CASE("levels are independent", "[random][independence][statistical]") {
  const auto at_level = [](Level level) {
    return [=](auto number) { return stream_of(1, level, number, 0); };
  };
  check_independent(at_level(Level::parameters), at_level(Level::market));
  check_independent(at_level(Level::parameters), at_level(Level::shoppers));
  check_independent(at_level(Level::market), at_level(Level::shoppers));
}

TEST_CASE("purposes and ordinals are independent", "[random][independence][statistical]") {
  const Key key = make_key(1, Level::shoppers, 0);
  const auto of = [=](Purpose purpose, std::uint64_t shift) {
    return [=](auto ordinal) { return Stream{key, purpose, 7, ordinal + shift}; };
  };
  check_independent(of(Purpose::visit, 0), of(Purpose::order, 0));
  check_independent(of(Purpose::visit, 0), of(Purpose::visit, 1));
}

TEST_CASE("both words of a block are independent", "[random][independence][statistical]") {
  const Key key = make_key(1, Level::shoppers, 0);
  std::vector<double> left;
  std::vector<double> right;
  for (std::uint64_t at = 0; at < pairs; ++at) {
    Stream stream{key, Purpose::visit, at};
    left.push_back(stream.uniform());
    right.push_back(stream.uniform());
  }
  REQUIRE(fits_unit_square(left, right));
  REQUIRE(plausible_independence(left, right));
}

}  // namespace flywheel::test
