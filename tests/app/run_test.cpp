#include "app/run.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>

#include "analysis/stopping.hpp"
#include "app/called_program.hpp"
#include "app/run_plan.hpp"
#include "app/signaled_program.hpp"
#include "results/result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// A folder with the quick plan in it.
struct Desk {
  ScratchFolder folder;
  std::filesystem::path plan = write_text(folder.path() / "plan.toml", quick_plan);
  [[nodiscard]] std::string at(const std::string& name) const {
    return (folder.path() / name).string();
  }
  [[nodiscard]] Called run(const std::string& output, std::vector<std::string> words) const {
    std::vector<std::string> all{"run", plan.string(), "-o", at(output)};
    all.insert(all.end(), words.begin(), words.end());
    return call_program(all);
  }
};

std::size_t rows_of(const std::string& path) {
  return read_result(path).shape("/replications/replication").at(0);
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a result file has the same bytes on any number of threads", "[app][run][parallel]") {
  const Desk desk;
  std::string first;
  for (const char* threads : {"1", "2", "3", "8"}) {
    const std::string name = std::string{threads} + ".h5";
    const Called called = desk.run(name, {"--replications", "30", "--threads", threads, "--quiet"});
    INFO(called.messages);
    REQUIRE(called.code == ExitCode::done);
    const std::string bytes = bytes_of(desk.at(name));
    if (first.empty()) first = bytes;
    REQUIRE_FALSE(bytes.empty());
    REQUIRE((bytes == first));
  }
}

TEST_CASE("a plan without media is played, and its result says that ROAS is undefined",
          "[app][run][media]") {
  const Desk desk;
  const std::vector<std::string> words{"--replications", "12",
                                       "--set",          "channel.social.budget=0",
                                       "--set",          "channel.search.budget=0",
                                       "--set",          "channel.search.brand_share=0",
                                       "--set",          "retargeting.enabled=false"};
  const Called called = desk.run("none.h5", words);
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(holds(called.messages, "warning: channel: no channel has any budget"));
  REQUIRE(holds(called.results, "return on ad spend is undefined: none of 12 futures"));
  const Result result = read_result(desk.at("none.h5"));
  REQUIRE(result.integers("/replications/failed") == std::vector<std::int64_t>(12, 0));
  REQUIRE(result.doubles("/replications/media_spend") == std::vector<double>(12, 0.0));
  for (const double roas : result.doubles("/replications/cohort_roas_180")) {
    REQUIRE(std::isnan(roas));
  }
  for (const double revenue : result.doubles("/replications/gross_revenue")) REQUIRE(revenue > 0);
  const Called page = call_program({"summary", desk.at("none.h5")});
  REQUIRE(page.code == ExitCode::done);
  REQUIRE(holds(page.results, "contribution of all customers"));
  REQUIRE_FALSE(holds(page.results, "nan"));
  REQUIRE(holds(desk.run("none.h5", words).messages, "is already complete"));
}

TEST_CASE("a plan without channels is played", "[app][run][media]") {
  const Desk desk;
  const std::string plan =
      write_text(desk.folder.path() / "organic.toml",
                 "[campaign]\nstart = 2027-03-01\nflight_days = 14\ncohort_days = 60\n"
                 "[segment.all]\nsize = 5_000\n[flow.cart]\n[organic]\nvisits_per_day = 20\n"
                 "[retargeting]\nenabled = false\n")
          .string();
  REQUIRE(call_program({"validate", plan}).code == ExitCode::done);
  const Called called =
      call_program({"run", plan, "-o", desk.at("organic.h5"), "--replications", "5"});
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  const Result result = read_result(desk.at("organic.h5"));
  const std::vector<double> visits = result.doubles("/replications/organic_visits");
  const std::vector<double> by_source = result.doubles("/replications/organic_visits_by_source");
  REQUIRE(by_source.size() == 25);
  for (std::size_t row = 0; row < 5; ++row) {
    REQUIRE(visits[row] > 100);
    double sum = 0;
    for (std::size_t source = 0; source < 5; ++source) sum += by_source[5 * row + source];
    REQUIRE(sum == visits[row]);
  }
}

