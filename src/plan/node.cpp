#include "plan/node.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "tables/number_text.hpp"

namespace flywheel {

namespace {

struct TextOf {
  std::string operator()(const PlanTable& table) const {
    std::string text;
    for (const PlanEntry& entry : table.entries) {
      text += (text.empty() ? " " : ", ") + key_text(entry.key) + " = " + node_text(entry.node);
    }
    return '{' + text + " }";
  }
  std::string operator()(const PlanList& list) const {
    std::string text;
    for (const PlanNode& item : list.items) text += (text.empty() ? "" : ", ") + node_text(item);
    return '[' + text + ']';
  }
  std::string operator()(const std::string& text) const { return quoted_text(text); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return number_text(number); }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(const Date& date) const { return date_text(date); }
  std::string operator()(const PlanOther& other) const { return other.text; }
};

}  // namespace

const PlanEntry* find_entry(const PlanTable& table, std::string_view key) {
  const auto found = std::find_if(table.entries.begin(), table.entries.end(),
                                  [=](const PlanEntry& entry) { return entry.key == key; });
  return found == table.entries.end() ? nullptr : &*found;
}

std::size_t element_number(std::string_view key) {
  std::size_t number = 0;
  const char* end = key.data() + key.size();
  const auto [stop, error] = std::from_chars(key.data(), end, number);
  return error == std::errc{} && stop == end ? number : 0;
}

bool names_elements(const PlanTable& table) {
  return !table.entries.empty() &&
         std::all_of(table.entries.begin(), table.entries.end(),
                     [](const PlanEntry& entry) { return element_number(entry.key) > 0; });
}

std::string node_text(const PlanNode& node) { return std::visit(TextOf{}, node.value); }

std::string quoted_text(std::string_view text) {
  std::string quoted{'"'};
  for (std::size_t position = 0; position < text.size();) {
    const CodePoint point = code_point_at(text, position);
    if (point.valid && is_unprintable(point.value)) {
      quoted += fmt::format("\\U{:08X}", point.value);
    } else {
      if (point.value == '"' || point.value == '\\') quoted += '\\';
      quoted += text.substr(position, point.bytes);
    }
    position += point.bytes;
  }
  return quoted + '"';
}

std::string key_text(std::string_view key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
  });
  return bare ? std::string{key} : quoted_text(key);
}

std::string date_text(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace flywheel
