// A run that was ended in any way goes on by the same command, to the same bytes.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "app/signaled_program.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "results/work_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

constexpr const char* wanted = "150";

/// A plan and the result of its run that nothing disturbed.
struct Desk {
  Desk() {
    const Called called = run("whole.h5", {"--replications", wanted});
    REQUIRE(called.code == ExitCode::done);
  }

  [[nodiscard]] std::string at(const std::string& name) const {
    return (folder.path() / name).string();
  }
  [[nodiscard]] Called run(const std::string& name, std::vector<std::string> options) const {
    options.insert(options.begin(), {"run", plan.string(), "--quiet", "-o", at(name)});
    return call_program(options);
  }
  /// Plays a part and gets a signal.
  [[nodiscard]] int run_until(const std::string& signal, const std::string& after,
                              const std::string& options) const {
    return status_of(signaled_program({.signal = signal, .after_seconds = after, .before = ""},
                                      "run " + plan.string() + " -o " + at("x.h5") +
                                          " --quiet --keep-every 0.05 " + options) +
                     " 2> " + at("messages"));
  }
  [[nodiscard]] bool is_whole() const { return bytes_of(at("x.h5")) == bytes_of(at("whole.h5")); }
  [[nodiscard]] std::vector<std::filesystem::path> shards() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{at("x.h5.run/shards")}) {
      files.push_back(entry.path());
    }
    return files;
  }

  ScratchFolder folder;
  std::filesystem::path plan{write_text(folder.path() / "plan.toml", quick_plan)};
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("killed again and again, on other threads, a run comes to the same bytes",
          "[app][resume][parallel]") {
  const Desk desk;
  const std::string replications = std::string{" --replications "} + wanted;
  int kills = 0;
  int status = 0;
  do {
    const std::string threads = std::to_string(1 + kills % 3);
    // Longer and longer, since a slow machine may need a while to begin.
    const std::string after = std::to_string(0.2 + 0.1 * kills);
    status = desk.run_until("KILL", after, "--threads " + threads + replications);
    ++kills;
  } while (status == 128 + SIGKILL && kills < 60);
  INFO(kills << " starts; " << bytes_of(desk.at("messages")));
  REQUIRE(status == 0);
  REQUIRE(kills > 2);
  REQUIRE(desk.is_whole());
  REQUIRE_FALSE(std::filesystem::exists(desk.at("x.h5.run")));
  REQUIRE(holds(bytes_of(desk.at("x.h5.log.json")), "\"kept_before\": "));
}

TEST_CASE("a run whose reader goes away is finished all the same", "[app][resume][parallel]") {
  const Desk desk;
  const std::string command = std::string{"{ "} + FLYWHEEL_PROGRAM + " run " + desk.plan.string() +
                              " -o " + desk.at("x.h5") + " --replications " + wanted +
                              "; echo $? > " + desk.at("code") + "; } 2>&1 | true";
  REQUIRE(status_of("bash -c '" + command + "'") == 0);
  REQUIRE(bytes_of(desk.at("code")) == "4\n");  // the page found no reader
  REQUIRE(desk.is_whole());
}

TEST_CASE("a finished run is extended from its file", "[app][resume]") {
  const Desk desk;
  REQUIRE(desk.run("x.h5", {"--replications", "40"}).code == ExitCode::done);
  const Called longer = desk.run("x.h5", {"--replications", wanted});
  REQUIRE(longer.code == ExitCode::done);
  REQUIRE(desk.is_whole());
  REQUIRE(holds(bytes_of(desk.at("x.h5.log.json")), "\"kept_before\": 40,"));
}

TEST_CASE("what is finished beyond a result stays for a longer run", "[app][resume][parallel]") {
  const Desk desk;
  const auto finished = [&] {  // without the temporary file that a kill leaves
    std::set<std::string> names;
    if (!std::filesystem::exists(desk.at("x.h5.run/shards"))) return names;
    for (const std::filesystem::path& file : desk.shards()) {
      if (file.extension() == ".h5") names.insert(file.filename().string());
    }
    return names;
  };
  const auto kill_long_run = [&] {
    int status = 0;
    for (double after = 1; status != 128 + SIGKILL || finished().size() < 2; after *= 1.5) {
      REQUIRE(after < 60);
      status = desk.run_until("KILL", std::to_string(after), "--replications 100000");
    }
  };
  SECTION("the result was there before") {
    REQUIRE(desk.run("x.h5", {"--replications", "20"}).code == ExitCode::done);
    kill_long_run();
    const auto kept = finished();
    const Called again = desk.run("x.h5", {"--replications", "20"});
    CHECK(again.code == ExitCode::done);
    CHECK(holds(again.messages, "holds finished replications beyond these"));
    CHECK(finished() == kept);
  }
  SECTION("a shorter run makes it") {
    kill_long_run();
    const auto kept = finished();
    const Called shorter = desk.run("x.h5", {"--replications", "5"});
    CHECK(shorter.code == ExitCode::done);
    CHECK(holds(shorter.messages, "holds finished replications beyond these"));
    CHECK(finished() == kept);
  }
  SECTION("a merge makes it") {
    for (const char* part : {"1/2", "2/2"}) {
      REQUIRE(desk.run("x.h5", {"--replications", "5", "--shard", part}).code == ExitCode::done);
    }
    kill_long_run();
    const auto kept = finished();
    const Called merged = call_program({"merge", "--quiet", "-o", desk.at("x.h5"),
                                        desk.at("x.1-of-2.run"), desk.at("x.2-of-2.run")});
    CHECK(merged.code == ExitCode::done);
    CHECK(holds(merged.messages, "holds finished replications beyond these"));
    CHECK(finished() == kept);
  }
  REQUIRE(desk.run("x.h5", {"--replications", wanted}).code == ExitCode::done);
  CHECK(desk.is_whole());
}