TEST_CASE("targets that no future can meet are told beside the headline", "[app][run]") {
  const Desk desk;
  const Called called =
      desk.run("1.h5", {"--replications", "8", "--set", "audience.incremental_share=5%", "--set",
                        "audience.intent_loading_limit=0.5"});
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(holds(called.results, "\n- audience.incremental_share"));
  REQUIRE(holds(called.results, "audience.intent_loading_limit"));
  REQUIRE(read_result(desk.at("1.h5")).doubles("/replications/incremental_share_missed") ==
          std::vector<double>(8, 1.0));
}

TEST_CASE("another seed is another run", "[app][run]") {
  const Desk desk;
  REQUIRE(desk.run("1.h5", {"--replications", "10", "--seed", "1", "--quiet"}).code ==
          ExitCode::done);
  REQUIRE(desk.run("2.h5", {"--replications", "10", "--seed", "2", "--quiet"}).code ==
          ExitCode::done);
  REQUIRE(read_result(desk.at("1.h5")).doubles("/replications/cohort_roas_180") !=
          read_result(desk.at("2.h5")).doubles("/replications/cohort_roas_180"));
}

TEST_CASE("what makes a run this run is told line by line", "[app][run]") {
  const Desk desk;
  REQUIRE(desk.run("r.h5", {"--replications", "2", "--seed", "11", "--freeze", "market,shoppers",
                            "--quiet"})
              .code == ExitCode::done);
  const auto lines = read_result(desk.at("r.h5")).texts("/provenance/run");
  const auto line = [&](const std::string& opening) {
    return std::count_if(lines.begin(), lines.end(),
                         [&](const std::string& one) { return one.starts_with(opening); });
  };
  REQUIRE(line("seed 11") == 1);
  REQUIRE(line("frozen levels market,shoppers") == 1);
  REQUIRE(line("numerics ") == 1);
  for (const char* word : {"plan sha256 ", "program ", "commit ", "result format ", "generator "}) {
    REQUIRE(line(word) == 1);
  }
}

TEST_CASE("more replications begin with those of the shorter run", "[app][run]") {
  const Desk desk;
  REQUIRE(desk.run("r.h5", {"--replications", "10", "--quiet"}).code == ExitCode::done);
  const auto few = read_result(desk.at("r.h5")).doubles("/replications/contribution");
  REQUIRE(desk.run("r.h5", {"--replications", "20", "--quiet"}).code == ExitCode::done);
  const auto many = read_result(desk.at("r.h5")).doubles("/replications/contribution");
  REQUIRE(many.size() == 20);
  REQUIRE(std::equal(few.begin(), few.end(), many.begin()));
}

TEST_CASE("a complete result is not played again", "[app][run]") {
  const Desk desk;
  REQUIRE(desk.run("r.h5", {"--replications", "10", "--quiet"}).code == ExitCode::done);
  const std::string before = bytes_of(desk.at("r.h5"));
  const auto written = std::filesystem::last_write_time(desk.at("r.h5"));
  const Called called = desk.run("r.h5", {"--replications", "8"});
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(holds(called.messages, "is already complete: 10 replications"));
  REQUIRE(holds(called.results, "quick: in "));
  REQUIRE((bytes_of(desk.at("r.h5")) == before));
  REQUIRE(std::filesystem::last_write_time(desk.at("r.h5")) == written);
}

TEST_CASE("a file of another run is left alone, and the difference is told", "[app][run]") {
  const Desk desk;
  REQUIRE(desk.run("r.h5", {"--replications", "5", "--quiet"}).code == ExitCode::done);
  const std::string before = bytes_of(desk.at("r.h5"));
  const Called seed = desk.run("r.h5", {"--replications", "9", "--seed", "7", "--quiet"});
  REQUIRE(seed.code == ExitCode::refused);
  REQUIRE(holds(seed.messages, "  - seed 1\n"));
  REQUIRE(holds(seed.messages, "  + seed 7\n"));
  REQUIRE(seed.messages.ends_with("\ngive another file by -o, or remove this one\n"));
  const Called plan =
      desk.run("r.h5", {"--replications", "9", "--set", "channel.social.budget=401", "--quiet"});
  REQUIRE(plan.code == ExitCode::refused);
  REQUIRE(holds(plan.messages, "+ plan sha256 "));
  REQUIRE_FALSE(holds(plan.messages, "- seed"));
  REQUIRE(desk.run("r.h5", {"--replications", "9", "--freeze", "market", "--quiet"}).code ==
          ExitCode::refused);
  REQUIRE((bytes_of(desk.at("r.h5")) == before));
}

