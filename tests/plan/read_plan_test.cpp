#include "plan/read_plan.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "plan/numbers.hpp"
#include "plan/sample_plan.hpp"
#include "plan/write_plan.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

const std::filesystem::path source_folder{FLYWHEEL_SOURCE_DIR};

std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> bad_plans() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator{source_folder / "tests" / "plan" / "bad"}) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string refusal(const std::string& text) {
  const PlanReading reading = read_plan_text(text, {.name = "p"});
  REQUIRE_FALSE(reading.plan);
  return fault_lines(reading);
}

std::string warning_lines(const PlanReading& reading) {
  INFO(fault_lines(reading));
  std::string lines;
  for (const Fault& fault : reading.warnings) lines += to_line(fault) + '\n';
  return lines;
}

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

}  // namespace

TEST_CASE("every bad plan is told all its faults, one line each", "[plan][bad]") {
  const auto paths = bad_plans();
  REQUIRE(paths.size() >= 20);
  for (const std::filesystem::path& path : paths) {
    std::filesystem::path expected = path;
    expected.replace_extension(".expected");
    const PlanReading reading =
        read_plan_text(content(path), {.name = "plan.toml", .folder = path.parent_path()});
    INFO(path.filename().string());
    REQUIRE_FALSE(reading.plan);
    REQUIRE(fault_lines(reading) == content(expected));
  }
}

TEST_CASE("every fault of a plan's content has a line and a column", "[plan][bad]") {
  std::size_t told = 0;
  for (const std::filesystem::path& path : bad_plans()) {
    const PlanReading reading =
        read_plan_text(content(path), {.name = "plan.toml", .folder = path.parent_path()});
    for (const Fault& fault : reading.faults) {
      INFO(path.filename().string() << ": " << to_line(fault));
      REQUIRE(fault.place.line >= 1);
      REQUIRE(fault.place.column >= 1);
      ++told;
    }
  }
  REQUIRE(told > 60);
}

TEST_CASE("a plan without media can run, and is asked whether that is meant", "[plan][warnings]") {
  const std::string audience = "[campaign]\nstart = 2027-03-01\n[segment.all]\nsize = 1000\n";
  const PlanReading none = read_plan_text(audience, {.name = "p"});
  REQUIRE(none.plan);
  REQUIRE(warning_lines(none) ==
          "p:1:1: warning: channel: no channel: return on ad spend is undefined, but for what "
          "retargeting and brand ads spend; [channel.NAME] with a budget buys media\n");
  const PlanReading unpaid =
      read_plan_text(audience + "[channel.search]\nbudget = 0\n", {.name = "p"});
  REQUIRE(unpaid.plan);
  REQUIRE(
      warning_lines(unpaid) ==
      "p:5:10: warning: channel: no channel has any budget: return on ad spend is undefined, but "
      "for what retargeting and brand ads spend; [channel.NAME] with a budget buys media\n");
  // The first of several tables, be it on the first line.
  const std::string opening = "[channel.display]\nbudget = 0\n[channel.search]\nbudget = 0\n";
  REQUIRE(warning_lines(read_plan_text(opening + audience, {.name = "p"}))
              .starts_with("p:1:10: warning: channel: no channel has any budget"));
  REQUIRE(warning_lines(read_plan_text(audience + "[channel.search]\nbudget = 5\n", {.name = "p"}))
              .empty());
}

TEST_CASE("numbers of a loop that does not turn are told", "[plan][warnings]") {
  REQUIRE(read_sample().warnings.empty());
  REQUIRE(warning_lines(read_sample({"reputation.products=7"})) ==
          "--set: warning: reputation.products = 7: changes nothing: loops.reputation = true turns "
          "the loop on\n");
  REQUIRE(read_sample({"reputation.products=7", "loops.reputation=true"}).warnings.empty());
}

