#include "app/drivers.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

TEST_CASE("drivers split the variance and store what they print", "[app][drivers][parallel]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const auto drivers = [&](const std::string& name, const std::string& threads) {
    return call_program({"drivers", plan, "--draws", "12", "--threads", threads, "--json",
                         "--quiet", "-o", (folder.path() / name).string()});
  };
  const Called called = drivers("1.h5", "1");
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(drivers("3.h5", "3").code == ExitCode::done);
  REQUIRE((bytes_of(folder.path() / "1.h5") == bytes_of(folder.path() / "3.h5")));
  const Result result = read_result(folder.path() / "1.h5");
  const auto page = nlohmann::json::parse(called.results);
  REQUIRE(page["draws"] == 12);
  for (std::size_t level = 0; level < 4; ++level) {
    REQUIRE(page["split"][level]["variance"].get<double>() ==
            result.doubles("/variance_split/variance")[level]);
  }
  // Each basis has its future, and its share on the page.
  const std::vector<std::string> bases = result.texts("/basis_split/basis");
  REQUIRE(page["bases"].size() == bases.size() + 1);
  REQUIRE(result.shape("/draws/kept") == std::vector<std::size_t>{12, bases.size()});
  REQUIRE(result.doubles("/draws/kept")[0] != result.doubles("/draws/first")[0]);
  const Called nowhere = call_program({"drivers", plan, "--draws", "12", "-o", "/proc/d.h5"});
  REQUIRE(nowhere.code == ExitCode::file);
  REQUIRE(nowhere.results.empty());  // nothing was played
  // A name that is taken is left alone.
  REQUIRE(drivers("1.h5", "1").code == ExitCode::file);
}

TEST_CASE("freezing a level changes the future, draw by draw", "[app][drivers]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const std::string output = (folder.path() / "d.h5").string();
  REQUIRE(call_program({"drivers", plan, "--draws", "6", "--quiet", "-o", output}).code ==
          ExitCode::done);
  const Result result = read_result(output);
  const auto first = result.doubles("/draws/first");
  const auto frozen = result.doubles("/draws/frozen");
  // With the market frozen, and with parameters and shoppers frozen, futures differ from the first.
  for (std::size_t draw = 0; draw < first.size(); ++draw) {
    REQUIRE(frozen[draw * 6 + 1] != first[draw]);
    REQUIRE(frozen[draw * 6 + 4] != first[draw]);
  }
}

TEST_CASE("numbers of drivers are read strictly", "[app][drivers]") {
  const auto message = [](const std::string& option, const std::string& value) {
    const Called called = call_program({"drivers", "no_such_plan.toml", option, value});
    REQUIRE(called.code == ExitCode::usage);
    return called.messages.substr(0, called.messages.find('\n'));
  };
  REQUIRE(message("--seed", "-1") ==
          "--seed: -1 is no whole number from 0 to 18446744073709551615");
  REQUIRE(message("--threads", "0") == "--threads: 0 is no whole number from 1 to 1024");
  REQUIRE(message("--draws", "2") == "--draws: 2 is no whole number from 3 to 1000000");
}

}  // namespace
}  // namespace flywheel::test
