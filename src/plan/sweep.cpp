#include "plan/sweep.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "plan/settings.hpp"

namespace flywheel {

namespace {

constexpr std::size_t longest_name{120};

using KeyPath = std::vector<std::string>;

std::string text_of(const KeyPath& path) {
  std::string text;
  for (const std::string& key : path) text += (text.empty() ? "" : ".") + key_text(key);
  return text;
}

/// A key of the grid with the values it takes.
struct Axis {
  KeyPath path;
  Place place;
  std::vector<PlanNode> values;
  std::string label{};  ///< that tells it from the other axes in a case's name
};

/// An entry of the list.
struct Listed {
  std::string name;
  std::vector<CaseValue> values;
  PlanTable over;
};

/// Only what a file's name can have on every system.
std::string file_word(std::string_view text) {
  std::string word;
  for (const char letter : text) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                          (letter >= '0' && letter <= '9') || letter == '.' || letter == '+';
    if (letter == '%') {
      while (word.ends_with('-')) word.pop_back();
      word += "pct";
    } else if (is_plain) {
      word += letter;
    } else if (letter == '-' || letter == '_' || !(word.empty() || word.ends_with('-'))) {
      word += '-';
    }
  }
  while (word.ends_with('-')) word.pop_back();
  return word;
}

std::string file_word(const PlanNode& value) {
  const auto* text = std::get_if<std::string>(&value.value);
  return file_word(text != nullptr ? *text : node_text(value));
}

PlanTable nested(std::span<const std::string> path, const Place& place, const PlanNode& value) {
  if (path.size() == 1) return {{{.key = path.front(), .place = place, .node = value}}};
  PlanNode below{.value = nested(path.subspan(1), place, value), .place = place};
  return {{{.key = path.front(), .place = place, .node = std::move(below)}}};
}

/// A label is the end of the key, as much of it as no other axis has.
void label_axes(std::vector<Axis>& axes) {
  const auto end_of = [](const Axis& axis, std::size_t keys) {
    const std::size_t most = std::min(keys, axis.path.size());
    const auto begin = axis.path.end() - static_cast<std::ptrdiff_t>(most);
    return file_word(text_of({begin, axis.path.end()}));
  };
  for (Axis& axis : axes) {
    for (std::size_t keys = 1; keys <= axis.path.size(); ++keys) {
      axis.label = end_of(axis, keys);
      const bool is_alone = std::ranges::all_of(axes, [&](const Axis& other) {
        return &other == &axis || end_of(other, keys) != axis.label;
      });
      if (is_alone) break;
    }
  }
}

class SweepReader {
 public:
  Sweep read(const PlanEntry& entry) {
    const auto* table = std::get_if<PlanTable>(&entry.node.value);
    if (table == nullptr) {
      tell(entry.place, "sweep", "must be a table: write [sweep.grid] or [[sweep.list]]");
      return std::move(sweep_);
    }
    for (const PlanEntry& part : table->entries) {
      if (part.key == "grid") {
        read_grid(part);
      } else if (part.key == "list") {
        read_list(part);
      } else {
        tell(part.place, "sweep." + key_text(part.key),
             "unknown; a sweep has [sweep.grid] and [[sweep.list]]");
      }
    }
    if (sweep_.faults.empty()) make_cases(entry.place);
    if (!sweep_.faults.empty()) sweep_.cases.clear();
    return std::move(sweep_);
  }

 private:
  void tell(const Place& place, std::string key, std::string message) {
    sweep_.faults.push_back(
        {.place = place, .key = std::move(key), .value = {}, .message = std::move(message)});
  }

  void read_grid(const PlanEntry& grid) {
    const auto* table = std::get_if<PlanTable>(&grid.node.value);
    if (table == nullptr || table->entries.empty()) {
      return tell(grid.place, "sweep.grid", "must be a table of lists, budget = [1000, 2000] say");
    }
    KeyPath path;
    for (const PlanEntry& entry : table->entries) read_axes(entry, path);
    label_axes(axes_);
  }

  void read_axes(const PlanEntry& entry, KeyPath& path) {
    path.push_back(entry.key);
    if (const auto* table = std::get_if<PlanTable>(&entry.node.value)) {
      for (const PlanEntry& below : table->entries) read_axes(below, path);
    } else if (const auto* list = std::get_if<PlanList>(&entry.node.value)) {
      add_axis({.path = path, .place = entry.place, .values = list->items});
    } else {
      tell(entry.place, "sweep.grid." + text_of(path),
           "must be a list of values, [1000, 2000] say; what does not vary belongs in the plan");
    }
    path.pop_back();
  }

