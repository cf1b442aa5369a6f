#include "random/incomplete.hpp"

#include <cmath>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("log-gamma agrees with the C library", "[random][incomplete]") {
  for (double x = 1e-6; x < 1e9; x *= 1.37) {
    REQUIRE(log_gamma(x) == Approx(std::lgamma(x)).epsilon(3e-15).margin(1.5e-14));
  }
}

TEST_CASE("tails of the gamma distribution agree with Boost's", "[random][incomplete]") {
  for (const double shape : {0.01, 0.3, 1.0, 4.2, 60.0, 3000.0}) {
    for (double log_x = -40.0; log_x < 9.0; log_x += 0.37) {
      CAPTURE(shape, log_x);
      const double x = std::exp(log_x);
      if (shape > 1000.0 && x < 0.1 * shape) continue;  // overflows inside Boost
      const double lower = boost::math::gamma_p(shape, x);
      const double upper = boost::math::gamma_q(shape, x);
      // A margin in the logarithm is a relative error of the tail.
      if (lower > 1e-290) {
        REQUIRE(log_gamma_tail(shape, log_x, Side::lower) ==
                Approx(std::log(lower)).epsilon(1e-12).margin(1e-13));
      }
      if (upper > 1e-290) {
        REQUIRE(log_gamma_tail(shape, log_x, Side::upper) ==
                Approx(std::log(upper)).epsilon(1e-12).margin(1e-13));
      }
    }
  }
}

TEST_CASE("tails of the beta distribution agree with Boost's", "[random][incomplete]") {
  for (const auto& [a, b] : {std::pair{2.0, 98.0}, {0.3, 0.7}, {1.0, 1.0}, {300.0, 200.0}}) {
    for (double logit = -30.0; logit < 30.0; logit += 0.73) {
      CAPTURE(a, b, logit);
      const double x = 1.0 / (1.0 + std::exp(-logit));
      const double rest = 1.0 / (1.0 + std::exp(logit));
      // The smaller of x and 1 - x is the precise one.
      const double lower = x < 0.5 ? boost::math::ibeta(a, b, x) : boost::math::ibetac(b, a, rest);
      const double upper = x < 0.5 ? boost::math::ibetac(a, b, x) : boost::math::ibeta(b, a, rest);
      if (lower > 1e-290) {
        REQUIRE(log_beta_tail(a, b, logit, Side::lower) ==
                Approx(std::log(lower)).epsilon(1e-12).margin(1e-12));
      }
      if (upper > 1e-290) {
        REQUIRE(log_beta_tail(a, b, logit, Side::upper) ==
                Approx(std::log(upper)).epsilon(1e-12).margin(1e-12));
      }
    }
  }
}

TEST_CASE("normal tails agree with the error function", "[random][incomplete]") {
  for (double z = -37.0; z < 37.0; z += 0.21) {
    const double lower = 0.5 * boost::math::erfc(-z / std::sqrt(2.0));
    REQUIRE(normal_tail(z, Side::lower) == Approx(lower).epsilon(1e-12));
    REQUIRE(normal_tail(-z, Side::upper) == Approx(lower).epsilon(1e-12));
  }
  REQUIRE(normal_tail(0.0, Side::lower) == 0.5);
}

}  // namespace flywheel::test
