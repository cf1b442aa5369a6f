#include "scenario/solve_clicks.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

/// Sums over affinity from a node to the last one, so that a cap at 1 costs a search, no loop.
struct TailSums {
  std::vector<double> plain;               ///< of weight a^gamma H
  std::vector<double> clicks;              ///< times a^q
  std::vector<double> plain_retargeting;   ///< as `plain`, times a^(q of retargeting)
  std::vector<double> clicks_retargeting;  ///< as `clicks`, times a^(q of retargeting)
};

/// The sums at one intent. `log_frequency` is that of a shopper with a = 1 and x = 1.
template <typename Response>
TailSums tail_sums(const AffinityPowers& affinity, const Response& response, double log_frequency) {
  const std::size_t size = affinity.weights.size();
  TailSums sums{std::vector<double>(size + 1), std::vector<double>(size + 1),
                std::vector<double>(size + 1), std::vector<double>(size + 1)};
  for (std::size_t at = size; at-- > 0;) {
    const double frequency = log_frequency + affinity.log_targeting[at];
    const double plain = affinity.weights[at] * affinity.targeting[at] * response(frequency);
    const double clicks = plain * affinity.clicks[at];
    const double more = affinity.retargeting[at];
    sums.plain[at] = sums.plain[at + 1] + plain;
    sums.clicks[at] = sums.clicks[at + 1] + clicks;
    sums.plain_retargeting[at] = sums.plain_retargeting[at + 1] + plain * more;
    sums.clicks_retargeting[at] = sums.clicks_retargeting[at + 1] + clicks * more;
  }
  return sums;
}

/// Where min(1, factor a^q) begins to be 1.
std::size_t first_capped(const AffinityPowers& affinity, double factor) {
  const auto begin = affinity.clicks.begin();
  return static_cast<std::size_t>(std::upper_bound(begin, affinity.clicks.end(), 1.0 / factor) -
                                  begin);
}

/// Mean click probability of one intent and segment, and its derivative by `factor`.
Sloped capped_mean(const TailSums& sums, std::size_t capped, double factor) {
  const double slope = sums.clicks[0] - sums.clicks[capped];
  return {factor * slope + sums.plain[capped], slope};
}

double retargeted_mean(const TailSums& sums, std::size_t capped, double factor) {
  return factor * (sums.clicks_retargeting[0] - sums.clicks_retargeting[capped]) +
         sums.plain_retargeting[capped];
}

AffinityPowers powers_of(const Nodes& affinity, const ClickSetting& setting) {
  AffinityPowers powers;
  powers.weights = affinity.weights;
  for (const double value : affinity.values) {
    const double a = std::max(value, 1e-300);
    powers.targeting.push_back(portable_pow(a, setting.sharpness));
    powers.log_targeting.push_back(setting.sharpness * portable_log(a));
    powers.clicks.push_back(portable_pow(a, setting.affinity_exponent));
    powers.retargeting.push_back(portable_pow(a, setting.retargeting_exponent));
  }
  powers.mean_targeting = std::inner_product(powers.weights.begin(), powers.weights.end(),
                                             powers.targeting.begin(), 0.0);
  powers.mean_clicks = 0.0;
  for (std::size_t at = 0; at < powers.weights.size(); ++at) {
    powers.mean_clicks += powers.weights[at] * powers.targeting[at] * powers.clicks[at];
  }
  return powers;
}

/// Sums at every intent and, where segments are unlike in them, segment.
struct SumRows {
  std::vector<TailSums> rows;
  std::size_t per_intent{0};   ///< rows from one intent to the next
  std::size_t per_segment{0};  ///< likewise
};

/// One intent node as the solver needs it.
struct IntentPoint {
  double weight;  ///< of impressions, over E[w]
  double lift;    ///< exp(xi z)
  const TailSums* sums;
  std::size_t per_segment;

  [[nodiscard]] const TailSums& of(std::size_t segment) const {
    return sums[segment * per_segment];
  }
};

/// Everything but A of the mean click probability.
struct ClickMean {
  std::vector<IntentPoint> points;
  const ClickSetting& setting;
  const AffinityPowers& affinity;
  double target;

  [[nodiscard]] Sloped at(double rate) const {
    Sloped mean;
    for (std::size_t segment = 0; segment < setting.click_factors.size(); ++segment) {
      for (const IntentPoint& point : points) {
        const double lift = setting.click_factors[segment] * point.lift;
        const Sloped part =
            capped_mean(point.of(segment), first_capped(affinity, rate * lift), rate * lift);
        const double weight = setting.impression_shares[segment] * point.weight;
        mean.value += weight * part.value;
        mean.slope += weight * part.slope * lift;
      }
    }
    return mean;
  }

  /// Points at other frequencies, which weigh as much as those that there are.
  void add_half(const std::vector<IntentPoint>& more) {
    points.insert(points.end(), more.begin(), more.end());
    for (IntentPoint& point : points) point.weight *= 0.5;
  }

