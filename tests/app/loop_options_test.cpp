#include "app/loop_options.hpp"

#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "plan/loops.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

TEST_CASE("options for loops become settings above the others", "[app][loops]") {
  CHECK(loop_settings({}).empty());
  CHECK(with_loops({"a=1"}, {.without = {"offers", "referral"}, .only = {}}) ==
        std::vector<std::string>{"a=1", "loops.offers=false", "loops.referral=false"});
  const std::vector<std::string> others = loop_settings({.without = {}, .only = {"targeting"}});
  CHECK(others.size() == loop_names().size() - 1);
  CHECK(others.front() == "loops.page_tests=false");
  CHECK(read_loops("--only", "offers, referral") == std::vector<std::string>{"offers", "referral"});
}

TEST_CASE("a name that is no loop is a fault of usage, of one line", "[app][loops]") {
  for (const std::string command : {"run", "response", "drivers", "validate"}) {
    CAPTURE(command);
    const auto message = [&](std::vector<std::string> options) {
      options.insert(options.begin(), {command, "no_such_plan.toml"});
      if (command == "run") options.insert(options.end(), {"-o", "no_such_folder/x.h5"});
      const Called called = call_program(options);
      CHECK(called.code == ExitCode::usage);
      return called.messages.substr(0, called.messages.find('\n'));
    };
    CHECK(message({"--without", "refferal"})
              .starts_with("--without: refferal is no loop; the nearest is referral; there are "
                           "targeting, page_tests, "));
    CHECK(message({"--only", "offers,"}).starts_with("--only: nothing is no loop; there are "));
    CHECK(message({"--only", "offers", "--without", "referral"}) == "--without excludes --only");
  }
}

TEST_CASE("a run without a loop is the run of the plan with the loop off", "[app][loops]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const auto run = [&](const std::string& name, std::vector<std::string> options) {
    const std::string file = (folder.path() / name).string();
    options.insert(options.begin(), {"run", plan, "--replications", "3", "--quiet", "-o", file});
    REQUIRE(call_program(options).code == ExitCode::done);
    return read_result(file);
  };
  const Result without = run("1.h5", {"--set", "loops.messages=true", "--without", "messages"});
  const Result off = run("2.h5", {"--set", "loops.messages=false"});
  CHECK(without.identity().plan_sha256 == off.identity().plan_sha256);
  CHECK(without.texts("/provenance/settings") ==
        std::vector<std::string>{"loops.messages=true\nloops.messages=false"});
  CHECK(without.doubles("/replications/contribution") == off.doubles("/replications/contribution"));
  const Result only = run("3.h5", {"--only", "retargeting", "--set", "retargeting.budget=100"});
  for (const double messages : only.doubles("/replications/messages")) CHECK(messages == 0.0);
  CHECK(only.doubles("/replications/retargeting_impressions")[0] > 0.0);
}

TEST_CASE("validate shows the plan that the options for loops make", "[app][loops]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const auto full = [&](const std::vector<std::string>& options) {
    std::vector<std::string> words{"validate", plan, "--full"};
    words.insert(words.end(), options.begin(), options.end());
    const Called called = call_program(words);
    CHECK(called.code == ExitCode::done);
    return called.results;
  };
  CHECK(full({"--without", "offers,messages"}) ==
        full({"--set", "loops.offers=false", "--set", "loops.messages=false"}));
  CHECK(full({"--without", "offers"}) != full({}));
}

TEST_CASE("loops may be given one by one, and a check of the plan names those that turn",
          "[app][loops]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const auto loops = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"validate", plan});
    const Called called = call_program(options);
    REQUIRE(called.code == ExitCode::done);
    const std::size_t begin = called.results.find("\nloops") + 1;
    return called.results.substr(begin, called.results.find('\n', begin) - begin);
  };
  CHECK(loops({"--set", "loops.reputation=true"}) == "loops that turn: reputation, messages");
  CHECK(loops({"--without", "messages", "--without", "retargeting,referral"}) ==
        "loops: none turns");
}

TEST_CASE("a loop that --only leaves on, but that changes nothing, is told", "[app][loops]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const auto messages = [&](const std::string& loop) {
    return call_program({"validate", plan, "--only", loop}).messages;
  };
  CHECK(messages("marketplace")
            .find("--only: warning: marketplace: the loop changes nothing in this plan (off): "
                  "loops.marketplace = true in the plan turns it on") != std::string::npos);
  CHECK(messages("messages").find("changes nothing") == std::string::npos);
}

}  // namespace
}  // namespace flywheel::test
