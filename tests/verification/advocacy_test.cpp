// The published example: 47 more engaged by the fifth rotation (configs/advocacy.toml).
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/played_plan.hpp"

namespace flywheel::test {

namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file{path};
  REQUIRE(file);
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

TEST_CASE("advocates engage 47 more by the fifth rotation",
          "[verification][advocacy][statistical][parallel]") {
  constexpr double advocates_per_engaged = 0.10112;
  REQUIRE(100.0 * std::pow(1.0 + advocates_per_engaged, 4.0) == Approx(147.0).margin(0.01));
  const auto configs = std::filesystem::path{FLYWHEEL_SOURCE_DIR} / "configs";
  const PlayedPlan played =
      play_plan({.toml = text_of(configs / "advocacy.toml"), .folder = configs},
                {.count = 90'000, .threads = 2});
  for (std::size_t turn = 0; turn < 5; ++turn) {
    CAPTURE(turn);
    std::vector<double> engaged = played.column(Column::engaged_paid, turn);
    const std::vector<double> earned = played.column(Column::engaged_earned, turn);
    for (std::size_t future = 0; future < engaged.size(); ++future) {
      engaged[future] += earned[future];
    }
    const Moments moments = moments_of(engaged);
    CHECK(moments.standard_error() < 0.05);
    CHECK(plausible_mean(moments,
                         100.0 * std::pow(1.0 + advocates_per_engaged, static_cast<double>(turn))));
  }
}

}  // namespace flywheel::test
