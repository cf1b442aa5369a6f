#include "random/multinomial.hpp"

#include <numeric>

#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr Key key = make_key(4, Level::shoppers, 1);

template <std::size_t n>
std::array<std::int64_t, n> draw(const std::array<double, n>& weights, std::int64_t trials,
                                 std::uint64_t entity = 7) {
  return draw_multinomial(key, {Purpose::reason, entity, 0}, trials, std::span{weights});
}

}  // namespace

TEST_CASE("outcomes come in proportion to their weights", "[random][multinomial][statistical]") {
  constexpr std::int64_t trials = 100'000;
  const std::array<double, 6> weights = {6.0, 2.0, 0.0, 4.0, 5.0, 3.0};
  const auto counts = draw(weights, trials);
  CHECK(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) == trials);
  for (std::size_t k = 0; k < weights.size(); ++k) {
    INFO("outcome " << k);
    CHECK(plausible_count(static_cast<std::uint64_t>(counts[k]), trials, weights[k] / 20.0));
  }
}

TEST_CASE("counts of a multinomial law have its variances and covariances",
          "[random][multinomial][statistical]") {
  constexpr std::int64_t trials = 400;
  const std::array<double, 3> weights = {0.5, 0.35, 0.15};
  std::array<std::vector<double>, 3> squares;
  std::vector<double> products;
  for (std::uint64_t entity = 0; entity < 20'000; ++entity) {
    const auto counts = draw(weights, trials, entity);
    std::array<double, 3> off{};
    for (std::size_t k = 0; k < 3; ++k) {
      off[k] = static_cast<double>(counts[k]) - trials * weights[k];
      squares[k].push_back(off[k] * off[k]);
    }
    products.push_back(off[0] * off[2]);
  }
  for (std::size_t k = 0; k < 3; ++k) {
    INFO("outcome " << k);
    CHECK(plausible_mean(squares[k], trials * weights[k] * (1.0 - weights[k])));
  }
  CHECK(plausible_mean(products, -trials * weights[0] * weights[2]));
}

TEST_CASE("a single outcome takes every trial, and no trial makes no outcome",
          "[random][multinomial]") {
  const std::array<double, 4> weights = {0.0, 0.0, 3.0, 0.0};
  CHECK(draw(weights, 1000)[2] == 1000);
  CHECK(draw(weights, 0)[2] == 0);
}

TEST_CASE("another weight moves only the outcomes that follow", "[random][multinomial]") {
  const auto one = draw<4>({0.3, 0.3, 0.3, 0.1}, 1000);
  const auto two = draw<4>({0.3, 0.3, 0.1, 0.3}, 1000);
  CHECK(one[0] == two[0]);
  CHECK(one[1] == two[1]);
  CHECK(one[2] != two[2]);
}

}  // namespace flywheel::test
