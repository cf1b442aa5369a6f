#include "study/chain.hpp"

#include <cmath>

#include "plan/read_plan.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

std::vector<ChainStep> synthetic_chain() {
  OutcomeTable table{synthetic_shape()};
  return follow_chain(synthetic_plan(), fill(table));
}

const ChainStep& step(const std::vector<ChainStep>& chain, const std::string& name) {
  return *std::ranges::find(chain, name, &ChainStep::name);
}

Plan plan_with(const std::string& sections) {
  const std::string text = R"(
[campaign]
name = "c"
start = 2027-03-01
[segment.all]
size = 1000
[channel.search]
budget = 100
)" + sections;
  return read_plan_text(text, {.name = "c", .folder = {}}).plan.value();
}

TEST_CASE("the plan's side of the chain multiplies its medians", "[study][chain]") {
  const std::vector<ChainStep> chain = synthetic_chain();
  // 1,200 / 2 = 600 clicks, 600 / 0.02 = 30,000 impressions, 600 * 0.04 = 24 orders.
  CHECK_THAT(step(chain, "CPM").plan, WithinRel(40.0, 1e-12));
  CHECK_THAT(step(chain, "CTR").plan, WithinRel(0.02, 1e-12));
  CHECK_THAT(step(chain, "CPC").plan, WithinRel(2.0, 1e-12));
  CHECK_THAT(step(chain, "conversion of clicks").plan, WithinRel(0.04, 1e-12));
  CHECK_THAT(step(chain, "CAC").plan, WithinRel(50.0, 1e-12));
  CHECK_THAT(step(chain, "order value").plan, WithinRel(70.0, 1e-12));
  CHECK_THAT(step(chain, "first-order ROAS").plan, WithinRel(1.4, 1e-12));
  CHECK(step(chain, "times repeat orders").plan == 1.0);
  CHECK(step(chain, "times referral").plan == 1.0);
  CHECK(step(chain, "times kept after returns").plan == 1.0);
  CHECK_THAT(step(chain, "net cohort ROAS").plan, WithinRel(1.4, 1e-12));
}

TEST_CASE("the played side multiplies up to the ROAS of every future", "[study][chain]") {
  const std::vector<ChainStep> chain = synthetic_chain();
  const std::vector<double>& net = step(chain, "net cohort ROAS").played;
  REQUIRE(net.size() == synthetic_rows - 1);
  for (std::size_t row = 0; row < net.size(); ++row) {
    const double product = step(chain, "first-order ROAS").played[row] *
                           step(chain, "times repeat orders").played[row] *
                           step(chain, "times referral").played[row] *
                           step(chain, "times kept after returns").played[row];
    REQUIRE_THAT(product, WithinRel(net[row], 1e-12));
  }
  CHECK_THAT(step(chain, "first-order ROAS").played[0], WithinRel(70.0 / 35.0, 1e-12));
  CHECK_THAT(step(chain, "times referral").played[0], WithinRel(1.0 / 0.99, 1e-12));
}

TEST_CASE("referral and returns enter the plan's side as defined", "[study][chain]") {
  const Plan plan = plan_with(R"(
[referral]
share_rate = 0.1
clicks_per_share = 2
conversion_rate = 0.25
value_uplift = 1.2
[money]
return_rate = 0.2
partial_share = 0.5
partial_value = 0.4
)");
  OutcomeTable table{synthetic_shape()};
  const std::vector<ChainStep> chain = follow_chain(plan, fill(table, 3));
  // R = 0.05: 1 + 0.05 * 1.2 / 0.95. Returns keep 1 - 0.2 * (1 - 0.5 * 0.6).
  CHECK_THAT(step(chain, "times referral").plan, WithinRel(1.0 + 0.06 / 0.95, 1e-12));
  CHECK_THAT(step(chain, "times kept after returns").plan, WithinRel(0.86, 1e-12));
}

