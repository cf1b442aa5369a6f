#include "app/run_precision.hpp"

#include <limits>
#include <vector>

#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// What a run to ±1 % has reached when none of so many futures reaches the target. The whole error
/// of 5 % is unspent before 200 tries, so that 100 give [0, 1 - 0.025^(1/100)], ±1.81 %.
PrecisionReached reached_after(std::size_t trials, std::uint64_t replications) {
  const PrecisionRule rule{{.half_width = 0.01}};
  return {.half_width = 0.01,
          .target = 2.5,
          .end = RunEnd::all_played,
          .replications = replications,
          .look = rule.final_look({.successes = 0, .trials = trials})};
}

/// Replications that are enough for ±1 % whatever the probability is.
std::size_t enough() { return PrecisionRule{{.half_width = 0.01}}.checkpoints().back(); }

TEST_CASE("a half-width that was not reached is told with the one that was", "[app][stopping]") {
  REQUIRE(precision_gap(reached_after(100, 100)) ==
          "precision not met: P(ROAS >= 2.5) is known to ±1.81 %, not to ±1.00 %, after 100 "
          "futures; --replications " +
              std::to_string(enough()) + " is enough, and ends earlier where fewer are");
}

TEST_CASE("where some futures have no ROAS, as many more replications are advised",
          "[app][stopping]") {
  const std::string told = precision_gap(reached_after(100, 400));
  REQUIRE(told.find("after 100 of 400 futures, since the others spent nothing on media; ") !=
          std::string::npos);
  REQUIRE(told.find("--replications " + std::to_string(4 * enough()) + " is") != std::string::npos);
}

TEST_CASE("a run out of time needs more of it", "[app][stopping]") {
  PrecisionReached late = reached_after(100, 100);
  late.end = RunEnd::interrupted;
  REQUIRE(precision_gap(late).ends_with("; give it more --time"));
}

TEST_CASE("nothing is told of a precision that was reached or given up", "[app][stopping]") {
  // The half-width after 190 tries without success is 0.5 (1 - 0.025^(1/190)) = 0.96 %.
  REQUIRE(precision_gap(reached_after(190, 190)).empty());
  PrecisionReached failed = reached_after(100, 100);
  failed.end = RunEnd::too_many_failed;
  REQUIRE(precision_gap(failed).empty());
}

TEST_CASE("a stored run is looked at as it was when it ended", "[app][stopping]") {
  const PrecisionRule rule{{.half_width = 0.05}};
  REQUIRE_FALSE(look_at_run(rule, {}, 3.0).has_value());
  const double failed = std::numeric_limits<double>::quiet_NaN();
  const auto few = look_at_run(rule, std::vector<double>{3.0, 2.9, failed, 4.0}, 3.0);
  REQUIRE(few.has_value());
  REQUIRE(few->tries.successes == 2);
  REQUIRE(few->tries.trials == 4);
  REQUIRE_FALSE(few->precise_enough);
  // More than the rule ever needs: its first precise look, far from the end.
  const std::vector<double> many(2 * rule.checkpoints().back(), 1.0);
  const auto precise = look_at_run(rule, many, 3.0);
  REQUIRE(precise.has_value());
  REQUIRE(precise->precise_enough);
  REQUIRE(precise->tries.trials == rule.first_precise_look(many, 3.0)->tries.trials);
}

}  // namespace
}  // namespace flywheel::test
