#include "journey/unclicked_means.hpp"

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// Two days of one click probability, two of another, under the second sharpness from day 3 on; so
/// likely that the keenest click every impression.
ChannelDays few_days() {
  ChannelDays days;
  days.intensity = {0.1, 0.2, 0.3, 0.4};
  days.click = {0.01, 0.01, 0.3, 0.3};
  days.sharpness = {1.0, 1.0, 1.0, 2.0};
  days.view_rate = 0.02;
  days.largest_response = 0.9;
  return days;
}

AppealFactors factors_of(double sharpness) {
  return {.weight = {{0.5, 2.0}, {1.0, sharpness}, {1.0, 3.0}},
          .clicks = {{0.5, 2.0}, {2.0, 4.0}, {0.5, 30.0}}};
}

const std::vector<Stratum> strata = {{0, 0, 0, 10}, {0, 1, 1, 5}, {1, 0, 0, 3}, {1, 1, 1, 1}};

/// What one stratum is expected to see unclicked on a day, straight from the definition.
double on_day(const ChannelDays& days, std::size_t day, const Stratum& stratum) {
  const AppealFactors factors = factors_of(days.sharpness[day]);
  const double weight = factors.weight.of(stratum);
  const double liking = factors.clicks.of(stratum) / weight;
  return weight * days.intensity[day] * (1.0 - days.candidate_share(liking, day));
}

UnclickedMeans made(const ChannelDays& days) {
  UnclickedMeans means{strata, factors_of(1.0).weight.exposure, days.intensity.size()};
  for (const Epoch& epoch : find_epochs(days)) {
    means.add(days, epoch, factors_of(epoch.sharpness));
  }
  return means;
}

}  // namespace

TEST_CASE("epochs are the days of one sharpness", "[journey][media]") {
  const std::vector<Epoch> epochs = find_epochs(few_days());
  REQUIRE(epochs.size() == 2);
  CHECK(epochs[0].end == 3);
  CHECK(epochs[1].begin == 3);
  CHECK(epochs[1].sharpness == 2.0);
}

TEST_CASE("unclicked impressions by stratum are sums over days", "[journey][media]") {
  const ChannelDays days = few_days();
  const UnclickedMeans means = made(days);
  for (std::size_t number = 0; number < strata.size(); ++number) {
    double expected = 0.0;
    for (std::size_t day = 0; day < 4; ++day) expected += on_day(days, day, strata[number]);
    CHECK_THAT(means.of_stratum(number), Catch::Matchers::WithinRel(expected, 1e-13));
  }
}

TEST_CASE("unclicked impressions by day are sums over strata", "[journey][media]") {
  const ChannelDays days = few_days();
  const UnclickedMeans means = made(days);
  for (std::size_t day = 0; day < 4; ++day) {
    double expected = 0.0;
    for (const Stratum& stratum : strata) {
      expected += static_cast<double>(stratum.count) * on_day(days, day, stratum);
    }
    CHECK_THAT(means.by_day()[day], Catch::Matchers::WithinRel(expected, 1e-13));
  }
}

TEST_CASE("a shopper's unclicked impressions are sums over days", "[journey][media]") {
  const ChannelDays days = few_days();
  double expected = 0.0;
  for (std::size_t day = 0; day < 3; ++day) {
    expected += days.intensity[day] * (1.0 - days.candidate_share(3.0, day));
  }
  CHECK_THAT(unclicked_per_weight(days, find_epochs(days)[0], 3.0),
             Catch::Matchers::WithinRel(expected, 1e-13));
}

TEST_CASE("appeals at any sharpness are those of the shopper", "[journey][media]") {
  ExposureTraits channel;
  channel.affinity_exponent = 0.7;
  channel.click_intent = 0.3;
  const ReachTraits person{.exposure = 1.3, .affinity = 0.4, .intent = 0.8};
  for (const double targeted : {0.0, 0.5, 1.0}) {
    channel.sharpness = targeted;
    channel.intent_targeting = 0.2 * targeted;
    const Appeals appeals{channel, person};
    for (const double sharpness : {0.0, 1.0, 1.7}) {
      const ChannelAppeal direct = appeal_of(channel, person, sharpness);
      CHECK(appeals.at(sharpness).weight == direct.weight);
      CHECK(appeals.at(sharpness).liking == direct.liking);
    }
  }
}

}  // namespace flywheel::test