TEST_CASE("a new channel or flow with nearly a known name is asked about", "[plan][warnings]") {
  const auto warnings = [](const std::string& tables) {
    return warning_lines(read_plan_text(sample_plan() + tables, {.name = "p"}));
  };
  REQUIRE(
      warnings("[flow.thank_yuo]\n") ==
      "p:36:7: warning: flow.thank_yuo: is a new flow without defaults of its own; did you mean "
      "thank_you?\n");
  REQUIRE(
      warnings("[channel.serach]\nkind = \"search\"\nbudget = 5\n").find("did you mean search?") !=
      std::string::npos);
  REQUIRE(warnings("[flow.hallo]\n").find("is another flow than hello; did you mean that one?") !=
          std::string::npos);
  // Known names, however near to others, and names far from all.
  REQUIRE(warnings("[flow.cart]\n[flow.cart_sms]\n[flow.birthday]\n").empty());
}

TEST_CASE("a plan is refused before the TOML library can stumble over it", "[plan][bad]") {
  REQUIRE(refusal(std::string{"[campaign]\nname = \"a\0b\"\n", 24}) ==
          "p:2:10: the file holds a NUL character\n");
  REQUIRE(refusal("a = \"\xFF\"\n") ==
          "p:1:6: this byte is not UTF-8; save the file in the encoding UTF-8\n");
  // A dotted key of 400 kB overruns the stack of toml++ 3.3.0.
  std::string dotted = "a";
  for (int i = 0; i < 200'000; ++i) dotted += ".a";
  REQUIRE(refusal(dotted + " = 1\n") ==
          "p:1:4097: the line is longer than 4096 bytes; break it into several lines\n");
  REQUIRE(refusal(std::string(2'000'000, '\n')).find("larger than 1048576 bytes") !=
          std::string::npos);
  // Its assertions would end the program on these two.
  REQUIRE(refusal("[[[").starts_with("p:1:"));
  REQUIRE(refusal("[&").starts_with("p:1:"));
}

TEST_CASE("letters beyond ASCII outside quotes are told like any other", "[plan][bad]") {
  // toml++ 3.3 reaches code it takes for unreachable here (its issue 190).
  REQUIRE(refusal("a = [0.1, 0.\u0398]\n").starts_with("p:1:"));
  REQUIRE(refusal("a = 1\u0967\n").starts_with("p:1:"));
  const PlanReading reading = read_sample({"campaign.name = \"\"\"x\\ \u00A7\"\"\""});
  REQUIRE(reading.plan.has_value() == reading.faults.empty());
}

TEST_CASE("tables nested without end are one fault", "[plan][bad]") {
  std::string dotted = "a";
  for (int i = 0; i < 2000; ++i) dotted += ".a";
  const std::string lines = refusal(dotted + " = 1\n");
  REQUIRE(lines.find("nested more than 12 deep") != std::string::npos);
  REQUIRE(std::count(lines.begin(), lines.end(), '\n') == 1);
}

TEST_CASE("of very many faults the first two hundred are told, and how many more", "[plan][bad]") {
  std::string text = sample_plan();
  for (int i = 0; i < 5000; ++i) text += "[bogus" + std::to_string(i) + "]\n";
  const PlanReading reading = read_plan_text(text, {.name = "p"});
  REQUIRE(reading.faults.size() == 201);
  REQUIRE(reading.faults.back().message == "and 4800 more faults; mend these first");
}

TEST_CASE("a plan has at most 126 segments", "[plan][bad]") {
  std::string text = sample_plan();  // young and old, and 124 more
  for (int i = 3; i <= 126; ++i) text += fmt::format("[segment.s{}]\nsize = 10\n", i);
  const PlanReading most = read_plan_text(text, {.name = "p"});
  INFO(fault_lines(most));
  REQUIRE(most.plan);
  REQUIRE(most.plan->segments.size() == 126);
  const auto line = 1 + std::count(text.begin(), text.end(), '\n');
  REQUIRE(refusal(text + "[segment.s127]\nsize = 10\n").starts_with(fmt::format("p:{}:", line)));
  REQUIRE(refusal(text + "[segment.s127]\nsize = 10\n")
              .ends_with(": segment.s127: a plan has at most 126 tables [segment.NAME]\n"));
}

TEST_CASE("a channel needs a segment that clicks", "[plan][bad]") {
  const std::vector<std::string> young{"segment.young.click_factor=0"};
  REQUIRE(read_sample(young).plan);  // the channel also reaches the old
  REQUIRE(read_sample({"segment.young.click_factor=0",
                       "channel.ads.segments={ young = 0.9, old = "
                       "0.1 }"})
              .plan);
  // It may click in some futures, if not in the median one.
  REQUIRE(read_sample({"segment.young.click_factor="
                       "{ family = 'discrete', values = [0, 1], weights = [3, 1] }",
                       "channel.ads.segments={ young = 1 }"})
              .plan);
  REQUIRE(fault_lines(read_sample(
              {"segment.young.click_factor=0", "channel.ads.segments={ young = 1 }"})) ==
          "--set: channel.ads.segments = { young = 1 }: nobody can click: every segment that the "
          "channel reaches has click_factor 0\n");
  const PlanReading nobody =
      read_sample({"segment.young.click_factor=0", "segment.old.click_factor=0"});
  REQUIRE(nobody.faults.size() == 1);
  REQUIRE(nobody.faults.front().key == "channel.ads");
  REQUIRE(nobody.faults.front().place.line == 10);
}

TEST_CASE("shoppers are counted in whole numbers", "[plan][bad]") {
  REQUIRE(fault_lines(read_sample({"segment.old.size=10.5"})) ==
          "--set: segment.old.size = 10.5: must be a whole number of shoppers\n");
  REQUIRE(fault_lines(read_sample({"day_zero.customers=0.25"})) ==
          "--set: day_zero.customers = 0.25: must be a whole number of shoppers\n");
  REQUIRE(read_sample({"segment.old.size=1e3", "day_zero.customers=7"}).plan);
}

TEST_CASE("a plan that is not there is a fault of the file kind", "[plan]") {
  const PlanReading reading = read_plan("/no/such/plan.toml");
  REQUIRE(reading.faults.size() == 1);
  REQUIRE(reading.faults[0].kind == FaultKind::file);
}

TEST_CASE("channels and segments keep the order in which they were written", "[plan]") {
  const PlanReading reading = read_plan_text(sample_plan() +
                                                 "[channel.zebra]\nkind = \"social\"\nbudget = 1\n"
                                                 "[channel.ant]\nkind = \"social\"\nbudget = 1\n",
                                             {.name = "p"});
  REQUIRE(reading.plan);
  REQUIRE(reading.plan->channels[0].name == "ads");
  REQUIRE(reading.plan->channels[1].name == "zebra");
  REQUIRE(reading.plan->channels[2].name == "ant");
  REQUIRE(reading.plan->segments[0].name == "young");
}

TEST_CASE("the last day of the flight decides its length, or the other way round", "[plan]") {
  REQUIRE(read_sample({"campaign.end = 2027-03-31"}).plan->campaign.flight_days == 31);
  REQUIRE(read_sample({"campaign.flight_days = 31"}).plan->campaign.end == Date{2027, 3, 31});
  REQUIRE(read_sample({"campaign.end = 2027-03-31", "campaign.flight_days = 31"}).plan);
  REQUIRE_FALSE(read_sample({"campaign.end = 2027-03-31", "campaign.flight_days = 30"}).plan);
}

TEST_CASE("a campaign lies in the years 2000 to 2199", "[plan]") {
  REQUIRE(read_sample({"campaign.start = 2199-12-01", "shock.storm.start = 2199-12-31"}).plan);
  REQUIRE_FALSE(read_sample({"campaign.start = 2200-01-01"}).plan);
  REQUIRE_FALSE(read_sample({"campaign.start = 1999-12-31"}).plan);
}

TEST_CASE("a channel's budget is spread over the flight by its pacing", "[plan]") {
  const PlanReading reading = read_sample({"channel.ads.pacing = \"front_loaded\""});
  REQUIRE(reading.plan);
  const auto& days = reading.plan->daily_budget.at(0);
  REQUIRE(days.size() == 60);
  REQUIRE_THAT(sum_of(days), Catch::Matchers::WithinRel(6000.0, 1e-12));
  REQUIRE_THAT(days.front(), Catch::Matchers::WithinRel(150.0, 1e-12));
  REQUIRE_THAT(days.back(), Catch::Matchers::WithinRel(50.0, 1e-12));
}

TEST_CASE("gaps of a media plan are warned about, paced budgets are not", "[plan][warnings]") {
  const ScratchFolder folder;
  const std::string plan =
      "[campaign]\nstart = 2027-03-01\nflight_days = 20\nmedia_plan = \"gap.csv\"\n"
      "[segment.all]\nsize = 100000\n[channel.social]\n[channel.search]\nbudget = 1000\n"
      "pacing = \"bursts\"\n";
  const auto warnings = [&](const std::string& rows) {
    std::ofstream{folder.path() / "gap.csv"} << "date,channel,amount\n" << rows;
    return warning_lines(read_plan_text(plan, {.name = "p", .folder = folder.path()}));
  };
  REQUIRE(warnings("2027-03-01,social,100\n2027-03-20,social,100\n") ==
          "gap.csv: warning: channel.social: money on 2 of 20 days; 18 without a row, which get "
          "nothing: write 0 where that is meant\n");
  std::string rows;
  for (int day = 1; day <= 20; ++day)
    rows += fmt::format("2027-03-{:02},social,{}\n", day, day % 2);
  REQUIRE(warnings(rows).empty());
}

TEST_CASE("settings stand above the plan, and later ones above earlier", "[plan][set]") {
  const PlanReading reading =
      read_sample({"channel.ads.budget=50000", "channel.ads.click_rate=1.2%",
                   "channel.ads.budget = \"$70,000\"", "campaign.start=2027-03-02",
                   "channel.ads.price={ low = 4, high = 9 }", "channel.ads.price.low = 5"});
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  REQUIRE(reading.plan->channels[0].budget == 70000);
  REQUIRE(reading.plan->channels[0].click_rate.value == fixed(0.012));
  REQUIRE(reading.plan->campaign.start == Date{2027, 3, 2});
  REQUIRE(reading.plan->channels[0].price.value == interval90(5, 9, Domain::positive));
}

TEST_CASE("a setting replaces a distribution of another form as a whole", "[plan][set]") {
  const PlanReading reading = read_sample(
      {"channel.ads.price = { low = 4, high = 9 }", "channel.ads.price = { median = 6, s = 0.2 }"});
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  REQUIRE(reading.plan->channels[0].price.value == lognormal(6, 0.2));
}

TEST_CASE("a setting changes one element of a list, be it written or a default", "[plan][set]") {
  const PlanReading untouched = read_sample({});
  const PlanReading reading =
      read_sample({"market.price_months.3=2", "market.price_months.12 = { low = 1, high = 2 }"});
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  for (std::size_t month = 0; month < 12; ++month) {
    const Number& number = reading.plan->market.price_months[month];
    const Number& before = untouched.plan->market.price_months[month];
    if (month != 2 && month != 11) REQUIRE(number.value == before.value);
    REQUIRE(number.identity == before.identity);
    REQUIRE(number.given == (month == 2 || month == 11));
  }
  REQUIRE(reading.plan->market.price_months[2].value == fixed(2));
  REQUIRE(reading.plan->market.price_months[11].value == interval90(1, 2, Domain::positive));
  const PlanReading written = read_sample(
      {"market.demand_weekdays = [1, 1, 1, 1, 1, 1, 1.5]", "market.demand_weekdays.1 = 0.5"});
  REQUIRE(written.plan->market.demand_weekdays[0].value == fixed(0.5));
  REQUIRE(written.plan->market.demand_weekdays[6].value == fixed(1.5));
}

TEST_CASE("an element that a list does not have is told", "[plan][set]") {
  REQUIRE(fault_lines(read_sample({"market.demand_weekdays.8=2"})) ==
          "--set: market.demand_weekdays = { 8 = 2 }: has no element 8; its elements are 1 to 7: "
          "monday, tuesday, wednesday, thursday, friday, saturday, sunday\n");
  REQUIRE(fault_lines(read_sample({"market.demand_weekdays.1=-2"})) ==
          "--set: market.demand_weekdays.monday = -2: is out of range; allowed is above 0, at most "
          "100\n");
  // Not one of the default, in place of the six that are written.
  REQUIRE(fault_lines(read_sample({"market.demand_weekdays = [1, 1, 1, 1, 1, 1]",
                                   "market.demand_weekdays.7=2"}))
              .starts_with("--set: market.demand_weekdays = { 7 = 2 }: must be a list of 7"));
  REQUIRE(fault_lines(read_sample({"organic.source_shares.1=0.9"})).find("the shares sum to 1.5") !=
          std::string::npos);
  REQUIRE_FALSE(read_sample({"market.demand_weekdays.0=2"}).plan);
  REQUIRE_FALSE(read_sample({"market.demand_weekdays.monday=2"}).plan);
}

TEST_CASE("a wrong setting is told as one", "[plan][set]") {
  REQUIRE(fault_lines(read_sample({"channel.ads.budgte=5"})) ==
          "--set: channel.ads.budgte = 5: unknown key; the nearest known is budget\n");
  REQUIRE(fault_lines(read_sample({"channel.ads.budget=-5"})) ==
          "--set: channel.ads.budget = -5: is out of range; allowed is 0 to 1e+12\n");
  REQUIRE(fault_lines(read_sample({"channel.ads.budget"})) ==
          "--set: \"channel.ads.budget\": write key=value\n");
  REQUIRE(fault_lines(read_sample({"a b c=1"})) ==
          "--set: \"a b c=1\": is no setting; write key=value, for example "
          "channel.search.budget=50000\n");
  REQUIRE_FALSE(read_sample({"channel.ads.budget=5\n[money]\nagency_share=0.5"}).plan);
}

TEST_CASE("rank correlations name uncertain numbers and can be set by their number", "[plan]") {
  const std::string text = sample_plan() + R"(
[[correlation]]
first = "money.gross_margin"
second = "money.return_rate"
spearman = -0.3

[[correlation]]
first = "money.gross_margin"
second = "money.shipping_share"
spearman = -0.2
)";
  const std::vector<std::string> settings{"correlation.2.spearman=0.4"};
  const PlanReading reading = read_plan_text(text, {.name = "p"}, settings);
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  REQUIRE(reading.plan->correlations.size() == 2);
  REQUIRE(reading.plan->correlations[0].first == "money.gross_margin");
  REQUIRE(reading.plan->correlations[0].spearman == -0.3);
  REQUIRE(reading.plan->correlations[1].second == "money.shipping_share");
  REQUIRE(reading.plan->correlations[1].spearman == 0.4);
  // There is no third, and numbers begin with 1.
  for (const char* wrong : {"correlation.3.spearman=0.4", "correlation.0.spearman=0.4"}) {
    const std::vector<std::string> refused{wrong};
    REQUIRE(fault_lines(read_plan_text(text, {.name = "p"}, refused))
                .starts_with("--set: correlation = { "));
  }
}

