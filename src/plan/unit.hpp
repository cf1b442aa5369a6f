#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace flywheel {

/// What a number of a plan counts; decides which units may be written behind it.
enum class Unit {
  share,     ///< fraction of 1; "1.2%" is 0.012
  money,     ///< in the plan's currency; "$12", "USD 12", "$1,200", "12 thousand USD"
  days,      ///< "14 days", "3 weeks", "36 hours"
  seconds,   ///< "127 seconds", "2 minutes"
  per_day,   ///< "0.5 per day", "3.5 per week"
  per_year,  ///< "4 per year"
  count,     ///< "2 million", "1,200"
  factor,    ///< "1.2x", "120%"
  log_odds,  ///< natural log of p / (1 - p), or what is added to it
  real,      ///< any other number without a unit
  none,      ///< no number: a word, a date, a list
};

/// The unit in words for people, "share" or "money" for example.
[[nodiscard]] std::string_view unit_word(Unit unit);

/// The unit as CF conventions write it, for result files: "1", "day", "s", "day-1" ...; money is
/// the currency's code.
[[nodiscard]] std::string unit_symbol(Unit unit, std::string_view currency);

/// A number in the unit's own scale, or a sentence that says why the text is none.
using Quantity = std::variant<double, std::string>;

/// Reads a number with an optional unit. Thousands may be parted by commas, groups of three.
/// `currency` is the plan's ISO code: money in any other currency is refused.
[[nodiscard]] Quantity read_quantity(std::string_view text, Unit unit, std::string_view currency);

/// A value with its unit for people: "1.2%", "$12", "14 days".
[[nodiscard]] std::string quantity_text(double value, Unit unit, std::string_view currency);

}  // namespace flywheel
