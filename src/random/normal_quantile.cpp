#include "random/normal_quantile.hpp"

#include <array>
#include <cmath>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "random/normal_quantiles.hpp"

namespace flywheel {

namespace {

/// Coefficients from the highest power down.
using Polynomial = std::array<double, 8>;

inline double value(const Polynomial& polynomial, double x) {
  double sum = polynomial[0];
  for (std::size_t power = 1; power < polynomial.size(); ++power) sum = sum * x + polynomial[power];
  return sum;
}

constexpr Polynomial center_top = {
    2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
    13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608};
constexpr Polynomial center_bottom = {
    5226.495278852854561,  28729.085735721942674, 39307.89580009271061,  21213.794301586595867,
    5394.1960214247511077, 687.1870074920579083,  42.313330701600911252, 1.0};
constexpr Polynomial shoulder_top = {7.7454501427834140764e-4, .0227238449892691845833,
                                     .24178072517745061177,    1.27045825245236838258,
                                     3.64784832476320460504,   5.7694972214606914055,
                                     4.6303378461565452959,    1.42343711074968357734};
constexpr Polynomial shoulder_bottom = {1.05075007164441684324e-9, 5.475938084995344946e-4,
                                        .0151986665636164571966,   .14810397642748007459,
                                        .68976733498510000455,     1.6763848301838038494,
                                        2.05319162663775882187,    1.0};
constexpr Polynomial tail_top = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
                                 .0012426609473880784386,   .026532189526576123093,
                                 .29656057182850489123,     1.7848265399172913358,
                                 5.4637849111641143699,     6.6579046435011037772};
constexpr Polynomial tail_bottom = {2.04426310338993978564e-15, 1.4215117583164458887e-7,
                                    1.8463183175100546818e-5,   7.868691311456132591e-4,
                                    .0148753612908506148525,    .13692988092273580531,
                                    .59983220655588793769,      1.0};

/// Distance from the median to the point beyond which `tail` (below 0.075) lies.
double distance(double tail) {
  const double r = std::sqrt(-portable_log(tail));
  if (r <= 5.0) return value(shoulder_top, r - 1.6) / value(shoulder_bottom, r - 1.6);
  return value(tail_top, r - 5.0) / value(tail_bottom, r - 5.0);
}

/// Tails below this begin beyond the distance 5 of the logarithm's root: e^-25 and a little more.
constexpr double outermost_tail = 1.4e-11;

/// normal_quantile outside the outermost tails. Both forms are worked out and one is taken, so that
/// a loop of this vectorizes.
inline double common_quantile(double probability) {
  const double q = probability - 0.5;
  const double tail = q > 0.0 ? 1.0 - probability : probability;
  const double center_r = 0.180625 - q * q;
  const double center = q * (value(center_top, center_r) / value(center_bottom, center_r));
  const double r = std::sqrt(-portable_log(tail)) - 1.6;
  const double far = value(shoulder_top, r) / value(shoulder_bottom, r);
  const double outside = q > 0.0 ? far : -far;
  return std::abs(q) > 0.425 ? outside : center;
}

/// In one loop for each instruction set; the compiler makes the vectors.
inline void fill_common(std::span<const double> probabilities, double* quantiles) {
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    quantiles[k] = common_quantile(probabilities[k]);
  }
}

#if defined(__x86_64__)
__attribute__((target("avx512f"))) void fill_avx512(std::span<const double> probabilities,
                                                    double* quantiles) {
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    quantiles[k] = common_quantile(probabilities[k]);
  }
}

__attribute__((target("avx2"))) void fill_avx2(std::span<const double> probabilities,
                                               double* quantiles) {
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    quantiles[k] = common_quantile(probabilities[k]);
  }
}
#endif

}  // namespace

void fill_normal_quantiles(std::span<const double> probabilities, std::span<double> quantiles,
                           InstructionSet instructions) {
  expect(probabilities.size() <= quantiles.size(), "there is room for a quantile of each");
  auto* fill = &fill_common;
#if defined(__x86_64__)
  if (instructions == InstructionSet::avx512) fill = &fill_avx512;
  if (instructions == InstructionSet::avx2) fill = &fill_avx2;
#else
  (void)instructions;
#endif
  fill(probabilities, quantiles.data());
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    const double probability = probabilities[k];
    const bool outermost = probability < outermost_tail || 1.0 - probability < outermost_tail;
    if (outermost) quantiles[k] = normal_quantile(probability);
  }
}

double normal_quantile(double probability) {
  const double q = probability - 0.5;
  if (q > 0.425) return distance(1.0 - probability);
  if (q < -0.425) return -distance(probability);
  const double r = 0.180625 - q * q;
  return q * (value(center_top, r) / value(center_bottom, r));
}

double normal_upper_quantile(double tail) { return -normal_quantile(tail); }

}  // namespace flywheel
