#include "app/summary.hpp"

#include <nlohmann/json.hpp>

#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

TEST_CASE("a plan becomes a file and the file a page", "[app][summary]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const std::string output = (folder.path() / "r.h5").string();
  const Called run = call_program({"run", plan, "-o", output, "--replications", "40"});
  REQUIRE(run.code == ExitCode::done);
  REQUIRE(run.messages.find("seed: 1") != std::string::npos);
  const Called page = call_program({"summary", output});
  REQUIRE(page.code == ExitCode::done);
  REQUIRE(page.messages.empty());
  // What the run said at its end is the head of the page.
  const std::string headline = run.results.substr(0, run.results.find("\nresult: "));
  REQUIRE(page.results.starts_with(headline));
  REQUIRE(page.results.find('\x1b') == std::string::npos);
  const Called json = call_program({"summary", output, "--json"});
  const auto values = nlohmann::json::parse(json.results);
  REQUIRE(values["replications"] == 40);
  REQUIRE(values["campaign"] == "quick");
}

TEST_CASE("a missing or foreign file is told in one line", "[app][summary]") {
  const ScratchFolder folder;
  const std::string foreign = write_text(folder.path() / "a.h5", "nothing of ours").string();
  for (const std::string& path : {foreign, (folder.path() / "none.h5").string()}) {
    const Called called = call_program({"summary", path});
    REQUIRE(called.code == ExitCode::file);
    REQUIRE(called.results.empty());
    REQUIRE(called.messages.starts_with("flywheel summary: "));
  }
}

}  // namespace
}  // namespace flywheel::test
