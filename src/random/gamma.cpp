#include "random/gamma.hpp"

#include <cmath>

#include "core/check.hpp"
#include "core/elementary.hpp"

namespace flywheel {

namespace {

/// Marsaglia and Tsang's method; shape at least 1.
double draw_large(Stream& stream, double shape) {
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = stream.normal();
    const double u = stream.open_uniform();
    const double root = 1.0 + c * x;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    const double x_squared = x * x;
    if (u < 1.0 - 0.0331 * x_squared * x_squared) return d * v;
    if (portable_log(u) < 0.5 * x_squared + d * (1.0 - v + portable_log(v))) return d * v;
  }
}

}  // namespace

double draw_gamma(Stream& stream, double shape) {
  expect(shape > 0.0, "a gamma shape is above 0");
  if (shape >= 1.0) return draw_large(stream, shape);
  const double boost = portable_exp(-stream.exponential() / shape);
  return boost * draw_large(stream, shape + 1.0);
}

double draw_log_gamma(Stream& stream, double shape) {
  expect(shape > 0.0, "a gamma shape is above 0");
  if (shape >= 1.0) return portable_log(draw_large(stream, shape));
  const double boost = -stream.exponential() / shape;
  return boost + portable_log(draw_large(stream, shape + 1.0));
}

double draw_beta(Stream& stream, double a, double b) {
  if (a >= 1.0 && b >= 1.0) {
    const double x = draw_gamma(stream, a);
    return x / (x + draw_gamma(stream, b));
  }
  const double log_x = draw_log_gamma(stream, a);
  const double log_y = draw_log_gamma(stream, b);
  return 1.0 / (1.0 + portable_exp(log_y - log_x));
}

}  // namespace flywheel
