#include <string>

#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_CASE("one replication makes a complete result whose page knows no error", "[app][run]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const std::string result = (folder.path() / "one.h5").string();
  const Called called = call_program({"run", plan, "-o", result, "--replications", "1"});
  INFO(called.messages << called.results);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(read_result(result).identity().complete == 1);
  // Three lines of returns, six figures each, and as much for money; none claims an error of 0.
  REQUIRE(count_of(called.results, "±?") >= 18);
  REQUIRE(count_of(called.results, "±0") == 0);
  REQUIRE(count_of(called.results, "inf") == 0);
  REQUIRE(count_of(called.results, "nan") == 0);
}

}  // namespace
}  // namespace flywheel::test
