#include "scenario/solve_funnel.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr double largest_pass = 0.98;  ///< of one step
constexpr std::size_t first_shifted = 2;
constexpr std::size_t desktop = static_cast<std::size_t>(Device::desktop);
constexpr std::size_t mobile = static_cast<std::size_t>(Device::mobile);

/// Visitors on their way, step by step, under a given shift of desktops.
class Way {
 public:
  Way(const Visitors& visitors, double mobile_share)
      : visitors_{visitors},
        total_{std::accumulate(visitors.weights.begin(), visitors.weights.end(), 0.0)},
        desk_{visitors.weights},
        phone_{visitors.weights} {
    for (double& weight : desk_) weight *= (1.0 - mobile_share) / total_;
    for (double& weight : phone_) weight *= mobile_share / total_;
  }

  /// Share that passes the next step too when its log-odds are `mobile_log_odds`.
  [[nodiscard]] Sloped passing(double mobile_log_odds, double shift) const {
    const double on_phone = portable_exp(-mobile_log_odds);
    const double on_desk = portable_exp(-(mobile_log_odds + shift));
    Sloped sum;
    for (std::size_t type = 0; type < desk_.size(); ++type) {
      const double phone = 1.0 / (1.0 + on_phone * visitors_.decays[type]);
      const double desk = 1.0 / (1.0 + on_desk * visitors_.decays[type]);
      const double passed_phone = phone_[type] * phone;
      const double passed_desk = desk_[type] * desk;
      sum.value += passed_phone + passed_desk;
      sum.slope += passed_phone * (1.0 - phone) + passed_desk * (1.0 - desk);
    }
    return sum;
  }

  void pass(double mobile_log_odds, double shift) {
    const double on_phone = portable_exp(-mobile_log_odds);
    const double on_desk = portable_exp(-(mobile_log_odds + shift));
    for (std::size_t type = 0; type < desk_.size(); ++type) {
      phone_[type] /= 1.0 + on_phone * visitors_.decays[type];
      desk_[type] /= 1.0 + on_desk * visitors_.decays[type];
    }
  }

 private:
  const Visitors& visitors_;
  double total_;
  ByType desk_;
  ByType phone_;
};

/// A search: from where, and how far in one call.
struct Search {
  const StepLogOdds& start;
  int most_steps;
};

/// All b for one shift of desktops.
StepSolution solve_with_shift(const StepReach& reach, const Visitors& visitors, double mobile_share,
                              double shift, const Search& search) {
  Way way{visitors, mobile_share};
  StepSolution solution;
  for (std::size_t step = 0; step < reach.size(); ++step) {
    const double shifted = step >= first_shifted ? shift : 0.0;
    const Solution found =
        solve_log_odds([&](double log_odds) { return way.passing(log_odds, shifted); }, reach[step],
                       search.start[mobile][step], search.most_steps);
    way.pass(found.value, shifted);
    solution.steps[mobile][step] = found.value;
    solution.steps[desktop][step] = found.value + shifted;
    solution.reached = solution.reached && found.reached;
  }
  return solution;
}

/// Of a source's credited orders that its own visits and what follows them must bring, whatever
/// comes by chance: less would make them worthless.
constexpr double least_own_share = 0.1;

double weighted_sum(const ByType& weights, const std::vector<double>& values) {
  return std::inner_product(weights.begin(), weights.end(), values.begin(), 0.0);
}

/// ln of the order rate of desktops over that of phones.
double log_ratio(const StepLogOdds& steps, const Visitors& visitors) {
  const OrderCurve curve{steps};
  const double desk =
      weighted_sum(visitors.weights, curve.orders(visitors.decays, 1.0, 0.0).values);
  const double phone =
      weighted_sum(visitors.weights, curve.orders(visitors.decays, 1.0, 1.0).values);
  return portable_log(desk / phone);
}

}  // namespace

