#include "app/run_progress.hpp"

#include <limits>
#include <sstream>

#include "support/catch.hpp"

namespace flywheel::test {
namespace {

class Counter : public OutcomeSink {
 public:
  Appetite take(Outcome) override { return ++taken == 4 ? Appetite::enough : Appetite::more; }
  int taken{0};
};

Outcome outcome_of(double roas) {
  Outcome outcome;
  outcome.row = {roas};
  return outcome;
}

TEST_CASE("the progress line tells rate, time left and the running chance", "[app][progress]") {
  Counter counter;
  std::ostringstream messages;
  double now = 0;
  RunProgress progress{
      {.count = 1'000, .target_roas = 3.0}, [&now] { return now; }, messages, counter};
  now = 8.0;
  REQUIRE(progress.take(outcome_of(3.0)) == Appetite::more);
  REQUIRE(progress.take(outcome_of(2.9)) == Appetite::more);
  REQUIRE(messages.str().empty());  // a line every ten seconds
  now = 10.0;
  REQUIRE(progress.take(outcome_of(5.0)) == Appetite::more);
  // 3 of 1,000 in 10 s: 0.3 a second, 997 / 0.3 s = 55 min; 2 of 3, Wilson 20.8 to 93.9 %.
  REQUIRE(messages.str() ==
          "3/1,000  0.3 a second  55 min left  P(ROAS >= 3) 66.7 % (20.8 to 93.9 %)\n");
  Outcome failed;
  failed.failed = true;
  now = 21.0;
  REQUIRE(progress.take(failed) == Appetite::enough);  // as the sink behind it says
  REQUIRE(messages.str().find("  1 failed\n") != std::string::npos);
  REQUIRE(counter.taken == 4);
}

TEST_CASE("futures without media are counted, but have no part in the running chance",
          "[app][progress]") {
  Counter counter;
  std::ostringstream messages;
  RunProgress progress{{.count = 100, .target_roas = 3.0}, [] { return 1.0; }, messages, counter};
  static_cast<void>(progress.take(outcome_of(3.5)));
  static_cast<void>(progress.take(outcome_of(std::numeric_limits<double>::quiet_NaN())));
  static_cast<void>(progress.take(outcome_of(std::numeric_limits<double>::quiet_NaN())));
  REQUIRE(progress.line().starts_with("3/100  "));
  REQUIRE(progress.line().find("P(ROAS >= 3) 100.0 % (20.7 to 100.0 %)") != std::string::npos);
}

TEST_CASE("on a terminal one line is written over and wiped at the end", "[app][progress]") {
  Counter counter;
  std::ostringstream messages;
  double now = 1.0;
  {
    RunProgress progress{
        {.every_seconds = 0.2, .rewrites_line = true}, [&now] { return now; }, messages, counter};
    static_cast<void>(progress.take(outcome_of(3.0)));
    REQUIRE(messages.str().starts_with("\r1  1 a second"));
    REQUIRE(messages.str().find('\n') == std::string::npos);
  }
  REQUIRE(messages.str().ends_with("\r"));
}

TEST_CASE("times are told in the unit that fits", "[app][progress]") {
  REQUIRE(duration_text(55.4) == "55 s");
  REQUIRE(duration_text(720) == "12 min");
  REQUIRE(duration_text(12'240) == "3.4 h");
}

}  // namespace
}  // namespace flywheel::test
