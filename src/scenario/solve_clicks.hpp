#pragma once

#include <array>
#include <vector>

#include "scenario/response.hpp"
#include "scenario/root.hpp"
#include "scenario/served_share.hpp"
#include "scenario/shopper_types.hpp"

namespace flywheel {

/// A channel as far as its click rate depends on it (docs/model.md 7.2, 7.3).
struct ClickSetting {
  double click_rate{0};            ///< target: mean over impressions, in (0, 1)
  double view_rate{0};             ///< target: mean over impressions, in [0, 1)
  double sharpness{0};             ///< gamma
  double affinity_exponent{1};     ///< q, at least 0
  double retargeting_exponent{1};  ///< q of retargeting, for the pool these clickers make
  /// Mean exposures in memory, over shoppers, of two halves of the target's impressions.
  std::array<double, 2> reference_frequencies{};
  std::array<double, 2> flight_frequencies{};  ///< likewise, of the flight's time at its volume
  ResponseTraits response;
  std::vector<double> impression_shares;  ///< by segment, sum 1
  std::vector<double> click_factors;      ///< m, by segment, above 0
  FrequencyCap cap{};                     ///< at the volume of the reference campaign
  double volume{1.0};  ///< impressions bought over those of the reference campaign
};

/// Base rates of a channel, and who its clickers are.
struct ClickSolution {
  double mean_weight{1};        ///< E[a^gamma exp(zeta z)] (E[x] is 1)
  Solution click_rate;          ///< A
  double expected_rate{0};      ///< clicks per impression bought, at the flight's frequencies
  double served_share{1};       ///< of the impressions bought; the cap keeps the others back
  double view_rate{0};          ///< V
  ByType clicks;                ///< share of the channel's clicks by type, sum 1
  ByType impressions;           ///< served, over those that the channel buys; sum served_share
  ByType retargeting_affinity;  ///< mean of a^(q of retargeting) over a type's clickers
};

/// Powers of ad affinity at its nodes, which do not depend on the loading of intent.
struct AffinityPowers {
  std::vector<double> weights;
  std::vector<double> targeting;      ///< a^gamma
  std::vector<double> log_targeting;  ///< gamma ln a
  std::vector<double> clicks;         ///< a^q; rises
  std::vector<double> retargeting;    ///< a^(q of retargeting)
  double mean_targeting{1};           ///< E[a^gamma]
  double mean_clicks{1};              ///< E[a^(gamma + q)]
};

/// Exposures before an impression while they build up evenly to `frequency`: two values with the
/// mean and variance that they have, so that means of anything up to cubic are exact (Gauss).
[[nodiscard]] std::array<double, 2> building_up_to(double frequency);

/// Solves click rates of one channel for any loading of intent; made once for a drawn future.
///
/// A is the number for which the mean of min(1, A m a^q exp(xi z)) r(K) over impressions is the
/// click rate: shoppers weigh w = x a^gamma exp(zeta z), K is Poisson of mean f w / E[w], f each
/// of reference_frequencies, segments weigh as impressions do. V likewise, without response.
/// Who the clickers are is told at the frequencies of the flight: less worn-out, more are keen.
/// Under a frequency cap w s takes the place of w, s the share served of the impressions that the
/// reference budget buys for the shopper: means run over served impressions.
class ChannelClicks {
 public:
  ChannelClicks(ClickSetting setting, const Nodes& exposure, const Nodes& affinity);

  /// `growth`: impressions bought over those of the setting's volume; only a cap makes it matter.
  [[nodiscard]] ClickSolution solve(double zeta, double xi, const ShopperTypes& types,
                                    double growth = 1.0) const;

  [[nodiscard]] bool is_capped() const { return !served_.is_all(); }
  [[nodiscard]] const ServedShare& served() const { return served_; }

 private:
  struct Tilt;
  [[nodiscard]] ClickSolution solve_uncapped(const Tilt& tilt, const ShopperTypes& types) const;
  [[nodiscard]] ClickSolution solve_capped(const Tilt& tilt, const ShopperTypes& types,
                                           double growth) const;
  [[nodiscard]] ServedResponse served_response(double in_memory) const;

  ClickSetting setting_;
  ExposureResponse response_;
  AffinityPowers affinity_;
  Nodes exposure_;
  LogTable by_mean_;  ///< of the response; empty where nothing wears
  ServedShare served_;
  std::vector<ServedResponse> served_flight_;  ///< under a cap: the share alone, then the flight's
};

}  // namespace flywheel
