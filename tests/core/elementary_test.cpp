#include "core/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/catch.hpp"

namespace flywheel::test {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double epsilon = std::numeric_limits<double>::epsilon();  // 2.2e-16

/// Relative error against a value of 64 bits of precision (x86 long double).
double relative_error(double value, long double exact) {
  return static_cast<double>(std::abs((static_cast<long double>(value) - exact) / exact));
}

TEST_CASE("the exponential is within one unit in the last place", "[core][elementary]") {
  double worst = 0.0;
  for (int step = -70'800; step <= 70'970; ++step) {
    const double x = step * 0.01 + step * 1.1e-7;
    worst = std::max(worst, relative_error(portable_exp(x), std::exp(static_cast<long double>(x))));
  }
  for (int step = -1000; step <= 1000; ++step) {
    const double x = step * 0.00173;
    worst = std::max(worst, relative_error(portable_exp(x), std::exp(static_cast<long double>(x))));
  }
  REQUIRE(worst < epsilon);
}

TEST_CASE("the exponential overflows, underflows and keeps what is no number",
          "[core][elementary]") {
  REQUIRE(portable_exp(0.0) == 1.0);
  REQUIRE(portable_exp(709.0) < infinity);
  REQUIRE(portable_exp(709.79) == infinity);
  REQUIRE(portable_exp(infinity) == infinity);
  REQUIRE(portable_exp(-745.14) == 0.0);
  REQUIRE(portable_exp(-745.0) == std::numeric_limits<double>::denorm_min());
  REQUIRE(portable_exp(-infinity) == 0.0);
  REQUIRE(std::isnan(portable_exp(std::numeric_limits<double>::quiet_NaN())));
  for (double x = -745.0; x < -708.0; x += 0.37) {
    const double exact = static_cast<double>(std::exp(static_cast<long double>(x)));
    REQUIRE(std::abs(portable_exp(x) - exact) <= std::numeric_limits<double>::denorm_min());
  }
}

TEST_CASE("the logarithm is within one unit in the last place", "[core][elementary]") {
  double worst = 0.0;
  for (double x = 5e-324; x < 1e308; x *= 1.0137) {
    if (x < 1e-310) x *= 2;  // a subnormal does not grow by one per cent
    worst = std::max(worst, relative_error(portable_log(x), std::log(static_cast<long double>(x))));
  }
  for (int step = 1; step <= 20'000; ++step) {
    const double x = step * 1.0001e-4;  // through 1, where the relative error is hardest
    worst = std::max(worst, relative_error(portable_log(x), std::log(static_cast<long double>(x))));
  }
  for (double x : {1.0 - 0x1p-53, 1.0 + 0x1p-52, 1.0 + 1e-9}) {
    worst = std::max(worst, relative_error(portable_log(x), std::log(static_cast<long double>(x))));
  }
  REQUIRE(worst < epsilon);
}

TEST_CASE("the logarithm of edges is what IEEE 754 asks", "[core][elementary]") {
  REQUIRE(portable_log(1.0) == 0.0);
  REQUIRE(portable_log(0.0) == -infinity);
  REQUIRE(portable_log(-0.0) == -infinity);
  REQUIRE(portable_log(infinity) == infinity);
  REQUIRE(std::isnan(portable_log(-1.0)));
  REQUIRE(std::isnan(portable_log(-infinity)));
  REQUIRE(std::isnan(portable_log(std::numeric_limits<double>::quiet_NaN())));
}

TEST_CASE("log1p loses nothing near zero", "[core][elementary]") {
  double worst = 0.0;
  const auto measure = [&](double x) {
    worst =
        std::max(worst, relative_error(portable_log1p(x), std::log1p(static_cast<long double>(x))));
  };
  for (double x = 1e-300; x < 1e300; x *= 1.37) {
    measure(x);
    if (x < 1.0) measure(-x);
  }
  for (int step = 1; step < 10'000; ++step) {
    measure(step * 1e-4);
    measure(step * -1e-4);
  }
  REQUIRE(worst < 2 * epsilon);
  REQUIRE(portable_log1p(0.0) == 0.0);
  REQUIRE(portable_log1p(-1.0) == -infinity);
  REQUIRE(portable_log1p(infinity) == infinity);
  REQUIRE(std::isnan(portable_log1p(-1.5)));
  REQUIRE(std::isnan(portable_log1p(std::numeric_limits<double>::quiet_NaN())));
}

TEST_CASE("a power is right to two units in 1e15 over the whole range", "[core][elementary]") {
  double worst = 0.0;
  for (double base = 1e-300; base < 1e300; base *= 3.17) {
    for (double exponent = -300.0; exponent <= 300.0; exponent += 0.731) {
      const long double exact =
          std::pow(static_cast<long double>(base), static_cast<long double>(exponent));
      if (exact < 1e-307L || exact > 1e308L) continue;
      worst = std::max(worst, relative_error(portable_pow(base, exponent), exact));
    }
  }
  for (double base = 0.5; base < 2.0; base *= 1.00317) {
    for (double exponent = -900.0; exponent <= 900.0; exponent += 7.31) {
      const long double exact =
          std::pow(static_cast<long double>(base), static_cast<long double>(exponent));
      if (exact < 1e-307L || exact > 1e308L) continue;
      worst = std::max(worst, relative_error(portable_pow(base, exponent), exact));
    }
  }
  REQUIRE(worst < 2e-15);
}

TEST_CASE("powers of edges follow IEEE 754", "[core][elementary]") {
  REQUIRE(portable_pow(3.7, 0.0) == 1.0);
  REQUIRE(portable_pow(1.0, infinity) == 1.0);
  REQUIRE(portable_pow(2.0, 10.0) == 1024.0);
  REQUIRE(portable_pow(0.0, 0.3) == 0.0);
  REQUIRE(portable_pow(0.0, -0.3) == infinity);
  REQUIRE(portable_pow(infinity, 2.0) == infinity);
  REQUIRE(portable_pow(10.0, 400.0) == infinity);
  REQUIRE(portable_pow(10.0, -400.0) == 0.0);
  REQUIRE(std::isnan(portable_pow(-2.0, 2.5)));
  // (1 + 2^-52)^(2^52) = e - e / 2^53 ...: the pair of the logarithm must not be lost
  REQUIRE(portable_pow(1.0 + 0x1p-52, 0x1p52) == Approx(std::exp(1.0)).epsilon(1e-15));
}

TEST_CASE("log-factorials agree with the gamma function", "[core][elementary]") {
  REQUIRE(log_factorial(0) == 0.0);
  REQUIRE(log_factorial(1) == 0.0);
  double worst = 0.0;
  for (std::uint64_t n = 2; n < 1'000'000'000'000U; n += 1 + n / 17) {
    const long double exact = std::lgamma(static_cast<long double>(n) + 1.0L);
    worst = std::max(worst, relative_error(log_factorial(n), exact));
  }
  REQUIRE(worst < 1e-15);
}

TEST_CASE("Stirling's correction is what the formula leaves of a log-factorial",
          "[core][elementary]") {
  const long double half_log_two_pi = 0.918938533204672741780329736406L;
  for (long double n = 1; n < 60; ++n) {
    const long double exact = std::lgamma(n + 1) - ((n + 0.5L) * std::log(n) - n + half_log_two_pi);
    REQUIRE(std::abs(stirling_correction(static_cast<double>(n)) - exact) < 1e-15L);
  }
}

}  // namespace flywheel::test
