#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/date.hpp"
#include "core/error.hpp"

namespace flywheel {

struct PlanEntry;
struct PlanNode;

/// Keys and values in the order in which they were written.
struct PlanTable {
  std::vector<PlanEntry> entries;
};

struct PlanList {
  std::vector<PlanNode> items;
};

/// A value TOML knows and a plan does not: a time of day, a date with a time.
struct PlanOther {
  std::string text;
};

/// One value of a plan as written, with its place; what stands between the TOML library and us.
struct PlanNode {
  std::variant<PlanTable, PlanList, std::string, std::int64_t, double, bool, Date, PlanOther> value;
  Place place;
};

struct PlanEntry {
  std::string key;
  Place place;  ///< of the key
  PlanNode node;
};

/// The entry with this key, or nothing.
[[nodiscard]] const PlanEntry* find_entry(const PlanTable& table, std::string_view key);

/// The element of a list that a key means by its number from 1; 0 where it is no such number.
[[nodiscard]] std::size_t element_number(std::string_view key);

/// Whether all keys of a table are numbers of a list's elements, and there are any.
[[nodiscard]] bool names_elements(const PlanTable& table);

/// The value as TOML writes it, on one line.
[[nodiscard]] std::string node_text(const PlanNode& node);

/// A text as a TOML string with its quotes.
[[nodiscard]] std::string quoted_text(std::string_view text);

/// A key as TOML writes it: bare where that is possible, else quoted.
[[nodiscard]] std::string key_text(std::string_view key);

/// Year-month-day, four, two and two digits.
[[nodiscard]] std::string date_text(const Date& date);

}  // namespace flywheel
