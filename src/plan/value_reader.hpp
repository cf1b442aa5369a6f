#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "plan/node.hpp"
#include "plan/parameter.hpp"
#include "plan/unit.hpp"
#include "tables/csv.hpp"

namespace flywheel {

/// A value, or what is wrong with what was written.
template <typename Value>
using Reading = std::variant<Value, Fault>;

/// What the values of one key must be, and what they may refer to.
struct ValueRule {
  std::string key;  ///< full key, for faults
  Unit unit{Unit::real};
  Range range;
  std::string currency;
  const CsvTable* posterior{nullptr};  ///< columns for { posterior = "column" }; null: no file
};

/// A fault that quotes the value as it was written.
[[nodiscard]] Fault value_fault(const PlanNode& node, const std::string& key, std::string message);

/// "allowed is 0 to 1".
[[nodiscard]] std::string range_sentence(const ValueRule& rule);

/// What keeps a text from being a name: too few or too many characters, or one that cannot be
/// printed; empty when nothing does.
[[nodiscard]] std::string text_problem(std::string_view text, const Range& characters);

/// How many characters the name of a channel, segment, flow ... may have.
inline constexpr Range name_characters{.low = 1, .high = 64};

/// One certain number in the rule's unit: a TOML number, or text such as "1.2%". Its range is not
/// looked at.
[[nodiscard]] Reading<double> read_scalar(const PlanNode& node, const ValueRule& rule);

/// The same, within the rule's range.
[[nodiscard]] Reading<double> read_ranged(const PlanNode& node, const ValueRule& rule);

/// A whole number within the rule's range; true and false stand for 1 and 0 where the unit is none.
[[nodiscard]] Reading<int> read_integer(const PlanNode& node, const ValueRule& rule);

/// A day between 2000-01-01 and 2199-12-31: a TOML date, or text such as "2027-03-01".
[[nodiscard]] Reading<Date> read_date(const PlanNode& node, const ValueRule& rule);

/// Printable text with as many characters as the rule's range says.
[[nodiscard]] Reading<std::string> read_text(const PlanNode& node, const ValueRule& rule);

}  // namespace flywheel
