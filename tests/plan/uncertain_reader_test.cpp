#include "plan/uncertain_reader.hpp"

#include <cmath>

#include "plan/toml_document.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr Range any_real{.low = -1e6, .high = 1e6};
constexpr Range positive{.low = 0, .high = 1e6, .without_low = true};
constexpr Range share{.low = 0, .high = 1};

PlanNode node_of(const std::string& text) {
  const TomlDocument document = parse_toml("v = " + text, "t");
  INFO(text);
  REQUIRE(document.faults.empty());
  return document.root.entries.front().node;
}

ValueRule rule_of(const Range& range, Unit unit = Unit::real) {
  return {.key = "k", .unit = unit, .range = range, .currency = "USD"};
}

Uncertain read(const std::string& text, const ValueRule& rule) {
  const Reading<WrittenUncertain> reading = read_uncertain(node_of(text), rule);
  INFO(text << (reading.index() == 1 ? ": " + to_line(std::get<Fault>(reading)) : ""));
  REQUIRE(reading.index() == 0);
  return std::get<WrittenUncertain>(reading).value;
}

std::string message(const std::string& text, const ValueRule& rule) {
  const Reading<WrittenUncertain> reading = read_uncertain(node_of(text), rule);
  INFO(text);
  REQUIRE(reading.index() == 1);
  return std::get<Fault>(reading).message;
}

}  // namespace

TEST_CASE("a certain number may be a number or text with its unit", "[plan][uncertain]") {
  REQUIRE(read("0.02", rule_of(share, Unit::share)) == fixed(0.02));
  REQUIRE(read("\"2%\"", rule_of(share, Unit::share)) == fixed(0.02));
  REQUIRE(read("1", rule_of(share, Unit::share)) == fixed(1));
}

TEST_CASE("low and high are the 5 and 95 % quantiles of the family of the domain",
          "[plan][uncertain]") {
  const Uncertain rate = read("{ low = \"10%\", high = 0.4 }", rule_of(share, Unit::share));
  const Uncertain price = read("{ low = 4, high = \"$9\" }", rule_of(positive, Unit::money));
  const Uncertain real = read("{ low = -1, high = 3 }", rule_of(any_real));
  REQUIRE(rate.family == Family::logit_normal);
  REQUIRE(price.family == Family::lognormal);
  REQUIRE(real.family == Family::normal);
  using Catch::Matchers::WithinAbs;
  REQUIRE_THAT(rate.quantile(.05), WithinAbs(.1, 1e-9));
  REQUIRE_THAT(rate.quantile(.95), WithinAbs(.4, 1e-9));
  REQUIRE_THAT(price.quantile(.05), WithinAbs(4, 1e-9));
  REQUIRE_THAT(price.median(), WithinAbs(6, 1e-9));  // the geometric mean
  REQUIRE_THAT(real.quantile(.95), WithinAbs(3, 1e-9));
  REQUIRE_THAT(real.median(), WithinAbs(1, 1e-9));
}

