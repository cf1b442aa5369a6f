#include "report/summary_page.hpp"

#include <fstream>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/error_text.hpp"
#include "outcome/columns.hpp"
#include "report/figure_text.hpp"
#include "report/kpi_section.hpp"
#include "report/money_section.hpp"
#include "report/sensitivity_section.hpp"
#include "results/file_error.hpp"
#include "results/outcome_result.hpp"
#include "results/write_image.hpp"
#include "study/summary_group.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file{std::string{FLYWHEEL_SOURCE_DIR} + path};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("the headline page is laid out as the samples are", "[report][summary]") {
  // The samples show layout; the figures in them are those of synthetic_run.hpp, which other tests
  // derive by hand.
  const std::size_t width = GENERATE(80U, 200U);
  const std::string page = summary_page(read_run_summary(synthetic_result()), {.width = width});
  const std::string sample = text_of("/tests/report/summary_" + std::to_string(width) + ".txt");
  const std::vector<std::string> lines = lines_of(page);
  const std::vector<std::string> expected = lines_of(sample);
  for (std::size_t line = 0; line < std::min(lines.size(), expected.size()); ++line) {
    INFO("line " << line + 1);
    REQUIRE(lines[line] == expected[line]);
  }
  REQUIRE(lines.size() == expected.size());
}

TEST_CASE("no line of the page is longer than the page is wide", "[report][summary]") {
  const RunSummary run = read_run_summary(synthetic_result());
  const std::size_t width = GENERATE(60U, 80U, 100U, 119U, 120U, 200U);
  for (const std::string& line : lines_of(summary_page(run, {.width = width}))) {
    INFO(line);
    // Tables are cut in one column only, which may not be enough below 80.
    CHECK(count_characters(line) <= std::max<std::size_t>(width, 80));
  }
}

TEST_CASE("the first sentence is the chance of the target", "[report][summary]") {
  const RunSummary run = read_run_summary(synthetic_result());
  const std::string page = summary_page(run, {.width = 200});
  // 100 of 199 = 50.25 %; Wilson: (100 + 1.92) / (199 + 3.84) +- ... = 43.4 % to 57.1 %.
  CHECK(
      page.starts_with("synthetic: in 50.3 % of 199 futures net revenue within 2 days of a first "
                       "order reaches 3 USD "
                       "for each USD of media (95 % interval 43.4 % to 57.1 %)."));
}

TEST_CASE("below it stand gross returns, what pays and what ads owe to nobody",
          "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());
  for (ColumnSummary& column : run.columns) {
    if (column.name == "break_even_roas") column.quantiles[run.share_index(.5)] = 2.4;
  }
  std::string page = summary_page(run, {.width = 400});
  // 150 of 199: Wilson 68.95 to 80.83; 75 of 199: 31.25 to 44.60.
  CHECK(holds(page, "Gross of returns: 75.4 % (95 % interval 68.9 % to 80.8 %).\n"));
  CHECK(holds(page,
              "The campaign pays in 37.7 % (95 % interval 31.2 % to 44.6 %) of futures: the "
              "cohort's contribution covers its media and agency fee, that is, net ROAS reaches "
              "that future's break-even ROAS (median 2.40).\n"));
  CHECK(holds(
      page,
      "ROAS here is credited, not incremental: by the model's account 60.0 % of the first "
      "orders credited to channels would not have come without ads (mean incremental share).\n"));
  for (ColumnSummary& column : run.columns) {
    if (column.name == "break_even_roas" || column.name == "incremental_share") column.count = 0;
  }
  page = summary_page(run, {.width = 400});
  CHECK(holds(page, "break-even ROAS, which none has.\n"));
  CHECK_FALSE(holds(page, "not incremental"));
}

