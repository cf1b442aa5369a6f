#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "naive/marketplace.hpp"
#include "naive/shopper.hpp"
#include "naive/tally.hpp"
#include "random/key.hpp"
#include "random/stream.hpp"
#include "scenario/scenario.hpp"

namespace flywheel::test {

/// Changes of the logarithm of the conversion rate, by the steps that they are spread over.
struct NaiveLifts {
  double everywhere{0};
  double pages{0};     ///< engaged, viewed, cart
  double checkout{0};  ///< checkout, order
};

struct NaiveHalf {
  double visits{0};
  double orders{0};
};

/// A test of landing or checkout; over when its last rotation is.
struct NaivePageTest {
  int number{0};
  TestIdea idea{};
  int end_rotation{0};                ///< the first one in which it does not run
  std::array<NaiveHalf, 2> halves{};  ///< A, B
  bool is_finished{false};
  bool is_won{false};
};

/// What feedback has mended.
struct NaiveMending {
  double bad{1};          ///< factor on bad products, bad deliveries, unresolved contacts
  double return_odds{1};  ///< factor on the odds of a return
};

/// Where a channel's impressions go and to whom.
struct NaiveAim {
  double sharpness{1};             ///< m
  double mean_weight{1};           ///< E[w] at it
  std::vector<double> shares;      ///< sigma, by segment
  std::vector<double> deliveries;  ///< factor on impressions, by segment
};

/// All that holds for one rotation.
struct NaiveConditions {
  NaiveLifts lifts;  ///< of won tests, of reviews and of the marketplace
  NaiveMending mending;
  NaiveMarketplace marketplace;
  double organic_factor{1};           ///< f
  double content_visits{0};           ///< c, per shopper and day
  std::vector<double> spoken_visits;  ///< w, per shopper and day, by segment
  double brand_factor{1};             ///< on the share of visits that pass a brand ad
  std::vector<NaiveAim> aims;         ///< by channel
};

/// What a platform knows of a channel.
struct NaiveLearner {
  std::vector<double> orders;     ///< n, by segment
  std::vector<double> values;     ///< v
  std::vector<double> exposures;  ///< e
  double knowledge{0};            ///< k
  bool is_in_phase{true};         ///< the learning phase
};

struct NaiveLoops {
  std::vector<NaivePageTest> tests;        ///< begun so far
  std::vector<NaiveLearner> learners;      ///< by channel
  std::vector<NaiveConditions> rotations;  ///< begun so far; the last one is being played
  std::vector<double> due;                 ///< D_0, D_1, ...
  Key key;                                 ///< of Thompson's draws

  [[nodiscard]] const NaiveConditions& now() const { return rotations.back(); }
};

/// Everything as on day 0, in no rotation's play yet (loops.cpp).
[[nodiscard]] NaiveLoops start_loops(const Scenario& scenario, Key key);
/// Begins a rotation under what was observed before it.
void open_rotation(NaiveLoops& loops, const Scenario& scenario, const NaiveTally& tally,
                   int rotation);
/// Judges the tests whose last rotation has been played.
void close_rotation(NaiveLoops& loops, const Scenario& scenario, int rotation);

/// Tests of landing and checkout, 8.2 (page_ideas.cpp).
void begin_page_tests(NaiveLoops& loops, const Scenario& scenario, int rotation);
[[nodiscard]] double z_score(const NaivePageTest& test);
void judge(NaivePageTest& test, double critical_value);
[[nodiscard]] bool is_in_half_b(NaiveShopper& shopper, int test_number);
/// The lifts that a visitor meets, as running tests have them in one half or the other.
[[nodiscard]] NaiveLifts lifts_for(const NaiveLoops& loops, NaiveShopper& shopper);
void count_in_tests(NaiveLoops& loops, NaiveShopper& shopper, double orders);
/// What lifts add to the log-odds of each step.
[[nodiscard]] std::array<double, step_count> shift_steps(const FunnelTraits& funnel,
                                                         const NaiveLifts& lifts);

/// Reviews, contacts and what comes of them, 8.3 to 8.5 (reviews.cpp).
struct NaiveReviews {
  double count{0};
  double stars{0};
};
[[nodiscard]] NaiveReviews reviews_before(const NaiveTally& tally, double time);
[[nodiscard]] double contacts_before(const NaiveTally& tally, double time);
[[nodiscard]] NaiveMending mend(const FeedbackTraits& traits, double reviews_and_contacts);
/// The rating that people go by.
[[nodiscard]] double rating_of(const ReputationTraits& traits, const NaiveReviews& written);
[[nodiscard]] double reputation_lift(const ReputationTraits& traits, const NaiveReviews& written);
/// Fills f, c, w and the factor on brand ads, under the marketplace that the conditions have.
void grow_organic(NaiveConditions& conditions, const Scenario& scenario, const NaiveTally& tally,
                  double time);
[[nodiscard]] double mean_spoken_visits(const Scenario& scenario,
                                        const NaiveConditions& conditions);

/// Targeting, 8.6 (aim.cpp, targeting.cpp).
[[nodiscard]] std::vector<double> shares_due(const Scenario& scenario);
[[nodiscard]] NaiveLearner start_learner(const Scenario& scenario, std::size_t channel);
[[nodiscard]] NaiveAim start_aim(const Scenario& scenario, std::size_t channel);
/// Sets what follows from an aim's shares and sharpness.
void aim_at(NaiveAim& aim, const Scenario& scenario, std::size_t channel);
/// The channel's money in a rotation.
[[nodiscard]] double money_in(const Scenario& scenario, std::size_t channel, int rotation);
/// Takes in a channel's evidence of the rotation that ends.
void learn_channel(NaiveLoops& loops, const Scenario& scenario, const NaiveTally& tally,
                   std::size_t channel);
/// Thompson sampling and the limits on what it moves.
[[nodiscard]] std::vector<double> sample_wins(const TargetingTraits& traits,
                                              const NaiveLearner& learner,
                                              const std::vector<double>& planned, Stream stream,
                                              int draws);
[[nodiscard]] std::vector<double> limit_shares(const TargetingTraits& traits,
                                               const std::vector<double>& planned,
                                               const std::vector<double>& wanted);
/// The channel's aim in the rotation after the one that ends, from what has been learned.
[[nodiscard]] NaiveAim next_aim(const NaiveLoops& loops, const Scenario& scenario,
                                std::size_t channel);

}  // namespace flywheel::test
