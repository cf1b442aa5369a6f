#include "random/incomplete.hpp"

#include <cmath>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr double half_log_of_two_pi = 0.91893853320467274178;
constexpr double precision = 1e-16;
constexpr int most_terms = 100'000;

/// log of P(shape, x) x^-shape e^x Gamma(shape): the power series.
double log_series(double shape, double x) {
  double term = 1.0 / shape;
  double sum = term;
  for (int n = 1; n < most_terms && term > sum * precision; ++n) {
    term *= x / (shape + n);
    sum += term;
  }
  return portable_log(sum);
}

/// Keeps Lentz's method from dividing by zero.
double off_zero(double x) { return std::abs(x) < 1e-300 ? 1e-300 : x; }

/// One continued fraction b0 + a1 / (b1 + a2 / (b2 + ...)), worked off from the front by the
/// modified method of Lentz (Thompson and Barnett 1986).
class Fraction {
 public:
  explicit Fraction(double b0) : value_{off_zero(b0)}, c_{value_} {}

  /// Takes the next pair; true while it still changed the value.
  bool add(double a, double b) {
    d_ = 1.0 / off_zero(b + a * d_);
    c_ = off_zero(b + a / c_);
    const double change = c_ * d_;
    value_ *= change;
    return std::abs(change - 1.0) > 2.0 * precision;
  }

  [[nodiscard]] double value() const { return value_; }

 private:
  double value_;
  double c_;
  double d_{0.0};
};

/// log of Q(shape, x) x^-shape e^x Gamma(shape): the continued fraction.
double log_gamma_fraction(double shape, double x) {
  Fraction fraction{x + 1.0 - shape};
  for (int n = 1; n < most_terms; ++n) {
    if (!fraction.add(n * (shape - n), x + 2 * n + 1.0 - shape)) break;
  }
  return -portable_log(fraction.value());
}

/// log of I_x(a, b) B(a, b) a x^-a (1 - x)^-b.
double log_beta_fraction(double a, double b, double x) {
  Fraction fraction{1.0};
  for (int m = 0; m < most_terms; ++m) {
    const double odd = -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1)) * x;
    const double even = (m + 1) * (b - m - 1) / ((a + 2 * m + 1) * (a + 2 * m + 2)) * x;
    fraction.add(odd, 1.0);
    if (!fraction.add(even, 1.0)) break;
  }
  return -portable_log(fraction.value());
}

/// log(1 - e^x) for x < 0.
double log_complement(double x) { return portable_log1p(-portable_exp(x)); }

}  // namespace

double log_gamma(double x) {
  double shifted = x;
  double product = 1.0;
  while (shifted < 16.0) {
    product *= shifted;
    shifted += 1.0;
  }
  const double stirling = (shifted - 0.5) * portable_log(shifted) - shifted +
                          (half_log_of_two_pi + stirling_correction(shifted));
  return stirling - portable_log(product);
}

double log_beta(double a, double b) { return log_gamma(a) + log_gamma(b) - log_gamma(a + b); }

double normal_tail(double z, Side side) {
  if (z == 0.0) return 0.5;
  const double log_half_square = 2.0 * portable_log(std::abs(z)) - portable_log(2.0);
  const double outer = 0.5 * portable_exp(log_gamma_tail(0.5, log_half_square, Side::upper));
  return (z < 0.0) == (side == Side::lower) ? outer : 1.0 - outer;
}

double log_gamma_tail(double shape, double log_x, Side side) {
  const double x = portable_exp(log_x);
  const double front = shape * log_x - x - log_gamma(shape);
  const bool by_series = x < shape + 1.0;
  const double tail = front + (by_series ? log_series(shape, x) : log_gamma_fraction(shape, x));
  const bool found_asked = by_series == (side == Side::lower);
  return found_asked ? tail : log_complement(tail);
}

double log_beta_tail(double a, double b, double logit_x, Side side) {
  const double x = 1.0 / (1.0 + portable_exp(-logit_x));
  const double rest = 1.0 / (1.0 + portable_exp(logit_x));
  const double log_x =
      logit_x < 0.0 ? logit_x + portable_log(rest) : -portable_log1p(portable_exp(-logit_x));
  const double log_rest = log_x - logit_x;
  const double front = a * log_x + b * log_rest - log_beta(a, b);
  const bool from_below = x < (a + 1.0) / (a + b + 2.0);
  const double tail = from_below ? front - portable_log(a) + log_beta_fraction(a, b, x)
                                 : front - portable_log(b) + log_beta_fraction(b, a, rest);
  const bool found_asked = from_below == (side == Side::lower);
  return found_asked ? tail : log_complement(tail);
}

}  // namespace flywheel
