#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "outcome/outcome.hpp"

namespace flywheel {

/// Rows wider than this keep columns of two dimensions and of rotations for a sample only: the
/// detail of a row. The rest of it, which every row has, is dense.
inline constexpr std::size_t widest_row_bytes{4'096};

/// Where the columns of a row go.
class RowSplit {
 public:
  explicit RowSplit(const OutcomeLayout& layout);

  [[nodiscard]] bool is_detail(Column column) const {
    return is_detail_.at(static_cast<std::size_t>(column));
  }
  /// Where the column's entries begin in the dense row, or in the detail.
  [[nodiscard]] std::size_t offset(Column column) const {
    return offsets_.at(static_cast<std::size_t>(column));
  }
  [[nodiscard]] std::size_t dense_size() const { return dense_size_; }
  [[nodiscard]] std::size_t detail_size() const { return detail_size_; }

  /// One of the two parts of a row; empty of an empty one.
  [[nodiscard]] std::vector<double> dense(std::span<const double> row) const;
  [[nodiscard]] std::vector<double> detail(std::span<const double> row) const;
  /// The row of which these are the parts.
  [[nodiscard]] std::vector<double> whole(std::span<const double> dense,
                                          std::span<const double> detail) const;

 private:
  OutcomeLayout layout_;
  std::array<bool, column_count> is_detail_{};
  std::array<std::size_t, column_count> offsets_{};
  std::size_t dense_size_{0};
  std::size_t detail_size_{0};
};

}  // namespace flywheel