TEST_CASE("risk is told of the whole shop and of the campaign", "[report][summary]") {
  const RunSummary run = read_run_summary(synthetic_result());
  const std::string page = summary_page(run, {.width = 400});
  CHECK(holds(page, "VaR_5 = 891 USD"));
  CHECK(holds(page, "whole shop, minus the 5 % quantile."));
  CHECK(holds(page, "VaR_5 = 282 USD"));
  CHECK(holds(page, "campaign, minus the 5 % quantile."));
  CHECK(holds(page, "ES_5 = 405 USD"));  // 4,025 / 9.95
  // 24 of 199: Wilson 8.25 to 17.32.
  CHECK(holds(page,
              "A loss: of the whole shop in 49.7 % of futures (95 % interval 42.9 % to 56.6 %), of "
              "the campaign in 12.1 % of futures (95 % interval 8.2 % to 17.3 %)."));
}

TEST_CASE("the line of the target lies where its bin begins", "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());
  run.target_roas = 2.875;
  run.histogram = {2.0, {0.875, 2.875}, {13.0, 47.0}};
  const std::string page = summary_page(run, {.width = 80});
  const std::size_t line = page.find("── target 2.875 ");
  REQUIRE(line != std::string::npos);
  CHECK(page.substr(page.find('\n', line) + 1).starts_with("    2.875 │"));
  CHECK(page.substr(0, line).ends_with(" 13\n"));
  CHECK(holds(page, "    0.875 │"));
}

TEST_CASE("a changed source tree is told behind the commit", "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());
  const auto origin = [&](const std::string& commit) {
    run.identity.git_commit = commit;
    const std::string page = summary_page(run, {.width = 200});
    return page.substr(page.rfind('('));
  };
  CHECK(origin("0123456789abcdef0123456789abcdef01234567") == "(0123456789ab)\n");
  CHECK(origin("0123456789abcdef0123456789abcdef01234567-dirty") == "(0123456789ab-dirty)\n");
  CHECK(origin("0123456-dirty") == "(0123456-dirty)\n");
  CHECK(origin("unknown") == "(unknown)\n");
}

TEST_CASE("steps of the chain are held against the plan by their median", "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());
  run.chain = {{.name = "a step",
                .unit = 2,
                .plan = 4.0,
                .mean = 5.0,
                .mean_error = 0.5,
                .median = 3.0,
                .median_error = 0.25}};
  const std::string page = summary_page(run, {.width = 200});
  const std::string line =
      page.substr(page.find("a step"), page.find('\n', page.find("a step")) - page.find("a step"));
  std::istringstream words{line.substr(6)};
  std::string plan, median, error, ratio, mean;
  words >> plan >> median >> error >> ratio >> mean;
  CHECK(plan == "4.00");
  CHECK(median == "3.00");
  CHECK(error == "±0.250");
  CHECK(ratio == "0.75");
  CHECK(mean == "5.00");
  const auto row = nlohmann::json::parse(summary_json(run))["chain"][0];
  CHECK(row["median"] == 3.0);
  CHECK(row["median_error"] == 0.25);
  CHECK(row["mean"] == 5.0);
  CHECK(row["mean_error"] == 0.5);
}

TEST_CASE("the table of channels says how tracked orders may exceed orders", "[report][summary]") {
  const std::string page = summary_page(read_run_summary(synthetic_result()), {.width = 400});
  CHECK(holds(page, "Tracked may exceed orders: where the last touches are not seen"));
}

TEST_CASE("a repeat rate at an age beyond the horizon says so", "[report][kpi]") {
  RunSummary run = read_run_summary(synthetic_result());
  REQUIRE(run.horizon_days == 5);
  for (BreakdownSummary& one : run.breakdowns) {
    if (one.name != "repeat_rate_by_age") continue;
    one.quantiles[3].assign(run.shares.size(), std::numeric_limits<double>::quiet_NaN());
    one.quantiles[4] = one.quantiles[3];
  }
  const auto line = [&](int horizon, const std::string& begin) {
    run.horizon_days = horizon;
    for (const std::string& one : lines_of(kpi_section(run, {.width = 200}))) {
      if (one.starts_with(begin)) return one;
    }
    return std::string{};
  };
  CHECK(holds(line(270, "Repeat purchase rate, 365 days"), "beyond the horizon, day 270"));
  CHECK(line(270, "Repeat purchase rate, 180 days").empty());  // within it: nobody is old enough
  CHECK_FALSE(holds(line(270, "Repeat purchase rate, 90 days"), "beyond"));
  CHECK(line(400, "Repeat purchase rate, 365 days").empty());
}

