#include "random/uncertain.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/distributions/triangular.hpp>

#include "core/check.hpp"
#include "random/key.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/goodness_of_fit.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

constexpr double probabilities[] = {1e-12, 1e-4, 0.03, 0.2, 0.4999, 0.5, 0.51, 0.77, 0.97, 0.99999};

template <class Exact>
void check_quantiles(const Uncertain& number, Exact exact) {
  CAPTURE(describe(number));
  for (const double p : probabilities) {
    CAPTURE(p);
    REQUIRE(number.quantile(p) == Approx(exact(p)).epsilon(1e-10).margin(1e-14));
  }
  REQUIRE(number.median() == Approx(exact(0.5)).epsilon(1e-10).margin(1e-14));
}

template <class Distribution>
void check_against(const Uncertain& number, const Distribution& exact) {
  check_quantiles(number, [&](double p) { return boost::math::quantile(exact, p); });
  REQUIRE(number.mean().value() == Approx(boost::math::mean(exact)).epsilon(1e-12));
}

TEST_CASE("uncertain numbers have the quantiles and means of their families",
          "[random][uncertain]") {
  check_against(normal(2.0, 0.3), boost::math::normal_distribution<>{2.0, 0.3});
  check_against(lognormal(3.0, 0.7), boost::math::lognormal_distribution<>{std::log(3.0), 0.7});
  check_against(beta(2.0, 98.0), boost::math::beta_distribution<>{2.0, 98.0});
  check_against(beta(0.4, 0.3), boost::math::beta_distribution<>{0.4, 0.3});
  check_against(gamma(0.6, 2.5), boost::math::gamma_distribution<>{0.6, 2.5});
  check_against(gamma(40.0, 0.1), boost::math::gamma_distribution<>{40.0, 0.1});
  check_against(triangular(1.0, 1.5, 4.0), boost::math::triangular_distribution<>{1.0, 1.5, 4.0});
  check_against(triangular(1.0, 1.0, 4.0), boost::math::triangular_distribution<>{1.0, 1.0, 4.0});
  for (const double df : {1.5, 3.0, 30.0}) {
    const boost::math::students_t_distribution<> exact{df};
    check_quantiles(student_t(df, 1.0, 2.0), [&](double p) { return 1 + 2 * quantile(exact, p); });
  }
  check_quantiles(uniform(-1.0, 3.0), [](double p) { return -1.0 + 4.0 * p; });
  check_quantiles(fixed(6.5), [](double) { return 6.5; });
  // PERT by definition: low + (high - low) Beta(1 + 4 (m - l) / (h - l), 1 + 4 (h - m) / (h - l)).
  const boost::math::beta_distribution<> shape{2.0, 4.0};
  check_quantiles(pert(10.0, 12.0, 18.0), [&](double p) { return 10 + 8 * quantile(shape, p); });
  REQUIRE(pert(10.0, 12.0, 18.0).mean().value() == Approx(76.0 / 6.0));
  REQUIRE(uniform(-1.0, 3.0).mean() == 1.0);
  REQUIRE(student_t(3.0, 1.0, 2.0).mean() == 1.0);
  REQUIRE_FALSE(student_t(1.0, 1.0, 2.0).mean().has_value());
}

TEST_CASE("a 90 % interval holds its ends at 5 and 95 %", "[random][uncertain]") {
  for (const Domain domain : {Domain::real, Domain::positive, Domain::probability}) {
    const Uncertain number = interval90(0.02, 0.6, domain);
    REQUIRE(number.quantile(0.05) == Approx(0.02).epsilon(1e-12));
    REQUIRE(number.quantile(0.95) == Approx(0.6).epsilon(1e-12));
  }
  REQUIRE(interval90(-4.0, 1.0, Domain::real).median() == Approx(-1.5));
  REQUIRE(interval90(2.0, 8.0, Domain::positive).median() == Approx(4.0));
  REQUIRE(interval90(0.2, 0.8, Domain::probability).median() == Approx(0.5));
}

TEST_CASE("numbers made from a mean have that mean", "[random][uncertain]") {
  REQUIRE(lognormal_of_mean(5.0, 0.8).mean().value() == Approx(5.0).epsilon(1e-14));
  REQUIRE(beta_of_mean(0.03, 200.0) == beta(6.0, 194.0));
}

TEST_CASE("a discrete number takes its values by weight and skips those without",
          "[random][uncertain]") {
  const Uncertain number = discrete({1.0, 2.0, 5.0, 9.0}, {1.0, 0.0, 3.0, 0.0});
  REQUIRE(number.quantile(0.2499) == 1.0);
  REQUIRE(number.quantile(0.2501) == 5.0);
  REQUIRE(number.quantile(1.0 - 0x1p-53) == 5.0);
  REQUIRE(number.mean() == 4.0);
  REQUIRE(number.support() == std::pair{1.0, 9.0});
}

