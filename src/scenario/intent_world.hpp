#pragma once

#include <cstddef>
#include <vector>

#include "scenario/base_rates.hpp"

namespace flywheel {

/// One source of visits under a given loading of intent, by type of shopper.
struct SourceView {
  ByType visits;       ///< of a shopper of the type over the flight, were nobody to buy
  ByType orders;       ///< chance that a visit orders
  double log_odds{0};  ///< D
  bool reached{true};
};

/// The audience under one loading of intent L: who visits, who orders, who is still a prospect.
///
/// Solving is a fixed point: order rates decide who becomes a customer and visits no more, which
/// changes whom the averages are taken over. Each sweep moves all rates towards their targets given
/// who is left, and then finds who is left given the rates. The state of one L is where the search
/// at the next one starts.
class IntentWorld {
 public:
  IntentWorld(const BaseRateSetting& setting, const std::vector<SegmentShare>& segments,
              const TraitNodes& traits);

  /// Solves step log-odds and the D of organic visits and channels under this loading, each to
  /// `tolerance`; gives the incremental share of channel-credited first orders.
  double solve_at(double loading, double tolerance);

  [[nodiscard]] const ShopperTypes& types() const { return types_; }
  [[nodiscard]] double loading() const { return loading_; }
  [[nodiscard]] const std::vector<ClickSolution>& clicks() const { return clicks_; }
  [[nodiscard]] const std::vector<SourceView>& paid() const { return paid_; }
  [[nodiscard]] const SourceView& organic() const { return organic_; }
  [[nodiscard]] const StepLogOdds& steps() const { return steps_.steps; }
  /// exp(-(theta_f z + ln conversion_odds)).
  [[nodiscard]] const ByType& decays() const { return decays_; }
  /// Share of a type's ad clicks (of its time) that falls before its first order.
  [[nodiscard]] const ByType& left_clickers() const { return left_clickers_; }
  [[nodiscard]] const ByType& left_shoppers() const { return left_shoppers_; }

  [[nodiscard]] ByType organic_orders_per_day() const;
  [[nodiscard]] double incremental_share() const;
  [[nodiscard]] bool rates_reached() const;

 private:
  void place_visits(double loading);
  double sweep(int most_steps);
  void solve_rates(int most_steps);
  void exhaust();
  void solve_source_rate(SourceView& source, const ByType& weights, const SourceTarget& target,
                         int most_steps);
  /// Touches of channels that an order of this type finds in their windows, on average.
  [[nodiscard]] double touches(std::size_t type) const;

  const BaseRateSetting& setting_;
  ShopperTypes types_;
  std::vector<ChannelClicks> channels_;
  double activity_variance_{0};

  double loading_{0};
  bool started_{false};
  std::vector<ClickSolution> clicks_;
  ByType decays_;
  std::vector<SourceView> paid_;
  SourceView organic_;
  StepSolution steps_;
  ByType left_clickers_;
  ByType left_shoppers_;
};

/// Order probabilities of the propensity model, by type: min(1, mean b conversion_odds factor).
[[nodiscard]] ByType propensity_orders(const ShopperTypes& types, double mean_propensity,
                                       double factor);

}  // namespace flywheel
