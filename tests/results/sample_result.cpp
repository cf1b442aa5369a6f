#include "results/sample_result.hpp"

namespace flywheel::test {
namespace {

ResultDimension replication() {
  return {.name = "replication",
          .coordinates = std::vector<std::int64_t>{0, 1, 2},
          .meaning = {"1", "replication", "Number of the simulated future"},
          .attributes = {}};
}

ResultGroup replications(const SampleValues& values) {
  const ResultDimension channel{.name = "channel",
                                .coordinates = std::vector<std::string>{"search", "réseaux"},
                                .meaning = {"", "channel", "Where money is spent"},
                                .attributes = {}};
  const auto orders_row = [&values](std::size_t row) {
    return std::span<const double>{values.orders_by_channel}.subspan(2 * row, 2);
  };
  return {.path = "replications",
          .dimensions = {replication(), channel},
          .variables = {{.name = "cohort_roas_180",
                         .type = StoredType::float64,
                         .dimensions = {"replication"},
                         .meaning = {"1", "ROAS after 180 days", "Revenue over spend"},
                         .values = std::span<const double>{values.roas}},
                        {.name = "orders_by_channel",
                         .type = StoredType::int32,
                         .dimensions = {"replication", "channel"},
                         .meaning = {"1", "orders", "Orders of each channel"},
                         .values = RowsOfDoubles{orders_row}},
                        {.name = "payback_day",
                         .type = StoredType::int64,
                         .dimensions = {"replication"},
                         .meaning = {"1", "payback", "First day with cash above zero"},
                         .values = std::span<const std::int64_t>{values.payback_day},
                         .missing = -1},
                        {.name = "rotations",
                         .type = StoredType::int32,
                         .dimensions = {"replication"},
                         .meaning = {"1", "rotations", "Turns of the wheel"},
                         .values = std::span<const std::int32_t>{values.rotations}},
                        {.name = "failed",
                         .type = StoredType::int8,
                         .dimensions = {"replication"},
                         .meaning = {"", "failed", "Whether the future broke a contract"},
                         .values = std::span<const std::int8_t>{values.failed},
                         .flags = {{0, "no"}, {1, "yes"}}},
                        {.name = "failure",
                         .type = StoredType::text,
                         .dimensions = {"replication"},
                         .meaning = {"", "failure", "What broke"},
                         .values = std::span<const std::string>{values.failure}},
                        {.name = "spend",
                         .type = StoredType::float64,
                         .meaning = {"1", "spend", "Money spent"},
                         .values = std::span<const double>{&values.spend, 1}}},
          .attributes = {{"sample", std::string{"all replications"}}}};
}

ResultGroup paths(const SampleValues& values) {
  const ResultDimension day{.name = "day",
                            .coordinates = std::vector<std::int64_t>{0, 1, 2, 3},
                            .meaning = {"days since 2026-03-01", "day", "Day of the campaign"},
                            .attributes = {{"calendar", std::string{"standard"}}}};
  const auto cash_row = [&values](std::size_t row) {
    return std::span<const float>{values.cash}.subspan(4 * row, 4);
  };
  return {.path = "paths",
          .dimensions = {replication(), day},
          .variables = {{.name = "cash",
                         .type = StoredType::float32,
                         .dimensions = {"replication", "day"},
                         .meaning = {"1", "cash", "Cash at the end of the day"},
                         .values = RowsOfFloats{cash_row}}}};
}

}  // namespace

ResultSchema sample_schema(const SampleValues& values) {
  return {.identity = {.file_type = "run",
                       .program_version = "0.1.0",
                       .git_commit = "0123abc",
                       .seed = 18'446'744'073'709'551'615U,
                       .plan_sha256 = std::string(64, 'a'),
                       .complete = 1},
          .groups = {replications(values),
                     paths(values),
                     {.path = "provenance",
                      .dimensions = {},
                      .variables = {{.name = "plan",
                                     .type = StoredType::text,
                                     .meaning = {"", "plan", "The plan as written"},
                                     .values = std::span<const std::string>{values.plan}}}},
                     {.path = "provenance/inputs", .dimensions = {}, .variables = {}}}};
}

}  // namespace flywheel::test
