#pragma once

#include <vector>

#include "audience/person.hpp"
#include "core/days.hpp"
#include "core/elementary.hpp"
#include "journey/exposure_traits.hpp"
#include "market/market_path.hpp"

namespace flywheel {

/// How one shopper meets one channel: what is fixed for a replication.
struct ChannelAppeal {
  double weight{1};  ///< w = x a^gamma exp(zeta z)
  double liking{1};  ///< h = a^q exp(xi z): click probability over the average one's
};

/// base^power of a trait; 0 at 0.
[[nodiscard]] inline double raised(double base, double power) {
  if (power == 0.0) return 1.0;
  if (power == 1.0) return base;
  return base > 0.0 ? portable_exp(power * portable_log(base)) : 0.0;
}

/// `sharpness`: of targeting, over that of the first day.
[[nodiscard]] inline double weight_of(const ExposureTraits& channel, const ReachTraits& person,
                                      double sharpness) {
  const double targeting = sharpness * channel.intent_targeting;
  const double intent_weight = targeting == 0.0 ? 1.0 : portable_exp(targeting * person.intent);
  return person.exposure * raised(person.affinity, sharpness * channel.sharpness) * intent_weight;
}

[[nodiscard]] inline double liking_of(const ExposureTraits& channel, const ReachTraits& person) {
  const double intent_liking =
      channel.click_intent == 0.0 ? 1.0 : portable_exp(channel.click_intent * person.intent);
  return raised(person.affinity, channel.affinity_exponent) * intent_liking;
}

[[nodiscard]] inline ChannelAppeal appeal_of(const ExposureTraits& channel,
                                             const ReachTraits& person, double sharpness) {
  return {weight_of(channel, person, sharpness), liking_of(channel, person)};
}

/// Chances of one impression, before response to earlier ones.
struct ImpressionChances {
  double click{0};  ///< of a first impression
  double view{0};   ///< of a later visit without a click
};

/// One channel in one segment, by day of the flight (docs/model.md 7.2, 7.3).
struct ChannelDays {
  std::vector<double> intensity;  ///< impressions a day of a shopper of weight 1
  std::vector<double> click;      ///< click probability of a shopper of liking 1
  std::vector<double> sharpness;  ///< of targeting, over that of the first day; empty: 1
  double view_rate{0};
  double largest_response{1};

  [[nodiscard]] ImpressionChances chances(double liking, std::size_t day) const {
    const double clicked = click[day] * liking < 1.0 ? click[day] * liking : 1.0;
    const double viewed = view_rate * liking;
    return {clicked, viewed < 1.0 - clicked ? viewed : 1.0 - clicked};
  }

  [[nodiscard]] double sharpness_on(std::size_t day) const {
    return sharpness.empty() ? 1.0 : sharpness[day];
  }

  /// Share of impressions that are candidates: those that might be clicked or viewed.
  [[nodiscard]] double candidate_share(double liking, std::size_t day) const {
    const ImpressionChances both = chances(liking, day);
    return both.click * largest_response + both.view;
  }
};

[[nodiscard]] ChannelDays make_channel_days(const ExposureTraits& channel, const Delivery& delivery,
                                            const ChannelMarket& market, std::size_t segment,
                                            const SegmentTraits& traits);

/// First day of the creative that is shown at `time`; 0 without refreshing.
[[nodiscard]] Days creative_start(const ExposureTraits& channel, Days time);

/// Response to an impression after `seen` remembered ones:
/// (1 - wear_in 2^-K) (1 + K)^-wear_out; Meta's published decay has the exponent .43.
[[nodiscard]] double response(const ExposureTraits& channel, std::uint64_t seen);

}  // namespace flywheel
