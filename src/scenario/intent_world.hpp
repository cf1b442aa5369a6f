#pragma once

#include <cstddef>
#include <vector>

#include "scenario/base_rates.hpp"
#include "scenario/exhaustion.hpp"

namespace flywheel {

/// One source of visits under a given loading of intent, by type of shopper.
struct SourceView {
  ByType visits;       ///< of a shopper of the type over the flight, were nobody to buy
  ByType orders;       ///< chance that a visit orders
  ByType leaves;       ///< chance that it leaves engaged, without an order
  ByType left;         ///< share of the visits that come before the shopper's first order
  ByType clicked;      ///< share of the clicks that come before it is placed
  double views{0};     ///< visits after a view without a click, for each of `visits`
  double log_odds{0};  ///< D
  bool reached{true};

  /// Visits that come before the first order, with those after a view.
  [[nodiscard]] double all_visits(std::size_t type) const {
    return (1.0 + views) * visits[type] * left[type];
  }
};

/// What may still come of visitors who left engaged without an order.
struct SecondChances {
  double return_probability{0};       ///< U
  ByType retargeting_clicks_per_day;  ///< of one who has an open window
  ByType retargeted_orders_per_day;   ///< of any prospect
  ByType retargeted_leaves_per_day;   ///< likewise: retargeted visits that he leaves engaged
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

  /// From now on leavers have these chances; nothing is solved yet.
  void give(SecondChances second);

  /// Who visits under this loading, and with this factor on organic visits. What was solved stays,
  /// as the start of what follows.
  void place_visits(double loading, double organic_factor = 1.0);

  /// Moves step log-odds and the D of organic visits, channels and own returns towards their
  /// targets given who is left, then finds who is left; the first time it goes all the way. Gives
  /// the largest change of a number of log-odds.
  double sweep();

  /// Everybody orders, leaves and returns at the rates of the `solved` world, which has the same
  /// people; how many visits channels bring is this one's own.
  void take_rates(const IntentWorld& solved);

  /// Finds who is left, and what impressions clicks need, at the rates that there are. Gives the
  /// largest change of the logarithm of a channel's clicks per impression or of its impressions.
  double replay();

  [[nodiscard]] const BaseRateSetting& setting() const { return setting_; }
  [[nodiscard]] const ShopperTypes& types() const { return types_; }
  [[nodiscard]] double loading() const { return loading_; }
  [[nodiscard]] double organic_factor() const { return organic_factor_; }
  [[nodiscard]] const std::vector<ClickSolution>& clicks() const { return clicks_; }
  [[nodiscard]] const std::vector<SourceView>& paid() const { return paid_; }
  [[nodiscard]] const SourceView& organic() const { return organic_; }
  /// Clicks of a channel's impressions over the flight, per impression that its money buys: those
  /// whose order is placed see no more of them; who waits for that still clicks.
  [[nodiscard]] double click_rate_of_flight(std::size_t channel) const;
  /// Impressions that a channel's money buys over the flight, whether a cap lets them through or
  /// not.
  [[nodiscard]] double impressions_bought(std::size_t channel) const;
  /// Share of the money that a frequency cap leaves to be spent.
  [[nodiscard]] double paid_share(std::size_t channel) const;
  /// Own returns; `visits` are the engaged leaves of first visits, per shopper of the type.
  [[nodiscard]] const SourceView& returned() const { return returned_; }
  [[nodiscard]] const SecondChances& second() const { return second_; }
  [[nodiscard]] const StepLogOdds& steps() const { return steps_.steps; }
  /// exp(-(theta_f z + ln conversion_odds)).
  [[nodiscard]] const ByType& decays() const { return decays_; }
  /// How unlike a type's shoppers are in clicking ads that do not wear out.
  [[nodiscard]] const Activity& activity() const { return activity_; }
  /// Mean a^(q of retargeting) of the same cells, over its mean.
  [[nodiscard]] const ActivityCells& retargeting_affinity() const {
    return retargeting_affinity_.values;
  }
  /// Whether enough visits are made by this type to be worth the time.
  [[nodiscard]] bool matters(std::size_t type) const { return matters_[type]; }

