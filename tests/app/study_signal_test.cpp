// Studies that are stopped midway keep the draws that are whole.
#include <csignal>
#include <string>
#include <vector>

#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "app/signaled_program.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

struct StudyCommand {
  std::string name;
  std::string draws;   ///< option for their number
  std::string figure;  ///< of the result file, by draw
};

TEST_CASE("a signal ends a study with its whole draws on the page and in the file",
          "[app][drivers][response][loops][parallel]") {
  const auto study = GENERATE(StudyCommand{"drivers", "--draws", "/draws/first"},
                              StudyCommand{"response", "--futures", "/draws/cohort_roas_180"},
                              StudyCommand{"loops", "--replications", "/draws/contribution"});
  CAPTURE(study.name);
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const auto in_folder = [&](const char* name) { return (folder.path() / name).string(); };
  const std::string command =
      signaled_program({.signal = "TERM", .after_seconds = "5", .before = "--default-signal"},
                       study.name + " " + plan + " " + study.draws +
                           " 1000000 --threads 2 --quiet -o " + in_folder("s.h5")) +
      " > " + in_folder("page") + " 2> " + in_folder("messages");
  REQUIRE(status_of(command) == 128 + SIGTERM);
  INFO(bytes_of(in_folder("messages")));
  REQUIRE(bytes_of(in_folder("page")).size() > 200);
  const Result stopped = read_result(in_folder("s.h5"));
  const std::vector<double> kept = stopped.doubles(study.figure);

  const Called plain =
      call_program({study.name, plan, study.draws, "3", "--quiet", "-o", in_folder("w.h5")});
  REQUIRE(plain.code == ExitCode::done);
  const std::vector<double> whole = read_result(in_folder("w.h5")).doubles(study.figure);
  REQUIRE(kept.size() >= whole.size());  // a page needs three draws; a slow machine has no more
  REQUIRE(kept.size() % (whole.size() / 3) == 0);
  REQUIRE(std::vector<double>(kept.begin(), kept.begin() + std::ptrdiff_t(whole.size())) == whole);
}

TEST_CASE("a study that is stopped before three draws are whole says so",
          "[app][drivers][response][loops][parallel]") {
  const ScratchFolder folder;
  const std::string plan = write_text(folder.path() / "plan.toml", quick_plan).string();
  const std::string output = (folder.path() / "s.h5").string();
  const std::string messages = (folder.path() / "messages").string();
  // A future of this shop takes longer than the program is given.
  const std::string slow =
      " --set segment.everybody.size=50000000 --set channel.social.budget=4000000";
  const std::string command =
      signaled_program({.signal = "INT", .after_seconds = "1.5", .before = "--default-signal"},
                       "response " + plan + slow + " --threads 1 --quiet -o " + output) +
      " > /dev/null 2> " + messages;
  REQUIRE(status_of(command) == 128 + SIGINT);
  REQUIRE_THAT(bytes_of(messages),
               Catch::Matchers::Contains("fewer than three draws were finished"));
  REQUIRE_FALSE(std::filesystem::exists(output));
}

}  // namespace
}  // namespace flywheel::test
