#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "outcome/outcome_sink.hpp"
#include "results/column_store.hpp"
#include "results/row_split.hpp"

namespace flywheel {

/// What an OutcomeTable holds room for.
struct OutcomeShape {
  OutcomeLayout layout;
  std::size_t parameters;  ///< uncertain numbers of the plan
  std::size_t days;        ///< length of the paths
};

/// Paths are kept for at most this many replications.
inline constexpr std::size_t most_stored_paths{2'000};

/// Rows between those whose paths a table of so many rows keeps: the smallest power of two for
/// which they are at most `most_stored_paths`.
[[nodiscard]] std::size_t path_step_of(std::uint64_t rows);

/// The outcomes of a run as columns: what the result file and its summary are made from.
///
/// Rows are in the order of replications. Failed replications are rows of NaN. With a folder for
/// scratch, memory grows by some bytes with a row, not with its width (column_store.hpp). Paths and
/// the detail of rows (row_split.hpp) are kept of every replication until there are more than
/// `most_stored_paths` of them; then of every second, fourth, eighth ... row, so that the sample
/// depends on the number of rows alone.
class OutcomeTable : public OutcomeSink {
 public:
  explicit OutcomeTable(const OutcomeShape& shape,
                        const std::filesystem::path& scratch_folder = {});

  Appetite take(Outcome outcome) override;

  [[nodiscard]] const OutcomeLayout& layout() const { return shape_.layout; }
  [[nodiscard]] std::size_t rows() const { return replications_.size(); }
  [[nodiscard]] std::span<const std::int64_t> replications() const { return replications_; }
  [[nodiscard]] std::span<const std::int8_t> failed() const { return failed_; }
  /// Why a row failed; empty where it did not.
  [[nodiscard]] std::string failure(std::size_t row) const;
  [[nodiscard]] std::size_t failed_rows() const { return failures_.size(); }

  [[nodiscard]] const RowSplit& split() const { return split_; }
  /// Rows between those that hold a column: 1, or path_step() where it is of their detail.
  [[nodiscard]] std::size_t step_of(Column column) const {
    return split_.is_detail(column) ? path_step_ : 1;
  }

  /// All entries of a column in one row, a multiple of step_of(column); for a while
  /// (ColumnStore::entries).
  [[nodiscard]] std::span<const double> entries(Column column, std::size_t row) const;

  /// One entry of a column in the rows that hold it and did not fail; NaN where it is not defined.
  [[nodiscard]] std::vector<double> values(Column column, std::size_t entry = 0) const;

  [[nodiscard]] std::size_t parameter_count() const { return shape_.parameters; }
  /// The value drawn for a parameter in a row.
  [[nodiscard]] std::span<const double> parameter(std::size_t index, std::size_t row) const;
  /// The values drawn in the rows that did not fail.
  [[nodiscard]] std::vector<double> parameter_values(std::size_t index) const;

  [[nodiscard]] std::size_t days() const { return shape_.days; }
  /// Paths are those of the rows 0, step, 2 step ...
  [[nodiscard]] std::size_t path_step() const { return path_step_; }
  [[nodiscard]] std::size_t path_count() const;
  [[nodiscard]] std::span<const float> calendar_roas() const { return calendar_roas_; }
  [[nodiscard]] std::span<const float> cash() const { return cash_; }

 private:
  /// A cell in the rows that did not fail.
  [[nodiscard]] std::vector<double> sound_values(std::size_t cell) const;
  void keep_sample(const Outcome& outcome);
  void halve_sample();

  OutcomeShape shape_;
  RowSplit split_;
  std::vector<std::int64_t> replications_;
  std::vector<std::int8_t> failed_;
  std::map<std::size_t, std::string> failures_;  ///< by row
  ColumnStore cells_;                            ///< [row, entry of the dense row, then parameter]
  std::size_t path_step_{1};
  std::vector<double> detail_;        ///< [path, entry of the detail]
  std::vector<float> calendar_roas_;  ///< [path, day]
  std::vector<float> cash_;           ///< [path, day]
};

}  // namespace flywheel