  /// What a type's own return leads to.
  [[nodiscard]] ReturnVisit return_visit(std::size_t type) const {
    return {returned_.orders[type], returned_.leaves[type]};
  }
  /// What a prospect of the type and of this activity does.
  [[nodiscard]] Company company(std::size_t type, double activity) const;
  [[nodiscard]] const ClickerGroups& clickers(std::size_t type) const { return clickers_[type]; }
  [[nodiscard]] const ProspectTime& prospect_time(std::size_t type) const { return time_[type]; }
  /// Organic orders of a prospect, with those of own returns that organic visits led to.
  [[nodiscard]] ByType organic_orders_per_day() const;
  /// The credit of ad clicks by type, averaged over those who click.
  [[nodiscard]] const VisitCredit& credit() const { return credit_; }
  /// The plan's terms of credit at the present U.
  [[nodiscard]] CreditTerms credit_terms() const;
  [[nodiscard]] bool rates_reached() const;

 private:
  void place_clicks(std::size_t channel);
  void find_who_matters();
  [[nodiscard]] bool grows_under_cap(std::size_t channel) const;
  [[nodiscard]] double growth_under_cap(std::size_t channel) const;
  [[nodiscard]] std::vector<ActivityCells> activity_by_intent(std::size_t channel) const;
  [[nodiscard]] ActivityCells clicking(std::size_t type) const;
  void solve_rates(int most_steps);
  void solve_site(int most_steps);
  void solve_channels(int most_steps);
  void solve_returns(int most_steps);
  void place_returns();
  void use_propensities();
  [[nodiscard]] ActivityCells time_until_placed(const ProspectTime& time) const;
  void find_who_is_left();
  void exhaust();
  void spread_clicks();
  [[nodiscard]] VisitCredit click_credit();
  [[nodiscard]] VisitCredit credit_among_channels(std::size_t channel) const;
  void settle(SourceView& source, const Solution& found, double mobile_share) const;
  [[nodiscard]] std::vector<double> state() const;

  const BaseRateSetting& setting_;
  ShopperTypes types_;
  std::vector<ChannelClicks> channels_;
  Activity activity_;                       ///< of the mean click, before ads wear out
  std::vector<Activity> channel_activity_;  ///< in the same cells
  std::vector<CappedActivity> capped_;      ///< likewise, by channel
  Activity retargeting_affinity_;           ///< likewise
  ActivityCells all_alike_;                 ///< organic visits do not go with it

  double loading_{0};
  double organic_factor_{1};
  bool swept_{false};
  SecondChances second_;
  std::vector<ClickSolution> clicks_;
  std::vector<std::vector<ActivityCells>> worn_;  ///< activity, [channel][intent]
  std::vector<bool> matters_;
  ByType decays_;
  std::vector<SourceView> paid_;
  std::vector<double> spread_;  ///< by channel: impressions over those that clicks would need
  bool is_capped_{false};       ///< whether any channel is
  SourceView organic_;
  SourceView returned_;
  StepSolution steps_;
  std::vector<ClickerGroups> clickers_;
  std::vector<ProspectTime> time_;
  VisitCredit credit_;
  ByType finds_window_;  ///< of a click, under a rule of first clicks: the chance
};

/// Order probabilities of the propensity model, by type: min(1, mean b conversion_odds factor).
[[nodiscard]] ByType propensity_orders(const ShopperTypes& types, double mean_propensity,
                                       double factor);

/// Engaged visits that do not order; in the propensity model every visit is engaged.
[[nodiscard]] ByType engaged_leaves(const ByType& engaged, const ByType& orders);

}  // namespace flywheel
