#include "plan/decimal_comma.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

namespace flywheel {

namespace {

constexpr std::string_view digits{"0123456789"};
constexpr std::string_view digits_and_marks{"0123456789.,"};

bool are_digits(std::string_view text) {
  return text.find_first_not_of(digits) == std::string_view::npos;
}

// "1.234.567": up to three digits, then threes. A number without groups will do as well.
bool is_grouped(std::string_view whole, char mark) {
  const std::size_t first = whole.find(mark);
  if (first == std::string_view::npos) return are_digits(whole);
  if (first < 1 || first > 3) return false;
  for (std::size_t at = first; at < whole.size(); at += 4) {
    const std::string_view group = whole.substr(at + 1, 3);
    const bool begins = whole[at] == mark;
    if (!begins || group.size() != 3 || !are_digits(group)) return false;
  }
  return true;
}

std::string without(std::string_view text, char mark) {
  std::string rest{text};
  std::erase(rest, mark);
  return rest;
}

// The same decimals in another number of digits, so that they cannot be a group of thousands.
std::string not_three(std::string_view decimals) {
  return decimals.ends_with('0') ? std::string{decimals.substr(0, decimals.size() - 1)}
                                 : std::string{decimals} + '0';
}

PointedAmount pointed(std::string_view number) {
  const std::size_t last = number.find_last_of(".,");
  if (last == std::string_view::npos) return {.text = std::string{number}, .problem = {}};
  const char mark = number[last];
  const char other = mark == '.' ? ',' : '.';
  const bool again = std::count(number.begin(), number.end(), mark) > 1;
  const bool alone = !again && number.find(other) == std::string_view::npos;
  const std::string_view whole = number.substr(0, last);
  const std::string_view decimals = number.substr(last + 1);
  if (alone && decimals.size() == 3 && !whole.empty() && whole.size() <= 3 &&
      !whole.starts_with('0')) {
    return {.text = {},
            .problem = fmt::format("can mean {0}{1} or {0}.{2}; write it one of these ways", whole,
                                   decimals, not_three(decimals))};
  }
  if (again && is_grouped(number, mark)) return {.text = without(number, mark), .problem = {}};
  if (again || decimals.empty() || !is_grouped(whole, other)) {
    return {.text = {}, .problem = "is not a number; write it like 1234.50 or 1234,50"};
  }
  return {.text = fmt::format("{}.{}", without(whole, other), decimals), .problem = {}};
}

}  // namespace

PointedAmount with_decimal_point(std::string_view amount) {
  const std::size_t begin = std::min(amount.find_first_of(digits_and_marks), amount.size());
  const std::size_t end =
      std::min(amount.find_first_not_of(digits_and_marks, begin), amount.size());
  PointedAmount number = pointed(amount.substr(begin, end - begin));
  if (number.problem.empty()) {
    number.text = fmt::format("{}{}{}", amount.substr(0, begin), number.text, amount.substr(end));
  }
  return number;
}

}  // namespace flywheel
