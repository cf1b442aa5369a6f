#pragma once

#include <cstddef>
#include <vector>

#include "scenario/base_rates.hpp"

namespace flywheel {

/// One source of visits under a given loading of intent, by type of shopper.
struct SourceView {
  ByType visits;          ///< of a shopper of the type over the flight, were nobody to buy
  ByType orders;          ///< chance that a visit orders
  ByType pool_leaves;     ///< chance that it enters the retargeting pool
  ByType engaged_leaves;  ///< chance that it may lead to an own return
  double log_odds{0};     ///< D
  bool reached{true};
};

/// The audience under one loading of intent L: who visits, who orders, who is left.
///
/// Solving is a fixed point: order rates decide who becomes a customer and visits no more, which
/// changes whom the averages are taken over. Each sweep solves all rates given who is left and then
/// finds who is left given the rates. The state of the last L is where the next one starts.
class IntentWorld {
 public:
  IntentWorld(const BaseRateSetting& setting, const std::vector<SegmentShare>& segments,
              const TraitNodes& traits);

  /// Solves everything but L, and gives the incremental share of channel-credited first orders.
  double solve_at(double loading);

  /// What was solved last.
  [[nodiscard]] BaseRates base_rates() const;

 private:
  /// What one type of shopper adds to those who left.
  struct Leaving {
    double paid{0};
    double unpaid{0};
    double clicks{0};   ///< weighted by how readily they click retargeting ads
    double engaged{0};  ///< may return by themselves
  };

  void place_visits(double loading);
  double sweep();
  void solve_rates();
  void collect_leavers();
  void solve_returning_rates();
  void solve_return_probability();
  void exhaust();

  void fill_steps(SourceView& source, double mobile_share) const;
  void fill_propensity(SourceView& source, double factor) const;
  void solve_order_rate(SourceView& source, const Visitors& who, double mobile_share,
                        double target);
  [[nodiscard]] Visitors visitors(const ByType& visits, const ByType& left) const;
  [[nodiscard]] Leaving leaving(std::size_t type) const;
  [[nodiscard]] double cold_rate() const;
  /// Orders in the end of one who left engaged, over all own returns.
  [[nodiscard]] double return_orders(std::size_t type) const;
  [[nodiscard]] ByType organic_orders_per_day() const;
  /// Touches of channels that an order of this type finds in their windows.
  [[nodiscard]] double touches(std::size_t type) const;
  [[nodiscard]] double incremental_share() const;
  [[nodiscard]] double referral_log_odds() const;
  [[nodiscard]] bool rates_reached() const;

  const BaseRateSetting& setting_;
  ShopperTypes types_;
  std::vector<ChannelClicks> channels_;
  double activity_variance_{0};
  double affinity_mean_{1};

  double loading_{0};
  std::vector<ClickSolution> clicks_;
  ByType decays_;  ///< exp(-(theta_f z + ln conversion_odds))
  std::vector<SourceView> paid_;
  SourceView organic_;
  SourceView retargeted_;
  SourceView returned_;
  StepSolution steps_;
  ByType left_clickers_;  ///< survival
  ByType left_shoppers_;
  Leavers leavers_;
  ByType engaged_;           ///< leavers who may return, by type
  ByType pool_clickers_;     ///< leavers by how readily they click
  double pool_affinity_{1};  ///< mean a^(q of retargeting) over the pool
  Solution return_;
  double retargeting_share_{1};
};

}  // namespace flywheel
