#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include "core/check.hpp"
#include "naive/tally.hpp"
#include "outcome/outcome.hpp"

namespace flywheel::test {

/// Writes figures to their places and knows which place has none yet.
class NaiveRow {
 public:
  explicit NaiveRow(const OutcomeLayout& layout)
      : layout_{layout},
        values_(layout.row_size(), std::numeric_limits<double>::quiet_NaN()),
        given_(layout.row_size(), 0) {}

  void set(Column column, double value, std::size_t first = 0, std::size_t second = 0,
           std::size_t third = 0) {
    const std::size_t place = layout_.offset(column, first, second, third);
    expect(given_[place] == 0, "a figure is given once");
    given_[place] = 1;
    values_[place] = value;
  }

  template <typename Values>
  void set_all(Column column, const Values& values) {
    for (std::size_t k = 0; k < std::size(values); ++k) set(column, values[k], k);
  }

  void set_grid(Column column, const NaiveGrid& grid) {
    for (std::size_t k = 0; k < grid.values.size(); ++k) {
      set(column, grid.values[k], k / grid.segments, k % grid.segments);
    }
  }

  [[nodiscard]] std::vector<double> take() {
    expect(std::find(given_.begin(), given_.end(), 0) == given_.end(), "every figure is given");
    return std::move(values_);
  }

 private:
  const OutcomeLayout& layout_;
  std::vector<double> values_;
  std::vector<char> given_;
};

struct NaiveFuture;

/// Fills the columns of the loops (loop_outcome.cpp).
void report_loops(NaiveRow& row, const Scenario& scenario, const NaiveFuture& future);

}  // namespace flywheel::test