TEST_CASE("what is no result is never written over", "[app][run]") {
  const Desk desk;
  write_text(desk.at("notes.txt"), "mine");
  const Called called = desk.run("notes.txt", {"--replications", "2", "--quiet"});
  REQUIRE(called.code == ExitCode::file);
  REQUIRE(bytes_of(desk.at("notes.txt")) == "mine");
  REQUIRE(desk.run("no/such/folder.h5", {"--replications", "2", "--quiet"}).code == ExitCode::file);
}

TEST_CASE("a folder that takes no file is found out before anything is played", "[app][run]") {
  const Desk desk;
  // Root may write to /proc by its permissions, and still makes no file there.
  const Called called =
      call_program({"run", desk.plan.string(), "-o", "/proc/flywheel.h5", "--replications", "2"});
  INFO(called.messages);
  CHECK(called.code == ExitCode::file);
  CHECK(holds(called.messages, "/proc"));
  CHECK_FALSE(holds(called.messages, "replications in"));
}

TEST_CASE("a run ends at the same replication for its precision on any number of threads",
          "[app][run][parallel]") {
  const Desk desk;
  const auto precise = [&](const std::string& name, const std::string& threads) {
    const Called called = desk.run(name, {"--precision", "9%", "--threads", threads, "--quiet",
                                          "--set", "campaign.target_roas=50"});
    INFO(called.messages);
    REQUIRE(called.code == ExitCode::done);
    return rows_of(desk.at(name));
  };
  const std::size_t rows = precise("1.h5", "1");
  REQUIRE(precise("2.h5", "2") == rows);
  REQUIRE((bytes_of(desk.at("1.h5")) == bytes_of(desk.at("2.h5"))));
  const PrecisionRule rule{{.half_width = 0.09}};
  const auto look = rule.first_precise_look(
      read_result(desk.at("1.h5")).doubles("/replications/cohort_roas_180"), 50.0);
  REQUIRE(look.has_value());
  REQUIRE(look->tries.trials == rows);
  // The same command finds the goal met.
  REQUIRE(
      holds(desk.run("1.h5", {"--precision", "9%", "--quiet", "--set", "campaign.target_roas=50"})
                .messages,
            "already complete"));
}

TEST_CASE("a run that meets its limit before its precision says so, every time", "[app][run]") {
  const Desk desk;
  const std::vector<std::string> words{"--precision", "9%", "--replications", "20", "--quiet"};
  const Called called = desk.run("few.h5", words);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(holds(called.messages, "flywheel run: precision not met: P(ROAS >= 3) is known to ±"));
  REQUIRE(holds(called.messages, "after 20 futures; --replications "));
  REQUIRE(holds(desk.run("few.h5", words).messages, "precision not met: P(ROAS >= 3)"));
  const Called timed = desk.run("time.h5", {"--precision", "0.1%", "--time", "0.5 seconds"});
  REQUIRE(timed.code == ExitCode::done);
  REQUIRE(holds(timed.messages, "give it more --time\n"));
  // A limit that the precision does not need is not met.
  const Called wide =
      desk.run("wide.h5", {"--precision", "9%", "--set", "campaign.target_roas=50"});
  REQUIRE(holds(wide.messages, "ended by: precision"));
  REQUIRE_FALSE(holds(wide.messages, "not met"));
  REQUIRE_FALSE(holds(desk.run("plain.h5", {"--replications", "1"}).messages, "not met"));
  REQUIRE(holds(desk.run("one.h5", {"--replications", "1"}).messages, "\n1 replication in "));
}

TEST_CASE("a precision that no future can serve is told", "[app][run][media]") {
  const Desk desk;
  const Called called =
      desk.run("none.h5", {"--precision", "30%", "--quiet", "--set", "channel.social.budget=0",
                           "--set", "channel.search.budget=0", "--set",
                           "channel.search.brand_share=0", "--set", "retargeting.enabled=false"});
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(holds(called.messages,
                "precision not met: none of 200 futures spent anything on media, so none has"));
}

