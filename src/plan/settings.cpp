#include "plan/settings.hpp"

#include <algorithm>
#include <array>
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

PlanTable as_set(PlanTable table);

// Places within a one-line setting say nothing: the setting itself is quoted.
PlanNode as_set(PlanNode node) {
  node.place = {.file = set_name};
  if (auto* table = std::get_if<PlanTable>(&node.value)) *table = as_set(std::move(*table));
  if (auto* list = std::get_if<PlanList>(&node.value)) {
    for (PlanNode& item : list->items) item = as_set(std::move(item));
  }
  return node;
}

PlanTable as_set(PlanTable table) {
  for (PlanEntry& entry : table.entries) {
    entry.place = {.file = set_name};
    entry.node = as_set(std::move(entry.node));
  }
  return table;
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

PlanNode merged(PlanNode below, PlanNode above);

PlanTable merged(PlanTable below, PlanTable above) {
  for (PlanEntry& entry : above.entries) {
    const auto found =
        std::find_if(below.entries.begin(), below.entries.end(),
                     [&](const PlanEntry& candidate) { return candidate.key == entry.key; });
    if (found == below.entries.end()) {
      below.entries.push_back(std::move(entry));
    } else {
      found->place = entry.place;
      found->node = merged(std::move(found->node), std::move(entry.node));
    }
  }
  return below;
}

bool has_elements(const PlanList& list, const PlanTable& table) {
  return names_elements(table) &&
         std::all_of(table.entries.begin(), table.entries.end(), [&](const PlanEntry& entry) {
           return element_number(entry.key) <= list.items.size();
         });
}

PlanList merged(PlanList below, PlanTable elements) {
  for (PlanEntry& entry : elements.entries) {
    PlanNode& element = below.items[element_number(entry.key) - 1];
    element = merged(std::move(element), std::move(entry.node));
  }
  return below;
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

// An element that the list of the plan does not have is left for the reader to refuse, which must
// not take it for an element of the default.
PlanNode merged(PlanNode below, PlanNode above) {
  auto* given = std::get_if<PlanTable>(&above.value);
  if (given == nullptr) return above;
  auto* table = std::get_if<PlanTable>(&below.value);
  if (table != nullptr && !is_other_form(*given, *table)) {
    *table = merged(std::move(*table), std::move(*given));
    return below;
  }
  auto* list = std::get_if<PlanList>(&below.value);
  if (list != nullptr && has_elements(*list, *given)) {
    *list = merged(std::move(*list), std::move(*given));
    return below;
  }
  if (list != nullptr && names_elements(*given)) {
    return {.value = PlanOther{node_text(above)}, .place = above.place};
  }
  return above;
}

}  // namespace

PlanTable lay_over(PlanTable below, PlanTable above) {
  return merged(std::move(below), std::move(above));
}

SetTables apply_settings(PlanTable root, std::span<const std::string> settings) {
  SetTables result{.root = std::move(root), .faults = {}};
  for (const std::string& setting : settings) {
    TomlDocument document = parse_setting(setting);
    result.faults.insert(result.faults.end(), document.faults.begin(), document.faults.end());
    result.root = merged(std::move(result.root), as_set(std::move(document.root)));
  }
  return result;
}

}  // namespace flywheel