  /// The mean over impressions of what a segment and an intent have of it.
  template <typename Sum>
  [[nodiscard]] double over_impressions(const Sum& sum_of) const {
    double sum = 0.0;
    for (std::size_t segment = 0; segment < setting.impression_shares.size(); ++segment) {
      for (const IntentPoint& point : points) {
        sum += setting.impression_shares[segment] * point.weight * sum_of(point, segment);
      }
    }
    return sum;
  }

  /// Share of the impressions that the cap lets through, where the points are those of shares.
  [[nodiscard]] double served_share() const {
    return over_impressions(
        [](const IntentPoint& point, std::size_t segment) { return point.of(segment).plain[0]; });
  }

  /// Views at V = 1 per impression bought, likewise.
  [[nodiscard]] double views() const {
    return over_impressions([](const IntentPoint& point, std::size_t segment) {
      return point.lift * point.of(segment).clicks[0];
    });
  }

  /// Newton's method from below: the mean is concave in A, so it never overshoots.
  [[nodiscard]] Solution solve() const {
    constexpr double largest_rate = 1e12;
    double rate = 0.0;
    for (int step = 0; step < 100; ++step) {
      const Sloped mean = at(rate);
      const double missing = target - mean.value;
      if (std::abs(missing) <= 1e-13 * target) return {rate, true};
      if (mean.slope * largest_rate <= missing) return {rate, false};  // all is capped
      rate += missing / mean.slope;
    }
    return {rate, true};
  }
};

/// Adds who clicks, by type, once A is known. Clicks and affinity are sums still.
void add_clicks(const ClickMean& mean, const ShopperTypes& types, ClickSolution& solution) {
  const ClickSetting& setting = mean.setting;
  for (std::size_t segment = 0; segment < types.segment_count(); ++segment) {
    for (std::size_t z = 0; z < mean.points.size(); ++z) {
      const IntentPoint& point = mean.points[z];
      const double factor = solution.click_rate.value * setting.click_factors[segment] * point.lift;
      const std::size_t capped = first_capped(mean.affinity, factor);
      const double probability = capped_mean(point.of(segment), capped, factor).value;
      const double affinity = retargeted_mean(point.of(segment), capped, factor);
      for (std::size_t b = 0; b < types.propensity_nodes().size(); ++b) {
        const std::size_t type = types.index(segment, z, b);
        const double impressions =
            setting.impression_shares[segment] * point.weight * types.propensity_nodes().weights[b];
        solution.clicks[type] += impressions * probability;
        solution.retargeting_affinity[type] += impressions * affinity;
        solution.impressions[type] = impressions * mean.affinity.mean_targeting;
      }
    }
  }
}

/// Sets the impressions served of each type where points are those of shares.
void add_impressions(const ClickMean& mean, const ShopperTypes& types, ClickSolution& solution) {
  for (std::size_t segment = 0; segment < types.segment_count(); ++segment) {
    for (std::size_t z = 0; z < mean.points.size(); ++z) {
      const double served = mean.setting.impression_shares[segment] * mean.points[z].weight *
                            mean.points[z].of(segment).plain[0];
      for (std::size_t b = 0; b < types.propensity_nodes().size(); ++b) {
        solution.impressions[types.index(segment, z, b)] =
            served * types.propensity_nodes().weights[b];
      }
    }
  }
}

ClickSolution nobody_clicks(const ShopperTypes& types) {
  const ByType nothing(types.size(), 0.0);
  ClickSolution solution;
  solution.clicks = solution.impressions = solution.retargeting_affinity = nothing;
  return solution;
}

/// From sums over halves of the flight to shares and means.
void scale_clicks(ClickSolution& solution, double halves) {
  const double all = std::accumulate(solution.clicks.begin(), solution.clicks.end(), 0.0);
  for (std::size_t type = 0; type < solution.clicks.size(); ++type) {
    double& clicks = solution.clicks[type];
    double& affinity = solution.retargeting_affinity[type];
    affinity = clicks > 0.0 ? affinity / clicks : 1.0;
    if (all > 0.0) clicks /= all;  // else nobody clicks
  }
  solution.expected_rate = all / halves;
}

}  // namespace

std::array<double, 2> building_up_to(double frequency) {
  const double spread = 1.0 / std::sqrt(12.0);
  return {frequency * (0.5 - spread), frequency * (0.5 + spread)};
}

ChannelClicks::ChannelClicks(ClickSetting setting, const Nodes& exposure, const Nodes& affinity)
    : setting_{std::move(setting)},
      response_{setting_.response, exposure},
      affinity_{powers_of(affinity, setting_)},
      exposure_{exposure},
      served_{setting_.cap} {
  if (!is_capped()) return;
  served_flight_.push_back(served_response(0.0));
  if (setting_.response.is_flat()) return;
  by_mean_ = response_by_mean(setting_.response);
  for (const double frequency : setting_.flight_frequencies) {
    served_flight_.push_back(served_response(frequency / setting_.volume));
  }
}

ServedResponse ChannelClicks::served_response(double in_memory) const {
  return {served_, by_mean_, exposure_, {setting_.cap.bought_per_day, in_memory}};
}

/// What intent does to a channel's impressions and clicks.
struct ChannelClicks::Tilt {
  double zeta;
  double xi;
  double mean_weight;

