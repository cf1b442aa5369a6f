#include "journey/batch_visits.hpp"

#include "journey/landing_play.hpp"
#include "journey/retargeting.hpp"
#include "journey/tested_visit.hpp"
#include "journey/visits.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr Key key = make_key(4, Level::shoppers, 1);
constexpr std::size_t source_count = 1 + unpaid_source_count;

/// Everything a block of one segment and one channel lives in, as far as visits ask for it.
struct SmallShop {
  SmallShop() {
    market.channels.assign(2, {{}, std::vector<double>(20, 1.0), {}, {}});
    market.conversion_log_odds.assign(20, -0.1);
    market.conversion_factor.assign(20, 0.9);
    retargeting.return_probability = 0.2;
    retargeting.last_day = 20;
    funnel.step_log_odds = {{{1.1, 0.4, -0.6, 0.3, 0.5}, {0.8, 0.2, -0.9, 0.1, -0.2}}};
    funnel.source_log_odds.assign(source_count, 0.2);
    funnel.source_factor.assign(source_count, 1.2);
    funnel.rescued_share = 0.1;
    funnel.form_rate = 0.15;
  }

  [[nodiscard]] Block block() const {
    const TraitReader reader{audience, bands, key};
    World world{.number = 0,
                .segment = &segment,
                .channels = &channels,
                .channel_days = {},
                .deliveries = nullptr,
                .retargeting = &retargeting,
                .funnel = &funnel,
                .odds = make_funnel_odds(funnel, market.conversion_log_odds),
                .mobile_shares = std::vector<double>(source_count, 0.6),
                .order = &order,
                .advocacy = nullptr,
                .repeat = nullptr,
                .messages = nullptr,
                .customer_ads = nullptr,
                .flows = nullptr,
                .offers = nullptr,
                .subscription = nullptr,
                .loyalty = nullptr,
                .referral = nullptr,
                .attribution = nullptr,
                .market = &market,
                .traits = reader,
                .inclination = {funnel, segment, reader},
                .key = key,
                .flight = 14,
                .horizon = 20};
    Block made{world, {.channels = 1, .segments = 1, .flows = 0, .rotations = 3}, {}};
    made.front.availability = 0.95;
    return made;
  }

  AudienceTraits audience;
  BandSet bands{make_band_set(audience)};
  SegmentTraits segment;
  std::vector<ExposureTraits> channels{1};
  RetargetingTraits retargeting;
  FunnelTraits funnel;
  OrderTraits order;
  MarketPath market;
};

struct Crowded {
  std::vector<Candidate> candidates;
  std::vector<std::array<std::uint64_t, 2>> words;
  std::vector<std::uint32_t> numbers;  ///< every third
};

Crowded crowd(double inclination) {
  Crowded crowd;
  Stream draws{key, Purpose::trait, 5};
  for (std::uint32_t k = 0; k < 3 * VisitBatch::most; ++k) {
    crowd.candidates.push_back({.person = {k * 7919U},
                                .inclination = inclination * draws.uniform(),
                                .time = 14.0 * draws.uniform(),
                                .luck = k,
                                .source = static_cast<std::uint8_t>(k % source_count)});
    crowd.words.push_back(visit_luck(key, {k * 7919U}, k).words);
    if (k % 3 == 0) crowd.numbers.push_back(k);
  }
  return crowd;
}

/// A batch must be what the visits are one by one, to the bit; tells how many ordered.
int check_batch(const Block& block, const Crowded& crowd) {
  const VisitBatch batch{crowd.candidates, crowd.words, crowd.numbers};
  const BatchVisits visits = play_batch(block, batch);
  int orders = 0;
  for (std::size_t k = 0; k < batch.size(); ++k) {
    const Candidate& candidate = batch.candidate(k);
    const VisitOutcome alone = play_in_shop(
        block, terms_of(block, candidate.inclination, candidate.source, candidate.time),
        visit_luck(key, candidate.person, candidate.luck));
    CHECK(visits.depth[k] == alone.depth);
    CHECK(visits.device[k] == alone.device);
    CHECK(visits.retargeting[k] == alone.retargeting);
    CHECK(visits.ideas[k] == alone.ideas);
    CHECK((visits.leaves_trace[k] != 0) == leaves_trace(block, alone));
    orders += alone.depth == Depth::ordered ? 1 : 0;
  }
  return orders;
}

/// Tests whose ideas matter much, with numbers as late in a future.
std::vector<RunningTest> many_tests() {
  std::vector<RunningTest> tests;
  for (std::uint64_t test = 0; test < most_tests; ++test) {
    const double factor = test % 2 == 0 ? 0.8 : 1.3;
    tests.push_back({100 + test, {factor, 1.0, factor, 1.0, factor}, 1.0 / factor});
  }
  return tests;
}

}  // namespace

TEST_CASE("visits of a batch are what they are one by one", "[journey][landing]") {
  SmallShop shop;
  Block block = shop.block();
  CHECK(check_batch(block, crowd(1.0)) > 5);
  block.snapshot.shop.tests = many_tests();
  CHECK(check_batch(block, crowd(1.0)) > 5);
  shop.retargeting.return_probability = 0.0;
  CHECK(check_batch(block, crowd(1.0)) > 5);
}

TEST_CASE("the same where a visit is an order or not", "[journey][landing]") {
  SmallShop shop;
  shop.funnel.uses_propensity = true;
  Block block = shop.block();
  CHECK(check_batch(block, crowd(0.4)) > 5);
  block.snapshot.shop.tests = many_tests();
  CHECK(check_batch(block, crowd(0.4)) > 5);
}

TEST_CASE("half of all shoppers see an idea, independently of other ideas",
          "[journey][statistical]") {
  const std::vector<RunningTest> tests = many_tests();
  constexpr std::uint64_t people = 4000;
  std::array<std::uint64_t, 3> seen{};  // the first, the last, both
  for (std::uint64_t person = 0; person < people; ++person) {
    const SeenIdeas ideas = ideas_seen(key, tests, {person});
    seen[0] += sees(ideas, 0) ? 1U : 0U;
    seen[1] += sees(ideas, most_tests - 1) ? 1U : 0U;
    seen[2] += sees(ideas, 0) && sees(ideas, most_tests - 1) ? 1U : 0U;
  }
  CHECK(plausible_count(seen[0], people, 0.5));
  CHECK(plausible_count(seen[1], people, 0.5));
  CHECK(plausible_count(seen[2], people, 0.25));
}

}  // namespace flywheel::test