StepReach step_reach(const SiteRates& rates) {
  const double engaged = std::clamp(1.0 - rates.bounce_rate, 1e-6, largest_pass);
  const double cart = std::min(rates.cart_rate, engaged * largest_pass * largest_pass);
  const double order =
      cart * std::clamp(1.0 - rates.cart_abandonment, 1e-6, largest_pass * largest_pass);
  const double viewed =
      std::clamp(engaged * rates.view_rate, cart / largest_pass, engaged * largest_pass);
  const double checkout =
      std::clamp(cart * rates.checkout_rate, order / largest_pass, cart * largest_pass);
  return {engaged, viewed, cart, checkout, order};
}

StepSolution solve_steps(const StepReach& reach, const SiteRates& rates, const Visitors& visitors,
                         const StepLogOdds& start, int most_steps) {
  constexpr double tolerance = 1e-10;
  const double wanted = portable_log(rates.desktop_ratio);
  double shift = start[desktop][first_shifted] - start[mobile][first_shifted];
  StepSolution solution =
      solve_with_shift(reach, visitors, rates.mobile_share, shift, {start, most_steps});
  double error = log_ratio(solution.steps, visitors) - wanted;
  // Three steps shift, none of them certain: the ratio's logarithm grows by 1 to 3 per unit.
  double slope = 2.4;
  for (int step = 1; step < most_steps && std::abs(error) > tolerance; ++step) {
    const double next_shift = std::clamp(shift - error / slope, -20.0, 20.0);
    const double move = next_shift - shift;
    if (move == 0.0) break;
    solution = solve_with_shift(reach, visitors, rates.mobile_share, next_shift,
                                {solution.steps, most_steps});
    const double next_error = log_ratio(solution.steps, visitors) - wanted;
    slope = std::clamp((next_error - error) / move, 0.05, 6.0);
    shift = next_shift;
    error = next_error;
  }
  if (most_steps == 1) {
    for (std::size_t step = first_shifted; step < reach.size(); ++step) {
      solution.steps[desktop][step] -= std::clamp(error / slope, -1.0, 1.0);
    }
  }
  solution.reached = solution.reached && std::abs(error) < 1e-4;
  return solution;
}

Solution solve_source(const OrderCurve& curve, const Visitors& visitors, const SourceTarget& target,
                      double start, int most_steps) {
  const double total = std::accumulate(visitors.weights.begin(), visitors.weights.end(), 0.0);
  if (total <= 0.0) return {start, true};
  const auto mean = [&](double log_odds) {
    const OrderRates rates =
        curve.orders(visitors.decays, portable_exp(-log_odds), target.mobile_share);
    return Sloped{weighted_sum(visitors.weights, rates.values) / total,
                  weighted_sum(visitors.weights, rates.slopes) / total};
  };
  return solve_log_odds(mean, target.order_rate, start, most_steps);
}

Solution solve_credited_source(const OrderCurve& curve, const Visitors& visitors,
                               const VisitCredit& credit, const SourceTarget& target,
                               const LogOddsSearch& search) {
  const ByType& weights = visitors.weights;
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (total <= 0.0) return {search.start, true};
  const double by_chance = weighted_sum(weights, credit.by_chance) / total;
  const double missing = target.order_rate - by_chance;
  const double least = least_own_share * target.order_rate;
  const auto mean = [&](double log_odds) {
    const double factor = portable_exp(-log_odds);
    const OrderRates orders = curve.orders(visitors.decays, factor, target.mobile_share);
    const OrderRates engaged = curve.engaged(visitors.decays, factor, target.mobile_share);
    Sloped sum;
    for (std::size_t type = 0; type < weights.size(); ++type) {
      const double later = credit.own_return[type];
      const double at_once = credit.own_order[type] - later;
      sum.value += weights[type] * (at_once * orders.values[type] + later * engaged.values[type]);
      sum.slope += weights[type] * (at_once * orders.slopes[type] + later * engaged.slopes[type]);
    }
    return Sloped{sum.value / total, sum.slope / total};
  };
  Solution found = solve_log_odds(mean, std::max(missing, least), search.start, search.most_steps);
  found.reached = found.reached && missing >= least;
  return found;
}

}  // namespace flywheel
