#include "random/alias_table.hpp"

#include <limits>
#include <vector>

#include "core/check.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

constexpr Key key = make_key(8, Level::shoppers, 1);

void check_frequencies(const AliasTable& table, const std::vector<double>& weights) {
  constexpr std::uint64_t draws = 200'000;
  std::vector<std::uint64_t> counts(weights.size());
  Stream stream{key, Purpose::visit, weights.size()};
  for (std::uint64_t draw = 0; draw < draws; ++draw) ++counts[table.pick(stream.next_bits())];
  double total = 0.0;
  for (const double weight : weights) total += weight;
  for (std::size_t at = 0; at < weights.size(); ++at) {
    CAPTURE(at);
    REQUIRE(plausible_count(counts[at], draws, weights[at] / total));
  }
}

TEST_CASE("outcomes are picked in proportion to their weights", "[random][alias][statistical]") {
  for (const std::vector<double>& weights : std::vector<std::vector<double>>{
           {3.0}, {1.0, 1.0}, {0.0, 2.0, 0.0, 5.0, 1e-3}, {1e-9, 1.0, 30.0, 0.5, 7.0, 7.0, 0.1}}) {
    check_frequencies(AliasTable{weights}, weights);
  }
}

TEST_CASE("a table made anew knows nothing of its former weights", "[random][alias][statistical]") {
  AliasTable table{std::vector<double>{1.0, 2.0, 3.0, 4.0, 5.0}};
  const std::vector<double> weights = {6.0, 0.0, 1.0};
  table.rebuild(weights);
  REQUIRE(table.size() == 3);
  check_frequencies(table, weights);
}

TEST_CASE("an outcome without weight is not picked by any extreme word", "[random][alias]") {
  const AliasTable table{std::vector<double>{0.0, 1.0, 0.0}};
  constexpr std::uint64_t third = std::numeric_limits<std::uint64_t>::max() / 3;
  for (const std::uint64_t word : {std::uint64_t{0}, third, third + 1, 2 * third + 1,
                                   std::numeric_limits<std::uint64_t>::max()}) {
    REQUIRE(table.pick(word) == 1);
  }
}

TEST_CASE("weights that cannot be picked from break the contract", "[random][alias]") {
  const double infinity = std::numeric_limits<double>::infinity();
  REQUIRE_THROWS_AS(AliasTable(std::vector<double>{}), ContractBroken);
  REQUIRE_THROWS_AS(AliasTable(std::vector<double>{0.0, 0.0}), ContractBroken);
  REQUIRE_THROWS_AS(AliasTable(std::vector<double>{1.0, -1.0}), ContractBroken);
  REQUIRE_THROWS_AS(AliasTable(std::vector<double>{1.0, infinity}), ContractBroken);
}

}  // namespace flywheel::test
