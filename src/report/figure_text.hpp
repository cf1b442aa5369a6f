#pragma once

#include <string>
#include <string_view>

namespace flywheel {

/// How a figure is written for people.
enum class FigureKind {
  ratio,   ///< two decimals
  share,   ///< percent, three significant digits
  money,   ///< whole units with commas from 100 on, else two decimals
  count,   ///< whole, with commas
  days,    ///< whole days
  amount,  ///< three significant digits
};

/// The figure without its unit but for percent; "-" when it is not defined.
[[nodiscard]] std::string figure_text(double value, FigureKind kind);

/// The Monte Carlo error of a figure, with "±".
[[nodiscard]] std::string error_text(double error, FigureKind kind);

/// Whole numbers with commas between groups of three digits.
[[nodiscard]] std::string grouped(double value);

/// Whole numbers of things: "1 future", "2,000 futures"; for nouns that take an s.
[[nodiscard]] std::string counted(double number, std::string_view noun);

/// How a result column is written, by its name and unit.
[[nodiscard]] FigureKind kind_of_column(const std::string& name, const std::string& unit);

}  // namespace flywheel