TEST_CASE("frozen levels stand still in the file", "[app][run]") {
  const Desk desk;
  REQUIRE(desk.run("all.h5",
                   {"--replications", "4", "--quiet", "--freeze", "parameters,market,shoppers"})
              .code == ExitCode::done);
  const auto roas = read_result(desk.at("all.h5")).doubles("/replications/cohort_roas_180");
  for (const double value : roas) REQUIRE(value == roas.front());
  REQUIRE(desk.run("one.h5", {"--replications", "4", "--quiet", "--freeze", "parameters"}).code ==
          ExitCode::done);
  const Result one = read_result(desk.at("one.h5"));
  const auto drawn = one.doubles("/parameters/channel_social_click_rate");
  for (const double value : drawn) REQUIRE(value == drawn.front());
  REQUIRE(one.doubles("/replications/cohort_roas_180")[0] !=
          one.doubles("/replications/cohort_roas_180")[1]);
}

TEST_CASE("a run ends when its time is over and keeps what was finished", "[app][run]") {
  const Desk desk;
  const Called called = desk.run("t.h5", {"--time", "0.5 seconds"});
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(holds(called.messages, "ended by: time"));
  REQUIRE(read_result(desk.at("t.h5")).identity().complete == 1);
  const auto log = bytes_of(desk.at("t.h5.log.json"));
  REQUIRE(holds(log, "\"end\": \"time\""));
}

/// Ads as good as free for some days, more than can be counted: always, or in one of 7 futures.
const std::string always_free{"shock.free={ start = 2027-03-02, days = 5, price = 1e-300 }"};
const std::string sometimes_free{
    "shock.free={ start = 2027-03-02, days = 5, price = { family = \"discrete\", "
    "values = [1e-300, 1], weights = [1, 6] } }"};

TEST_CASE("too many failed replications end a run with its own exit code", "[app][run]") {
  const Desk desk;
  const std::vector<std::string> words{"--replications", "200",  "--failures", "3",
                                       "--quiet",        "--set"};
  const auto with = [&](const std::string& setting) {
    std::vector<std::string> all = words;
    all.push_back(setting);
    return all;
  };
  const Called some = desk.run("some.h5", with(sometimes_free));
  INFO(some.messages);
  REQUIRE(some.code == ExitCode::too_many_failed);
  REQUIRE(holds(some.messages, "ended by: too many failed"));
  REQUIRE(holds(some.messages, "more failures are borne by --failures"));
  const Result result = read_result(desk.at("some.h5.run/preview.h5"));
  REQUIRE(result.identity().complete == 0);
  const auto failed = result.integers("/replications/failed");
  REQUIRE(std::count(failed.begin(), failed.end(), 1) == 4);
  REQUIRE(failed.back() == 1);
  REQUIRE(holds(result.texts("/replications/failure").back(), "contract broken: "));
  REQUIRE(std::isnan(result.doubles("/replications/contribution").back()));
  const Called all = desk.run("all.h5", with(always_free));
  REQUIRE(all.code == ExitCode::too_many_failed);
  REQUIRE(holds(all.messages, "4 replications"));
  REQUIRE(holds(all.messages, "nothing is written"));
  REQUIRE_FALSE(std::filesystem::exists(desk.at("all.h5")));
}

TEST_CASE("a run of failures alone is none that was done, however many are borne", "[app][run]") {
  const Desk desk;
  const Called called = desk.run(
      "none.h5", {"--replications", "5", "--failures", "100", "--quiet", "--set", always_free});
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::too_many_failed);
  REQUIRE(holds(called.messages,
                "flywheel run: all replications failed (5 of 5): nothing is written\n"));
  REQUIRE_FALSE(std::filesystem::exists(desk.at("none.h5")));
}

TEST_CASE("a run whose time is over before its first replication has failed", "[app][run]") {
  const Desk desk;
  const Called called = desk.run("none.h5", {"--time", "0.000001", "--quiet"});
  INFO(called.messages);
  REQUIRE(called.code == ExitCode::failed);
  REQUIRE(
      holds(called.messages, "flywheel run: no replication was finished: nothing is written\n"));
  REQUIRE_FALSE(std::filesystem::exists(desk.at("none.h5")));
}

TEST_CASE("options that make no sense are usage errors", "[app][run]") {
  const Desk desk;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--precision", "0"},
                                                {"--precision", "60%"},
                                                {"--precision", "soon"},
                                                {"--time", "-1"},
                                                {"--time", "a while"},
                                                {"--replications", "0"},
                                                {"--freeze", "weather"},
                                                {"--threads", "-2"},
                                                {"--threads", "0"},
                                                {"--threads", "1025"},
                                                {"--seed", "-1"},
                                                {"--seed", "18446744073709551616"},
                                                {"--seed", "1e3"},
                                                {"--seed", "0x10"},
                                                {"--failures", "-1"}}) {
    const Called called = desk.run("u.h5", words);
    INFO(words[0] << ' ' << words[1]);
    REQUIRE(called.code == ExitCode::usage);
    REQUIRE_FALSE(called.messages.empty());
  }
  REQUIRE_FALSE(std::filesystem::exists(desk.at("u.h5")));
}