TEST_CASE("failed futures are counted and named", "[report][summary]") {
  const std::string page = summary_page(read_run_summary(synthetic_result()), {.width = 80});
  CHECK(holds(page, "1 of 200 futures failed and are left out:"));
  CHECK(holds(page, "replication 7: a wheel came off"));
}

TEST_CASE("futures without media are told beside the chance they have no part in",
          "[report][summary]") {
  const RunSummary run = read_run_summary(synthetic_result_without_media_from(150));
  const std::string page = summary_page(run, {.width = 200});
  // 50 of 149 = 33.6 %.
  CHECK(page.starts_with("synthetic: in 33.6 % of 149 futures net revenue"));
  CHECK(holds(page,
              "50 of 199 futures spent nothing on media: ROAS undefined there, left out of "
              "its figures.\n"));
  CHECK(holds(page, "for good in 100.0 % of futures that bought some"));
  CHECK_FALSE(
      holds(summary_page(read_run_summary(synthetic_result()), {.width = 200}), "spent nothing"));
}

TEST_CASE("without media in any future the page says so and shows the money", "[report][summary]") {
  const RunSummary run = read_run_summary(synthetic_result_without_media_from(0));
  const std::string page = summary_page(run, {.width = 200});
  CHECK(
      page.starts_with("synthetic: return on ad spend is undefined: none of 199 futures spent "
                       "anything on media.\n"));
  CHECK(holds(page, "Payback: no media was bought, so nothing is to pay back."));
  CHECK(holds(page, "contribution of all customers"));
  CHECK(holds(page, "VaR_5 = 891 USD"));
  CHECK_FALSE(holds(page, "nan"));
  CHECK_FALSE(holds(page, "Return on ad spend"));
  const auto json = nlohmann::json::parse(summary_json(run));
  CHECK(json["replications_without_media"] == 199);
  CHECK(json["probability_of_target"]["value"].is_null());
  CHECK(json["columns"]["cohort_roas_180"]["mean"].is_null());
  CHECK(json["columns"]["contribution"]["mean"].is_number());
  CHECK(json["histogram"]["counts"].empty());
}

TEST_CASE("the error of a shortfall that few futures make is called unknown", "[report][summary]") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  RunSummary run = read_run_summary(synthetic_result());
  run.expected_shortfall = {1234.0, infinity, -infinity, infinity};
  const auto line = [&](double replications) {
    run.replications = replications + run.failed;
    const std::string page = summary_page(run, {.width = 200});
    const std::size_t begin = page.find("ES_5");
    return page.substr(begin, page.find(':', begin + 40) - begin);
  };
  CHECK(line(20) == "ES_5 = 1,234 USD (error unknown: 1 future in the tail)");
  CHECK(line(99) == "ES_5 = 1,234 USD (error unknown: 4 futures in the tail)");
  CHECK(line(19) == "ES_5 = 1,234 USD (error unknown: less than one future in the tail)");
  const auto shortfall = nlohmann::json::parse(summary_json(run))["expected_shortfall"];
  CHECK(shortfall["value"] == 1234.0);
  CHECK(shortfall["futures_in_tail"] == 0);
  CHECK(
      (shortfall["error"].is_null() && shortfall["low"].is_null() && shortfall["high"].is_null()));
}

