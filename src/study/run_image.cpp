#include "study/run_image.hpp"

#include <utility>

#include <fmt/format.h>

#include "results/outcome_result.hpp"
#include "results/write_image.hpp"
#include "study/chain.hpp"
#include "study/sensitivity_group.hpp"
#include "study/summary_group.hpp"

namespace flywheel {

ResultSchema run_schema(const Plan& plan, const RunDescription& run, const OutcomeTable& table) {
  ResultSchema schema{.identity = run.identity, .groups = outcome_groups(run, table)};
  schema.groups.push_back(summary_group(run, table));
  schema.groups.back().attributes = {
      {"campaign", run.campaign},
      {"currency", run.currency},
      {"loops", fmt::format("{}", fmt::join(run.loops, ", "))},
      {"flight_days", static_cast<std::int32_t>(run.flight_days)},
      {"conversion_days", static_cast<std::int32_t>(run.conversion_days)},
      {"cohort_days", static_cast<std::int32_t>(run.cohort_days)}};
  if (auto sensitivity = sensitivity_group(run, table)) {
    schema.groups.push_back(*std::move(sensitivity));
  }
  schema.groups.push_back(chain_group(follow_chain(plan, table)));
  return schema;
}

std::vector<std::byte> run_image(const Plan& plan, const RunDescription& run,
                                 const OutcomeTable& table) {
  return write_image(run_schema(plan, run, table));
}

}  // namespace flywheel
