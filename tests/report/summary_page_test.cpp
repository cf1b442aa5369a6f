#include "report/summary_page.hpp"

#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/error_text.hpp"
#include "outcome/columns.hpp"
#include "report/figure_text.hpp"
#include "report/kpi_section.hpp"
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

TEST_CASE("failed futures are counted and named", "[report][summary]") {
  const std::string page = summary_page(read_run_summary(synthetic_result()), {.width = 80});
  CHECK(holds(page, "1 of 200 futures failed and are left out:"));
  CHECK(holds(page, "replication 7: a wheel came off"));
}

TEST_CASE("an interrupted run says so", "[report][summary]") {
  RunSummary run = read_run_summary(synthetic_result());
  CHECK_FALSE(holds(summary_page(run, {.width = 80}), "interrupted"));
  run.identity.complete = 0;
  CHECK(holds(summary_page(run, {.width = 80}), "The run was interrupted"));
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
  for (const char* name : {"probability_of_target", "probability_of_loss", "value_at_risk",
                           "expected_shortfall", "payback_probability"}) {
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

}  // namespace
}  // namespace flywheel::test
