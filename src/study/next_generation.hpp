#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "scenario/draw_scenario.hpp"
#include "scenario/scenario.hpp"

namespace flywheel {

/// Whom one customer directly brings: entry i * size + j is how many customers of kind i one of
/// kind j brings.
///
/// Kinds are segments, and in each how the customer was won: by an ad, unasked, by a friend. The
/// customer of a column is won at the middle of the flight and counts what he brings until the
/// horizon, in the world of the first rotation: none is a customer already, nothing is learned.
struct NextGeneration {
  std::vector<std::string> kinds;
  std::vector<double> brought;

  [[nodiscard]] double at(std::size_t brought_kind, std::size_t bringing_kind) const {
    return brought.at(brought_kind * kinds.size() + bringing_kind);
  }
};

/// Friends (`expect_reproduction`, lifetime) and, where organic growth turns, orders of the visits
/// that word of mouth brings. `segments`: their names, in the scenario's order.
[[nodiscard]] NextGeneration next_generation(const Scenario& scenario,
                                             std::span<const std::string> segments);

/// That of a plan with all numbers at their medians and the expected market.
[[nodiscard]] NextGeneration median_next_generation(const ScenarioSource& source);

/// The largest absolute eigenvalue of a square matrix, row by row; 0 of one without rows.
[[nodiscard]] double spectral_radius(std::span<const double> matrix);

/// 1 / (1 - rho): customers in the end for each that came by itself; infinite from rho = 1 on,
/// where the loops grow without end.
[[nodiscard]] double loop_multiplier(double spectral_radius);

}  // namespace flywheel
