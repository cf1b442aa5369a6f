#include "plan/value_reader.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "tables/number_text.hpp"

namespace flywheel {

namespace {

bool is_valid_day(const Date& date) {
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return false;
  return date_from_epoch(days_since_epoch(date)) == date;  // 31 April becomes 1 May
}

// "2027-03-01" and nothing else.
Date date_of(std::string_view text) {
  constexpr Date none{.year = 0, .month = 0, .day = 0};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return none;
  const auto part = [&](std::size_t begin, std::size_t size) {
    int value = 0;
    for (const char letter : text.substr(begin, size)) {
      if (letter < '0' || letter > '9') return 0;
      value = 10 * value + (letter - '0');
    }
    return value;
  };
  return {.year = part(0, 4), .month = part(5, 2), .day = part(8, 2)};
}

Reading<double> finite(double value, const PlanNode& node, const ValueRule& rule) {
  if (std::isfinite(value)) return value;
  return value_fault(node, rule.key, "is not a finite number; " + range_sentence(rule));
}

}  // namespace

Fault value_fault(const PlanNode& node, const std::string& key, std::string message) {
  return {.place = node.place, .key = key, .value = node_text(node), .message = std::move(message)};
}

std::string range_sentence(const ValueRule& rule) {
  return fmt::format("allowed is {}", range_text(rule.range));
}

Reading<double> read_scalar(const PlanNode& node, const ValueRule& rule) {
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) {
    return static_cast<double>(*integer);
  }
  if (const auto* number = std::get_if<double>(&node.value)) return finite(*number, node, rule);
  if (const auto* text = std::get_if<std::string>(&node.value)) {
    const Quantity quantity = read_quantity(*text, rule.unit, rule.currency);
    if (const auto* value = std::get_if<double>(&quantity)) return finite(*value, node, rule);
    return value_fault(node, rule.key, std::get<std::string>(quantity));
  }
  return value_fault(
      node, rule.key,
      fmt::format("must be a number ({}); {}", unit_word(rule.unit), range_sentence(rule)));
}

Reading<double> read_ranged(const PlanNode& node, const ValueRule& rule) {
  Reading<double> reading = read_scalar(node, rule);
  const double* value = std::get_if<double>(&reading);
  if (value == nullptr || contains(rule.range, *value)) return reading;
  return value_fault(node, rule.key, "is out of range; " + range_sentence(rule));
}

Reading<int> read_integer(const PlanNode& node, const ValueRule& rule) {
  if (rule.unit == Unit::none) {
    if (const bool* flag = std::get_if<bool>(&node.value)) return *flag ? 1 : 0;
    return value_fault(node, rule.key, "must be true or false");
  }
  const Reading<double> reading = read_ranged(node, rule);
  if (const Fault* fault = std::get_if<Fault>(&reading)) return *fault;
  const double value = std::get<double>(reading);
  if (std::floor(value) == value) return static_cast<int>(value);
  return value_fault(node, rule.key, "must be a whole number; " + range_sentence(rule));
}

Reading<Date> read_date(const PlanNode& node, const ValueRule& rule) {
  const auto* written = std::get_if<Date>(&node.value);
  const auto* text = std::get_if<std::string>(&node.value);
  if (written == nullptr && text == nullptr) {
    return value_fault(node, rule.key, "must be a date such as 2027-03-01");
  }
  const Date date = written != nullptr ? *written : date_of(*text);
  if (!is_valid_day(date)) {
    return value_fault(node, rule.key, "is no day of the calendar; write a date as 2027-03-01");
  }
  if (date.year >= 2000 && date.year < 2200) return date;
  return value_fault(node, rule.key, "is out of range; allowed is 2000-01-01 to 2199-12-31");
}

Reading<std::string> read_text(const PlanNode& node, const ValueRule& rule) {
  const auto* text = std::get_if<std::string>(&node.value);
  if (text == nullptr) return value_fault(node, rule.key, "must be text in quotes");
  if (const std::string problem = text_problem(*text, rule.range); !problem.empty()) {
    return value_fault(node, rule.key, problem);
  }
  return *text;
}

std::string text_problem(std::string_view text, const Range& characters) {
  if (!contains(characters, static_cast<double>(count_characters(text)))) {
    return fmt::format("has {} characters; allowed is {}", count_characters(text),
                       range_text(characters));
  }
  for (std::size_t position = 0; position < text.size();) {
    const CodePoint point = code_point_at(text, position);
    if (!point.valid || is_unprintable(point.value)) {
      return "holds a character that cannot be printed, or that reorders text";
    }
    position += point.bytes;
  }
  return {};
}

}  // namespace flywheel