TEST_CASE("a shard that says it is far beyond by its name alone keeps no folder",
          "[app][resume][parallel]") {
  const Desk desk;
  while (desk.run_until("TERM", "1.5", "--replications 100000") != 128 + SIGTERM ||
         desk.shards().empty()) {
  }
  for (const std::filesystem::path& shard : desk.shards()) {
    const std::string name = shard.filename().string();
    std::filesystem::rename(shard, shard.parent_path() / ("99" + name.substr(2)));
  }
  const Called done = desk.run("x.h5", {"--replications", wanted});
  CHECK(done.code == ExitCode::done);
  CHECK_FALSE(holds(done.messages, "beyond"));
  CHECK(holds(done.messages, "went to quarantine"));
  CHECK(desk.is_whole());
  CHECK_FALSE(std::filesystem::exists(desk.at("x.h5.run")));
}

TEST_CASE("a disk that takes no more ends a run, which goes on once it does",
          "[app][resume][parallel]") {
  const Desk desk;
  // Shards are small, the preview and the result are not: they are larger than files may be.
  const std::string run = std::string{FLYWHEEL_PROGRAM} + " run " + desk.plan.string() + " -o " +
                          desk.at("x.h5") + " --quiet --keep-every 0.05 --replications " + wanted;
  REQUIRE(status_of("bash -c 'ulimit -f 300; exec " + run + "' 2> " + desk.at("messages")) == 4);
  const std::string messages = bytes_of(desk.at("messages"));
  INFO(messages);
  REQUIRE(holds(messages, "write: File too large"));
  REQUIRE(holds(messages, "what was finished is kept in " + desk.at("x.h5.run")));
  REQUIRE_FALSE(std::filesystem::exists(desk.at("x.h5")));
  const std::size_t kept = desk.shards().size();
  REQUIRE(kept > 0);
  REQUIRE(desk.run("x.h5", {"--replications", wanted}).code == ExitCode::done);
  REQUIRE(desk.is_whole());
  REQUIRE(holds(bytes_of(desk.at("x.h5.log.json")), std::string{"\"kept_before\": "} + wanted));
}

TEST_CASE("damaged shards are played again", "[app][resume][parallel]") {
  const Desk desk;
  REQUIRE(desk.run_until("TERM", "0.8", "--replications 100000") == 128 + SIGTERM);
  const std::vector<std::filesystem::path> shards = desk.shards();
  REQUIRE(shards.size() > 3);
  std::filesystem::resize_file(shards[0], 1'000);
  std::filesystem::rename(shards[1], shards[2]);
  const Called called = desk.run("x.h5", {"--replications", wanted});
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(holds(called.messages, "warning: "));
  REQUIRE(holds(called.messages, "went to quarantine"));
  REQUIRE(desk.is_whole());
}

TEST_CASE("a work folder of another run is left as it is", "[app][resume][parallel]") {
  const Desk desk;
  REQUIRE(desk.run_until("TERM", "0.5", "--replications 100000") == 128 + SIGTERM);
  const std::size_t shards = desk.shards().size();
  const Called other = desk.run("x.h5", {"--replications", wanted, "--seed", "2"});
  REQUIRE(other.code == ExitCode::refused);
  REQUIRE(holds(other.messages, "x.h5.run holds another run and is left as it is"));
  REQUIRE(holds(other.messages, "  - seed 1\n  + seed 2\n"));
  REQUIRE(desk.shards().size() == shards);
}

TEST_CASE("a second run of the same name ends at once while the first is at work",
          "[app][resume]") {
  const Desk desk;
  const WorkFolder busy{desk.at("x.h5.run")};
  const Called called = desk.run("x.h5", {"--replications", wanted});
  REQUIRE(called.code == ExitCode::file);
  REQUIRE(holds(called.messages, "is at work here"));
}

TEST_CASE("a folder that a killed process left behind a complete file is removed",
          "[app][resume]") {
  const Desk desk;
  std::filesystem::create_directory(desk.at("whole.h5.run"));
  REQUIRE(desk.run("whole.h5", {"--replications", wanted}).code == ExitCode::done);
  REQUIRE_FALSE(std::filesystem::exists(desk.at("whole.h5.run")));
}

}  // namespace
}  // namespace flywheel::test
