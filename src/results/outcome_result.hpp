#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "results/outcome_table.hpp"
#include "results/run_description.hpp"
#include "results/schema.hpp"

namespace flywheel {

/// The groups of a run's result file that hold what was played: replications, parameters, paths,
/// provenance. Where a row would be wider than 4 kB, columns of two dimensions and of rotations go
/// to /detail, for the replications whose paths are kept (row_split.hpp). Values are read from
/// `table` when the file is written, so it must live until then.
[[nodiscard]] std::vector<ResultGroup> outcome_groups(const RunDescription& run,
                                                      const OutcomeTable& table);

/// The groups that say what a result was made from.
[[nodiscard]] std::vector<ResultGroup> provenance_groups(const RunDescription& run);

/// The axes that columns have beside the replication, with their labels; empty ones are left out.
[[nodiscard]] std::vector<ResultDimension> column_dimensions(const RunDescription& run);

/// Has the column entries in this run? Not without flows, for example.
[[nodiscard]] bool is_stored(const ColumnSpec& spec, const OutcomeLayout& layout);

/// The names of a column's dimensions, without the replication.
[[nodiscard]] std::vector<std::string> dimension_names(const ColumnSpec& spec);

/// A column's unit in this run: money in the plan's currency.
[[nodiscard]] std::string column_unit(const ColumnSpec& spec, std::string_view currency);

/// "days since 2027-03-01", and the axis of that many days from the start.
[[nodiscard]] ResultDimension day_dimension(const Date& start, std::size_t days);

/// Names for variables made from full keys: letters, digits and underscores, none twice.
[[nodiscard]] std::vector<std::string> variable_names(const std::vector<std::string>& keys);

}  // namespace flywheel