TEST_CASE("targets of the base rates that futures missed are told with what to change",
          "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());
  CHECK_FALSE(holds(summary_page(run, {.width = 200}), "not met in"));
  const auto set_mean = [&](const std::string& name, double mean) {
    for (ColumnSummary& column : run.columns) {
      if (column.name == name) column.mean = mean;
    }
  };
  set_mean("incremental_share_missed", 0.123);
  set_mean("incremental_share", 0.71);
  std::string page = summary_page(run, {.width = 400});
  CHECK(holds(page,
              "- audience.incremental_share (orders credited to ads that would not have come "
              "without them): not met in 12.3 % of futures, where the nearest is used; the mean of "
              "all futures is 71.0 %. It is bounded by audience.intent_loading_limit and "
              "organic.visits_limit."));
  CHECK(page.find("cohort ROAS") < page.find("- audience.incremental_share"));  // results first
  CHECK_FALSE(holds(page, "retargeting.return_limit"));
  set_mean("retargeting_share_missed", 1.0);
  set_mean("base_rates_missed", 0.5);
  page = summary_page(run, {.width = 400});
  CHECK(holds(page, "it made): not met in 100.0 % of futures"));
  CHECK(holds(page, "retargeting.return_limit"));
  CHECK(
      holds(page, "- a click, step or order rate of the plan: not met in 50.0 % of futures. Look"));
  set_mean("pool_entries", 0.0);  // nobody is retargeted, so the target says nothing
  set_mean("media_spend", 0.0);
  page = summary_page(run, {.width = 400});
  CHECK_FALSE(holds(page, "incremental_share"));
  CHECK(holds(page, "- a click, step or order rate"));
}

TEST_CASE("referral that nears endless growth is told", "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());
  const auto page_of = [&](double mean, double high) {
    for (ColumnSummary& column : run.columns) {
      if (column.name != "largest_reproduction_number") continue;
      column.mean = mean;
      column.quantiles[run.share_index(.95)] = high;
    }
    return summary_page(run, {.width = 400});
  };
  CHECK_FALSE(holds(page_of(0.8, 1.0), "endless growth"));
  CHECK(holds(page_of(0.81, 0.99), "reproduction number of a rotation is 0.81 on average. Near 1"));
  CHECK(holds(page_of(0.4, 1.01),
              "is 0.40 on average and above 1 in more than 5 % of futures. Near 1"));
}

TEST_CASE("a look at a run that is not complete says so", "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());
  CHECK_FALSE(holds(summary_page(run, {.width = 80}), "not complete"));
  run.identity.complete = 0;
  CHECK(
      holds(summary_page(run, {.width = 80}), "A look at a run that is not complete: the futures"));
  run.thinned = "one of 8 replications";
  CHECK(holds(summary_page(run, {.width = 200}), "when it was taken, one of 8 replications."));
}

TEST_CASE("a median outside its published range is marked", "[report][kpi]") {
  RunSummary run = read_run_summary(synthetic_result());
  const auto bounce_line = [&](double median) {
    for (ColumnSummary& column : run.columns) {
      if (column.name == "bounce_rate") column.quantiles[run.share_index(.5)] = median;
    }
    for (const std::string& line : lines_of(kpi_section(run, {.width = 200}))) {
      if (line.starts_with("Bounce rate")) return line;
    }
    return std::string{};
  };
  // Published 26 to 65 %.
  CHECK(holds(bounce_line(.25), " low "));
  CHECK(holds(bounce_line(.66), " high "));
  CHECK_FALSE(holds(bounce_line(.40), " low "));
  CHECK_FALSE(holds(bounce_line(.40), " high "));
  CHECK(holds(bounce_line(.40), "26 to 65 %"));
  CHECK(holds(bounce_line(.40), "IRP"));
}

TEST_CASE("entries of a breakdown are held against their own published ranges", "[report][kpi]") {
  RunSummary run = read_run_summary(synthetic_result());
  for (BreakdownSummary& one : run.breakdowns) {
    for (std::vector<double>& quantiles : one.quantiles) quantiles.assign(run.shares.size(), .03);
  }
  const std::string page = kpi_section(run, {.width = 200});
  const auto line = [&](const std::string& begin) {
    for (const std::string& one : lines_of(page)) {
      if (one.starts_with(begin)) return one;
    }
    return std::string{};
  };
  CHECK(holds(line("Conversion rate, desktop"), "1.9 to 3.4 %"));
  CHECK_FALSE(holds(line("Conversion rate, desktop"), " high "));
  CHECK(holds(line("Conversion rate, mobile"), "1.2 to 2 %"));
  CHECK(holds(line("Conversion rate, mobile"), " high "));
  CHECK(holds(line("Repeat purchase rate, 30 days"), "9.8 to 17.5 %"));
  CHECK(holds(line("Repeat purchase rate, 365 days"), "18.8 to 45.9 %"));
  const auto json = nlohmann::json::parse(summary_json(run));
  const auto& devices = json["breakdowns"]["conversion_rate_by_device"]["entries"];
  CHECK(devices[0]["published"]["low"] == .019);
  CHECK(devices[1]["published"]["high"] == .02);
  CHECK_FALSE(json["breakdowns"]["spend_by_channel"]["entries"][0].contains("published"));
}