TEST_CASE("shares of a Dirichlet are gammas whose shapes are n times the share", "[plan]") {
  const PlanReading reading = read_sample(
      {"organic.source_shares = { family = \"dirichlet\", shares = [0.5, 0.2, 0.1, 0.1, 0.1], "
       "n = 40 }"});
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  const auto& shares = reading.plan->organic.source_shares;
  REQUIRE(shares[0].value.family == Family::gamma);
  REQUIRE_THAT(shares[0].value.parameters[0], Catch::Matchers::WithinRel(20.0, 1e-12));
  REQUIRE_THAT(shares[4].value.parameters[0], Catch::Matchers::WithinRel(4.0, 1e-12));
  REQUIRE(shares[4].value.parameters[1] == 1.0 / 40);
  // The default reasons: weights 40, 20, ... of 175 and n = 100.
  const auto& reasons = reading.plan->funnel.reason_shares;
  REQUIRE_THAT(reasons[0].value.parameters[0], Catch::Matchers::WithinRel(4000.0 / 175, 1e-12));
  REQUIRE_THAT(*reasons[0].value.mean(), Catch::Matchers::WithinRel(40.0 / 175, 1e-12));
}

TEST_CASE("the shipped plans are valid", "[plan][configs]") {
  for (const char* name : {"starter.toml", "three_to_one.toml", "b1.toml"}) {
    const PlanReading reading = read_plan(source_folder / "configs" / name);
    INFO(name << '\n' << fault_lines(reading));
    REQUIRE(reading.plan);
  }
}

