#include "simulation/wheel_figures.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "momentum/feedback.hpp"
#include "momentum/reputation.hpp"

namespace flywheel {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double over(double part, double whole) { return whole > 0.0 ? part / whole : not_a_number; }

/// Not a number for what has no planned budget by segment.
double planned_share(const Scenario& scenario, std::size_t channel, std::size_t segment) {
  const std::vector<ChannelLearning>& channels = scenario.momentum.targeting.channels;
  return channel < channels.size() ? channels[channel].planned_shares[segment] : not_a_number;
}

/// Fills columns of a row.
class WheelRow {
 public:
  WheelRow(std::vector<double> row, const OutcomeLayout& layout)
      : row_{std::move(row)}, layout_{&layout} {}

  void set_tests(const PageTestScore& score) {
    set(Column::page_tests, score.finished);
    set(Column::page_test_wins, score.won);
    set(Column::page_test_false_wins, score.falsely_won);
    set(Column::page_test_observed_lift, over(score.observed_lift, score.lifts_observed));
    set(Column::page_test_true_lift, over(score.true_lift, score.won));
  }

  void set_rotations(const std::vector<WheelState>& states) {
    const std::size_t rotations = layout_->sizes().rotations;
    for (std::size_t rotation = 0; rotation < rotations; ++rotation) {
      const WheelState& state = states[std::min(rotation, states.size() - 1)];
      row_[layout_->offset(Column::rating, rotation)] = state.rating;
      row_[layout_->offset(Column::conversion_effect, rotation)] = state.conversion_effect;
      row_[layout_->offset(Column::organic_factor, rotation)] = state.organic_factor;
      row_[layout_->offset(Column::bad_factor, rotation)] = state.bad_factor;
      row_[layout_->offset(Column::price_index, rotation)] = state.price_index;
      row_[layout_->offset(Column::unit_cost, rotation)] = state.unit_cost;
      row_[layout_->offset(Column::sellers, rotation)] = state.sellers;
      row_[layout_->offset(Column::selection, rotation)] = state.selection;
      row_[layout_->offset(Column::availability, rotation)] = state.availability;
    }
  }

  /// Retargeting, behind the channels, has no budget by segment and does not learn.
  void set_channels(const Scenario& scenario, const WheelPath& path) {
    const std::size_t segments = scenario.segments.size();
    for (std::size_t channel = 0; channel <= scenario.channels.size(); ++channel) {
      const bool learns = channel < path.sharpness.size();
      row_[layout_->offset(Column::sharpness_by_channel, channel)] =
          learns ? path.sharpness[channel] : 1.0;
      for (std::size_t segment = 0; segment < segments; ++segment) {
        row_[layout_->offset(Column::budget_share_by_channel_segment, channel, segment)] =
            learns ? path.shares[channel][segment] : planned_share(scenario, channel, segment);
      }
    }
  }

  std::vector<double> take() { return std::move(row_); }

 private:
  void set(Column column, double value) { row_[layout_->offset(column)] = value; }

  std::vector<double> row_;
  const OutcomeLayout* layout_;
};

}  // namespace

WheelPath follow(WheelPath path, const Scenario& scenario, const Wheel& wheel,
                 const ShopState& shop) {
  const MomentumTraits& traits = scenario.momentum;
  const Marketplace& market = wheel.marketplace;
  const bool trades = traits.marketplace.enabled;
  path.rotations.push_back({.rating = rating_of(traits.reputation, wheel.observed),
                            .conversion_effect = conversion_effect(traits, wheel),
                            .organic_factor = organic_factor(traits, wheel),
                            .bad_factor = mend(traits.feedback, wheel.observed).bad_factor,
                            .price_index = market.price,
                            .unit_cost = market.unit_cost,
                            .sellers = trades ? market.sellers : not_a_number,
                            .selection = trades ? selection_of(traits.marketplace, market) : 1.0,
                            .availability = market.availability});
  path.shops.push_back(shop);
  if (wheel.rotation * traits.rotation_days >= traits.flight_days) return path;
  path.sharpness.clear();
  path.shares.clear();
  for (const ChannelKnowledge& channel : wheel.channels) {
    path.sharpness.push_back(channel.sharpness);
    path.shares.push_back(channel.shares);
  }
  return path;
}

std::vector<double> add_wheel_figures(std::vector<double> row, const OutcomeLayout& layout,
                                      const Scenario& scenario, const Wheel& wheel,
                                      const WheelPath& path) {
  WheelRow filled{std::move(row), layout};
  filled.set_tests(wheel.page_tests.score);
  filled.set_rotations(path.rotations);
  filled.set_channels(scenario, path);
  return filled.take();
}

}  // namespace flywheel