TEST_CASE("figures that are defined otherwise than the published ones stand without a range",
          "[report][kpi]") {
  const std::string page = kpi_section(read_run_summary(synthetic_result()), {.width = 200});
  for (const char* title : {"Blended ROAS", "Average session duration", "Pages per engaged"}) {
    const std::size_t begin = page.find(title);
    REQUIRE(begin != std::string::npos);
    CHECK_FALSE(holds(page.substr(begin, page.find('\n', begin) - begin), " to "));
  }
}

TEST_CASE("amounts in another currency are not held against ranges in dollars", "[report][kpi]") {
  RunSummary run = read_run_summary(synthetic_result());
  CHECK(holds(kpi_section(run, {.width = 200}), "61.08 to 110.4"));
  run.currency = "EUR";
  CHECK_FALSE(holds(kpi_section(run, {.width = 200}), "61.08 to 110.4"));
  CHECK(holds(kpi_section(run, {.width = 200}), "26 to 65 %"));
}

TEST_CASE("every number of the JSON is the file's", "[report][summary]") {
  const Result result = synthetic_result();
  const auto page = nlohmann::json::parse(summary_json(read_run_summary(result)));
  const std::vector<std::string> names = result.texts("/summary/column");
  const std::vector<double> quantiles = result.doubles("/summary/quantile");
  const std::vector<double> errors = result.doubles("/summary/quantile_error");
  const std::vector<double> means = result.doubles("/summary/mean");
  REQUIRE(page["columns"].size() == names.size());
  for (std::size_t column = 0; column < names.size(); ++column) {
    const auto& row = page["columns"][names[column]];
    CHECK(row["mean"].get<double>() == means[column]);
    for (std::size_t share = 0; share < 9; ++share) {
      CHECK(row["quantiles"][share].get<double>() == quantiles[column * 9 + share]);
      CHECK(row["quantile_errors"][share].get<double>() == errors[column * 9 + share]);
    }
  }
  for (const char* name :
       {"probability_of_target", "probability_of_target_gross", "probability_of_break_even",
        "probability_of_loss", "value_at_risk", "expected_shortfall", "cohort_probability_of_loss",
        "cohort_value_at_risk", "cohort_expected_shortfall", "payback_probability"}) {
    const std::string path = std::string{"/summary/"} + name;
    CHECK(page[name]["value"].get<double>() == result.doubles(path)[0]);
    CHECK(page[name]["error"].get<double>() == result.doubles(path + "_error")[0]);
    CHECK(page[name]["low"].get<double>() == result.doubles(path + "_low")[0]);
    CHECK(page[name]["high"].get<double>() == result.doubles(path + "_high")[0]);
  }
  CHECK(page["payback_day_quantiles"][8].is_null());
  CHECK(page["histogram"]["counts"].get<std::vector<double>>() ==
        result.doubles("/summary/histogram"));
  CHECK(page["chain"].size() == result.texts("/chain/step").size());
  CHECK(page["sensitivity"][0]["share"].get<double>() ==
        result.doubles("/sensitivity/variance_share")[0]);
}