TEST_CASE("the shipped night is valid in all its cases", "[plan][configs]") {
  const std::filesystem::path night = source_folder / "configs" / "night.toml";
  const Sweep sweep = list_cases(night);
  REQUIRE(sweep.cases.size() == 9);
  for (const SweepCase& one : sweep.cases) {
    const PlanReading reading = read_plan(night, {}, one.name);
    INFO(one.name << '\n' << fault_lines(reading));
    REQUIRE(reading.plan);
  }
}

TEST_CASE("the shipped campaign spends what its media plan says", "[plan][configs]") {
  const PlanReading reading = read_plan(source_folder / "configs" / "three_to_one.toml");
  REQUIRE(reading.plan);
  const Plan& plan = *reading.plan;
  double shoppers = 0;
  for (const SegmentPlan& segment : plan.segments) shoppers += segment.size;
  REQUIRE(plan.segments.size() == 6);
  REQUIRE(shoppers == 2'000'000);
  const std::vector<double> totals{30'000, 20'000, 50'000, 10'000, 10'000};
  REQUIRE(plan.channels.size() == totals.size());
  for (std::size_t i = 0; i < totals.size(); ++i) {
    INFO(plan.channels[i].name);
    REQUIRE(plan.daily_budget[i].size() == 60);
    REQUIRE_THAT(sum_of(plan.daily_budget[i]), Catch::Matchers::WithinAbs(totals[i], 1e-6));
  }
  REQUIRE(plan.flows.size() == 9);
  REQUIRE(reading.files.size() == 2);
  REQUIRE(reading.files[1].name == "three_to_one_media_plan.csv");
}

TEST_CASE("B1 is certain in every number that counts", "[plan][configs]") {
  const PlanReading reading = read_plan(source_folder / "configs" / "b1.toml");
  REQUIRE(reading.plan);
  for (const PlanNumber& one : list_numbers(*reading.plan)) {
    INFO(one.key);
    REQUIRE_FALSE((!one.idle && is_uncertain(one.number)));
  }
  // Prospecting: 0.2 impressions a day and prospect at 12 per thousand.
  REQUIRE_THAT(reading.plan->daily_budget[0][59], Catch::Matchers::WithinRel(2400.0, 1e-12));
  REQUIRE_THAT(reading.plan->basket.order_value.value.median(),
               Catch::Matchers::WithinRel(std::exp(4.1 + 0.5 * 0.6 * 0.6), 1e-15));
}

TEST_CASE("a plan written in full reads back as itself", "[plan][write]") {
  const std::filesystem::path folder = source_folder / "configs";
  for (const char* name : {"starter.toml", "three_to_one.toml", "b1.toml"}) {
    const PlanReading first = read_plan(folder / name);
    REQUIRE(first.plan);
    const std::string text = write_plan(*first.plan, first.given);
    const PlanReading second = read_plan_text(text, {.name = "full", .folder = folder});
    INFO(name << '\n' << fault_lines(second));
    REQUIRE(second.plan);
    REQUIRE(second.plan->daily_budget == first.plan->daily_budget);
    const auto before = list_numbers(*first.plan);
    const auto after = list_numbers(*second.plan);
    REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      INFO(before[i].key);
      REQUIRE(after[i].key == before[i].key);
      if (!before[i].idle) REQUIRE(after[i].number.value == before[i].number.value);
    }
    // Certain values too: nothing but the marks of what was given differs the second time.
    const std::string again = write_plan(*second.plan, first.given);
    REQUIRE(again == text);
  }
}

TEST_CASE("a full plan marks what was given and the basis of what was not", "[plan][write]") {
  const PlanReading reading = read_sample();
  const std::string text = write_plan(*reading.plan, reading.given);
  REQUIRE(text.find("price = 12  # given\n") != std::string::npos);
  REQUIRE(text.find("price_slope = { median = ") != std::string::npos);
  REQUIRE(text.find("# [J] no published figure\n") != std::string::npos);
  REQUIRE(text.find("# [S] Baymard") != std::string::npos);
  REQUIRE(text.find("return_probability") == std::string::npos);  // solved unless given
}

}  // namespace flywheel::test
