#include "analysis/stopping.hpp"

#include <vector>

#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {
namespace {

std::vector<double> draw_outcomes(std::uint64_t study, std::size_t count, double probability) {
  Stream stream = study_stream(61, study);
  return sample_of(count, [&] { return stream.bernoulli(probability) ? 3.5 : 2.5; });
}

}  // namespace

TEST_CASE("checkpoints are the geometric sequence worked out by hand", "[analysis][stopping]") {
  // 200, 250, 312.5, 390.6, 488.3, 610.4, 762.9, 953.7, 1192.1, 1490.1 to the nearest 50.
  const std::vector<std::size_t> wanted{200, 250, 300, 400, 500, 600, 750, 950, 1200, 1500};
  for (std::size_t index = 0; index < wanted.size(); ++index) {
    REQUIRE(checkpoint(index) == wanted[index]);
  }
  for (std::size_t index = 1; index <= 100; ++index) {
    REQUIRE(checkpoint(index) > checkpoint(index - 1));
    REQUIRE(checkpoint(index) % 50 == 0);
  }
}

TEST_CASE("the looks together spend exactly the error allowed", "[analysis][stopping]") {
  const double half_width = GENERATE(0.2, 0.05, 0.01);
  const PrecisionRule rule{{.half_width = half_width, .confidence = 0.9}};
  double spent = 0.0;
  for (std::size_t index = 0; index < rule.checkpoints().size(); ++index) {
    const Look look = rule.look(index, rule.checkpoints()[index] / 3);
    REQUIRE(look.tries.trials == checkpoint(index));
    REQUIRE(look.interval == clopper_pearson_interval(look.tries, 1.0 - look.error_spent));
    spent += look.error_spent;
  }
  REQUIRE(spent == Approx(0.1).epsilon(1e-12));
}

TEST_CASE("whatever the outcomes, the last checkpoint is precise enough", "[analysis][stopping]") {
  const PrecisionRule rule{{.half_width = 0.02}};
  const std::size_t last = rule.checkpoints().size() - 1;
  const std::size_t tries = rule.checkpoints()[last];
  for (std::size_t successes = 0; successes <= tries; successes += tries / 100) {
    REQUIRE(rule.look(last, successes).precise_enough);
  }
  // And no earlier one is, at its worst.
  REQUIRE_FALSE(rule.look(last - 1, rule.checkpoints()[last - 1] / 2).precise_enough);
}

TEST_CASE("all intervals of a run contain the truth as often as promised",
          "[analysis][stopping][statistical]") {
  const double truth = GENERATE(0.03, 0.35, 0.5);
  const PrecisionRule rule{{.half_width = 0.03}};
  constexpr std::size_t studies = 1000;
  std::size_t missed_somewhere = 0;
  std::size_t missed_if_unspent = 0;
  std::size_t missed_at_stop = 0;
  for (std::size_t study = 0; study < studies; ++study) {
    const auto values = draw_outcomes(study, rule.checkpoints().back(), truth);
    bool missed = false;
    bool unspent = false;
    for (std::size_t index = 0; index < rule.checkpoints().size(); ++index) {
      const auto seen = std::span{values}.first(rule.checkpoints()[index]);
      const Look look = rule.look(index, count_at_least(seen, 3.0));
      missed = missed || !look.interval.contains(truth);
      unspent = unspent || !clopper_pearson_interval(look.tries, 0.95).contains(truth);
    }
    const auto stop = rule.first_precise_look(values, 3.0);
    REQUIRE(stop.has_value());
    missed_at_stop += stop->interval.contains(truth) ? 0 : 1;
    missed_somewhere += missed ? 1 : 0;
    missed_if_unspent += unspent ? 1 : 0;
  }
  CAPTURE(truth, missed_somewhere, missed_at_stop, missed_if_unspent);
  REQUIRE(missed_somewhere <= studies / 20);
  REQUIRE(missed_at_stop <= missed_somewhere);
  // The test has teeth: looks that each take the whole error break the promise.
  REQUIRE(missed_if_unspent > studies / 20);
}

