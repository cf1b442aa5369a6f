#include "journey/buyer_means.hpp"

#include <algorithm>

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// From the third day on so likely clicked that likings above 3 are certain to.
ChannelDays some_days() {
  ChannelDays days;
  days.intensity = {0.1, 0.2, 0.3, 0.4, 0.2};
  days.click = {0.01, 0.02, 0.3, 0.3, 0.1};
  days.sharpness = {1.0, 1.0, 1.0, 2.0, 2.0};
  days.view_rate = 0.02;
  days.largest_response = 0.9;
  return days;
}

struct Buyer {
  ReachTraits person;
  Days until{0};
};

/// One whose chances stay below 1, one whose do not, orders within a day and on the first one.
const std::vector<Buyer> buyers = {{{1.3, 1.1, 0.2}, 3.4},
                                   {{0.7, 9.0, 0.0}, 3.4},
                                   {{2.0, 0.5, -0.4}, 0.25},
                                   {{0.4, 1.7, 0.1}, 5.0}};

ExposureTraits some_channel() {
  ExposureTraits channel;
  channel.sharpness = 0.8;
  channel.affinity_exponent = 1.0;
  channel.intent_targeting = 0.3;
  return channel;
}

/// Expected on a day, straight from the definition.
double on_day(const ChannelDays& days, const ReachTraits& person, std::size_t day) {
  const ChannelAppeal appeal = appeal_of(some_channel(), person, days.sharpness[day]);
  return appeal.weight * days.intensity[day] * (1.0 - days.candidate_share(appeal.liking, day));
}

/// Part of a day before the order.
double part_before(Days until, std::size_t day) {
  return std::clamp(until - static_cast<double>(day), 0.0, 1.0);
}

}  // namespace

TEST_CASE("a buyer's unclicked impressions are sums over days", "[journey][media]") {
  const ChannelDays days = some_days();
  const ExposureTraits channel = some_channel();
  for (const Buyer& buyer : buyers) {
    BuyerMeans means{days, find_epochs(days)};
    const BuyerMeans::Expected found = means.add({channel, buyer.person}, buyer.until);
    double until_order = 0.0;
    double in_flight = 0.0;
    for (std::size_t day = 0; day < days.intensity.size(); ++day) {
      const double mean = on_day(days, buyer.person, day);
      in_flight += mean;
      until_order += part_before(buyer.until, day) * mean;
    }
    CHECK_THAT(found.in_flight, Catch::Matchers::WithinRel(in_flight, 1e-12));
    CHECK_THAT(found.until_order, Catch::Matchers::WithinRel(until_order, 1e-12));
  }
}

TEST_CASE("days have what all buyers are expected to see until they order", "[journey][media]") {
  const ChannelDays days = some_days();
  const ExposureTraits channel = some_channel();
  BuyerMeans means{days, find_epochs(days)};
  for (const Buyer& buyer : buyers) means.add({channel, buyer.person}, buyer.until);
  const std::vector<double> found = means.by_day();
  for (std::size_t day = 0; day < days.intensity.size(); ++day) {
    double expected = 0.0;
    for (const Buyer& buyer : buyers) {
      expected += part_before(buyer.until, day) * on_day(days, buyer.person, day);
    }
    CHECK_THAT(found[day], Catch::Matchers::WithinRel(expected, 1e-12));
  }
}

}  // namespace flywheel::test