TEST_CASE("every KPI on the page is the file's median of its column", "[report][summary]") {
  const Result result = synthetic_result();
  const std::vector<std::string> lines =
      lines_of(kpi_section(read_run_summary(result), {.width = 200}));
  const std::vector<std::string> names = result.texts("/summary/column");
  const std::vector<double> quantiles = result.doubles("/summary/quantile");
  std::size_t found = 0;
  for (std::size_t column = 0; column < names.size(); ++column) {
    const std::string variable = "/replications/" + names[column];
    const auto title = std::get<std::string>(*result.attribute(variable, "long_name"));
    const auto unit = std::get<std::string>(*result.attribute(variable, "units"));
    const std::string median =
        figure_text(quantiles[column * 9 + 4], kind_of_column(names[column], unit));
    for (const std::string& line : lines) {
      if (!line.starts_with(title + "  ")) continue;
      ++found;
      INFO(line);
      const std::size_t first = line.find_first_not_of(' ', title.size());
      CHECK(line.substr(first, median.size()) == median);
    }
  }
  CHECK(found > 40);
}

TEST_CASE("a share that may be chance is not shown as a source of the variance",
          "[report][sensitivity]") {
  RunSummary run = read_run_summary(synthetic_result());
  run.sensitivity = {{"a.known", .31, .04, 0}, {"b.idle", .29, .05, 3}};
  run.share_by_chance = .30;
  run.futures_for_tenth = 470;
  const std::string page = sensitivity_section(run, {.width = 200});
  CHECK(holds(page, "a.known           31.0 %  ±4.0 %"));
  CHECK_FALSE(holds(page, "b.idle"));
  CHECK(holds(page,
              "Shares up to 30.0 % may be chance and are left out. What all numbers of one "
              "basis make together, judgements above all: flywheel drivers.\n"));
  CHECK_FALSE(holds(page, "±5.0 %"));  // no sum of the numbers that are left out
  run.share_by_chance = .31;
  const std::string none = sensitivity_section(run, {.width = 400});
  CHECK_FALSE(holds(none, "a.known"));
  CHECK(holds(none, "Of 2 uncertain numbers no share is told from chance: in 199 futures"));
  CHECK(holds(none, "A number that makes a tenth of the variance takes about 470 futures.\n"));
}

TEST_CASE("payback from day 0 on is told in words", "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());
  run.payback_days[run.share_index(.25)] = 0;
  const std::string page = money_section(run, {.width = 400});
  CHECK(holds(page,
              "; in 25 % of all futures from day 0 on (never below zero at the end of a day); in "
              "50 % of all futures by day 100; in 75 % of all futures not by the horizon.\n"));
}

TEST_CASE("no label of a page is cut, however narrow it is", "[report][summary]") {
  const RunSummary run = read_run_summary(synthetic_result());
  const std::size_t width = GENERATE(60U, 80U, 120U);
  CHECK_FALSE(holds(summary_page(run, {.width = width}), "..."));
}

TEST_CASE("a result that lacks a column is told by name, origin and remedy", "[report][summary]") {
  OutcomeTable table{synthetic_shape()};
  RunDescription run = synthetic_description();
  ResultSchema schema{.identity = run.identity, .groups = outcome_groups(run, fill(table))};
  schema.groups.push_back(summary_group(run, table));
  ResultGroup& summary = schema.groups.back();
  for (ResultDimension& dimension : summary.dimensions) {
    if (dimension.name != "column") continue;
    std::get<std::vector<std::string>>(dimension.coordinates).at(3) = "media_spent";
  }
  const auto complaint = [&] {
    try {
      static_cast<void>(read_run_summary(read_image(write_image(schema), "old.h5")));
    } catch (const FileError& error) {
      return std::string{error.what()};
    }
    return std::string{};
  };
  const std::string origin =
      "it was written by flywheel 1.2.3 (cccccccccccc) in format 1, this is flywheel ";
  const std::string remedy = ": run the plan again, or read it with the program that wrote it";
  CHECK(complaint().starts_with("old.h5: has no column media_spend in /summary: " + origin));
  CHECK(complaint().ends_with(remedy));
  summary.variables.erase(summary.variables.begin());
  CHECK(complaint().starts_with("old.h5: has no /summary/target_roas: " + origin));
  schema.identity.file_type = "drivers";
  CHECK(complaint() ==
        "old.h5: holds \"drivers\", not a run: a page is made of what flywheel run wrote");
}

}  // namespace
}  // namespace flywheel::test
