#include "study/thinned_outcomes.hpp"

#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// Gives replications `first` ... and says which are kept.
std::vector<std::uint64_t> kept_of(ThinnedOutcomes& outcomes, std::uint64_t first,
                                   std::uint64_t count) {
  for (std::uint64_t number = first; number < first + count; ++number) {
    REQUIRE(outcomes.take(synthetic_outcome(number)) == Appetite::more);
  }
  std::vector<std::uint64_t> kept;
  for (const Outcome& outcome : outcomes.outcomes()) {
    kept.push_back(outcome.replication);
    REQUIRE(outcome.row.size() == synthetic_outcome(outcome.replication).row.size());
    REQUIRE(outcome.parameters == synthetic_outcome(outcome.replication).parameters);
  }
  return kept;
}

}  // namespace

TEST_CASE("a look at a run keeps all, then every second, fourth ...", "[study]") {
  for (const std::uint64_t first : {0U, 500U}) {
    ThinnedOutcomes outcomes{synthetic_shape(), 0};  // a thousand in any case
    CHECK(kept_of(outcomes, first, 1'000).size() == 1'000);
    CHECK(outcomes.step() == 1);
    const std::vector<std::uint64_t> kept = kept_of(outcomes, first + 1'000, 4'001);
    CHECK(outcomes.step() == 8);
    CHECK(kept.size() == 626);
    for (std::size_t index = 0; index < kept.size(); ++index) {
      REQUIRE(kept[index] == first + 8 * index);
    }
  }
}

TEST_CASE("a look at a run has room for the bytes it may take", "[study]") {
  const OutcomeShape shape = synthetic_shape();
  const std::size_t one = 8 * (shape.layout.row_size() + shape.parameters) + 8 * shape.days;
  ThinnedOutcomes outcomes{shape, 2'000 * one};
  CHECK(kept_of(outcomes, 0, 2'000).size() == 2'000);
  CHECK(kept_of(outcomes, 2'000, 1).size() == 1'001);
}

}  // namespace flywheel::test
