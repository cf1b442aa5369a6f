#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace flywheel {

/// A smooth function of a number above 0, tabulated in the number's logarithm from -9 to 12:
/// cubics between the nodes, the end values beyond them.
class LogTable {
 public:
  static constexpr std::size_t size = 85;

  /// The logarithm at a node.
  [[nodiscard]] static double log_at(std::size_t node);

  /// No values: not to be asked.
  LogTable() = default;

  /// One value for each node.
  explicit LogTable(const std::vector<double>& values);

  [[nodiscard]] bool is_empty() const { return cells_.empty(); }
  [[nodiscard]] double operator()(double log) const;

 private:
  std::vector<std::array<double, 4>> cells_;
};

}  // namespace flywheel
