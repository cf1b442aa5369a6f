#include "core/elementary.hpp"

#include <array>

namespace flywheel {

namespace {

/// An unevaluated sum of two doubles, the second below half a unit in the last place of the first.
struct Pair {
  double high;
  double low;
};

/// a + b without error (Knuth, The Art of Computer Programming 2, 4.2.2).
Pair exact_sum(double a, double b) {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// a * b without error; both below 2^996 (Dekker 1971 with Veltkamp's splitting: not a fused
/// multiply-add, which not every instruction set has).
Pair exact_product(double a, double b) {
  constexpr double splitter = 0x1p27 + 1.0;
  const double a_scaled = splitter * a;
  const double a_high = a_scaled - (a_scaled - a);
  const double a_low = a - a_high;
  const double b_scaled = splitter * b;
  const double b_high = b_scaled - (b_scaled - b);
  const double b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

/// log(base) to about 64 bits: 2 s + s R(s^2) with s in double precision twice over.
Pair precise_log(double base) {
  using namespace elementary;
  const auto [exponent, f] = split(base);
  const Pair divisor = exact_sum(2.0, f);
  const double s = f / divisor.high;
  const Pair product = exact_product(s, divisor.high);
  const double s_low = (((f - product.high) - product.low) - s * divisor.low) / divisor.high;
  const Pair sum = exact_sum(exponent * ln2_high, 2.0 * s);
  const double rest = s * log_remainder(s * s) + exponent * ln2_low + 2.0 * s_low;
  return exact_sum(sum.high, sum.low + rest);
}

constexpr double half_log_of_two_pi = 0.91893853320467274178;

}  // namespace

// exp(e log b) magnifies an error of the logarithm by |e log b|, up to 745: hence the pair.
double portable_pow(double base, double exponent) {
  if (exponent == 0.0 || base == 1.0) return 1.0;
  const double rough = exponent * portable_log(base);
  const bool regular = base > 0.0 && base < elementary::infinity && rough > -800.0 && rough < 800.0;
  if (!regular) return portable_exp(rough);
  const Pair logarithm = precise_log(base);
  const Pair power = exact_product(exponent, logarithm.high);
  return portable_exp(power.high) * (1.0 + (power.low + exponent * logarithm.low));
}

double stirling_correction(double n) {
  // Loader 2000, "Fast and accurate computation of binomial probabilities", table of delta(n).
  constexpr std::array<double, 16> small = {
      0.0,
      0.0810614667953272582196702,
      0.0413406959554092940938221,
      0.02767792568499833914878929,
      0.02079067210376509311152277,
      0.01664469118982119216319487,
      0.01387612882307074799874573,
      0.01189670994589177009505572,
      0.010411265261972096497478567,
      0.009255462182712732917728637,
      0.008330563433362871256469318,
      0.007573675487951840794972024,
      0.006942840107209529865664152,
      0.006408994188004207068439631,
      0.005951370112758847735624416,
      0.005554733551962801371038690,
  };
  if (n < 16.0) return small[static_cast<std::size_t>(n)];
  // Bernoulli's series (Abramowitz and Stegun 6.1.41).
  const double inverse = 1.0 / n;
  const double square = inverse * inverse;
  return inverse *
         (1.0 / 12 -
          square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
}

double log_factorial(std::uint64_t n) {
  constexpr std::uint64_t last_exact = 22;  // 22! is the last factorial that is a double
  if (n <= last_exact) {
    double factorial = 1.0;
    for (std::uint64_t factor = 2; factor <= n; ++factor) factorial *= static_cast<double>(factor);
    return portable_log(factorial);
  }
  const auto x = static_cast<double>(n);
  return ((x + 0.5) * portable_log(x) - x) + (half_log_of_two_pi + stirling_correction(x));
}

}  // namespace flywheel
