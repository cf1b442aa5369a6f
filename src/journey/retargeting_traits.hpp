#pragma once

#include <vector>

#include "journey/funnel_traits.hpp"

namespace flywheel {

/// Ads to visitors who left (docs/model.md 7.5).
struct RetargetingTraits {
  bool enabled{false};
  bool pays_per_click{false};
  double impressions_per_day{0};  ///< per open window
  double window_days{0};
  int cap_per_window{0};       ///< 0: none
  Depth pool{Depth::engaged};  ///< least depth that opens a window
  double click_rate{0};        ///< solved base, times affinity^affinity_exponent
  double affinity_exponent{0};
  double return_probability{0};  ///< U
  double return_delay_days{0};
  double mobile_share{0};
  double tracking_loss{0};
  double last_day{0};                  ///< no impressions from this day on
  double expected_entries_per_day{0};  ///< windows opened, before anything is known of them
  std::vector<double> price;           ///< money per impression or click, by day up to last_day
  std::vector<double>
      affordable_per_day;  ///< impressions the budget buys, by day; empty: unlimited
};

}  // namespace flywheel
