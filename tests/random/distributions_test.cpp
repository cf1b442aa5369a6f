#include <cmath>
#include <vector>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/geometric.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>

#include "core/check.hpp"
#include "random/binomial.hpp"
#include "random/deviance.hpp"
#include "random/gamma.hpp"
#include "random/geometric.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/goodness_of_fit.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

constexpr Key key = make_key(31, Level::shoppers, 4);
constexpr int sample_size = 200'000;

template <class Draw>
auto sample_of(Draw draw, std::uint64_t entity = 1) {
  Stream stream{key, Purpose::visit, entity};
  std::vector<decltype(draw(stream))> sample;
  for (int at = 0; at < sample_size; ++at) sample.push_back(draw(stream));
  return sample;
}

std::vector<double> as_real(const std::vector<std::uint64_t>& counts) {
  return {counts.begin(), counts.end()};
}

/// The distribution function of a distribution of Boost.Math.
template <class Distribution>
auto cdf_of(const Distribution& distribution) {
  return [=](double x) { return boost::math::cdf(distribution, x); };
}

template <class Distribution>
void check_continuous(const std::vector<double>& sample, const Distribution& exact) {
  REQUIRE(fits_distribution(sample, cdf_of(exact)));
  REQUIRE(plausible_mean(sample, boost::math::mean(exact)));
  REQUIRE(plausible_variance(sample, boost::math::variance(exact)));
}

template <class Distribution>
void check_discrete(const std::vector<std::uint64_t>& sample, const Distribution& exact) {
  REQUIRE(fits_counts(sample, [&](std::uint64_t count) {
    return boost::math::pdf(exact, static_cast<double>(count));
  }));
  REQUIRE(plausible_mean(as_real(sample), boost::math::mean(exact)));
  REQUIRE(plausible_variance(as_real(sample), boost::math::variance(exact)));
}

/// Words that one draw took.
template <class Draw>
std::uint64_t words_taken(Draw draw, std::uint64_t entity) {
  Stream stream{key, Purpose::visit, entity};
  (void)draw(stream);
  return stream.position();
}

TEST_CASE("uniforms are uniform", "[random][distributions][statistical]") {
  const auto unit = [](double x) { return x; };
  REQUIRE(fits_distribution(sample_of([](Stream& s) { return s.uniform(); }), unit));
  REQUIRE(fits_distribution(sample_of([](Stream& s) { return s.open_uniform(); }), unit));
  const auto index = sample_of([](Stream& s) { return s.uniform_index(37); });
  REQUIRE(fits_counts(index, [](std::uint64_t at) { return at < 37 ? 1.0 / 37.0 : 0.0; }));
  const auto hits = sample_of([](Stream& s) { return s.bernoulli(0.013) ? std::uint64_t{1} : 0; });
  REQUIRE(fits_counts(hits, [](std::uint64_t hit) { return hit == 1 ? 0.013 : 0.987; }));
}

TEST_CASE("normal and exponential draws have their laws", "[random][distributions][statistical]") {
  check_continuous(sample_of([](Stream& s) { return s.normal(); }),
                   boost::math::normal_distribution<>{});
  check_continuous(sample_of([](Stream& s) { return s.exponential(); }),
                   boost::math::exponential_distribution<>{});
}

TEST_CASE("the normal quantile agrees with an independent one in both tails",
          "[random][distributions]") {
  const boost::math::normal_distribution<> exact;
  for (double tail = 0.5; tail > 1e-300; tail *= 0.83) {
    REQUIRE(normal_quantile(tail) == Approx(quantile(exact, tail)).epsilon(1e-14).margin(1e-16));
    REQUIRE(normal_upper_quantile(tail) == -normal_quantile(tail));
  }
  for (double p = 0.5; p < 1.0; p += 0.0013) {
    REQUIRE(normal_quantile(p) == Approx(quantile(exact, p)).epsilon(1e-14).margin(1e-15));
  }
}

