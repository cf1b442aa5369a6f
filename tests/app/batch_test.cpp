// Several plans in one night: a result each, an index, and none in the way of another.
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "app/batch_estimate.hpp"
#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "app/signaled_program.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

const std::string sweep{R"(
[sweep.grid]
channel.social.budget = [200, 400]
)"};

struct Desk {
  [[nodiscard]] std::string at(const std::string& name) const {
    return (folder.path() / name).string();
  }
  [[nodiscard]] std::string plan(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path{at(name)}.parent_path());
    return write_text(at(name), text).string();
  }
  [[nodiscard]] static Called run(std::vector<std::string> words) {
    words.insert(words.begin(), {"run", "--threads", "2"});
    return call_program(words);
  }
  [[nodiscard]] std::vector<std::string> names(const std::string& below) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{at(below)}) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  ScratchFolder folder;
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a sweep and a plan make a result each, as if played alone", "[app][batch]") {
  const Desk desk;
  const std::string swept = desk.plan("swept.toml", quick_plan + sweep);
  const std::string other = desk.plan("shop/plan.toml", quick_plan);
  const Called called = Desk::run({swept, other, "-o", desk.at("night"), "--replications", "20"});
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(desk.names("night") ==
          std::vector<std::string>{"index.csv", "shop.h5", "shop.h5.log.json",
                                   "swept.budget-200.h5", "swept.budget-200.h5.log.json",
                                   "swept.budget-400.h5", "swept.budget-400.h5.log.json"});
  CHECK(holds(called.messages, "3 runs into"));
  CHECK(holds(called.messages, "[2/3] swept.budget-400"));
  CHECK(holds(called.messages, "3 of 3 runs are done"));
  CHECK(holds(called.results, "swept.budget-200"));
  const std::string index = bytes_of(desk.at("night/index.csv"));
  CHECK(holds(index, "swept.budget-200," + swept + ",200,done,swept.budget-200.h5,20,0,3,"));
  CHECK(holds(index, "shop," + other + ",,done,shop.h5,20,0,3,"));

  REQUIRE(Desk::run({swept, "--case", "budget-400", "-o", desk.at("alone.h5"), "--replications",
                     "20", "--quiet"})
              .code == ExitCode::done);
  CHECK(bytes_of(desk.at("alone.h5")) == bytes_of(desk.at("night/swept.budget-400.h5")));
  const Result result = read_result(desk.at("alone.h5"));
  CHECK(result.texts("/provenance/settings").at(0) == "channel.social.budget=400");
}

TEST_CASE("what is there is not played again, and more is played on", "[app][batch]") {
  const Desk desk;
  const std::string swept = desk.plan("swept.toml", quick_plan + sweep);
  const std::vector<std::string> words{swept, "-o", desk.at("night")};
  const auto with = [&](const char* replications) {
    std::vector<std::string> more = words;
    more.insert(more.end(), {"--replications", replications});
    return Desk::run(more);
  };
  REQUIRE(with("20").code == ExitCode::done);
  const Called again = with("20");
  CHECK(again.code == ExitCode::done);
  CHECK(holds(again.messages, "2 there already"));
  CHECK(holds(again.messages, "swept.budget-400.h5 is already complete: 20 replications"));
  const Called more = with("30");
  CHECK(more.code == ExitCode::done);
  CHECK(holds(more.messages, "10 replications and 20 from before"));
  CHECK(holds(bytes_of(desk.at("night/index.csv")), "swept.budget-200.h5,30,0,"));
}

TEST_CASE("a plan that cannot be played does not stop the others", "[app][batch]") {
  const Desk desk;
  const std::string good = desk.plan("good.toml", quick_plan);
  const std::string bad =
      desk.plan("bad.toml", std::string{quick_plan} + "[flow.nonsense2]\nx=1\n");
  const std::string taken = desk.plan("taken.toml", quick_plan);
  std::filesystem::create_directory(desk.at("night"));
  write_text(desk.at("night/taken.h5"), "no result");
  const Called called =
      Desk::run({bad, taken, good, "-o", desk.at("night"), "--replications", "10"});
  INFO(called.messages);
  CHECK(called.code == ExitCode::too_many_failed);
  CHECK(holds(called.messages, bad + ":"));
  CHECK(holds(called.messages, "1 of 3 runs are done"));
  const std::string index = bytes_of(desk.at("night/index.csv"));
  CHECK(holds(index, "bad," + bad + ",plan refused,,"));
  CHECK(holds(index, "taken," + taken + ",file or disk failed,,"));
  CHECK(holds(index, "good," + good + ",done,good.h5,10,"));
  CHECK(bytes_of(desk.at("night/taken.h5")) == "no result");
}

