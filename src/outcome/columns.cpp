#include "outcome/columns.hpp"

#include <algorithm>

#include "core/check.hpp"
#include "outcome/columns_advertising.hpp"
#include "outcome/columns_advocacy.hpp"
#include "outcome/columns_base_rates.hpp"
#include "outcome/columns_headline.hpp"
#include "outcome/columns_landing.hpp"
#include "outcome/columns_loops.hpp"
#include "outcome/columns_money.hpp"
#include "outcome/columns_post_purchase.hpp"
#include "outcome/columns_reorder.hpp"
#include "outcome/columns_retargeting.hpp"

namespace flywheel {

namespace {

/// The parts one after the other; `column_count` rows together.
template <std::size_t... sizes>
constexpr std::array<ColumnSpec, column_count> joined(
    const std::array<ColumnSpec, sizes>&... parts) {
  static_assert((sizes + ...) == column_count, "the parts have every column once");
  std::array<ColumnSpec, column_count> all{};
  auto* place = all.begin();
  ((place = std::copy(parts.begin(), parts.end(), place)), ...);
  return all;
}

constexpr std::array<ColumnSpec, column_count> table = joined(
    headline_columns, advertising_columns, landing_columns, post_purchase_columns, reorder_columns,
    advocacy_columns, retargeting_columns, loops_columns, money_columns, base_rates_columns);

constexpr bool in_order() {
  for (std::size_t i = 0; i < column_count; ++i) {
    if (table[i].column != static_cast<Column>(i)) return false;
  }
  return true;
}
static_assert(in_order(), "the table has every column once, in the order of Column");

}  // namespace

std::span<const ColumnSpec, column_count> column_specs() { return table; }

const ColumnSpec& spec_of(Column column) {
  expect(column < Column::count_, "a column is one of the table");
  return table[static_cast<std::size_t>(column)];
}

}  // namespace flywheel
