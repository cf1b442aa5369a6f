#include "plan/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "plan/toml_document.hpp"
#include "tables/number_text.hpp"
#include "tables/text_file.hpp"

namespace flywheel {

namespace {

const std::string set_name{"--set"};

Fault setting_fault(const std::string& setting, std::string message) {
  return {.place = {.file = set_name}, .key = {}, .value = setting, .message = std::move(message)};
}

// Places within a one-line setting say nothing: the setting itself is quoted.
void clear_places(PlanNode& node) {
  node.place = {.file = set_name};
  if (auto* table = std::get_if<PlanTable>(&node.value)) {
    for (PlanEntry& entry : table->entries) {
      entry.place = {.file = set_name};
      clear_places(entry.node);
    }
  }
  if (auto* list = std::get_if<PlanList>(&node.value)) {
    for (PlanNode& item : list->items) clear_places(item);
  }
}

TomlDocument parse_setting(const std::string& setting) {
  const std::size_t equals = setting.find('=');
  if (equals == std::string::npos || equals == 0) {
    return {.root = {}, .faults = {setting_fault(setting, "write key=value")}};
  }
  const TextReading checked = check_text(setting, set_name, plan_limits);
  if (const Fault* fault = std::get_if<Fault>(&checked)) return {.root = {}, .faults = {*fault}};
  if (setting.find('\n') != std::string::npos) {
    return {.root = {}, .faults = {setting_fault(setting, "write one key=value on one line")}};
  }
  TomlDocument document = parse_toml(setting, set_name);
  if (document.faults.empty()) return document;
  const std::string_view value = trim(std::string_view{setting}.substr(equals + 1));
  document = parse_toml(setting.substr(0, equals) + " = " + quoted_text(value), set_name);
  if (document.faults.empty()) return document;
  return {.root = {},
          .faults = {setting_fault(setting,
                                   "is no setting; write key=value, for example "
                                   "channel.search.budget=50000")}};
}

void merge(PlanNode& below, PlanNode&& above);

void merge_table(PlanTable& below, PlanTable&& above) {
  for (PlanEntry& entry : above.entries) {
    const auto found =
        std::find_if(below.entries.begin(), below.entries.end(),
                     [&](const PlanEntry& candidate) { return candidate.key == entry.key; });
    if (found == below.entries.end()) {
      below.entries.push_back(std::move(entry));
    } else {
      found->place = entry.place;
      merge(found->node, std::move(entry.node));
    }
  }
}

// Elements of a list by number from 1; a number that is not there is left for the reader to refuse.
bool merge_numbered(PlanList& below, PlanTable& above) {
  for (PlanEntry& entry : above.entries) {
    std::size_t number = 0;
    const char* end = entry.key.data() + entry.key.size();
    const auto [stop, error] = std::from_chars(entry.key.data(), end, number);
    const bool known =
        error == std::errc{} && stop == end && number >= 1 && number <= below.items.size();
    if (!known) return false;
    merge(below.items[number - 1], std::move(entry.node));
  }
  return true;
}

// The inline table of a distribution is one value: another form of it replaces it as a whole, while
// `price.low = 5` changes the form that is there.
bool is_other_form(const PlanTable& above, const PlanTable& below) {
  constexpr std::array<std::string_view, 5> marks{"family", "low", "median", "mean", "posterior"};
  const bool is_value = std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
    return find_entry(above, mark) != nullptr;
  });
  const bool fits =
      std::all_of(above.entries.begin(), above.entries.end(),
                  [&](const PlanEntry& entry) { return find_entry(below, entry.key) != nullptr; });
  return is_value && !fits;
}

void merge(PlanNode& below, PlanNode&& above) {
  auto* tables = std::get_if<PlanTable>(&above.value);
  auto* table = std::get_if<PlanTable>(&below.value);
  if (tables != nullptr && table != nullptr && !is_other_form(*tables, *table)) {
    merge_table(*table, std::move(*tables));
    return;
  }
  auto* list = std::get_if<PlanList>(&below.value);
  if (tables != nullptr && list != nullptr && merge_numbered(*list, *tables)) return;
  below = std::move(above);
}

}  // namespace

SetTables apply_settings(PlanTable root, std::span<const std::string> settings) {
  SetTables result{.root = std::move(root), .faults = {}};
  for (const std::string& setting : settings) {
    TomlDocument document = parse_setting(setting);
    result.faults.insert(result.faults.end(), document.faults.begin(), document.faults.end());
    for (PlanEntry& entry : document.root.entries) {
      entry.place = {.file = set_name};
      clear_places(entry.node);
    }
    merge_table(result.root, std::move(document.root));
  }
  return result;
}

}  // namespace flywheel
