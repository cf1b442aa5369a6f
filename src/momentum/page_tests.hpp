#pragma once

#include <vector>

#include "momentum/momentum_traits.hpp"
#include "momentum/observed.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// An idea for a better page, as it truly is: seen by shoppers alone, never by who judges its test.
struct PageIdea {
  double effect{0};         ///< on the logarithm of the conversion rate
  bool at_checkout{false};  ///< else on the pages before
};

/// What came of the tests so far.
struct PageTestScore {
  double finished{0};
  double won{0};
  double falsely_won{0};     ///< though the idea does nothing good
  double observed_lift{0};   ///< sum over won tests, as measured
  double lifts_observed{0};  ///< won tests whose other half ordered at all
  double true_lift{0};       ///< sum over the same
};

/// Tests that run, what stays of those won, and the score.
struct PageTests {
  std::vector<PageIdea> ideas;  ///< of the whole future, in order of their tests
  int next{0};                  ///< number of the next idea
  std::vector<int> running;     ///< numbers, in order
  double page_effect{0};        ///< of won ideas on the pages before the checkout
  double checkout_effect{0};
  PageTestScore score;
};

/// Z of a test: difference of order rates between halves over its standard error if both were the
/// same; 0 where that is not defined.
[[nodiscard]] double test_statistic(const TestHalves& halves);

/// Begins the tests of the next rotation.
[[nodiscard]] PageTests begin_tests(const PageTestTraits& traits, PageTests tests);

/// Judges the tests that have run long enough when rotation `number` ends. An idea stays if its
/// half ordered so much more that chance hardly explains it (docs/model.md 8.2).
[[nodiscard]] PageTests judge_tests(const PageTestTraits& traits, PageTests tests,
                                    const std::vector<TestHalves>& observed, int number);

}  // namespace flywheel
