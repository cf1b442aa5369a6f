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
TailSums tail_sums(const AffinityPowers& affinity, const ExposureResponse& response,
                   double log_frequency) {
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

/// One intent node as the solver needs it.
struct IntentPoint {
  double weight;  ///< of impressions, over E[w]
  double lift;    ///< exp(xi z)
  const TailSums* sums;
};

/// Everything but A of the mean click probability.
struct ClickMean {
  std::vector<IntentPoint> points;
  const ClickSetting& setting;
  const AffinityPowers& affinity;

  [[nodiscard]] Sloped at(double rate) const {
    Sloped mean;
    for (std::size_t segment = 0; segment < setting.click_factors.size(); ++segment) {
      for (const IntentPoint& point : points) {
        const double lift = setting.click_factors[segment] * point.lift;
        const Sloped part =
            capped_mean(*point.sums, first_capped(affinity, rate * lift), rate * lift);
        const double weight = setting.impression_shares[segment] * point.weight;
        mean.value += weight * part.value;
        mean.slope += weight * part.slope * lift;
      }
    }
    return mean;
  }

  /// Newton's method from below: the mean is concave in A, so it never overshoots.
  [[nodiscard]] Solution solve() const {
    constexpr double largest_rate = 1e12;
    double rate = 0.0;
    for (int step = 0; step < 100; ++step) {
      const Sloped mean = at(rate);
      const double missing = setting.click_rate - mean.value;
      if (std::abs(missing) <= 1e-13 * setting.click_rate) return {rate, true};
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
      const double probability = capped_mean(*point.sums, capped, factor).value;
      const double affinity = retargeted_mean(*point.sums, capped, factor);
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

/// Affinity sums of every intent at one mean frequency; a single row when nothing wears out.
std::vector<TailSums> rows_of(const AffinityPowers& affinity, const ExposureResponse& response,
                              const Nodes& intent, double zeta, double log_frequency) {
  const std::size_t count = response.is_flat() ? 1 : intent.size();
  std::vector<TailSums> rows;
  rows.reserve(count);
  for (std::size_t z = 0; z < count; ++z) {
    rows.push_back(tail_sums(affinity, response, log_frequency + zeta * intent.values[z]));
  }
  return rows;
}

}  // namespace

std::array<double, 2> building_up_to(double frequency) {
  const double spread = 1.0 / std::sqrt(12.0);
  return {frequency * (0.5 - spread), frequency * (0.5 + spread)};
}

ChannelClicks::ChannelClicks(ClickSetting setting, const Nodes& exposure, const Nodes& affinity)
    : setting_{std::move(setting)},
      response_{setting_.response, exposure},
      affinity_{powers_of(affinity, setting_)} {}

ClickSolution ChannelClicks::solve(double zeta, double xi, const ShopperTypes& types) const {
  const Nodes& intent = types.intent_nodes();
  const double mean_tilt = expectation(intent, [=](double z) { return portable_exp(zeta * z); });
  const double mean_weight = affinity_.mean_targeting * mean_tilt;
  const auto rows_at = [&](double frequency) {
    const double log_frequency = portable_log(std::max(frequency, 1e-300) / mean_weight);
    return rows_of(affinity_, response_, intent, zeta, log_frequency);
  };
  const auto points_of = [&](const std::vector<TailSums>& rows) {
    std::vector<IntentPoint> points;
    for (std::size_t z = 0; z < intent.size(); ++z) {
      points.push_back(
          {.weight = intent.weights[z] * portable_exp(zeta * intent.values[z]) / mean_weight,
           .lift = portable_exp(xi * intent.values[z]),
           .sums = &rows[std::min(z, rows.size() - 1)]});
    }
    return points;
  };
  const auto& frequencies = setting_.reference_frequencies;
  const std::vector<TailSums> first = rows_at(frequencies[0]);
  ClickMean mean{.points = points_of(first), .setting = setting_, .affinity = affinity_};
  std::vector<TailSums> second;
  if (!response_.is_flat()) {
    second = rows_at(frequencies[1]);
    const std::vector<IntentPoint> more = points_of(second);
    mean.points.insert(mean.points.end(), more.begin(), more.end());
    for (IntentPoint& point : mean.points) point.weight *= 0.5;
  }
  ClickSolution solution;
  solution.mean_weight = mean_weight;
  solution.click_rate = mean.solve();
  const double tilted =
      expectation(intent, [=](double z) { return portable_exp((zeta + xi) * z); });
  solution.view_rate = setting_.view_rate * mean_weight / (affinity_.mean_clicks * tilted);
  solution.clicks.assign(types.size(), 0.0);
  solution.impressions.assign(types.size(), 0.0);
  solution.retargeting_affinity.assign(types.size(), 0.0);
  for (const double frequency : setting_.flight_frequencies) {
    const std::vector<TailSums> rows = rows_at(frequency);
    mean.points = points_of(rows);
    add_clicks(mean, types, solution);
  }
  scale_clicks(solution, static_cast<double>(setting_.flight_frequencies.size()));
  return solution;
}

}  // namespace flywheel
