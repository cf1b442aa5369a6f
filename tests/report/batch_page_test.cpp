#include "report/batch_page.hpp"

#include <cmath>

#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

BatchRow row(const std::string& name, double target) {
  BatchRow one{.name = name,
               .plan = "p.toml",
               .values = {},
               .status = "done",
               .has_result = true,
               .replications = 1'000,
               .target_roas = target,
               .reaches_target = {.value = .25, .error = .01, .low = .22, .high = .28},
               .median_roas = 2.5,
               .median_roas_error = .05,
               .cohort_expected_shortfall = {.value = 1'234.5, .low = -INFINITY, .high = 2e3}};
  return one;
}

}  // namespace

TEST_CASE("an index has a line for each run and a column for each key", "[report][batch]") {
  BatchRow first = row("a", 3);
  first.values = {{"x.budget", "5"}, {"x.pacing", "\"even, or so\""}};
  BatchRow second{.name = "b",
                  .plan = "=cmd()",
                  .values = {{"x.discount", "-0.5"}, {"x.pacing", "\"@home\""}},
                  .status = "plan refused",
                  .reaches_target = {},
                  .cohort_expected_shortfall = {}};
  REQUIRE(batch_csv({first, second}) ==
          "name,plan,x.budget,x.pacing,x.discount,status,file,replications,failed,target_roas,"
          "probability_of_target,probability_low,probability_high,median_roas,median_roas_error,"
          "cohort_expected_shortfall,cohort_expected_shortfall_low,cohort_expected_shortfall_high\n"
          "a,p.toml,5,\"even, or so\",,done,a.h5,1000,0,3,0.25,0.22,0.28,2.5,0.05,1234.5,,2000\n"
          "b,'=cmd(),,'@home,-0.5,plan refused,,,,,,,,,,,,\n");
}

TEST_CASE("a table of a batch has the target in its head if it is one", "[report][batch]") {
  const std::string same = batch_table({row("a", 3), row("b", 3)}, {.width = 80});
  CHECK(same.find("P(ROAS >= 3)") != std::string::npos);
  CHECK(same.find("25.0 %") != std::string::npos);
  CHECK(same.find("22.0 to 28.0 %") != std::string::npos);
  CHECK(same.find("2.50 ±0.05") != std::string::npos);
  CHECK(same.find("done") == std::string::npos);
  BatchRow waiting = row("c", 3);
  waiting.has_result = false;
  waiting.status = "waiting";
  const std::string mixed = batch_table({row("a", 3), row("b", 2.5), waiting}, {.width = 80});
  CHECK(mixed.find("P(ROAS >= its target)") != std::string::npos);
  CHECK(mixed.find("waiting") != std::string::npos);
  CHECK(mixed.find("done") != std::string::npos);
}

TEST_CASE("a row of a batch has the figures of the headline", "[report][batch]") {
  const RunSummary run = read_run_summary(synthetic_result());
  const BatchRow filled = with_result({.name = "a",
                                       .plan = "",
                                       .values = {},
                                       .status = "done",
                                       .reaches_target = {},
                                       .cohort_expected_shortfall = {}},
                                      run);
  CHECK(filled.has_result);
  CHECK(filled.replications == run.replications);
  CHECK(filled.target_roas == run.target_roas);
  CHECK(filled.reaches_target.value == run.reaches_target.value);
  CHECK(filled.median_roas == run.column("cohort_roas_180").quantiles[run.share_index(.5)]);
}

}  // namespace flywheel::test