TEST_CASE("columns of one posterior stay together", "[random][uncertain]") {
  // Rows (3, 30), (1, 10), (2, 20): the second is ten times the first in every row.
  const Uncertain first = posterior({3.0, 1.0, 2.0}, "fit.csv");
  const Uncertain second = posterior({30.0, 10.0, 20.0}, "fit.csv");
  for (const double u : {0.1, 0.4, 0.9}) REQUIRE(second.quantile(u) == 10.0 * first.quantile(u));
  REQUIRE(first.quantile(0.1) == 3.0);
  REQUIRE(first.quantile(1.0 - 0x1p-53) == 2.0);
  REQUIRE(first.median() == 2.0);
  REQUIRE(posterior({4.0, 1.0}, "fit.csv").median() == 2.5);
  REQUIRE(first.mean() == 2.0);
  REQUIRE(first.support() == std::pair{1.0, 3.0});
}

TEST_CASE("supports are those of the families", "[random][uncertain]") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  REQUIRE(normal(0, 1).support() == std::pair{-infinity, infinity});
  REQUIRE(gamma(2, 1).support() == std::pair{0.0, infinity});
  REQUIRE(interval90(0.1, 0.2, Domain::probability).support() == std::pair{0.0, 1.0});
  REQUIRE(pert(1, 2, 6).support() == std::pair{1.0, 6.0});
}

TEST_CASE("parameters that make no distribution are faults with a reason", "[random][uncertain]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  REQUIRE(fault_of(beta(2, 98)).empty());
  REQUIRE(fault_of(beta(0, 98)) == "needs two shapes above 0");
  REQUIRE(fault_of(uniform(2, 1)) == "needs low below high");
  REQUIRE(fault_of(triangular(1, 0.5, 2)) == "needs low <= mode <= high");
  REQUIRE(fault_of(pert(2, 2, 2)) == "needs low <= mode <= high");
  REQUIRE(fault_of(discrete({1, 2}, {1})) == "needs one weight for each value");
  REQUIRE(fault_of(discrete({2, 1}, {1, 1})) == "needs values that rise");
  REQUIRE(fault_of(discrete({1, 2}, {1, -1})) == "needs weights that are finite and not negative");
  REQUIRE(fault_of(discrete({1, 2}, {0, 0})) == "needs a weight above zero");
  REQUIRE(fault_of(posterior({}, "x")) == "needs a value");
  for (const Uncertain& number :
       {interval90(0.6, 0.2, Domain::real), interval90(-1, 2, Domain::positive),
        interval90(3, 2, Domain::positive), interval90(0.5, 1.0, Domain::probability),
        normal(nan, 1), student_t(0, 0, 1), gamma(1, 0),
        Uncertain{Family::normal, {1.0}, {}, {}}}) {
    CAPTURE(describe(number));
    REQUIRE_FALSE(fault_of(number).empty());
    REQUIRE_THROWS_AS(number.quantile(0.5), ContractBroken);
  }
  REQUIRE_THROWS_AS(fixed(1).quantile(0.0), ContractBroken);
  REQUIRE_THROWS_AS(fixed(1).quantile(1.0), ContractBroken);
}

TEST_CASE("a description says family and parameters", "[random][uncertain]") {
  REQUIRE(describe(fixed(2.5)) == "2.5");
  REQUIRE(describe(beta(2, 98)) == "beta(2, 98)");
  REQUIRE(describe(discrete({1, 2}, {3, 4})) == "discrete([1, 2], [3, 4])");
  REQUIRE(describe(posterior({1, 2, 3}, "fit.csv")) == "posterior(3 draws of fit.csv)");
}

TEST_CASE("shares add up to one and are beta distributed one by one",
          "[random][uncertain][statistical]") {
  const UncertainShares shares{{0.5, 2.0, 4.5}};
  Stream stream{make_key(3, Level::parameters, 0), Purpose::parameter, 1};
  std::vector<std::vector<double>> drawn(3);
  for (int draw = 0; draw < 10'000; ++draw) {
    const double first = stream.open_uniform();
    const double second = stream.open_uniform();
    const auto share = shares.quantile({first, second, stream.open_uniform()});
    REQUIRE(std::accumulate(share.begin(), share.end(), 0.0) == Approx(1.0).epsilon(1e-14));
    for (int at = 0; at < 3; ++at) drawn[at].push_back(share[at]);
  }
  for (int at = 0; at < 3; ++at) {
    const double own = shares.concentrations[at];
    const boost::math::beta_distribution<> exact{own, 7.0 - own};
    REQUIRE(plausible_mean(drawn[at], own / 7.0));
    REQUIRE(fits_distribution(drawn[at], [&](double x) { return cdf(exact, x); }));
  }
  REQUIRE(shares.mean()[1] == Approx(2.0 / 7.0));
  REQUIRE_FALSE(fault_of(UncertainShares{{1.0}}).empty());
  REQUIRE_FALSE(fault_of(UncertainShares{{1.0, 0.0}}).empty());
}

}  // namespace flywheel::test
