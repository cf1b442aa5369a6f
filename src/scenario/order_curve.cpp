#include "scenario/order_curve.hpp"

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr std::size_t desktop = static_cast<std::size_t>(Device::desktop);
constexpr std::size_t mobile = static_cast<std::size_t>(Device::mobile);

Sloped order_of(const std::array<double, step_count + 1>& coefficients, double decay) {
  double value = 0.0;
  double slope = 0.0;  // of the polynomial by E
  for (std::size_t power = coefficients.size(); power-- > 0;) {
    slope = slope * decay + value;
    value = value * decay + coefficients[power];
  }
  const double order = 1.0 / value;
  return {order, order * order * slope * decay};  // dE/dS = -E
}

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

Sloped OrderCurve::order(double decay, double mobile_share) const {
  const Sloped at_desk = order_of(polynomial_[desktop], decay);
  const Sloped at_phone = order_of(polynomial_[mobile], decay);
  return {at_desk.value + mobile_share * (at_phone.value - at_desk.value),
          at_desk.slope + mobile_share * (at_phone.slope - at_desk.slope)};
}

double OrderCurve::reach(double decay, double mobile_share, Depth depth) const {
  const auto steps = static_cast<std::size_t>(depth);
  return (1.0 - mobile_share) * reach_of(factors_[desktop], decay, steps) +
         mobile_share * reach_of(factors_[mobile], decay, steps);
}

}  // namespace flywheel