TEST_CASE("expected repeat purchases are those of the published models", "[study][chain]") {
  // Pareto/NBD by quadrature over the definitions: E[X(t)] = E[lambda] times the mean time alive,
  // (r / a) * integral of (b / (b + u))^s over u in [0, t], midpoint rule.
  const Plan pareto = plan_with(
      "[repeat]\nmodel = \"pareto_nbd\"\nrate_shape = 0.8\nrate_scale_days = 60\n"
      "dropout_shape = 0.6\ndropout_scale_days = 40\n");
  double alive = 0;
  for (int cell = 0; cell < 180'000; ++cell) {
    alive += std::pow(40.0 / (40.0 + (cell + 0.5) * 1e-3), 0.6) * 1e-3;
  }
  CHECK_THAT(repeat_expectation(pareto.repeat, 180.0), WithinRel(0.8 / 60.0 * alive, 1e-7));
  // BG/NBD with almost nobody dropping out is a gamma-Poisson: E[X] = r t / alpha.
  const Plan bg = plan_with(
      "[repeat]\nmodel = \"bg_nbd\"\nrate_shape = 0.5\nrate_scale_days = 100\n"
      "drop_alpha = 0.0001\ndrop_beta = 100\n");
  CHECK_THAT(repeat_expectation(bg.repeat, 90.0), WithinRel(0.45, 1e-4));
  const Plan none = plan_with("[repeat]\nmodel = \"none\"\n");
  CHECK(repeat_expectation(none.repeat, 180.0) == 0.0);
}

TEST_CASE("expected repeat purchases of BG/NBD follow its simulation in the mean",
          "[study][chain]") {
  // E[X(t)] = sum over n of P(n-th purchase happens by t): with dropout d after each purchase and a
  // fixed rate l the n-th needs n - 1 survivals. For a, b: E[(1-d)^(n-1)] is a product of
  // (b + k) / (a + b + k); for r, alpha the gamma mixture P(N(t) >= n) is negative binomial.
  const Plan plan = plan_with(
      "[repeat]\nmodel = \"bg_nbd\"\nrate_shape = 1.5\nrate_scale_days = 30\n"
      "drop_alpha = 0.8\ndrop_beta = 2.5\n");
  const double p = 30.0 / (30.0 + 60.0);
  double mass = std::pow(p, 1.5);  // P(N = 0)
  double below = mass;
  double survival = 1.0;
  double expected = 0.0;
  for (int n = 1; n < 4'000; ++n) {
    expected += survival * (1.0 - below);
    survival *= (2.5 + n - 1) / (0.8 + 2.5 + n - 1);
    mass *= (1.5 + n - 1) / n * (1.0 - p);
    below += mass;
  }
  CHECK_THAT(repeat_expectation(plan.repeat, 60.0), WithinRel(expected, 1e-9));
}

TEST_CASE("the chain is stored with means and errors", "[study][chain]") {
  const Result result = synthetic_result();
  const std::vector<std::string> names = result.texts("/chain/step");
  REQUIRE(names.size() == 12);
  CHECK(names.front() == "CPM");
  CHECK(names.back() == "net cohort ROAS");
  CHECK_THAT(result.doubles("/chain/played").back(),
             WithinAbs(2.0 + 19'893.0 / 199.0 / 100.0, 1e-12));
  CHECK(result.integers("/chain/unit")[1] == 1);
  // The middle one of the 199 is r = 100, and that of the gross ones too.
  CHECK_THAT(result.doubles("/chain/played_median").back(), WithinAbs(3.0, 1e-12));
  CHECK_THAT(result.doubles("/chain/played_median")[9], WithinAbs(3.5, 1e-12));
  const std::vector<double> errors = result.doubles("/chain/played_median_error");
  // That of the middle of 199 even steps of 0.01: about 1.99 / 2 / sqrt(199) = 0.07.
  CHECK_THAT(errors.back(), WithinRel(0.0705, 0.03));
}

}  // namespace
}  // namespace flywheel::test