TEST_CASE("a run stops at the first checkpoint that is precise enough", "[analysis][stopping]") {
  const PrecisionRule rule{{.half_width = 0.02}};
  const auto values = draw_outcomes(5, rule.checkpoints().back(), 0.04);
  const auto stop = rule.first_precise_look(values, 3.0);
  REQUIRE(stop.has_value());
  REQUIRE(stop->interval.half_width() <= 0.02);
  REQUIRE(stop->tries.trials > 200);
  REQUIRE(stop->tries.trials < rule.checkpoints().back());
  for (std::size_t index = 0; checkpoint(index) < stop->tries.trials; ++index) {
    const auto seen = std::span{values}.first(checkpoint(index));
    REQUIRE_FALSE(rule.look(index, count_at_least(seen, 3.0)).precise_enough);
  }
}

TEST_CASE("replications after the stop, or in a batch that overshoots it, decide nothing",
          "[analysis][stopping]") {
  const PrecisionRule rule{{.half_width = 0.03}};
  const auto values = draw_outcomes(6, rule.checkpoints().back(), 0.1);
  const std::size_t stop = rule.first_precise_look(values, 3.0)->tries.trials;
  for (const std::size_t known : {stop, stop + 1, stop + 137}) {
    const auto look = rule.first_precise_look(std::span{values}.first(known), 3.0);
    REQUIRE(look.has_value());
    REQUIRE(look->tries.trials == stop);
  }
  REQUIRE_FALSE(rule.first_precise_look(std::span{values}.first(stop - 1), 3.0).has_value());
}

TEST_CASE("a run that ends at its limit may use all the error not yet spent",
          "[analysis][stopping]") {
  const PrecisionRule rule{{.half_width = 0.01}};
  REQUIRE(rule.final_look({30, 100}).error_spent == Approx(0.05).epsilon(1e-12));
  double spent = 0.0;
  for (std::size_t index = 0; checkpoint(index) < 1100; ++index) {
    spent += rule.look(index, 0).error_spent;
  }
  REQUIRE(rule.final_look({300, 1100}).error_spent == Approx(0.05 - spent).epsilon(1e-12));
  // At the last checkpoint this is the look itself.
  const std::size_t last = rule.checkpoints().size() - 1;
  const Look look = rule.look(last, 77);
  REQUIRE(rule.final_look(look.tries).error_spent == Approx(look.error_spent).epsilon(1e-12));
  REQUIRE_THROWS_AS(rule.final_look({0, rule.checkpoints().back() + 1}), ContractBroken);
}

TEST_CASE("the rule costs what it says beside a look planned in advance", "[analysis][stopping]") {
  const double half_width = GENERATE(0.05, 0.01, 0.002);
  const PrecisionRule rule{{.half_width = half_width}};
  const auto planned = static_cast<double>(trials_for({.half_width = half_width}, 0.5));
  // 2.576^2 / 1.960^2 = 1.73 for the last look's fifth of the error, and up to 1.25 for the grid.
  REQUIRE(static_cast<double>(rule.checkpoints().back()) >= 1.70 * planned);
  REQUIRE(static_cast<double>(rule.checkpoints().back()) <= 1.25 * 1.80 * planned);
}

TEST_CASE("a rule refuses a half-width that no run can meet", "[analysis][stopping]") {
  REQUIRE_THROWS_AS((PrecisionRule{{.half_width = 0.0}}), ContractBroken);
  REQUIRE_THROWS_AS((PrecisionRule{{.half_width = 0.5}}), ContractBroken);
  REQUIRE_THROWS_AS((PrecisionRule{{.half_width = 0.1, .confidence = 1.0}}), ContractBroken);
}

}  // namespace flywheel::test
