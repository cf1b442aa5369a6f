#include "verification/canonical_oracle.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace flywheel::test {

namespace {

/// Everything that is added up for one shopper, or averaged over shoppers.
struct Totals {
  double impressions{0};
  double clicks{0};
  double orders{0};  ///< first orders on ads
};

Totals operator+(const Totals& left, const Totals& right) {
  return {left.impressions + right.impressions, left.clicks + right.clicks,
          left.orders + right.orders};
}

Totals operator*(double factor, const Totals& totals) {
  return {factor * totals.impressions, factor * totals.clicks, factor * totals.orders};
}

/// Whether doubling the effort has changed nothing to speak of.
bool agree(const Totals& one, const Totals& two, double tolerance) {
  const auto near = [&](double x, double y) { return std::abs(x - y) <= tolerance * std::abs(y); };
  return near(one.impressions, two.impressions) && near(one.clicks, two.clicks) &&
         near(one.orders, two.orders);
}

/// Shares of shoppers who have not ordered, without and with an open window.
struct State {
  double idle{1};
  double open{0};
};

/// One kind of shopper: rates a day.
struct Kind {
  double impressions;         ///< prospecting
  double retargeted;          ///< retargeting impressions in a window
  double clicks;              ///< alpha
  double retargeting_clicks;  ///< beta
  double order_chance;        ///< b
  double retargeted_order;    ///< min(1, 2 b)

  [[nodiscard]] double failures(const State& at) const {
    return clicks * (1.0 - order_chance) * (at.idle + at.open) +
           retargeting_clicks * (1.0 - retargeted_order) * at.open;
  }
  [[nodiscard]] State slope(const State& at, double expiring) const {
    return {-clicks * at.idle + expiring,
            failures(at) - (clicks + retargeting_clicks) * at.open - expiring};
  }
  [[nodiscard]] Totals rates(const State& at) const {
    const double all = at.idle + at.open;
    return {impressions * all + retargeted * at.open, clicks * all + retargeting_clicks * at.open,
            clicks * order_chance * all + retargeting_clicks * retargeted_order * at.open};
  }
};

State moved(const State& from, const State& slope, double time) {
  return {from.idle + time * slope.idle, from.open + time * slope.open};
}

/// The delay equations by the classical Runge-Kutta method; steps divide window and flight, so the
/// jump of c at day 0 comes back at borders of steps only.
Totals integrate(const CanonicalModel& model, const Kind& kind, int steps_per_day) {
  const double step = 1.0 / steps_per_day;
  const auto steps = static_cast<std::size_t>(std::lround(model.flight_days * steps_per_day));
  const auto delay = static_cast<std::size_t>(std::lround(model.window_days * steps_per_day));
  const double lasts = std::exp(-(kind.clicks + kind.retargeting_clicks) * model.window_days);
  std::vector<double> failures;  // at begin, middle and end of each step
  State state;
  Totals totals;
  for (std::size_t k = 0; k < steps; ++k) {
    const auto expiring = [&](std::size_t part) {
      return k < delay ? 0.0 : lasts * failures[3 * (k - delay) + part];
    };
    const State s1 = kind.slope(state, expiring(0));
    const State s2 = kind.slope(moved(state, s1, 0.5 * step), expiring(1));
    const State s3 = kind.slope(moved(state, s2, 0.5 * step), expiring(1));
    const State s4 = kind.slope(moved(state, s3, step), expiring(2));
    const State end{state.idle + step / 6.0 * (s1.idle + 2.0 * s2.idle + 2.0 * s3.idle + s4.idle),
                    state.open + step / 6.0 * (s1.open + 2.0 * s2.open + 2.0 * s3.open + s4.open)};
    const State last = kind.slope(end, expiring(2));
    // Cubic through both ends with their slopes; Simpson's rule for what is added up.
    const State middle{0.5 * (state.idle + end.idle) + step / 8.0 * (s1.idle - last.idle),
                       0.5 * (state.open + end.open) + step / 8.0 * (s1.open - last.open)};
    for (const State& at : {state, middle, end}) failures.push_back(kind.failures(at));
    totals = totals + step / 6.0 * (kind.rates(state) + 4.0 * kind.rates(middle) + kind.rates(end));
    state = end;
  }
  return totals;
}

Totals expected_of(const CanonicalModel& model, double a, double b) {
  const double click = model.click_share_of_trait * a;
  const Kind kind{.impressions = model.impressions_per_day,
                  .retargeted = model.retargeting_per_day,
                  .clicks = model.impressions_per_day * click,
                  .retargeting_clicks = model.retargeting_per_day * model.retargeting_click,
                  .order_chance = b,
                  .retargeted_order = std::min(1.0, 2.0 * b)};
  int steps_per_day = 1;
  Totals totals = integrate(model, kind, steps_per_day);
  while (true) {
    const Totals finer = integrate(model, kind, steps_per_day *= 2);
    if (agree(totals, finer, 1e-11)) return finer;
    totals = finer;
  }
}

struct Node {
  double value;
  double weight;
};

/// Beta(p, q) by the trapezoid rule in the logit, which converges faster than any power: the
/// integrand falls off exponentially on both sides. Weights sum to 1.
std::vector<Node> beta_nodes(double p, double q, int count) {
  const double mode = std::log(p / q);
  const double low = mode - 30.0 / p;
  const double high = mode + 8.0;
  std::vector<Node> nodes;
  double sum = 0.0;
  for (int k = 0; k < count; ++k) {
    const double logit = low + (high - low) * k / (count - 1);
    const double x = 1.0 / (1.0 + std::exp(-logit));
    const double weight = std::exp(p * std::log(x) - q * std::log1p(std::exp(logit)));
    nodes.push_back({x, weight});
    sum += weight;
  }
  for (Node& node : nodes) node.weight /= sum;
  return nodes;
}

Totals average(const CanonicalModel& model, int count) {
  Totals mean;
  for (const Node& a : beta_nodes(2.0, 98.0, count)) {
    for (const Node& b : beta_nodes(2.0, 60.0, count)) {
      const double weight = a.weight * b.weight;
      if (weight > 1e-15) mean = mean + weight * expected_of(model, a.value, b.value);
    }
  }
  return mean;
}

/// Orders of one customer in 180 days: E[l] E[min(tau, 180)], tau Lomax of shape 0.60.
double orders_per_customer() {
  const double scale = 7.0 * 11.7;
  const double lived = scale / 0.4 * (std::pow(1.0 + 180.0 / scale, 0.4) - 1.0);
  return 1.0 + 0.55 / (7.0 * 10.6) * lived;
}

}  // namespace

CanonicalMeans canonical_means(const CanonicalModel& model) {
  int count = 32;
  Totals mean = average(model, count);
  while (true) {
    const Totals finer = average(model, count *= 2);
    const bool enough = agree(mean, finer, 1e-9);
    mean = finer;
    if (enough) break;
  }
  double friends = 0.0;  // customers that a customer brings
  for (const Node& b : beta_nodes(2.0, 60.0, 256)) {
    friends += 0.05 * b.weight * std::min(1.0, 2.0 * b.value);
  }
  CanonicalMeans means{.impressions = model.shoppers * mean.impressions,
                       .clicks = model.shoppers * mean.clicks,
                       .customers = model.shoppers * mean.orders / (1.0 - friends)};
  means.orders = means.customers * orders_per_customer();
  means.revenue = means.orders * std::exp(4.1 + 0.5 * 0.6 * 0.6);
  means.media_spend = means.impressions * model.price;
  return means;
}

}  // namespace flywheel::test