TEST_CASE("gamma draws have their law at small and large shapes",
          "[random][distributions][statistical]") {
  for (const double shape : {0.02, 0.3, 0.99, 1.0, 1.7, 25.0, 1e6}) {
    CAPTURE(shape);
    const auto sample = sample_of([=](Stream& s) { return draw_gamma(s, shape); });
    check_continuous(sample, boost::math::gamma_distribution<>{shape, 1.0});
  }
}

TEST_CASE("log-gamma draws are the logarithms of gamma draws", "[random][distributions]") {
  for (const double shape : {0.1, 0.9, 3.0}) {
    const auto plain = sample_of([=](Stream& s) { return draw_gamma(s, shape); });
    const auto logs = sample_of([=](Stream& s) { return draw_log_gamma(s, shape); });
    for (int at = 0; at < 1000; ++at) {
      REQUIRE(logs[at] == Approx(std::log(plain[at])).epsilon(1e-12).margin(1e-12));
    }
  }
}

TEST_CASE("beta draws have their law, tiny shapes included",
          "[random][distributions][statistical]") {
  for (const auto& [a, b] :
       {std::pair{0.2, 0.4}, {1e-3, 2e-3}, {0.535, 1.945}, {2.0, 98.0}, {400.0, 3.0}}) {
    CAPTURE(a, b);
    const double first = a;
    const double second = b;
    const auto sample = sample_of([=](Stream& s) { return draw_beta(s, first, second); });
    REQUIRE(plausible_mean(sample, a / (a + b)));
    REQUIRE(plausible_variance(sample, a * b / ((a + b) * (a + b) * (a + b + 1.0))));
    // At shapes of a thousandth almost all draws round to 0 or 1: no continuous sample.
    if (a > 0.1) check_continuous(sample, boost::math::beta_distribution<>{a, b});
  }
}

TEST_CASE("Poisson draws have their law on both sides of the change of method",
          "[random][distributions][statistical]") {
  for (const double mean : {0.003, 0.8, 9.99, 10.0, 11.5, 47.0, 2000.0}) {
    CAPTURE(mean);
    const auto sample = sample_of([=](Stream& s) { return draw_poisson(s, mean); });
    check_discrete(sample, boost::math::poisson_distribution<>{mean});
  }
}

TEST_CASE("Poisson draws of huge means are normal to the resolution of the sample",
          "[random][distributions][statistical]") {
  for (const double mean : {1e8, 1e12, 1e15}) {
    CAPTURE(mean);
    auto sample = as_real(sample_of([=](Stream& s) { return draw_poisson(s, mean); }));
    for (double& value : sample) value = (value - mean) / std::sqrt(mean);
    check_continuous(sample, boost::math::normal_distribution<>{});
  }
}

TEST_CASE("binomial draws have their law for every method and symmetry",
          "[random][distributions][statistical]") {
  for (const auto& [trials, chance] : {std::pair{1.0, 0.3},
                                       {7.0, 0.5},
                                       {25.0, 0.93},
                                       {1e9, 3e-9},
                                       {40.0, 0.2499},
                                       {40.0, 0.25},
                                       {40.0, 0.251},
                                       {30.0, 0.6},
                                       {1000.0, 0.02},
                                       {1000.0, 0.977},
                                       {3e6, 1e-4}}) {
    CAPTURE(trials, chance);
    const auto count = static_cast<std::uint64_t>(trials);
    const double p = chance;
    const auto sample = sample_of([=](Stream& s) { return draw_binomial(s, count, p); });
    check_discrete(sample, boost::math::binomial_distribution<>{trials, chance});
  }
}

TEST_CASE("binomial draws of 1e12 trials are normal to the resolution of the sample",
          "[random][distributions][statistical]") {
  for (const double chance : {1e-3, 0.3, 0.5, 0.9}) {
    CAPTURE(chance);
    auto sample =
        as_real(sample_of([=](Stream& s) { return draw_binomial(s, 1'000'000'000'000U, chance); }));
    const double deviation = std::sqrt(1e12 * chance * (1.0 - chance));
    for (double& value : sample) value = (value - 1e12 * chance) / deviation;
    check_continuous(sample, boost::math::normal_distribution<>{});
  }
}

