#include "random/law.hpp"

#include <cmath>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "random/normal_quantile.hpp"

namespace flywheel {

namespace {

constexpr double half_log_of_two_pi = 0.91893853320467274178;

/// A density on the real line whose logarithm is concave.
struct LogConcave {
  std::function<double(double y, Side side)> log_tail;
  std::function<double(double y)> log_density;
  std::function<double(double y)> log_density_slope;
};

/// Halley's method on the logarithm of the tail. That is a concave function too, so an iterate
/// never runs away; the tail's end is reached from a guess beyond the root in one direction.
double find_root(const LogConcave& law, double log_target, Side side, double guess) {
  const double sign = side == Side::lower ? 1.0 : -1.0;
  double y = guess;
  for (int step = 0; step < 200; ++step) {
    const double log_tail = law.log_tail(y, side);
    const double error = log_tail - log_target;
    const double slope = sign * portable_exp(law.log_density(y) - log_tail);
    const double bend = 0.5 * error * (law.log_density_slope(y) - slope) / slope;
    // Halley's correction only where it is small: far away Newton's step is the safe one.
    const double move = -error / slope / (std::abs(bend) < 0.3 ? 1.0 - bend : 1.0);
    y += move;
    if (std::abs(move) < 1e-5 * (1.0 + std::abs(y) * 1e-3)) break;  // the next error is its cube
  }
  return y;
}

/// Derivatives of the coordinate by the probability: 1 / h and -(log h)' / h^2, h its density.
Jet coordinate_jet(const LogConcave& law, double y) {
  const double slope = portable_exp(-law.log_density(y));
  return {y, slope, -law.log_density_slope(y) * slope * slope};
}

/// The jet of f(y), given f, f' and f'' at y (chain rule).
Jet chain(const Jet& inner, const Jet& outer) {
  return {outer.value, outer.slope * inner.slope,
          outer.curvature * inner.slope * inner.slope + outer.slope * inner.curvature};
}

LogConcave log_of_gamma(double shape) {
  const double log_norm = log_gamma(shape);
  return {
      .log_tail = [=](double y, Side side) { return log_gamma_tail(shape, y, side); },
      .log_density = [=](double y) { return shape * y - portable_exp(y) - log_norm; },
      .log_density_slope = [=](double y) { return shape - portable_exp(y); },
  };
}

LogConcave logit_of_beta(double a, double b) {
  const double log_norm = log_beta(a, b);
  const auto log_logistic = [](double y) {
    return (y < 0.0 ? y : 0.0) - portable_log1p(portable_exp(-std::abs(y)));
  };
  return {
      .log_tail = [=](double y, Side side) { return log_beta_tail(a, b, y, side); },
      .log_density =
          [=](double y) { return a * log_logistic(y) + b * log_logistic(-y) - log_norm; },
      .log_density_slope = [=](double y) { return a - (a + b) / (1.0 + portable_exp(-y)); },
  };
}

/// The lower end without a guess: P(x) <= x^a / (a B), so this start lies beyond the root.
double deep_guess(double log_tail, double shape, double log_norm) {
  return (log_tail + portable_log(shape) + log_norm) / shape;
}

double gamma_coordinate(const LogConcave& law, double shape, double tail, Side side, double guess) {
  const double log_tail = portable_log(tail);
  if (!std::isnan(guess)) return find_root(law, log_tail, side, guess);
  if (side == Side::lower) {
    return find_root(law, log_tail, side, deep_guess(log_tail, shape, log_gamma(shape)));
  }
  // Above the mean by more than the tail can hold: Q(x) is below e^-(x / 2) there or near it.
  return find_root(law, log_tail, side, portable_log(shape + 1.0 - 2.0 * log_tail));
}

double beta_guess(double a, double b, double log_tail, Side side) {
  const double norm = log_beta(a, b);
  return side == Side::lower ? deep_guess(log_tail, a, norm) : -deep_guess(log_tail, b, norm);
}

double normal_coordinate(double tail, Side side) {
  return side == Side::lower ? normal_quantile(tail) : normal_upper_quantile(tail);
}

Jet normal_jet(double y) {
  const double slope = portable_exp(0.5 * y * y + half_log_of_two_pi);
  return {y, slope, y * slope * slope};
}

}  // namespace

Law gamma_law(double shape, double scale) {
  expect(shape > 0.0 && scale > 0.0, "shape and scale of a gamma law are above 0");
  const LogConcave law = log_of_gamma(shape);
  return {
      .coordinate = [=](double tail, Side side,
                        double guess) { return gamma_coordinate(law, shape, tail, side, guess); },
      .jet =
          [=](double y) {
            const double x = scale * portable_exp(y);
            return chain(coordinate_jet(law, y), {x, x, x});
          }};
}

Law inverse_gamma_law(double shape, double scale) {
  expect(shape > 0.0 && scale > 0.0, "shape and scale of an inverse gamma law are above 0");
  const LogConcave law = log_of_gamma(shape);
  // The lower end of the inverse is the upper end of the gamma variate, and u runs backwards.
  return {.coordinate =
              [=](double tail, Side side, double guess) {
                const Side other = side == Side::lower ? Side::upper : Side::lower;
                return gamma_coordinate(law, shape, tail, other, guess);
              },
          .jet =
              [=](double y) {
                const double x = scale * portable_exp(-y);
                Jet inner = coordinate_jet(law, y);
                inner.slope = -inner.slope;
                return chain(inner, {x, -x, x});
              }};
}

Law beta_law(double a, double b) {
  expect(a > 0.0 && b > 0.0, "both shapes of a beta law are above 0");
  const LogConcave law = logit_of_beta(a, b);
  return {.coordinate =
              [=](double tail, Side side, double guess) {
                const double log_tail = portable_log(tail);
                const bool first = std::isnan(guess);
                return find_root(law, log_tail, side,
                                 first ? beta_guess(a, b, log_tail, side) : guess);
              },
          .jet =
              [=](double y) {
                const double x = 1.0 / (1.0 + portable_exp(-y));
                const double rest = 1.0 / (1.0 + portable_exp(y));
                const double slope = x * rest;
                return chain(coordinate_jet(law, y), {x, slope, slope * (rest - x)});
              }};
}

Law normal_law(double mean, double deviation) {
  expect(deviation >= 0.0, "a standard deviation is not negative");
  return {
      .coordinate = [](double tail, Side side, double) { return normal_coordinate(tail, side); },
      .jet =
          [=](double y) {
            return chain(normal_jet(y), {mean + deviation * y, deviation, 0.0});
          }};
}

Law lognormal_law(double mu, double sigma) {
  expect(sigma >= 0.0, "sigma of a lognormal law is not negative");
  return {
      .coordinate = [](double tail, Side side, double) { return normal_coordinate(tail, side); },
      .jet =
          [=](double y) {
            const double x = portable_exp(mu + sigma * y);
            return chain(normal_jet(y), {x, sigma * x, sigma * sigma * x});
          }};
}

}  // namespace flywheel
