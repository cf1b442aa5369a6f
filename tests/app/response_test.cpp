#include "app/response.hpp"

#include <nlohmann/json.hpp>

#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

TEST_CASE("response stores what it prints, the same on any number of threads",
          "[app][response][parallel]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const auto response = [&](const std::string& name, const std::string& threads) {
    return call_program({"response", plan, "--futures", "5", "--factors", "2,0.5,1,4", "--threads",
                         threads, "--json", "--quiet", "-o", (folder.path() / name).string()});
  };
  const Called called = response("1.h5", "1");
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(response("3.h5", "3").code == ExitCode::done);
  REQUIRE((bytes_of(folder.path() / "1.h5") == bytes_of(folder.path() / "3.h5")));
  const Result result = read_result(folder.path() / "1.h5");
  const auto page = nlohmann::json::parse(called.results);
  REQUIRE(page["draws"] == 5);
  REQUIRE(result.doubles("/response/factor") == std::vector<double>{0.5, 1.0, 2.0, 4.0});
  for (std::size_t factor = 0; factor < 4; ++factor) {
    REQUIRE(page["factors"][factor]["media_spend"].get<double>() ==
            result.doubles("/response/media_spend")[factor]);
  }
  REQUIRE(page["factors"][3]["media_spend"] > page["factors"][2]["media_spend"]);
  REQUIRE(result.shape("/draws/cohort_roas_180") == std::vector<std::size_t>{5, 4});
  // A name that is taken is left alone.
  const Called again = response("1.h5", "1");
  REQUIRE(again.code == ExitCode::file);
  REQUIRE(again.results.empty());
  REQUIRE(again.messages.find("flywheel response: ") == 0);
  REQUIRE(again.messages.find("exists already and is left as it is") != std::string::npos);
}

TEST_CASE("the budget as it is brings in a response what a run says", "[app][response]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const auto in_folder = [&](const char* name) { return (folder.path() / name).string(); };
  REQUIRE(call_program({"run", plan, "--replications", "4", "--seed", "8", "--quiet", "-o",
                        in_folder("run.h5")})
              .code == ExitCode::done);
  REQUIRE(call_program({"response", plan, "--futures", "4", "--seed", "8", "--quiet", "-o",
                        in_folder("response.h5")})
              .code == ExitCode::done);
  const Result run = read_result(in_folder("run.h5"));
  const Result response = read_result(in_folder("response.h5"));
  const std::vector<double> roas = run.doubles("/replications/cohort_roas_180");
  const std::vector<double> drawn = response.doubles("/draws/cohort_roas_180");
  REQUIRE(response.doubles("/response/factor").at(3) == 1.0);
  for (std::size_t draw = 0; draw < 4; ++draw) REQUIRE(drawn.at(draw * 7 + 3) == roas.at(draw));
}

TEST_CASE("a plan that spends nothing has no response", "[app][response]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const Called called =
      call_program({"response", plan, "--futures", "3", "--quiet", "--set",
                    "channel.social.budget=0", "--set", "channel.search.budget=0", "--set",
                    "retargeting.enabled=false", "--set", "retargeting.budget=0"});
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::failed);
  REQUIRE(called.results.empty());
  REQUIRE(called.messages ==
          "flywheel response: fewer than three draws spend something on media in all their "
          "futures: where nothing is spent ROAS is undefined, and there is no response to tell\n");
}

TEST_CASE("options of response are read strictly", "[app][response]") {
  const auto message = [](const std::string& option, const std::string& value) {
    const Called called = call_program({"response", "no_such_plan.toml", option, value});
    REQUIRE(called.code == ExitCode::usage);
    return called.messages.substr(0, called.messages.find('\n'));
  };
  CHECK(message("--futures", "2") == "--futures: 2 is no whole number from 3 to 1000000");
  CHECK(message("--factors", "1,2,3") ==
        "--factors: a curve takes four factors or more on the budgets, 0.5,1,1.5,2 for example");
  CHECK(message("--factors", "1,2,1,3") == "--factors: 1 is there twice");
  CHECK(message("--factors", "0,1,2,3") == "--factors: 0 is no number above 0 and up to 1000");
  CHECK(message("--factors", "1,2,3,1001") ==
        "--factors: 1001 is no number above 0 and up to 1000");
  CHECK(message("--factors", "1,x,2,3") == "--factors: x is no number above 0 and up to 1000");
  CHECK(message("--factors", "1,2,3,") == "--factors: nothing is no number above 0 and up to 1000");
  CHECK(read_factors("3, 0.5,1,1e-3") == std::vector<double>{0.001, 0.5, 1.0, 3.0});
  CHECK(call_program({"response", "no_such_plan.toml"}).code == ExitCode::file);
}

}  // namespace
}  // namespace flywheel::test
