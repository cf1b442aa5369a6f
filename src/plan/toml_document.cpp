#include "plan/toml_document.hpp"

// The packaged library stops the program by assert on "[[[" and "[&" instead of telling an error.
#define NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#include <algorithm>
#include <sstream>
#include <tuple>
#include <utility>

#include <toml++/toml.h>

namespace flywheel {

namespace {

constexpr int deepest_table{12};

Place make_place(const toml::source_region& region, const std::string& name) {
  return {.file = name,
          .line = static_cast<int>(region.begin.line),
          .column = static_cast<int>(region.begin.column)};
}

class NodeMaker {
 public:
  explicit NodeMaker(std::string name) : name_{std::move(name)} {}

  [[nodiscard]] const Faults& faults() const { return faults_; }

  PlanTable make_table(const toml::table& source, int depth) {
    PlanTable table;
    for (const auto& [key, node] : source) {
      table.entries.push_back({.key = std::string{key.str()},
                               .place = make_place(key.source(), name_),
                               .node = make_node(node, depth + 1)});
    }
    // The library sorts by name; channels and segments keep the order in which they were written.
    std::stable_sort(table.entries.begin(), table.entries.end(),
                     [](const PlanEntry& left, const PlanEntry& right) {
                       return std::tie(left.place.line, left.place.column) <
                              std::tie(right.place.line, right.place.column);
                     });
    return table;
  }

 private:
  PlanNode make_node(const toml::node& source, int depth) {
    const Place place = make_place(source.source(), name_);
    if (depth > deepest_table) {
      // Once for the whole file: what is nested a thousand times is wrong once.
      if (faults_.empty()) {
        faults_.push_back(
            {.place = place,
             .key = {},
             .value = {},
             .message = "tables and lists nested more than 12 deep; no plan needs it"});
      }
      return {.value = PlanOther{}, .place = place};
    }
    if (const auto* table = source.as_table()) {
      return {.value = make_table(*table, depth), .place = place};
    }
    if (const auto* array = source.as_array()) return make_list(*array, depth);
    return {.value = scalar(source), .place = place};
  }

  PlanNode make_list(const toml::array& source, int depth) {
    PlanList list;
    for (const toml::node& item : source) list.items.push_back(make_node(item, depth + 1));
    return {.value = std::move(list), .place = make_place(source.source(), name_)};
  }

  static decltype(PlanNode::value) scalar(const toml::node& source) {
    if (const auto* text = source.as_string()) return text->get();
    if (const auto* integer = source.as_integer()) return integer->get();
    if (const auto* number = source.as_floating_point()) return number->get();
    if (const auto* flag = source.as_boolean()) return flag->get();
    if (const auto* date = source.as_date()) {
      const toml::date day = date->get();
      return Date{day.year, day.month, day.day};
    }
    std::ostringstream text;
    if (const auto* time = source.as_time()) text << *time;
    if (const auto* date_time = source.as_date_time()) text << *date_time;
    return PlanOther{text.str()};
  }

  std::string name_;
  Faults faults_;
};

}  // namespace

TomlDocument parse_toml(std::string_view text, const std::string& name) {
  const toml::parse_result result = toml::parse(text);
  if (!result) {
    const toml::parse_error& error = result.error();
    return {.root = {},
            .faults = {{.place = make_place(error.source(), name),
                        .key = {},
                        .value = {},
                        .message = "no valid TOML: " + std::string{error.description()}}}};
  }
  NodeMaker maker{name};
  PlanTable root = maker.make_table(result.table(), 0);
  if (!maker.faults().empty()) return {.root = {}, .faults = maker.faults()};
  return {.root = std::move(root), .faults = {}};
}

}  // namespace flywheel
