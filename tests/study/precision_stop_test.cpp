#include "study/precision_stop.hpp"

#include <cmath>
#include <limits>

#include "outcome/columns.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

class Counter : public OutcomeSink {
 public:
  Appetite take(Outcome) override {
    ++taken;
    return Appetite::more;
  }
  std::size_t taken{0};
};

Outcome outcome_of(double roas) {
  Outcome outcome;
  outcome.row = {roas};
  return outcome;
}

/// How many outcomes a stop at this half-width takes when all of them are `roas`.
std::size_t taken_until_enough(double half_width, double roas) {
  Counter counter;
  PrecisionStop stop{{.half_width = half_width}, 3.0, counter};
  while (stop.take(outcome_of(roas)) == Appetite::more) {
  }
  return counter.taken;
}

TEST_CASE("a run stops at the first checkpoint whose look is precise enough", "[study][stopping]") {
  // With no success in n tries the Clopper-Pearson interval is [0, 1 - (e/2)^(1/n)], e the error
  // spent at that look: (n_k - n_(k-1)) / N of 5 %. The rule itself is tested with analysis/.
  const PrecisionRule rule{{.half_width = 0.02}};
  std::size_t index = 0;
  while (!rule.look(index, 0).precise_enough) ++index;
  REQUIRE(taken_until_enough(0.02, 2.9) == rule.checkpoints()[index]);
  REQUIRE(taken_until_enough(0.02, 3.0) == rule.checkpoints()[index]);  // all reach it: same width
}

TEST_CASE("reaching the target means at least the target", "[study][stopping]") {
  Counter counter;
  PrecisionStop stop{{.half_width = 0.05}, 3.0, counter};
  while (stop.take(outcome_of(counter.taken % 2 == 0 ? 3.0 : 2.999)) == Appetite::more) {
  }
  REQUIRE(stop.last_look().has_value());
  REQUIRE(stop.last_look()->tries.successes * 2 == stop.last_look()->tries.trials);
}

TEST_CASE("a failed replication counts as one that misses the target", "[study][stopping]") {
  Counter counter;
  PrecisionStop stop{{.half_width = 0.05}, 3.0, counter};
  Outcome failed;
  failed.failed = true;
  while (stop.take(failed) == Appetite::more) {
  }
  REQUIRE(stop.last_look()->tries.successes == 0);
  REQUIRE(stop.last_look()->tries.trials == counter.taken);
}

TEST_CASE("futures without media are no tries", "[study][stopping]") {
  Counter counter;
  PrecisionStop stop{{.half_width = 0.02}, 3.0, counter};
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  // Every second future has no ROAS: twice as many are played, and as many are tried.
  while (stop.take(outcome_of(counter.taken % 2 == 0 ? undefined : 2.9)) == Appetite::more) {
  }
  REQUIRE(counter.taken == 2 * taken_until_enough(0.02, 2.9));
  REQUIRE(stop.last_look()->tries.trials == taken_until_enough(0.02, 2.9));
}

TEST_CASE("a run that ends before its precision knows what its limit lets it know",
          "[study][stopping]") {
  Counter counter;
  PrecisionStop stop{{.half_width = 0.02}, 3.0, counter};
  REQUIRE_FALSE(stop.last_look().has_value());
  static_cast<void>(stop.take(outcome_of(std::numeric_limits<double>::quiet_NaN())));
  REQUIRE_FALSE(stop.last_look().has_value());
  for (int taken = 0; taken < 100; ++taken) {
    REQUIRE(stop.take(outcome_of(2.9)) == Appetite::more);
  }
  // No success in 100 tries, the whole error of 5 % unspent: [0, 1 - 0.025^(1/100)].
  const std::optional<Look> look = stop.last_look();
  REQUIRE(look.has_value());
  REQUIRE(look->tries.trials == 100);
  REQUIRE(look->interval.high == Approx(1 - std::exp(std::log(0.025) / 100)).epsilon(1e-9));
  REQUIRE(look->precise_enough);
}

}  // namespace
}  // namespace flywheel::test
