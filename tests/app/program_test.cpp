#include "app/program.hpp"

#include <utility>

#include "app/called_program.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("a command line without sense is a usage error on the side of messages", "[app]") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"dance"},
                                                {"validate"},
                                                {"validate", "a", "--color"},
                                                {"validate", "a", "--full", "--json"},
                                                {"parameters", "--json", "--markdown"}}) {
    const Called called = call_program(words);
    REQUIRE(called.code == ExitCode::usage);
    REQUIRE(called.results.empty());
    REQUIRE_FALSE(called.messages.empty());
  }
}

TEST_CASE("an unknown command is named, with the nearest one, also when help is asked for",
          "[app]") {
  const std::string near = "flywheel: no command sumary; the nearest is summary\n";
  const std::string far =
      "flywheel: no command frobnicate; there are init, validate, run, merge, slurm-script, "
      "summary, "
      "drivers, response, loops, parameters, columns, version\n";
  for (const auto& [words, message] :
       {std::pair<std::vector<std::string>, std::string>{{"sumary"}, near},
        {{"sumary", "a.h5", "--help"}, near},
        {{"--help", "sumary"}, near},
        {{"frobnicate"}, far}}) {
    const Called called = call_program(words);
    REQUIRE(called.code == ExitCode::usage);
    REQUIRE(called.results.empty());
    REQUIRE(called.messages == message);
  }
  REQUIRE(call_program({"run", "--help"}).code == ExitCode::done);
}

TEST_CASE("help is a result and no error", "[app]") {
  const Called called = call_program({"--help"});
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(called.messages.empty());
  for (const char* command : {"init", "validate", "parameters", "version"}) {
    REQUIRE(called.results.find(command) != std::string::npos);
  }
}

TEST_CASE("results that cannot be written are a failure of the file kind", "[app]") {
  std::ostringstream results;
  std::ostringstream messages;
  results.setstate(std::ios::badbit);  // a closed pipe, a full disk
  const std::vector<std::string> words{"version"};
  REQUIRE(run_program(words, {results, messages}) == ExitCode::file);
  REQUIRE(messages.str() == "flywheel: the results could not be written\n");
}

TEST_CASE("version names the program and its libraries", "[app]") {
  const Called called = call_program({"version"});
  REQUIRE(called.code == ExitCode::done);
  for (const char* part : {"flywheel ", "compiler ", "fmt ", "CLI11 ", "nlohmann-json "}) {
    REQUIRE(called.results.find(part) != std::string::npos);
  }
}

}  // namespace flywheel::test
