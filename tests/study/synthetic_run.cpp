#include "study/synthetic_run.hpp"

#include <limits>
#include <string_view>
#include <utility>

#include "plan/read_plan.hpp"
#include "study/run_image.hpp"

namespace flywheel::test {

namespace {

constexpr double never{std::numeric_limits<double>::quiet_NaN()};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// A figure of a believable size, so that the page reads like a page.
double figure(const ColumnSpec& spec, double r) {
  switch (spec.column) {
    case Column::cohort_roas_180:
      return 2.0 + r / 100.0;
    case Column::cohort_roas_180_gross:
      return 2.5 + r / 100.0;
    case Column::cohort_roas_180_open:
      return 1.9 + r / 100.0;
    case Column::contribution:
      return 10.0 * r - 1'000.0;
    case Column::cohort_contribution:
      return 20.0 * r - 500.0;
    case Column::break_even_roas:
      return r < 20.0 ? never : 4.5 - r / 100.0;
    case Column::incremental_share:
    case Column::retargeting_incremental_share:
      return 0.6;
    case Column::media_spend:
      return 1'000.0;
    case Column::deepest_cash:
      return -500.0 - r;
    case Column::payback_day:
      return r < 150.0 ? r : never;
    case Column::referred_per_customer:
    case Column::reproduction_number:
    case Column::reproduction_number_180:
    case Column::largest_reproduction_number:
      return 0.01;
    case Column::average_order_value:
      return 70.0;
    case Column::displayed_rating:
      return 4.3;
    case Column::incremental_share_missed:
    case Column::retargeting_share_missed:
    case Column::base_rates_missed:
      return 0.0;
    case Column::customer_acquisition_cost:
      return 35.0;
    default:
      break;
  }
  if (contains(spec.name, "roas")) return 1.0 + r / 100.0;
  if (contains(spec.name, "_rate") || contains(spec.name, "abandonment")) return 0.02 + r / 10'000;
  return spec.unit == "currency" ? 100.0 + r : 1'000.0 + r;
}

}  // namespace

DimensionSizes synthetic_sizes() {
  return {.channels = 3, .segments = 2, .flows = 1, .rotations = 4};
}

OutcomeShape synthetic_shape() {
  return {.layout = OutcomeLayout{synthetic_sizes()}, .parameters = 2, .days = 5};
}

Outcome synthetic_outcome(std::size_t replication) {
  Outcome outcome;
  outcome.replication = replication;
  outcome.events = 3;
  const auto r = static_cast<double>(replication);
  const OutcomeLayout layout{synthetic_sizes()};
  outcome.row.resize(layout.row_size());
  for (const ColumnSpec& spec : column_specs()) {
    for (std::size_t entry = 0; entry < layout.size(spec.column); ++entry) {
      outcome.row[layout.offset(spec.column) + entry] =
          figure(spec, r) * static_cast<double>(entry + 1);
    }
  }
  outcome.parameters = {r, static_cast<double>(73 * replication % 199)};
  for (int day = 0; day < 5; ++day) {
    outcome.calendar_roas.push_back(static_cast<float>(day) + static_cast<float>(replication));
    outcome.cash.push_back(static_cast<float>(replication) - 10.0F * static_cast<float>(day));
  }
  return outcome;
}

OutcomeTable& fill(OutcomeTable& table, std::size_t rows) {
  for (std::size_t replication = 0; replication < rows; ++replication) {
    Outcome outcome = synthetic_outcome(replication);
    if (replication == synthetic_failure) {
      outcome = {};
      outcome.replication = replication;
      outcome.failed = true;
      outcome.failure = "a wheel came off";
    }
    static_cast<void>(table.take(std::move(outcome)));
  }
  return table;
}

RunDescription synthetic_description() {
  return {.identity = {.file_type = "run",
                       .program_version = "1.2.3",
                       .git_commit = std::string(40, 'c'),
                       .seed = 42,
                       .plan_sha256 = std::string(64, 'a'),
                       .complete = 1},
          .campaign = "synthetic",
          .currency = "USD",
          .start = {2027, 3, 1},
          .flight_days = 2,
          .conversion_days = 1,
          .cohort_days = 2,
          .target_roas = 3.0,
          .loops = {"reputation", "referral"},
          .channels = {"ads", "more ads", "retargeting"},
          .segments = {"north", "south"},
          .reasons = {"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9"},
          .flows = {"thanks"},
          .rotations = {0, 2, 3, 4},
          .parameters = {{"channel.more ads.click_rate", "1", "Clicks.", "given", ""},
                         {"money.gross_margin", "1", "Margin.", "[J]", "no published figure"}},
          .provenance = {{"plan", "[campaign]\n"}, {"plan_full", "# all\n"}},
          .inputs = {{"media plan.csv", "date,channel,amount\n"}},
          .run_lines = {"seed 42", "program 1.2.3"}};
}

Plan synthetic_plan() {
  const PlanReading reading = read_plan_text(R"(
[campaign]
name = "synthetic"
start = 2027-03-01
[segment.all]
size = 1000
[channel.search]
budget = 1200
price = 2
click_rate = 0.02
conversion_rate = 0.04
[basket]
order_value = 70
[repeat]
model = "none"
[referral]
enabled = false
[money]
return_rate = 0
)",
                                             {.name = "synthetic", .folder = {}});
  return reading.plan.value();
}

Result synthetic_result_without_media_from(std::size_t first) {
  OutcomeTable table{synthetic_shape()};
  for (std::size_t replication = 0; replication < synthetic_rows; ++replication) {
    Outcome outcome = synthetic_outcome(replication);
    outcome.failed = replication == synthetic_failure;
    if (replication >= first) {
      for (const Column column : {Column::cohort_roas_180, Column::cohort_roas_180_gross,
                                  Column::cohort_roas_180_open, Column::payback_day}) {
        outcome.row[table.layout().offset(column)] = never;
      }
      outcome.row[table.layout().offset(Column::media_spend)] = 0.0;
      outcome.calendar_roas.assign(outcome.calendar_roas.size(),
                                   std::numeric_limits<float>::quiet_NaN());
    }
    static_cast<void>(table.take(std::move(outcome)));
  }
  return read_image(run_image(synthetic_plan(), synthetic_description(), table), "synthetic");
}

Result synthetic_result() {
  OutcomeTable table{synthetic_shape()};
  return read_image(run_image(synthetic_plan(), synthetic_description(), fill(table)), "synthetic");
}

}  // namespace flywheel::test
