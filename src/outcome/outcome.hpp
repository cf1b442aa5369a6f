#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "outcome/columns.hpp"

namespace flywheel {

/// Number of entries along each dimension of a run.
struct DimensionSizes {
  std::size_t channels{0};  ///< with retargeting
  std::size_t segments{0};
  std::size_t flows{0};
  std::size_t rotations{0};

  [[nodiscard]] std::size_t of(Dimension dimension) const;
};

inline constexpr std::size_t exposure_class_count = 11;
inline constexpr std::size_t organic_source_count = 5;
inline constexpr std::size_t leaver_pool_count = 3;
inline constexpr std::array<int, 5> repeat_ages_days = {30, 60, 90, 180, 365};

/// Where each column lies in a row of doubles.
class OutcomeLayout {
 public:
  explicit OutcomeLayout(const DimensionSizes& sizes);

  [[nodiscard]] std::size_t offset(Column column) const {
    return offsets_[static_cast<std::size_t>(column)];
  }
  /// Offset of one entry of a column with dimensions; 0 for those that it has not.
  [[nodiscard]] std::size_t offset(Column column, std::size_t first, std::size_t second = 0,
                                   std::size_t third = 0) const;
  [[nodiscard]] std::size_t size(Column column) const;
  [[nodiscard]] std::size_t row_size() const { return offsets_[column_count]; }
  [[nodiscard]] const DimensionSizes& sizes() const { return sizes_; }

 private:
  DimensionSizes sizes_;
  std::array<std::size_t, column_count + 1> offsets_{};
};

/// What is kept of one replication.
struct Outcome {
  std::uint64_t replication{0};
  bool failed{false};
  bool is_kept{false};             ///< read from what was finished before, not played now
  std::string failure;             ///< why, when failed
  std::vector<double> row;         ///< one number per entry of OutcomeLayout; NaN: not defined
  std::vector<double> parameters;  ///< what was drawn, in the order of the run's uncertain numbers
  std::vector<float>
      calendar_roas;        ///< cumulative net attributed revenue over cumulative media, by day
  std::vector<float> cash;  ///< cash position at the end of each day, money
  std::int64_t events{0};   ///< clicks, session steps, messages, orders, invitations
};

}  // namespace flywheel