TEST_CASE("a batch that cannot begin makes nothing", "[app][batch]") {
  const Desk desk;
  const std::string good = desk.plan("good.toml", quick_plan);
  const std::string same = desk.plan("other/good.toml", quick_plan);
  const std::string bad = desk.plan("bad.toml", "[campaign]\n");
  const std::string swept = desk.plan("swept.toml", quick_plan + sweep);
  const Called twice = Desk::run({good, same, "-o", desk.at("night")});
  CHECK(twice.code == ExitCode::usage);
  CHECK(holds(twice.messages, "would both be"));
  CHECK(Desk::run({bad, bad + "x", "-o", desk.at("night")}).code != ExitCode::done);
  CHECK(Desk::run({good, swept, "--case", "budget-200", "-o", desk.at("night")}).code ==
        ExitCode::usage);
  CHECK_FALSE(std::filesystem::exists(desk.at("night")));
  const Called file = Desk::run({swept, "-o", good});
  CHECK(file.code == ExitCode::file);
  CHECK(holds(file.messages, "no folder for the results"));
}

TEST_CASE("an index that a killed batch left half written is removed", "[app][batch]") {
  const Desk desk;
  const std::string swept = desk.plan("swept.toml", quick_plan + sweep);
  std::filesystem::create_directory(desk.at("night"));
  // No process has a number beyond the system's most.
  write_text(desk.at("night/index.csv.2000000000.0.tmp"), "half");
  write_text(desk.at("night/index.csv.notes.tmp"), "the user's");
  REQUIRE(Desk::run({swept, "-o", desk.at("night"), "--replications", "5"}).code == ExitCode::done);
  CHECK_FALSE(std::filesystem::exists(desk.at("night/index.csv.2000000000.0.tmp")));
  CHECK(std::filesystem::exists(desk.at("night/index.csv.notes.tmp")));
}

TEST_CASE("time is shared out by what a replication costs", "[app][batch]") {
  const std::vector<MemberCost> costs{{.seconds = 1}, {.seconds = 0}, {.seconds = 3}};
  CHECK(time_share({.seconds = 100}, costs) == 25);
  CHECK(time_share({.seconds = 100, .beside = 10}, costs) == 20);
  CHECK(time_share({.seconds = 15, .beside = 10}, costs) == 0);
  CHECK(time_share({.seconds = -1}, costs) == 0);
  CHECK(time_share({.seconds = 60}, std::span{costs}.subspan(2)) == 60);
}

TEST_CASE("a batch takes the time and disk of what is not there yet", "[app][batch]") {
  const std::vector<MemberCost> costs{{.seconds = 1, .bytes = 30},
                                      {.seconds = 2, .bytes = 60, .is_there = true},
                                      {.seconds = 3, .bytes = 90}};
  RunGoal goal{};
  goal.count = 10;
  goal.range = {.first = 0, .count = 10};
  CHECK(total_seconds(costs, goal) == 40);
  CHECK(total_bytes(costs) == 10 + 30 + 90);
  goal.bounded = false;
  CHECK(total_seconds(costs, goal) == 0);
}

TEST_CASE("a signal ends a batch, which the same command goes on with", "[app][batch][parallel]") {
  const Desk desk;
  const std::string swept = desk.plan("swept.toml", quick_plan + sweep);
  const std::string words = "run --threads 2 " + swept + " -o " + desk.at("night");
  for (const char* after : {"0.25", "1.5", "3"}) {
    INFO(after);
    const int status = status_of(
        signaled_program({.signal = "TERM", .after_seconds = after, .before = "--default-signal"},
                         words + " --replications 100000 >> " + desk.at("told.txt") + " 2>&1"));
    REQUIRE(status == 128 + SIGTERM);
    const std::string told = bytes_of(desk.at("told.txt"));
    INFO(told);
    CHECK(holds(told, "the same command goes on from what is finished"));
    CHECK(holds(told, "0 of 2 runs are done"));
  }
  CHECK(holds(bytes_of(desk.at("night/index.csv")), ",200,interrupted,"));
  CHECK(holds(bytes_of(desk.at("night/index.csv")), ",400,waiting,"));
  REQUIRE(Desk::run({swept, "-o", desk.at("night"), "--replications", "40"}).code ==
          ExitCode::done);
}

TEST_CASE("a batch ends with its time, and every plan has futures by then", "[app][batch]") {
  const Desk desk;
  const std::string swept = desk.plan("swept.toml", quick_plan + sweep);
  const Called called = Desk::run({swept, "-o", desk.at("night"), "--time", "2"});
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  CHECK(holds(called.messages, "2 s are shared out"));
  CHECK(holds(called.messages, "ended by: time"));
  for (const char* name : {"swept.budget-200.h5", "swept.budget-400.h5"}) {
    CHECK_FALSE(
        read_result(desk.at("night") + '/' + name).integers("/replications/replication").empty());
  }
}

}  // namespace flywheel::test
