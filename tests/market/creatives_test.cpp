#include "market/creatives.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

TEST_CASE("a flight shows one creative after the other", "[market][creative]") {
  REQUIRE(creative_count(60, 28) == 3);
  REQUIRE(creative_count(56, 28) == 2);
  REQUIRE(creative_count(60, 0) == 1);
}

TEST_CASE("creatives are winners at the hit rate and of mean strength 1",
          "[market][creative][statistical]") {
  const CreativeTraits creatives{.hit_rate = 0.2, .hit_strength = 3.0, .count = 20'000};
  const auto strengths = draw_strengths(creatives, make_key(6, Level::market, 1), 77);
  REQUIRE(plausible_mean(strengths, 1.0));
  std::uint64_t winners = 0;
  for (const double strength : strengths) {
    // 3 / 1.4 or 1 / 1.4
    const bool winner = std::abs(strength - 3.0 / 1.4) < 1e-12;
    REQUIRE((winner || std::abs(strength - 1.0 / 1.4) < 1e-12));
    winners += winner ? 1 : 0;
  }
  REQUIRE(plausible_count(winners, strengths.size(), 0.2));
}

}  // namespace flywheel::test
