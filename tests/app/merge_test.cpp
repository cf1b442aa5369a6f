// Parts of a run, played in two places, are the run.
#include <filesystem>
#include <string>
#include <vector>

#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// Three parts of a run of 40 futures, and a plan that reads a file beside it.
struct Desk {
  Desk() {
    std::filesystem::create_directory(folder.path() / "input");
    write_text(folder.path() / "input/media.csv",
               "date,channel,amount\n2027-03-01,social,300\n2027-03-03,social,150\n");
    write_text(folder.path() / "plan.toml", R"(
[campaign]
name = "parts"
start = 2027-03-01
flight_days = 14
cohort_days = 60
media_plan = "input/media.csv"
[segment.everybody]
size = 5_000
[channel.social]
)");
  }

  [[nodiscard]] std::string at(const std::string& name) const {
    return (folder.path() / name).string();
  }
  [[nodiscard]] Called run(const std::string& output, std::vector<std::string> options) const {
    options.insert(options.begin(), {"run", at("plan.toml"), "--quiet", "-o", at(output)});
    return call_program(options);
  }
  void play_part(const std::string& part, const std::string& replications = "40") const {
    const Called called = run("x.h5", {"--replications", replications, "--shard", part, "--set",
                                       "channel.social.click_rate=2%", "--keep-every", "0"});
    INFO(called.messages);
    REQUIRE(called.code == ExitCode::done);
  }
  [[nodiscard]] Called merge(const std::vector<std::string>& parts) const {
    std::vector<std::string> words{"merge", "--quiet", "-o", at("x.h5")};
    for (const std::string& part : parts) words.push_back(at("x." + part + ".run"));
    return call_program(words);
  }

  ScratchFolder folder;
};

bool holds(const Called& called, const std::string& part) {
  return called.messages.find(part) != std::string::npos;
}

const std::vector<std::string> all{"1-of-3", "2-of-3", "3-of-3"};

}  // namespace

TEST_CASE("parts merge to the bytes of the run, wherever its plan is now", "[app][merge]") {
  const Desk desk;
  REQUIRE(desk.run("whole.h5", {"--replications", "40", "--set", "channel.social.click_rate=2%"})
              .code == ExitCode::done);
  for (const char* part : {"3/3", "1/3", "2/3"}) desk.play_part(part);
  std::filesystem::remove_all(desk.at("input"));
  std::filesystem::remove(desk.at("plan.toml"));
  const Called called = desk.merge({"3-of-3", "1-of-3", "2-of-3"});
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(bytes_of(desk.at("x.h5")) == bytes_of(desk.at("whole.h5")));
  REQUIRE_FALSE(std::filesystem::exists(desk.at("x.h5.run")));
  const Called again = desk.merge(all);
  CHECK(again.code == ExitCode::done);
  CHECK(holds(again, "is already complete"));
}

TEST_CASE("parts that are no whole run are refused", "[app][merge]") {
  const Desk desk;
  for (const char* part : {"1/3", "2/3", "3/3"}) desk.play_part(part);
  const Called gap = desk.merge({"1-of-3", "3-of-3"});
  CHECK(gap.code == ExitCode::refused);
  CHECK(holds(gap, "part 2/3 is missing (replications 14 to 26): play it with --shard 2/3"));
  const Called twice = desk.merge({"1-of-3", "2-of-3", "2-of-3", "3-of-3"});
  CHECK(twice.code == ExitCode::refused);
  CHECK(holds(twice, "are both part 2/3"));
  desk.play_part("2/4");
  const Called divisions = desk.merge({"1-of-3", "2-of-4", "3-of-3"});
  CHECK(divisions.code == ExitCode::refused);
  CHECK(holds(divisions, "they are of two divisions"));
  CHECK(desk.merge({"1-of-9"}).code == ExitCode::file);
  REQUIRE_FALSE(std::filesystem::exists(desk.at("x.h5")));
  REQUIRE_FALSE(std::filesystem::exists(desk.at("x.h5.run")));
}

TEST_CASE("parts of another run are refused", "[app][merge]") {
  const Desk desk;
  for (const char* part : {"1/3", "3/3"}) desk.play_part(part);
  REQUIRE(desk.run("x.h5", {"--replications", "40", "--shard", "2/3", "--seed", "2", "--set",
                            "channel.social.click_rate=2%"})
              .code == ExitCode::done);
  const Called called = desk.merge(all);
  CHECK(called.code == ExitCode::refused);
  CHECK(holds(called, "2-of-3.run is of another run than"));
  CHECK(holds(called, "+ seed 2"));
}

TEST_CASE("a part that lost something is named, and played again", "[app][merge]") {
  const Desk desk;
  for (const char* part : {"1/3", "2/3", "3/3"}) desk.play_part(part);
  std::filesystem::path shard = desk.at("x.2-of-3.run/shards");
  shard = std::filesystem::directory_iterator { shard } -> path();
  std::filesystem::resize_file(shard, 3'000);
  const Called called = desk.merge(all);
  CHECK(called.code == ExitCode::file);
  CHECK(holds(called, "went to quarantine"));
  CHECK(holds(called, "x.2-of-3.run: replications "));
  CHECK_FALSE(std::filesystem::exists(desk.at("x.h5.run")));
  desk.play_part("2/3");
  REQUIRE(desk.merge(all).code == ExitCode::done);
}

TEST_CASE("a part is gone on with as the same part only", "[app][merge]") {
  const Desk desk;
  desk.play_part("1/3");
  const Called other = desk.run(
      "x.h5", {"--replications", "41", "--shard", "1/3", "--set", "channel.social.click_rate=2%"});
  CHECK(other.code == ExitCode::refused);
  CHECK(holds(other, "- part 1/3 of 40 replications"));
  CHECK(desk.run("x.h5", {"--shard", "1/3", "--precision", "5%"}).code == ExitCode::usage);
  CHECK(desk.run("x.h5", {"--shard", "1/3", "--time", "5"}).code == ExitCode::usage);
}

}  // namespace flywheel::test
