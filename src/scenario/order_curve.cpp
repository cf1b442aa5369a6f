#include "scenario/order_curve.hpp"

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr std::size_t desktop = static_cast<std::size_t>(Device::desktop);
constexpr std::size_t mobile = static_cast<std::size_t>(Device::mobile);

double reach_of(const std::array<double, step_count>& factors, double decay, std::size_t steps) {
  double product = 1.0;
  for (std::size_t step = 0; step < steps; ++step) product *= 1.0 + factors[step] * decay;
  return 1.0 / product;
}

}  // namespace

OrderCurve::OrderCurve(const StepLogOdds& steps) : polynomial_{}, factors_{} {
  for (std::size_t device = 0; device < steps.size(); ++device) {
    polynomial_[device][0] = 1.0;
    for (std::size_t step = 0; step < steps[device].size(); ++step) {
      const double factor = portable_exp(-steps[device][step]);
      factors_[device][step] = factor;
      for (std::size_t power = step + 1; power > 0; --power) {
        polynomial_[device][power] += factor * polynomial_[device][power - 1];
      }
    }
  }
}

OrderRates OrderCurve::orders(const std::vector<double>& decays, double factor,
                              double mobile_share) const {
  OrderRates rates{std::vector<double>(decays.size()), std::vector<double>(decays.size())};
  const std::array<double, 2> shares{1.0 - mobile_share, mobile_share};
  static_assert(desktop == 0 && mobile == 1);
  for (std::size_t device = 0; device < shares.size(); ++device) {
    const auto c = polynomial_[device];
    const double share = shares[device];
    const double* decay = decays.data();
    double* value = rates.values.data();
    double* slope = rates.slopes.data();
    // No sum across visitors and the polynomial written out, so that the loop vectorizes.
    for (std::size_t at = 0; at < decays.size(); ++at) {
      const double e = factor * decay[at];
      const double p = c[0] + e * (c[1] + e * (c[2] + e * (c[3] + e * (c[4] + e * c[5]))));
      const double dp =
          e * (c[1] + e * (2.0 * c[2] + e * (3.0 * c[3] + e * (4.0 * c[4] + e * 5.0 * c[5]))));
      const double order = share / p;
      value[at] += order;
      slope[at] += order * dp / p;  // dE/dS = -E
    }
  }
  return rates;
}

OrderRates OrderCurve::engaged(const std::vector<double>& decays, double factor,
                               double mobile_share) const {
  OrderRates rates{std::vector<double>(decays.size()), std::vector<double>(decays.size())};
  const double desk = factors_[desktop][0] * factor;
  const double phone = factors_[mobile][0] * factor;
  for (std::size_t at = 0; at < decays.size(); ++at) {
    const double on_desk = 1.0 / (1.0 + desk * decays[at]);
    const double on_phone = 1.0 / (1.0 + phone * decays[at]);
    rates.values[at] = (1.0 - mobile_share) * on_desk + mobile_share * on_phone;
    rates.slopes[at] = (1.0 - mobile_share) * on_desk * (1.0 - on_desk) +
                       mobile_share * on_phone * (1.0 - on_phone);
  }
  return rates;
}

double OrderCurve::reach(double decay, double mobile_share, Depth depth) const {
  const auto steps = static_cast<std::size_t>(depth);
  return (1.0 - mobile_share) * reach_of(factors_[desktop], decay, steps) +
         mobile_share * reach_of(factors_[mobile], decay, steps);
}

}  // namespace flywheel
