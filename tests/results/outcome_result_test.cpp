#include "results/outcome_result.hpp"

#include <cmath>
#include <numeric>

#include "results/write_image.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

TEST_CASE("every column of the table is a variable with labels and units", "[results][outcome]") {
  const Result result = synthetic_result();
  for (const ColumnSpec& spec : column_specs()) {
    const std::string path = "/replications/" + std::string{spec.name};
    INFO(path);
    REQUIRE(result.has(path));
    std::vector<std::string> dimensions{"replication"};
    for (const std::string& name : dimension_names(spec)) dimensions.push_back(name);
    CHECK(result.dimensions(path) == dimensions);
    std::string unit{spec.unit};
    if (const std::size_t money = unit.find("currency"); money != std::string::npos) {
      unit.replace(money, 8, "USD");
    }
    CHECK(std::get<std::string>(*result.attribute(path, "units")) == unit);
  }
  CHECK(result.texts("/replications/segment") == std::vector<std::string>{"north", "south"});
  CHECK(result.texts("/replications/flow") == std::vector<std::string>{"thanks"});
  CHECK(result.integers("/replications/rotation") == std::vector<std::int64_t>{0, 2, 3, 4});
  CHECK(result.integers("/replications/age") == std::vector<std::int64_t>{30, 60, 90, 180, 365});
}

TEST_CASE("values stand under their replication and labels", "[results][outcome]") {
  const Result result = synthetic_result();
  const std::vector<double> roas = result.doubles("/replications/cohort_roas_180");
  CHECK(roas.at(150) == 3.5);
  CHECK(std::isnan(roas.at(7)));
  // Entry (channel 1, segment 0) is the third of six: three times 1,000 + r.
  const std::vector<double> clicks = result.doubles("/replications/clicks_by_channel_segment");
  CHECK(clicks.at(20 * 6 + 2) == 3.0 * 1'020.0);
  CHECK(result.integers("/replications/failed").at(7) == 1);
  CHECK(result.texts("/replications/failure").at(7) == "a wheel came off");
  CHECK(result.texts("/replications/failure").at(8).empty());
}

TEST_CASE("drawn numbers carry their key and what they rest on", "[results][outcome]") {
  const Result result = synthetic_result();
  const std::string path = "/parameters/channel_more_ads_click_rate";
  REQUIRE(result.has(path));
  CHECK(result.doubles(path).at(33) == 33.0);
  CHECK(std::get<std::string>(*result.attribute(path, "key")) == "channel.more ads.click_rate");
  CHECK(std::get<std::string>(*result.attribute(path, "basis")) == "given");
  CHECK(std::get<std::string>(*result.attribute("/parameters/money_gross_margin", "basis")) ==
        "[J]");
}

TEST_CASE("paths have dates and say which replications they are of", "[results][outcome]") {
  const Result result = synthetic_result();
  CHECK(std::get<std::string>(*result.attribute("/paths/day", "units")) == "days since 2027-03-01");
  CHECK(result.integers("/paths/replication").size() == 200);
  CHECK(result.doubles("/paths/cash").at(10 * 5 + 2) == -10.0);
  CHECK(std::get<std::string>(*result.attribute("/paths", "sample")) == "all replications");
}

TEST_CASE("provenance holds the texts the run was made from", "[results][outcome]") {
  const Result result = synthetic_result();
  CHECK(result.texts("/provenance/plan") == std::vector<std::string>{"[campaign]\n"});
  CHECK(result.texts("/provenance/inputs/media_plan_csv") ==
        std::vector<std::string>{"date,channel,amount\n"});
  CHECK(result.texts("/provenance/run") == std::vector<std::string>{"seed 42", "program 1.2.3"});
}

TEST_CASE("columns along an axis without entries are left out", "[results][outcome]") {
  RunDescription run = synthetic_description();
  run.flows.clear();
  DimensionSizes sizes = synthetic_sizes();
  sizes.flows = 0;
  OutcomeTable table{{.layout = OutcomeLayout{sizes}, .parameters = 0, .days = 1}};
  Outcome outcome;
  outcome.row.assign(OutcomeLayout{sizes}.row_size(), 1.0);
  outcome.calendar_roas = {1.0F};
  outcome.cash = {1.0F};
  static_cast<void>(table.take(outcome));
  run.parameters.clear();
  const ResultSchema schema{.identity = run.identity, .groups = outcome_groups(run, table)};
  const Result result = read_image(write_image(schema), "no flows");
  CHECK_FALSE(result.has("/replications/messages_by_flow"));
  CHECK(result.has("/replications/messages"));
}

TEST_CASE("rows stay below 4 kB: what is too wide is kept for a sample", "[results][outcome]") {
  RunDescription run = synthetic_description();
  run.channels.assign(10, "c");
  run.segments.assign(12, "s");
  run.parameters.clear();
  run.rotations.resize(300);
  std::iota(run.rotations.begin(), run.rotations.end(), 0);
  const OutcomeLayout layout{{.channels = 10, .segments = 12, .flows = 1, .rotations = 300}};
  OutcomeTable table{{.layout = layout, .parameters = 0, .days = 1}};
  for (std::uint64_t r = 0; r <= most_stored_paths; ++r) {
    Outcome outcome;
    outcome.replication = r;
    outcome.row.assign(layout.row_size(), static_cast<double>(r));
    outcome.calendar_roas = {1.0F};
    outcome.cash = {1.0F};
    static_cast<void>(table.take(outcome));
  }
  const ResultSchema schema{.identity = run.identity, .groups = outcome_groups(run, table)};
  const Result result = read_image(write_image(schema), "wide");
  CHECK_FALSE(result.has("/replications/clicks_by_channel_segment"));
  CHECK(result.has("/replications/clicks_by_channel"));
  CHECK(result.shape("/detail/clicks_by_channel_segment") ==
        std::vector<std::size_t>{most_stored_paths / 2 + 1, 10, 12});
  // Every second row: the third of the sample is replication 4.
  CHECK(result.integers("/detail/replication").at(2) == 4);
  CHECK(result.doubles("/detail/clicks_by_channel_segment").at(std::size_t{2} * 120) == 4.0);
  double row_bytes = 0;
  for (const ColumnSpec& spec : column_specs()) {
    const std::string path = "/replications/" + std::string{spec.name};
    if (result.has(path)) row_bytes += 8.0 * static_cast<double>(layout.size(spec.column));
  }
  CHECK(row_bytes <= 4096);
}

TEST_CASE("variable names are made from keys and none comes twice", "[results][outcome]") {
  CHECK(variable_names({"a.b", "a b", "a_b", "1st", "réseau", "über"}) ==
        std::vector<std::string>{"a_b", "a_b_2", "a_b_3", "x1st", "r__seau", "x__ber"});
}

}  // namespace
}  // namespace flywheel::test