  [[nodiscard]] std::vector<IntentPoint> points(const Nodes& intent, const SumRows& sums) const {
    std::vector<IntentPoint> points;
    for (std::size_t z = 0; z < intent.size(); ++z) {
      points.push_back(
          {.weight = intent.weights[z] * portable_exp(zeta * intent.values[z]) / mean_weight,
           .lift = portable_exp(xi * intent.values[z]),
           .sums = &sums.rows[z * sums.per_intent],
           .per_segment = sums.per_segment});
    }
    return points;
  }
};

ClickSolution ChannelClicks::solve(double zeta, double xi, const ShopperTypes& types,
                                   double growth) const {
  const double mean_tilt =
      expectation(types.intent_nodes(), [=](double z) { return portable_exp(zeta * z); });
  const Tilt tilt{zeta, xi, affinity_.mean_targeting * mean_tilt};
  ClickSolution solution =
      is_capped() ? solve_capped(tilt, types, growth) : solve_uncapped(tilt, types);
  solution.mean_weight = tilt.mean_weight;
  return solution;
}

ClickSolution ChannelClicks::solve_uncapped(const Tilt& tilt, const ShopperTypes& types) const {
  const Nodes& intent = types.intent_nodes();
  // A single row when nothing wears out.
  const std::size_t per_intent = response_.is_flat() ? 0 : 1;
  const auto rows_at = [&](double frequency) {
    const double log_frequency = portable_log(std::max(frequency, 1e-300) / tilt.mean_weight);
    SumRows sums{.rows = {}, .per_intent = per_intent};
    for (std::size_t z = 0; z <= per_intent * (intent.size() - 1); ++z) {
      sums.rows.push_back(
          tail_sums(affinity_, response_, log_frequency + tilt.zeta * intent.values[z]));
    }
    return sums;
  };
  const auto& frequencies = setting_.reference_frequencies;
  const SumRows first = rows_at(frequencies[0]);
  ClickMean mean{tilt.points(intent, first), setting_, affinity_, setting_.click_rate};
  SumRows second;
  if (!response_.is_flat()) {
    second = rows_at(frequencies[1]);
    mean.add_half(tilt.points(intent, second));
  }
  ClickSolution solution = nobody_clicks(types);
  solution.click_rate = mean.solve();
  const double tilted =
      expectation(intent, [&](double z) { return portable_exp((tilt.zeta + tilt.xi) * z); });
  solution.view_rate = setting_.view_rate * tilt.mean_weight / (affinity_.mean_clicks * tilted);
  for (const double frequency : setting_.flight_frequencies) {
    const SumRows rows = rows_at(frequency);
    mean.points = tilt.points(intent, rows);
    add_clicks(mean, types, solution);
  }
  scale_clicks(solution, static_cast<double>(setting_.flight_frequencies.size()));
  return solution;
}

ClickSolution ChannelClicks::solve_capped(const Tilt& tilt, const ShopperTypes& types,
                                          double growth) const {
  const Nodes& intent = types.intent_nodes();
  const std::size_t segments = types.segment_count();
  const auto rows_of = [&](const ServedResponse& response, double bought) {
    SumRows sums{.rows = {}, .per_intent = segments, .per_segment = 1};
    for (const double z : intent.values) {
      for (std::size_t segment = 0; segment < segments; ++segment) {
        const double seen = setting_.impression_shares[segment] / types.segment_share(segment);
        const double weight = std::max(bought * seen / tilt.mean_weight, 1e-300);
        sums.rows.push_back(tail_sums(affinity_, response, portable_log(weight) + tilt.zeta * z));
      }
    }
    return sums;
  };
  const SumRows served = rows_of(served_flight_.front(), 1.0);
  ClickMean mean{tilt.points(intent, served), setting_, affinity_, 0.0};
  const double share = mean.served_share();
  const double viewed = mean.views();
  mean.target = setting_.click_rate * share;
  std::array<SumRows, 2> halves;
  if (!setting_.response.is_flat()) {
    for (std::size_t half = 0; half < halves.size(); ++half) {
      const double frequency = setting_.reference_frequencies[half];
      halves[half] = rows_of(served_response(frequency / share), 1.0);
    }
    mean.points = tilt.points(intent, halves[0]);
    mean.add_half(tilt.points(intent, halves[1]));
  }
  ClickSolution solution = nobody_clicks(types);
  solution.click_rate = mean.solve();
  solution.view_rate = setting_.view_rate * share / viewed;
  const std::size_t worn = served_flight_.size() > 1 ? 1 : 0;
  for (std::size_t at = worn; at < served_flight_.size(); ++at) {
    const SumRows rows = rows_of(served_flight_[at], setting_.volume * growth);
    mean.points = tilt.points(intent, rows);
    add_clicks(mean, types, solution);
  }
  scale_clicks(solution, static_cast<double>(served_flight_.size() - worn));
  const SumRows grown = rows_of(served_flight_.front(), setting_.volume * growth);
  mean.points = tilt.points(intent, grown);
  solution.served_share = mean.served_share();
  add_impressions(mean, types, solution);
  return solution;
}

}  // namespace flywheel