  void add_axis(Axis axis) {
    const std::string key = "sweep.grid." + text_of(axis.path);
    if (axis.path.front().find('.') != std::string::npos) {
      return tell(axis.place, key, "write the key without quotes, channel.search.budget = [...]");
    }
    if (axis.values.empty()) return tell(axis.place, key, "has no values");
    std::set<std::string> texts;
    for (const PlanNode& value : axis.values) {
      if (texts.insert(node_text(value)).second) continue;
      tell(value.place, key, "has the value " + node_text(value) + " twice");
    }
    axes_.push_back(std::move(axis));
  }

  void read_list(const PlanEntry& part) {
    const auto* list = std::get_if<PlanList>(&part.node.value);
    if (list == nullptr || list->items.empty()) {
      return tell(part.place, "sweep.list", "write [[sweep.list]], once for each case");
    }
    for (const PlanNode& item : list->items) read_listed(item);
  }

  void read_listed(const PlanNode& item) {
    const auto* table = std::get_if<PlanTable>(&item.value);
    const PlanEntry* name = table == nullptr ? nullptr : find_entry(*table, "name");
    const auto* text = name == nullptr ? nullptr : std::get_if<std::string>(&name->node.value);
    if (text == nullptr) {
      return tell(item.place, "sweep.list", "each case has a name: name = \"cheap\", for example");
    }
    if (text->empty() || text->size() > longest_name / 2 || file_word(*text) != *text ||
        text->front() == '.' || text->front() == '-') {
      return tell(name->place, "sweep.list.name",
                  "names a file: at most 60 letters, digits, . + -, beginning with a letter or "
                  "digit, not " +
                      quoted_text(*text));
    }
    Listed listed{.name = *text, .values = {}, .over = {}};
    KeyPath path;
    for (const PlanEntry& entry : table->entries) {
      if (entry.key == "name") continue;
      listed.over.entries.push_back(entry);
      list_values(entry, path, listed.values);
    }
    listed_.push_back(std::move(listed));
  }

  /// What the entry says, key by key; told where the grid has the key too.
  void list_values(const PlanEntry& entry, KeyPath& path, std::vector<CaseValue>& values) {
    path.push_back(entry.key);
    if (const auto* table = std::get_if<PlanTable>(&entry.node.value)) {
      for (const PlanEntry& below : table->entries) list_values(below, path, values);
    } else {
      values.push_back({.key = text_of(path), .value = node_text(entry.node)});
      places_.emplace_back(values.back().key, entry.place);
    }
    path.pop_back();
  }

  void make_cases(const Place& place) {
    for (const auto& [key, where] : places_) {
      for (const Axis& axis : axes_) {
        if (text_of(axis.path) != key) continue;
        tell(where, "sweep.list." + key, "is in the grid too; leave it out of one of them");
      }
    }
    if (axes_.empty() && listed_.empty()) {
      return tell(place, "sweep", "has no cases: write [sweep.grid] or [[sweep.list]]");
    }
    if (listed_.empty()) listed_.push_back({});
    auto count = static_cast<double>(listed_.size());
    for (const Axis& axis : axes_) count *= static_cast<double>(axis.values.size());
    if (count > static_cast<double>(most_sweep_cases)) {
      return tell(place, "sweep",
                  fmt::format("has {:.0f} cases; at most {} are played: take values out", count,
                              most_sweep_cases));
    }
    for (const Listed& listed : listed_) {
      combine({.name = listed.name, .values = listed.values, .over = listed.over}, axes_);
    }
    check_names(place);
  }

  void combine(SweepCase one, std::span<const Axis> axes) {
    if (axes.empty()) {
      sweep_.cases.push_back(std::move(one));
      return;
    }
    const Axis& axis = axes.front();
    for (const PlanNode& value : axis.values) {
      SweepCase next = one;
      next.name += (next.name.empty() ? "" : "_") + axis.label + '-' + file_word(value);
      next.values.push_back({.key = text_of(axis.path), .value = node_text(value)});
      next.over = lay_over(std::move(next.over), nested(axis.path, axis.place, value));
      combine(std::move(next), axes.subspan(1));
    }
  }

  void check_names(const Place& place) {
    std::set<std::string> names;
    for (const SweepCase& one : sweep_.cases) {
      if (one.name.size() > longest_name) {
        return tell(place, "sweep",
                    "makes a file's name that is too long, " + one.name +
                        ": give the cases names by [[sweep.list]]");
      }
      if (names.insert(one.name).second) continue;
      return tell(place, "sweep",
                  "has two cases with the name " + one.name +
                      ": write their values otherwise, or give the cases names by [[sweep.list]]");
    }
  }

  Sweep sweep_;
  std::vector<Axis> axes_;
  std::vector<Listed> listed_;
  std::vector<std::pair<std::string, Place>> places_;  ///< of the keys of the list
};

}  // namespace

Sweep read_sweep(const PlanEntry& entry) { return SweepReader{}.read(entry); }

}  // namespace flywheel
