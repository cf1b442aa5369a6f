#pragma once

#include <bit>
#include <cstdint>
#include <limits>

/// Exponential, logarithm and power of our own.
///
/// libm picks its code by instruction set, and the last bit differs from one to the other, so a
/// shopper's decision could depend on the machine. What stands here uses only + - * / and integer
/// operations on the bits, in one fixed order, and gives the same bits wherever IEEE arithmetic
/// holds (no contraction to fused operations, rounding to nearest). No function branches in its
/// main range, so loops over them vectorize.
namespace flywheel {

namespace elementary {

inline constexpr double log2_of_e = 0x1.71547652b82fep0;
inline constexpr double ln2_high =
    0x1.62e42feep-1;  // 32 bits: its product with an exponent is exact
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;
inline constexpr double infinity = std::numeric_limits<double>::infinity();
/// Adding it to a double below 2^51 rounds to an integer, which then stands in the low bits.
inline constexpr double to_integer = 0x1.8p52;

/// 2 to the integer that was made by adding `to_integer`; that integer within -1022 ... 1023.
[[nodiscard]] inline double power_of_two(double shifted_exponent) {
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted_exponent) + 1023U) << 52U);
}

/// x = 2^exponent (1 + fraction) with 1 + fraction between sqrt(1/2) and sqrt(2).
struct Split {
  double exponent;
  double fraction;
};

/// Splits a positive finite number.
[[nodiscard]] inline Split split(double x) {
  constexpr std::uint64_t bits_of_one = 0x3FF0000000000000U;
  constexpr std::uint64_t bits_of_root_half = 0x3FE6A09E667F3BCDU;
  constexpr std::uint64_t bits_of_two_to_52 = 0x4330000000000000U;
  const bool subnormal = x < std::numeric_limits<double>::min();
  const double normal = subnormal ? x * 0x1p54 : x;
  const std::uint64_t bits =
      std::bit_cast<std::uint64_t>(normal) + (bits_of_one - bits_of_root_half);
  // The biased exponent as a double, without a conversion that AVX2 lacks for 64-bit integers.
  const double biased = std::bit_cast<double>((bits >> 52U) | bits_of_two_to_52) - 0x1p52;
  const double mantissa = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFU) + bits_of_root_half);
  return {biased - (subnormal ? 1077.0 : 1023.0), mantissa - 1.0};
}

/// log(1 + f) = 2 s + s R(s^2), s = f / (2 + f): minimax polynomial R of fdlibm's e_log.c
/// (Sun Microsystems 1993), error below 2^-58.45.
[[nodiscard]] inline double log_remainder(double s_squared) {
  const double z = s_squared;
  const double w = z * z;
  const double even = w * (3.999999999940941908e-01 +
                           w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd = z * (6.666666666666735130e-01 +
                          w * (2.857142874366239149e-01 +
                               w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  return even + odd;
}

}  // namespace elementary

inline constexpr double ln_two = 0.69314718055994530942;

/// e^x, within 1 unit in the last place; infinity above 709.79, zero below -745.14, subnormal
/// between -745.13 and -708.4. Range reduction and rational form: fdlibm's e_exp.c (Sun 1993).
[[nodiscard]] inline double portable_exp(double x) {
  using namespace elementary;
  const double capped = x > 710.0 ? 710.0 : x;
  const double argument = capped < -746.0 ? -746.0 : capped;
  const double exponent = (argument * log2_of_e + to_integer) - to_integer;
  const double high = argument - exponent * ln2_high;
  const double low = exponent * ln2_low;
  const double r = high - low;
  const double t = r * r;
  const double c =
      r - t * (1.66666666666666019037e-01 +
               t * (-2.77777777770155933842e-03 +
                    t * (6.61375632143793436117e-05 +
                         t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  const double mantissa = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
  // Two factors, since 2^1024 and 2^-1075 are no doubles; only the last product may round.
  const double first = exponent * 0.5 + to_integer;
  const double second = (exponent - (first - to_integer)) + to_integer;
  return mantissa * power_of_two(first) * power_of_two(second);
}

/// Natural logarithm, within 1 unit in the last place; minus infinity at zero, not a number below.
/// Formula: fdlibm's e_log.c (Sun 1993).
[[nodiscard]] inline double portable_log(double x) {
  using namespace elementary;
  const auto [exponent, f] = split(x);
  const double s = f / (2.0 + f);
  const double half_square = 0.5 * f * f;
  const double remainder = log_remainder(s * s);
  const double result = exponent * ln2_high -
                        ((half_square - (s * (half_square + remainder) + exponent * ln2_low)) - f);
  const double at_edges = x == 0.0 ? -infinity : x * infinity;  // x < 0 is mended below
  const double positive = x > 0.0 && x < infinity ? result : at_edges;
  return x < 0.0 ? std::numeric_limits<double>::quiet_NaN() : positive;
}

/// log(1 + x) without loss for small x, within 2 units in the last place; minus infinity at -1.
/// The rounding error of 1 + x is put back to first order (Kahan; Higham 2002, problem 1.5).
[[nodiscard]] inline double portable_log1p(double x) {
  using namespace elementary;
  const double sum = 1.0 + x;
  const double lost = (x - (sum - 1.0)) / sum;
  const bool regular = sum > 0.0 && sum < infinity;
  return portable_log(sum) + (regular ? lost : 0.0);
}

/// base^exponent for a base above zero, relative error below 2e-15 (see elementary.cpp).
[[nodiscard]] double portable_pow(double base, double exponent);

/// log(n!), relative error below 1e-15.
[[nodiscard]] double log_factorial(std::uint64_t n);

/// log(n!) - ((n + 1/2) log n - n + log(2 pi) / 2), n at least 1: the correction to Stirling's
/// formula, about 1 / (12 n); absolute error below 1e-15.
[[nodiscard]] double stirling_correction(double n);

}  // namespace flywheel
