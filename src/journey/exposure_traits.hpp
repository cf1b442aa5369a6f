#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace flywheel {

/// How a channel reaches shoppers and how they respond (docs/model.md 7.2, 7.3).
struct ExposureTraits {
  std::uint64_t identity{
      0};  ///< hash of the name: keys what belongs to it, so that adding another moves nothing
  double sharpness{0};          ///< gamma: intensity goes with affinity^gamma
  double intent_targeting{0};   ///< zeta: intensity goes with exp(zeta z)
  double mean_weight{1};        ///< E[x a^gamma exp(zeta z)]
  double click_rate{0};         ///< A: click probability of the average shopper's first impression
  double affinity_exponent{1};  ///< q of the click probability
  double click_intent{0};       ///< xi
  double wear_out{0};           ///< e in (1 + K)^-e, at least 0
  double wear_in{0};            ///< share that the first impression's response is lower
  double memory_days{28};
  double largest_response{1};  ///< max over K of the response
  int frequency_cap{0};        ///< impressions per rotation; 0: none
  int refresh_days{0};         ///< life of a creative; 0: for ever
  double view_rate{0};         ///< unclicked impressions that lead to a visit, average shopper
  double view_delay_days{0};   ///< mean of the exponential delay
  double mobile_share{0};
  double tracking_loss{0};
  double brand_price{0};  ///< relative to the channel's price
  bool pays_per_click{false};

  /// Whether the response depends on earlier impressions.
  [[nodiscard]] bool wears() const { return wear_out != 0.0 || wear_in != 0.0; }
};

/// What is delivered and at what price, by day of the flight.
struct Delivery {
  std::size_t flight_days{0};
  std::vector<double> impressions_per_day;  ///< n, [segment * flight days + day]
  std::vector<double>
      price;  ///< money per impression (cpm) or click (cpc), [segment * flight days + day]
  std::vector<double>
      brand_shares;  ///< by day: unpaid visits that pass over a paid brand ad; empty: none
};

}  // namespace flywheel
