#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "results/schema.hpp"

namespace flywheel {

/// Values that live as long as the variable they are stored by, in rows of `row_size`.
template <class Number>
[[nodiscard]] std::function<std::span<const Number>(std::size_t)> owned_rows(
    std::vector<Number> values, std::size_t row_size = 1) {
  const auto kept = std::make_shared<const std::vector<Number>>(std::move(values));
  return [kept, row_size](std::size_t row) {
    return std::span<const Number>{*kept}.subspan(row * row_size, row_size);
  };
}

/// A number without dimensions.
[[nodiscard]] inline ResultVariable scalar_variable(std::string name, Meaning meaning,
                                                    double value) {
  return {.name = std::move(name),
          .meaning = std::move(meaning),
          .values = RowsOfDoubles{owned_rows<double>({value})}};
}

/// A number for each entry of one dimension.
[[nodiscard]] inline ResultVariable list_variable(std::string name, std::string dimension,
                                                  Meaning meaning, std::vector<double> values) {
  return {.name = std::move(name),
          .dimensions = {std::move(dimension)},
          .meaning = std::move(meaning),
          .values = RowsOfDoubles{owned_rows<double>(std::move(values))}};
}

}  // namespace flywheel