TEST_CASE("every family is read with the meaning of its fields", "[plan][uncertain]") {
  const ValueRule in_share = rule_of(share, Unit::share);
  const ValueRule in_real = rule_of(any_real);
  REQUIRE(read("{ family = \"beta\", mean = 0.25, n = 8 }", in_share) == beta(2, 6));
  REQUIRE(read("{ family = \"beta\", alpha = 2, beta = 98 }", in_share) == beta(2, 98));
  REQUIRE(read("{ family = \"gamma\", shape = 2, scale = 3 }", rule_of(positive)) == gamma(2, 3));
  REQUIRE(read("{ family = \"gamma\", mean = 6, shape = 2 }", rule_of(positive)) == gamma(2, 3));
  REQUIRE(read("{ median = 2, s = 0.5 }", rule_of(positive)) == lognormal(2, 0.5));
  REQUIRE(read("{ mean = 2, s = 0.5 }", rule_of(positive)) == lognormal_of_mean(2, 0.5));
  REQUIRE(read("{ family = \"lognormal\", median = 2, s = 0.5 }", rule_of(positive)) ==
          lognormal(2, 0.5));
  REQUIRE(read("{ family = \"normal\", mean = -1, sd = 2 }", in_real) == normal(-1, 2));
  REQUIRE(read("{ family = \"student_t\", df = 30, location = 1, scale = 2 }", in_real) ==
          student_t(30, 1, 2));
  REQUIRE(read("{ family = \"uniform\", low = \"10%\", high = \"30%\" }", in_share) ==
          uniform(0.1, 0.3));
  REQUIRE(read("{ family = \"triangular\", low = 1, mode = 2, high = 5 }", in_real) ==
          triangular(1, 2, 5));
  REQUIRE(read("{ family = \"pert\", low = 1, mode = 2, high = 5 }", in_real) == pert(1, 2, 5));
  REQUIRE(read("{ family = \"discrete\", values = [1, 2], weights = [3, 1] }", in_real) ==
          discrete({1, 2}, {3, 1}));
  const Uncertain logit = read("{ family = \"logit_normal\", median = 0.2, s = 0.5 }", in_share);
  REQUIRE(logit.family == Family::logit_normal);
  REQUIRE_THAT(logit.median(), Catch::Matchers::WithinAbs(0.2, 1e-12));
}

TEST_CASE("a distribution that leaves its range is refused", "[plan][uncertain]") {
  const ValueRule in_share = rule_of(share, Unit::share);
  REQUIRE(message("{ family = \"normal\", mean = 0.1, sd = 0.1 }", in_share)
              .starts_with("leaves its range (one draw in a million is below"));
  REQUIRE(message("{ median = 0.5, s = 1 }", in_share)
              .starts_with("leaves its range (one draw in a million is above"));
  REQUIRE(message("{ family = \"uniform\", low = 0.5, high = 1.5 }", in_share)
              .starts_with("leaves its range"));
  REQUIRE(message("{ family = \"discrete\", values = [0, 2], weights = [1, 1] }", in_share)
              .starts_with("leaves its range"));
  REQUIRE(message("{ family = \"discrete\", values = [0, 2], weights = [1, 1] }", rule_of(positive))
              .starts_with("leaves its range"));
  REQUIRE(message("1.5", in_share) == "is out of range; allowed is 0 to 1");
  REQUIRE(message("0", rule_of(positive)) == "is out of range; allowed is above 0, at most 1e+06");
}

TEST_CASE("a distribution that leaves its range less than once in a million is kept",
          "[plan][uncertain]") {
  // P(normal(.43, .08) < 0) = P(Z < -5.4) = 4e-8; P(normal(.43, .1) < 0) = P(Z < -4.3) = 9e-6.
  const ValueRule above_zero = rule_of({.low = 0, .high = 3});
  REQUIRE(read("{ family = \"normal\", mean = 0.43, sd = 0.08 }", above_zero).family ==
          Family::normal);
  REQUIRE(message("{ family = \"normal\", mean = 0.43, sd = 0.1 }", above_zero)
              .starts_with("leaves its range"));
}