TEST_CASE("binomial draws are certain where the chance is", "[random][distributions]") {
  Stream stream{key, Purpose::visit, 6};
  for (int draw = 0; draw < 100; ++draw) {
    REQUIRE(draw_binomial(stream, 1000, 0.0) == 0);
    REQUIRE(draw_binomial(stream, 1000, 1.0) == 1000);
    REQUIRE(draw_binomial(stream, 0, 0.4) == 0);
    REQUIRE(draw_poisson(stream, 0.0) == 0);
    REQUIRE(draw_geometric(stream, 1.0) == 0);
  }
}

TEST_CASE("geometric draws have their law", "[random][distributions][statistical]") {
  for (const double chance : {0.011, 0.4, 0.97}) {
    CAPTURE(chance);
    const auto sample = sample_of([=](Stream& s) { return draw_geometric(s, chance); });
    check_discrete(sample, boost::math::geometric_distribution<>{chance});
  }
  Stream stream{key, Purpose::visit, 7};
  REQUIRE(draw_geometric(stream, 1e-300) == std::uint64_t{1} << 62U);
}

TEST_CASE("draws by inversion take one word and rejection an even number",
          "[random][distributions][crn]") {
  for (std::uint64_t entity = 0; entity < 200; ++entity) {
    REQUIRE(words_taken([](Stream& s) { return draw_poisson(s, 0.0); }, entity) == 1);
    REQUIRE(words_taken([](Stream& s) { return draw_poisson(s, 9.99); }, entity) == 1);
    REQUIRE(words_taken([](Stream& s) { return draw_poisson(s, 10.0); }, entity) % 2 == 0);
    REQUIRE(words_taken([](Stream& s) { return draw_binomial(s, 1000, 0.0); }, entity) == 1);
    REQUIRE(words_taken([](Stream& s) { return draw_binomial(s, 1000, 0.995); }, entity) == 1);
    REQUIRE(words_taken([](Stream& s) { return draw_binomial(s, 1000, 0.3); }, entity) % 2 == 0);
    REQUIRE(words_taken([](Stream& s) { return draw_geometric(s, 0.3); }, entity) == 1);
    REQUIRE(words_taken([](Stream& s) { return draw_gamma(s, 2.0); }, entity) % 2 == 0);
    REQUIRE(words_taken([](Stream& s) { return draw_gamma(s, 0.5); }, entity) % 2 == 1);
  }
}

TEST_CASE("log-probabilities of counts agree with independent ones", "[random][distributions]") {
  for (const double mean : {0.3, 5.0, 400.0, 1e6}) {
    for (const double deviations : {-3.0, 0.0, 2.5}) {
      const double count = std::max(0.0, std::floor(mean + deviations * std::sqrt(mean)));
      REQUIRE(
          log_poisson_probability(count, mean) ==
          Approx(std::log(pdf(boost::math::poisson_distribution<>{mean}, count))).epsilon(1e-8));
    }
  }
  for (const double count : {0.0, 1.0, 17.0, 39.0, 40.0}) {
    REQUIRE(log_binomial_probability(count, 40.0, 0.37) ==
            Approx(std::log(pdf(boost::math::binomial_distribution<>{40.0, 0.37}, count)))
                .epsilon(1e-12));
  }
}

TEST_CASE("parameters that make no distribution break the contract", "[random][distributions]") {
  Stream stream{key, Purpose::visit, 8};
  REQUIRE_THROWS_AS(draw_poisson(stream, -1.0), ContractBroken);
  REQUIRE_THROWS_AS(draw_poisson(stream, 2e15), ContractBroken);
  REQUIRE_THROWS_AS(draw_binomial(stream, 5, 1.1), ContractBroken);
  REQUIRE_THROWS_AS(draw_binomial(stream, 5, -0.1), ContractBroken);
  REQUIRE_THROWS_AS(draw_gamma(stream, 0.0), ContractBroken);
  REQUIRE_THROWS_AS(draw_geometric(stream, 0.0), ContractBroken);
}

}  // namespace flywheel::test
