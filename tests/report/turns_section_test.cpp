#include "report/turns_section.hpp"

#include <cstddef>
#include <string>

#include "report/run_summary.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

TEST_CASE("turns that the flight ends in are left out: their media are of fewer days",
          "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());  // rotations begin on days 0, 2, 3, 4
  const auto last_row = [&](int flight_days) {
    run.flight_days = flight_days;
    const std::string page = turns_section(run, {.width = 80});
    const std::size_t end = page.find("\nBy whole rotations");
    return page.substr(page.rfind('\n', end - 1) + 1, 8);
  };
  CHECK(last_row(1) == "       0");
  CHECK(last_row(3) == "       0");
  CHECK(last_row(4) == "       2");
  CHECK(last_row(5) == "       3");
}

}  // namespace
}  // namespace flywheel::test