TEST_CASE("a number of an option is refused with its place and range", "[app][run]") {
  const Desk desk;
  REQUIRE(holds(desk.run("u.h5", {"--seed", "-1"}).messages,
                "--seed: -1 is no whole number from 0 to 18446744073709551615\n"));
  REQUIRE(holds(desk.run("u.h5", {"--threads", "0"}).messages,
                "--threads: 0 is no whole number from 1 to 1024\n"));
}

TEST_CASE("the largest seed is one like any other, and leading zeros mean nothing", "[app][run]") {
  const Desk desk;
  REQUIRE(
      desk.run("r.h5", {"--replications", "2", "--seed", "18446744073709551615", "--quiet"}).code ==
      ExitCode::done);
  const auto lines = read_result(desk.at("r.h5")).texts("/provenance/run");
  REQUIRE(std::count(lines.begin(), lines.end(), "seed 18446744073709551615") == 1);
  REQUIRE(desk.run("z.h5", {"--replications", "2", "--seed", "010", "--quiet"}).code ==
          ExitCode::done);
  const auto zeros = read_result(desk.at("z.h5")).texts("/provenance/run");
  REQUIRE(std::count(zeros.begin(), zeros.end(), "seed 10") == 1);
}

TEST_CASE("a wrong plan is refused before anything is written", "[app][run]") {
  const Desk desk;
  const Called called = desk.run("w.h5", {"--set", "channel.social.click_rate=2"});
  REQUIRE(called.code == ExitCode::refused);
  REQUIRE(holds(called.messages, "--set"));
  REQUIRE_FALSE(std::filesystem::exists(desk.at("w.h5")));
}

/// A long run that gets a signal on the way.
std::string signaled_run(const Desk& desk, const std::string& signal, const std::string& before) {
  return signaled_program({.signal = signal, .after_seconds = "1.5", .before = before},
                          "run " + desk.plan.string() + " -o " + desk.at("s.h5") +
                              " --replications 100000 --threads 2 --quiet --time 20") +
         " 2> " + desk.at("messages");
}

TEST_CASE("a signal ends a run after the replications in flight and keeps them",
          "[app][run][parallel]") {
  const Desk desk;
  const std::string signal = GENERATE("INT", "TERM", "HUP");
  const int number = signal == "INT" ? SIGINT : signal == "TERM" ? SIGTERM : SIGHUP;
  // Whoever runs the tests may ignore signals, and the program would leave that alone.
  const std::string command = signaled_run(desk, signal, "--default-signal");
  REQUIRE(status_of(command) == 128 + number);
  INFO(bytes_of(desk.at("messages")));
  const Result result = read_result(desk.at("s.h5.run/preview.h5"));
  REQUIRE(result.identity().complete == 0);
  REQUIRE(holds(bytes_of(desk.at("s.h5.run/status.json")), "\"state\": \"signal\""));
  const auto numbers = result.integers("/replications/replication");
  REQUIRE(numbers.size() > 1);
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    REQUIRE(numbers[row] == static_cast<std::int64_t>(row));
  }
  // The same command with a limit goes on to a complete file.
  REQUIRE(
      desk.run("s.h5", {"--replications", std::to_string(numbers.size() + 1), "--quiet"}).code ==
      ExitCode::done);
  REQUIRE(read_result(desk.at("s.h5")).identity().complete == 1);
  REQUIRE_FALSE(std::filesystem::exists(desk.at("s.h5.run")));
}

TEST_CASE("a signal that was ignored from the start stays ignored", "[app][run][parallel]") {
  const Desk desk;
  std::string command = signaled_run(desk, "HUP", "--ignore-signal=HUP");
  command.replace(command.find("--time 20"), 9, "--time 3 ");
  REQUIRE(status_of(command) == 0);  // ended by its time, as if nothing had happened
  REQUIRE(read_result(desk.at("s.h5")).identity().complete == 1);
}

}  // namespace
}  // namespace flywheel::test
