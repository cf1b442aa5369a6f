#include "analysis/group_shares.hpp"

#include <cmath>
#include <vector>

#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {
namespace {

/// y = 2 A + B + A B + 1.5 S, all standard normal: 4 + 1 + 1 + 2.25 = 8.25. A and B alone make 4
/// and 1; their product is of neither.
struct Sample {
  std::vector<FutureTriple> triples;
  std::vector<double> partners;  ///< sharing A, then sharing B
};

Sample draw_sample(std::uint64_t study, std::size_t count) {
  Stream stream = study_stream(57, study);
  Sample sample;
  for (std::size_t draw = 0; draw < count; ++draw) {
    const double a = stream.normal();
    const double b = stream.normal();
    const auto y = [&](double first, double second) {
      return 2.0 * first + second + first * second + 1.5 * stream.normal();
    };
    const double y11 = y(a, b);
    const double y12 = y(a, b);
    sample.triples.push_back({.y11 = y11, .y12 = y12, .y23 = y(a, b)});
    sample.partners.push_back(y(a, stream.normal()));
    sample.partners.push_back(y(stream.normal(), b));
  }
  return sample;
}

}  // namespace

TEST_CASE("shares of groups are found by hand", "[analysis][group_shares]") {
  // Means of the triples 2, 4, 6, sample variance 4 whatever the offset. Partners 1, 2, 3:
  // covariance with the means (-2 * -1 + 2 * 1) / 2 = 2, variance 1; partners 5, 5, 5: 0 and 0.
  const std::vector<FutureTriple> triples{{102, 102, 102}, {104, 104, 104}, {106, 106, 106}};
  const GroupShares shares = split_by_group(triples, std::vector<double>{1, 5, 2, 5, 3, 5});
  const double total = (4.0 + 4.0 + 4.0 + 1.0 + 0.0) / 5.0;
  REQUIRE(shares.groups.size() == 2);
  REQUIRE(shares.groups[0].value == Approx(2.0 / total));
  REQUIRE(shares.groups[1].value == Approx(0.0).margin(1e-12));
  REQUIRE(shares.rest.value == Approx(1.0 - 2.0 / total));
}

TEST_CASE("a group that is all there is has all of the variance, without error",
          "[analysis][group_shares]") {
  const std::vector<FutureTriple> triples{{1, 1, 1}, {5, 5, 5}, {2, 2, 2}, {9, 9, 9}};
  const GroupShares shares = split_by_group(triples, std::vector<double>{1, 5, 2, 9});
  REQUIRE(shares.groups[0].value == Approx(1.0));
  REQUIRE(shares.groups[0].standard_error < 1e-7);
  REQUIRE(shares.rest.value == Approx(0.0).margin(1e-12));
}

TEST_CASE("without groups all is rest, and what never varies has no shares",
          "[analysis][group_shares]") {
  const std::vector<FutureTriple> triples{{1, 2, 3}, {4, 5, 7}, {7, 9, 9}};
  REQUIRE(split_by_group(triples, {}).groups.empty());
  REQUIRE(split_by_group(triples, {}).rest.value == 1.0);
  const std::vector<FutureTriple> still(3, {2, 2, 2});
  REQUIRE(split_by_group(still, std::vector<double>{2, 2, 2}).groups[0].value == 0.0);
  REQUIRE_THROWS_AS(split_by_group(triples, std::vector<double>{1, 2}), ContractBroken);
  REQUIRE_THROWS_AS(split_by_group(std::span{triples}.first(2), {}), ContractBroken);
  const std::vector<double> broken{1, NAN, 3};
  REQUIRE_THROWS_AS(split_by_group(triples, broken), ContractBroken);
}

TEST_CASE("shares of groups are right on average and as uncertain as they say",
          "[analysis][group_shares][statistical]") {
  constexpr std::size_t studies = 400;
  std::vector<std::vector<double>> values(3);
  std::vector<double> squared_errors(3);
  for (std::uint64_t study = 0; study < studies; ++study) {
    const Sample sample = draw_sample(study, 500);
    const GroupShares shares = split_by_group(sample.triples, sample.partners);
    const std::vector<Estimate> all{shares.groups[0], shares.groups[1], shares.rest};
    for (std::size_t at = 0; at < all.size(); ++at) {
      values[at].push_back(all[at].value);
      squared_errors[at] += all[at].standard_error * all[at].standard_error / studies;
    }
  }
  const std::vector<double> truth{4.0 / 8.25, 1.0 / 8.25, 3.25 / 8.25};
  for (std::size_t at = 0; at < truth.size(); ++at) {
    INFO(at);
    CHECK(plausible_mean(values[at], truth[at]));
    CHECK(plausible_variance(values[at], squared_errors[at]));
  }
}

}  // namespace flywheel::test
