#include "plan/plan_binder.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "core/check.hpp"
#include "plan/choice.hpp"
#include "plan/nearest.hpp"
#include "plan/slot_reader.hpp"
#include "plan/toml_document.hpp"
#include "plan/value_reader.hpp"

namespace flywheel {

namespace {

constexpr std::size_t most_entries{200};   // channels, flows, shocks ... of one plan
constexpr std::size_t most_segments{126};  // a shopper's number has seven bits for the segment
constexpr std::size_t most_compared{100};  // unknown keys whose nearest is looked for

constexpr std::string_view on{"true"};

using DefaultNodes = std::map<std::string_view, PlanNode>;

PlanNode parse_default(std::string_view text) {
  TomlDocument document = parse_toml("value = " + std::string{text}, "default");
  expect(document.faults.empty(), "a default of the table of parameters is valid TOML");
  return std::move(document.root.entries.front().node);
}

// The defaults of the table of parameters, parsed once.
const PlanNode& default_node(std::string_view text) {
  static const DefaultNodes parsed = [] {
    DefaultNodes nodes;
    const auto add = [&nodes](std::string_view value) {
      if (!value.empty() && !nodes.contains(value)) nodes.emplace(value, parse_default(value));
    };
    add(on);
    for (const Section& section : sections()) {
      for (const Parameter& parameter : section.parameters) {
        add(parameter.default_text);
        for (const DefaultFor& one : parameter.defaults_for) add(one.text);
      }
    }
    return nodes;
  }();
  return parsed.at(text);
}

// A value below a table by a key of several parts, "creative.hit_rate".
const PlanNode* find_path(const PlanTable& table, std::string_view key) {
  const std::size_t dot = key.find('.');
  const PlanEntry* entry = find_entry(table, key.substr(0, dot));
  if (entry == nullptr) return nullptr;
  if (dot == std::string_view::npos) return &entry->node;
  const auto* below = std::get_if<PlanTable>(&entry->node.value);
  return below == nullptr ? nullptr : find_path(*below, key.substr(dot + 1));
}

bool begins_a_key(const Section& section, const std::string& prefix) {
  return std::any_of(section.parameters.begin(), section.parameters.end(),
                     [&](const Parameter& p) { return p.key.starts_with(prefix + '.'); });
}

// Another section that has the key, for people who put it in the wrong place.
const Section* home_of(std::string_view key, const Section& asking) {
  for (const Section& section : sections()) {
    if (section.name != asking.name && find_parameter(section, key) != nullptr) return &section;
  }
  return nullptr;
}

std::size_t most_of(const Section& section) {
  return section.name == "segment" ? most_segments : most_entries;
}

std::string header_of(const Section& section) {
  return section.kind == SectionKind::named ? fmt::format("[{}.NAME]", section.name)
                                            : fmt::format("[{}]", section.name);
}

}  // namespace

// One table of the plan: a section, or one of its named entries.
struct PlanBinder::Entry {
  const Section& section;
  std::string name;
  std::size_t position;
  const PlanTable& table;
  std::optional<Place> place;  // nothing where nobody wrote it
};

void PlanBinder::tell(Fault fault) {
  if (!fault.key.empty()) faulty_.insert(fault.key);
  faults_.push_back(std::move(fault));
}

void PlanBinder::bind(const Section& section) {
  if (section.kind == SectionKind::named) return bind_named(section);
  static const PlanTable nothing{};
  const PlanEntry* written = find_entry(root_, section.name);
  const auto* table = written == nullptr ? &nothing : std::get_if<PlanTable>(&written->node.value);
  if (table == nullptr) {
    tell(value_fault(written->node, std::string{section.name},
                     "must be a table; write " + header_of(section)));
    table = &nothing;
  }
  const auto place = written == nullptr ? std::nullopt : std::optional{written->place};
  bind_entry({.section = section, .name = {}, .position = 0, .table = *table, .place = place});
}

void PlanBinder::bind_named(const Section& section) {
  const PlanEntry* written = find_entry(root_, section.name);
  if (written == nullptr) return;
  const auto* entries = std::get_if<PlanTable>(&written->node.value);
  if (entries == nullptr) {
    tell(value_fault(written->node, std::string{section.name},
                     "must be tables with names; write " + header_of(section)));
    return;
  }
  for (const PlanEntry& entry : entries->entries) {
    const std::string key = full_key(section, entry.key, {});
    const auto* table = std::get_if<PlanTable>(&entry.node.value);
    if (table == nullptr) {
      tell({.place = entry.place,
            .key = key,
            .value = node_text(entry.node),
            .message = "must be a table; write " + header_of(section)});
      continue;
    }
    if (const std::string problem = text_problem(entry.key, name_characters); !problem.empty()) {
      tell({.place = entry.place, .key = key, .value = {}, .message = "the name " + problem});
    }
    if (section.count(plan_) == most_of(section)) {
      tell({.place = entry.place,
            .key = key,
            .value = {},
            .message = fmt::format("a plan has at most {} tables {}", most_of(section),
                                   header_of(section))});
      return;
    }
    section.add(plan_, entry.key);
    bind_entry({.section = section,
                .name = entry.key,
                .position = section.count(plan_) - 1,
                .table = *table,
                .place = entry.place});
  }
}

bool PlanBinder::is_faulty(const std::string& key) const {
  const auto within = faulty_.lower_bound(key + '.');
  return faulty_.contains(key) || (within != faulty_.end() && within->starts_with(key + '.'));
}

Place PlanBinder::place_of_table(const std::string& key) const {
  const auto around = std::find_if(tables_.begin(), tables_.end(), [&](const auto& one) {
    return key.starts_with(one.first + '.');
  });
  if (around != tables_.end()) return around->second;
  std::optional<Place> first;
  for (const auto& [name, place] : tables_) {
    const bool within = name.starts_with(key) && place.line > 0;
    if (within && (!first || place.line < first->line)) first = place;
  }
  return first.value_or(Place{.file = file_, .line = 1, .column = 1});
}

void PlanBinder::bind_entry(const Entry& entry) {
  if (entry.place) {
    tables_.insert_or_assign(full_key(entry.section, entry.name, {}), *entry.place);
  }
  for (const Parameter& parameter : entry.section.parameters) bind_parameter(entry, parameter);
  tell_unknown(entry, entry.table, {});
}

void PlanBinder::bind_parameter(const Entry& entry, const Parameter& parameter) {
  const Section& section = entry.section;
  const std::string key = full_key(section, entry.name, parameter.key);
  const Slot slot = parameter.reach(plan_, entry.position);
  SlotTask task{.plan = plan_,
                .parameter = parameter,
                .rule = {.key = key,
                         .unit = parameter.unit,
                         .range = parameter.range,
                         .currency = plan_.campaign.currency,
                         .posterior = posterior_}};
  const bool is_on = parameter.on_with_section && entry.place.has_value();
  const std::string_view text =
      is_on ? on : default_of(section, parameter, plan_, entry.position).text;
  if (!text.empty()) {
    for (Fault& fault : read_slot(default_node(text), slot, task)) tell(std::move(fault));
  }
  const PlanNode* node = find_path(entry.table, parameter.key);
  if (node == nullptr) return;
  given_.insert_or_assign(key, GivenValue{.place = node->place, .text = node_text(*node)});
  task.writer = Writer::planner;
  for (Fault& fault : read_slot(*node, slot, task)) {
    faulty_.insert(key);
    tell(std::move(fault));
  }
}

void PlanBinder::tell_unknown(const Entry& entry, const PlanTable& table,
                              const std::string& prefix) {
  for (const PlanEntry& written : table.entries) {
    const std::string key = prefix + written.key;
    if (find_parameter(entry.section, key) != nullptr) continue;
    const auto* below = std::get_if<PlanTable>(&written.node.value);
    if (begins_a_key(entry.section, key) && below != nullptr) {
      tell_unknown(entry, *below, key + '.');
    } else {
      tell(unknown_key(entry, written, prefix));
    }
  }
}

Fault PlanBinder::unknown_key(const Entry& entry, const PlanEntry& written,
                              const std::string& prefix) const {
  const std::string key = prefix + written.key;
  Fault fault{.place = written.place,
              .key = full_key(entry.section, entry.name, prefix + key_text(written.key)),
              .value = node_text(written.node),
              .message = "unknown key"};
  const Section* home = home_of(key, entry.section);
  if (entry.section.name == "channel" && home != nullptr && home->name == "funnel") {
    fault.message =
        "unknown key; a plan gives a conversion rate or its steps, never both: a channel gives "
        "conversion_rate, the steps are the site's and stand in [funnel]";
  } else if (home != nullptr) {
    fault.message = "unknown key here; it belongs to " + header_of(*home);
  } else if (faults_.size() < most_compared) {
    std::vector<std::string> known;
    for (const Parameter& parameter : entry.section.parameters) known.emplace_back(parameter.key);
    fault.nearest = nearest_word(key, known);
    if (fault.nearest.empty()) {
      fault.message +=
          fmt::format("; {} has the keys {}", header_of(entry.section), fmt::join(known, ", "));
    }
  }
  return fault;
}

void PlanBinder::complete() {
  for (const Section& section : sections()) {
    const bool named = section.kind == SectionKind::named;
    const std::size_t entries = named ? section.count(plan_) : 1;
    for (std::size_t entry = 0; entry < entries; ++entry) {
      for (const Parameter& parameter : section.parameters) complete(section, parameter, entry);
    }
  }
}

void PlanBinder::complete(const Section& section, const Parameter& parameter, std::size_t entry) {
  const bool named = section.kind == SectionKind::named;
  const std::string key =
      full_key(section, named ? section.name_of(plan_, entry) : std::string{}, parameter.key);
  const auto written = given_.find(key);
  const bool is_written = written != given_.end();
  const bool has_effect = applies(section, parameter, plan_, entry);
  if (is_written && !has_effect) {
    tell({.place = written->second.place,
          .key = key,
          .value = written->second.text,
          .message = fmt::format("has no effect unless {} = \"{}\"; leave it out or change that",
                                 parameter.needs.key, parameter.needs.word)});
  }
  if (is_written || !default_of(section, parameter, plan_, entry).text.empty()) return;
  if (has_effect && !faulty_.contains(std::string{section.name})) {
    tell({.place = place_of_table(key),
          .key = key,
          .value = {},
          .message = fmt::format("is missing and has no default: {}", parameter.sentence)});
  }
  // A number that nothing reads is still a number.
  const Slot slot = parameter.reach(plan_, entry);
  if (Number* const* number = std::get_if<Number*>(&slot)) (*number)->value = fixed(1);
}

void PlanBinder::tell_unknown_sections() {
  std::vector<std::string> known{"correlation"};
  for (const Section& section : sections()) known.emplace_back(section.name);
  for (const PlanEntry& entry : root_.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    Fault fault{.place = entry.place,
                .key = key_text(entry.key),
                .value = node_text(entry.node),
                .message = "unknown section of a plan"};
    if (faults_.size() < most_compared) fault.nearest = nearest_word(entry.key, known);
    tell(std::move(fault));
  }
}

}  // namespace flywheel
