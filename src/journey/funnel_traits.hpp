#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "shop/snapshot.hpp"

namespace flywheel {

enum class Device : std::uint8_t { desktop, mobile };

/// How far a visit went. Each value implies those before it.
enum class Depth : std::uint8_t { click, engaged, viewed, cart, checkout, ordered };
inline constexpr std::size_t depth_count = 6;

inline constexpr int reason_count = 10;

/// Landing and checkout (docs/model.md 7.4).
struct FunnelTraits {
  bool uses_propensity{false};
  std::array<std::array<double, step_count>, 2> step_log_odds{};  ///< b, [device][step]
  std::vector<double> source_log_odds;                            ///< D, by Source number
  double intent_loading{0};                                       ///< theta_f
  double mean_propensity{0};                                      ///< pbar, propensity model
  std::vector<double> source_factor;  ///< propensity model, by Source number
  double rescued_share{0};  ///< share of failed checkouts that fixed reasons would have lost
  std::array<double, reason_count> reason_shares{};  ///< of the failures that remain; sum 1
  double session_log_median{0};                      ///< ln seconds
  double session_log_spread{0};
  double pages_mean{0};
  double immediate_share{1};
  double immediate_delay_days{0};
  double later_delay_days{0};
  double form_rate{0};
  double unpaid_mobile_share{0};
};

}  // namespace flywheel
