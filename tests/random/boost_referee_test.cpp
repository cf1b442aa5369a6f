#include <functional>
#include <vector>

#include <boost/random/beta_distribution.hpp>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/geometric_distribution.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>

#include "analysis/two_sample.hpp"
#include "random/binomial.hpp"
#include "random/gamma.hpp"
#include "random/geometric.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr std::size_t draws = 40'000;
/// Two-sided tail of five standard errors.
constexpr double five_errors = 5.7e-7;

using Sampler = std::function<double(Stream&)>;

std::vector<double> ours(const Sampler& sample) {
  std::vector<double> values;
  for (std::uint64_t entity = 0; entity < draws; ++entity) {
    Stream stream{make_key(20, Level::shoppers, 3), Purpose::visit, entity};
    values.push_back(sample(stream));
  }
  return values;
}

template <class Distribution>
std::vector<double> theirs(Distribution distribution) {
  boost::random::mt19937_64 engine{12345};
  std::vector<double> values;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    values.push_back(static_cast<double>(distribution(engine)));
  }
  return values;
}

/// Same law as Boost's: means, spreads and the whole distribution.
template <class Distribution>
void require_same_law(const Sampler& sample, Distribution distribution) {
  const std::vector<double> own = ours(sample);
  const std::vector<double> other = theirs(distribution);
  REQUIRE(compare_means(own, other).p_value > five_errors);
  REQUIRE(compare_spreads(own, other).p_value > five_errors);
  REQUIRE(compare_distributions(own, other).p_value > five_errors);
}

}  // namespace

TEST_CASE("normal and exponential variates have the law of Boost's", "[random][statistical]") {
  require_same_law([](Stream& s) { return s.normal(); },
                   boost::random::normal_distribution<double>{});
  require_same_law([](Stream& s) { return s.exponential(); },
                   boost::random::exponential_distribution<double>{});
}

TEST_CASE("gamma and beta variates have the law of Boost's", "[random][statistical]") {
  for (const double shape : {0.3, 0.723, 1.0, 4.0, 60.0}) {
    CAPTURE(shape);
    require_same_law([=](Stream& s) { return draw_gamma(s, shape); },
                     boost::random::gamma_distribution<double>{shape});
  }
  require_same_law([](Stream& s) { return draw_beta(s, 0.535, 1.945); },
                   boost::random::beta_distribution<double>{0.535, 1.945});
  require_same_law([](Stream& s) { return draw_beta(s, 2.0, 98.0); },
                   boost::random::beta_distribution<double>{2.0, 98.0});
}

TEST_CASE("counts have the law of Boost's", "[random][statistical]") {
  for (const double mean : {0.02, 0.7, 9.9, 10.1, 45.0, 3000.0}) {
    CAPTURE(mean);
    require_same_law([=](Stream& s) { return static_cast<double>(draw_poisson(s, mean)); },
                     boost::random::poisson_distribution<int, double>{mean});
  }
  for (const double chance : {0.0004, 0.3, 0.81}) {
    CAPTURE(chance);
    require_same_law([=](Stream& s) { return static_cast<double>(draw_binomial(s, 5000, chance)); },
                     boost::random::binomial_distribution<int, double>{5000, chance});
  }
  require_same_law([](Stream& s) { return static_cast<double>(draw_geometric(s, 0.13)); },
                   boost::random::geometric_distribution<int, double>{0.13});
}

}  // namespace flywheel::test