TEST_CASE("what makes no distribution says how to write one", "[plan][uncertain]") {
  const ValueRule in_share = rule_of(share, Unit::share);
  REQUIRE(message("{ low = 0.4, high = 0.1 }", in_share) == "needs low below high");
  REQUIRE(message("{ low = 0, high = 0.1 }", in_share) == "needs low above 0 and high below 1");
  REQUIRE(message("{ low = 0, high = 5 }", rule_of(positive)) == "needs low above 0");
  REQUIRE(message("{ family = \"beta\", mean = 0.5 }", in_share) ==
          "is no distribution; write { family = \"beta\", mean = .., n = .. } or { family = "
          "\"beta\", alpha = .., beta = .. }");
  REQUIRE(message("{ family = \"beta\", mean = 1.5, n = 3 }", in_share) ==
          "needs a mean between 0 and 1, both excluded");
  REQUIRE(message("{ family = \"beta\", mean = 0.5, n = 0 }", in_share) ==
          "needs n between 0.001 and 1e9");
  REQUIRE(message("{ family = \"pert\", low = 1, mode = 0, high = 5 }", rule_of(any_real)) ==
          "needs low <= mode <= high");
  REQUIRE(message("{ median = 2, s = -1 }", rule_of(positive)) == "needs s between 0 and 10");
  REQUIRE(message("{ low = 1, hihg = 2 }", rule_of(any_real)).starts_with("is no distribution"));
  REQUIRE(message("{ low = 0.1, high = \"5 days\" }", in_share).starts_with("has a wrong unit"));
  REQUIRE(message("true", in_share).starts_with("must be a number"));
  REQUIRE(message("inf", in_share).starts_with("is not a finite number"));
}

TEST_CASE("an unknown family is answered with the nearest one", "[plan][uncertain]") {
  const Reading<WrittenUncertain> reading =
      read_uncertain(node_of("{ family = \"betta\", mean = 0.5, n = 3 }"), rule_of(share));
  REQUIRE(std::get<Fault>(reading).nearest == "beta");
}

TEST_CASE("posterior draws come from the column, row by row", "[plan][uncertain]") {
  const CsvTable table = read_csv("rate,other\n0.3,1\n0.1,2\n0.2,3\n", "draws.csv").table;
  ValueRule rule = rule_of(share, Unit::share);
  rule.posterior = &table;
  const Reading<WrittenUncertain> reading =
      read_uncertain(node_of("{ posterior = \"rate\" }"), rule);
  const auto& written = std::get<WrittenUncertain>(reading);
  REQUIRE(written.value == posterior({0.3, 0.1, 0.2}, "draws.csv"));
  REQUIRE(written.column == "rate");
}

TEST_CASE("a posterior's faults name the column, or the cell of the file", "[plan][uncertain]") {
  const CsvTable table = read_csv("rate,bad\n0.3,x\n0.1,0.5\n1.5,0.5\n", "draws.csv").table;
  ValueRule rule = rule_of(share, Unit::share);
  REQUIRE(message("{ posterior = \"rate\" }", rule) ==
          "needs a table of draws; give its CSV file as [posterior] file");
  rule.posterior = &table;
  const auto fault = [&](const char* text) {
    return std::get<Fault>(read_uncertain(node_of(text), rule));
  };
  REQUIRE(fault("{ posterior = \"rat\" }").nearest == "rate");
  REQUIRE(to_line(fault("{ posterior = \"bad\" }")) ==
          "draws.csv:2:5: k = x: is not a number; allowed is 0 to 1");
  REQUIRE(to_line(fault("{ posterior = \"rate\" }")) ==
          "draws.csv:4:1: k = 1.5: is out of range; allowed is 0 to 1");
}

TEST_CASE("every distribution is written so that it reads back bit by bit", "[plan][uncertain]") {
  const std::vector<Uncertain> all{fixed(0.1 + 0.2),
                                   normal(1.0 / 3, 0.7),
                                   lognormal(2.0 / 3, 0.3),
                                   interval90(0.1, 0.4, Domain::probability),
                                   beta(2.1, 7.3),
                                   gamma(1.7, 1.0 / 7),
                                   student_t(30.5, 0.1, 0.3),
                                   uniform(0.1, 0.7),
                                   triangular(0.1, 0.2, 0.7),
                                   pert(0.1, 0.2, 0.7),
                                   discrete({0.1, 0.3}, {1, 1.0 / 3})};
  for (const Uncertain& one : all) {
    const std::string text = uncertain_text(one, {});
    INFO(text);
    REQUIRE(read(text, rule_of(any_real)) == one);
  }
}

}  // namespace flywheel::test
