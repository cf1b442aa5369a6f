#include "app/init.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

#include "app/called_program.hpp"
#include "app/starter_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

std::filesystem::path fresh_folder() {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("flywheel_init_test_" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  return folder;
}

}  // namespace

TEST_CASE("init writes a plan that validates and says what to do next", "[app][init]") {
  const std::filesystem::path folder = fresh_folder() / "deep" / "down";
  const Called init = call_program({"init", folder.string()});
  REQUIRE(init.code == ExitCode::done);
  REQUIRE(init.messages.empty());
  REQUIRE(init.results.find("flywheel validate " + (folder / "plan.toml").string()) !=
          std::string::npos);
  const Called validate = call_program({"validate", (folder / "plan.toml").string()});
  REQUIRE(validate.code == ExitCode::done);
  std::filesystem::remove_all(fresh_folder());
}

TEST_CASE("init never writes over a plan", "[app][init]") {
  const std::filesystem::path folder = fresh_folder();
  std::filesystem::create_directories(folder);
  std::ofstream{folder / "plan.toml"} << "mine";
  const Called called = call_program({"init", folder.string()});
  REQUIRE(called.code == ExitCode::file);
  REQUIRE(called.results.empty());
  REQUIRE(called.messages ==
          (folder / "plan.toml").string() + ": exists already and is left as it is\n");
  REQUIRE(content(folder / "plan.toml") == "mine");
  std::filesystem::remove_all(folder);
}

TEST_CASE("init tells why a folder cannot be made", "[app][init]") {
  const std::filesystem::path folder = fresh_folder();
  std::filesystem::create_directories(folder);
  std::ofstream{folder / "file"} << "x";
  const Called called = call_program({"init", (folder / "file" / "below").string()});
  REQUIRE(called.code == ExitCode::file);
  REQUIRE(called.messages.find("Not a directory") != std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST_CASE("the starter in the program is the starter in configs", "[app][init]") {
  const std::filesystem::path source{FLYWHEEL_SOURCE_DIR};
  REQUIRE(content(source / "configs" / "starter.toml") == starter_plan());
}

}  // namespace flywheel::test
