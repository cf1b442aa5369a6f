#include "app/loops.hpp"

#include <nlohmann/json.hpp>

#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "plan/loops.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

TEST_CASE("loops stores what it prints, the same on any number of threads",
          "[app][loops][parallel]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const auto loops = [&](const std::string& name, const std::string& threads) {
    return call_program({"loops", plan, "--replications", "4", "--threads", threads, "--set",
                         "loops.feedback=true", "--set", "retargeting.budget=100", "--json",
                         "--quiet", "-o", (folder.path() / name).string()});
  };
  const Called called = loops("1.h5", "1");
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(loops("3.h5", "3").code == ExitCode::done);
  REQUIRE((bytes_of(folder.path() / "1.h5") == bytes_of(folder.path() / "3.h5")));
  const Result result = read_result(folder.path() / "1.h5");
  const auto page = nlohmann::json::parse(called.results);
  REQUIRE(page["draws"] == 4);
  // The quick plan has no offer and no referral section; all other new loops are off.
  REQUIRE(result.texts("/loops/loop") ==
          std::vector<std::string>{"feedback", "retargeting", "messages"});
  const std::string left_out = page["left_out"];
  REQUIRE(left_out.find("targeting (off)") != std::string::npos);
  REQUIRE(left_out.find("offers (no offer)") != std::string::npos);
  for (std::size_t loop = 0; loop < 3; ++loop) {
    REQUIRE(page["figures"][1]["loops"][loop]["alone"].get<double>() ==
            result.doubles("/loops/contribution_alone")[loop]);
  }
  REQUIRE(result.shape("/draws/contribution") == std::vector<std::size_t>{4, 8});
  // A name that is taken is left alone.
  const Called again = loops("1.h5", "1");
  REQUIRE(again.code == ExitCode::file);
  REQUIRE(again.messages.find("flywheel loops: ") == 0);
  REQUIRE(again.messages.find("exists already and is left as it is") != std::string::npos);
}

TEST_CASE("worlds of loops are runs of the plan with these loops", "[app][loops]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml",
                                      std::string{quick_plan} + "[retargeting]\nbudget = 100\n")
                               .string();
  const auto in_folder = [&](const std::string& name) { return (folder.path() / name).string(); };
  REQUIRE(call_program({"loops", plan, "--replications", "3", "--seed", "8", "--quiet", "-o",
                        in_folder("loops.h5")})
              .code == ExitCode::done);
  const Result loops = read_result(in_folder("loops.h5"));
  const std::vector<std::string> worlds = loops.texts("/draws/world");
  REQUIRE(worlds == std::vector<std::string>{"all", "none", "without retargeting",
                                             "only retargeting", "without messages",
                                             "only messages"});
  const std::vector<double> drawn = loops.doubles("/draws/contribution");
  const auto check = [&](std::size_t world, const std::vector<std::string>& options) {
    CAPTURE(worlds[world]);
    const std::string name = in_folder("run" + std::to_string(world) + ".h5");
    std::vector<std::string> words{"run", plan, "--replications", "3", "--seed", "8", "--quiet",
                                   "-o",  name};
    words.insert(words.end(), options.begin(), options.end());
    REQUIRE(call_program(words).code == ExitCode::done);
    const std::vector<double> run = read_result(name).doubles("/replications/contribution");
    for (std::size_t draw = 0; draw < 3; ++draw) CHECK(drawn.at(draw * 6 + world) == run.at(draw));
  };
  check(0, {});
  check(2, {"--without", "retargeting"});
  check(5, {"--only", "messages"});
}

TEST_CASE("the page of loops is for people", "[app][loops]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const Called called = call_program({"loops", plan, "--replications", "3", "--quiet"});
  REQUIRE(called.code == ExitCode::done);
  CHECK(called.results.find("Taken away") != std::string::npos);
  CHECK(called.results.find("\nmessages ") != std::string::npos);
}

TEST_CASE("a plan in which no loop does anything has nothing to value", "[app][loops]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const Called called = call_program(
      {"loops", plan, "--replications", "3", "--quiet", "--without", "retargeting,messages"});
  CHECK(called.code == ExitCode::refused);
  CHECK(called.results.empty());
  CHECK(called.messages ==
        "flywheel loops: no loop of the plan does anything; turn one on, by --set "
        "loops.targeting=true for example\n");
}

TEST_CASE("options of loops are read strictly", "[app][loops]") {
  const Called few = call_program({"loops", "no_such_plan.toml", "--replications", "2"});
  CHECK(few.code == ExitCode::usage);
  CHECK(few.messages.find("--replications: 2 is no whole number from 3 to 1000000") == 0);
  CHECK(call_program({"loops", "no_such_plan.toml"}).code == ExitCode::file);
}

}  // namespace
}  // namespace flywheel::test
