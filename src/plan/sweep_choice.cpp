#include "plan/sweep_choice.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "plan/nearest.hpp"
#include "plan/settings.hpp"

namespace flywheel {

namespace {

/// Takes the sweep out of a plan's tables.
std::optional<PlanEntry> take_sweep(PlanTable& root) {
  const auto found = std::ranges::find(root.entries, "sweep", &PlanEntry::key);
  if (found == root.entries.end()) return std::nullopt;
  PlanEntry entry = std::move(*found);
  root.entries.erase(found);
  return entry;
}

/// Where a setting, not the plan, gives this key.
bool is_set(const PlanTable& root, const SweepCase& one) {
  const auto reaches = [](const auto& self, const PlanTable& below,
                          const PlanTable& above) -> bool {
    return std::ranges::any_of(above.entries, [&](const PlanEntry& entry) {
      const PlanEntry* there = find_entry(below, entry.key);
      if (there == nullptr) return false;
      const auto* next = std::get_if<PlanTable>(&there->node.value);
      const auto* over = std::get_if<PlanTable>(&entry.node.value);
      if (next != nullptr && over != nullptr) return self(self, *next, *over);
      return there->node.place.file == "--set";
    });
  };
  return reaches(reaches, root, one.over);
}

Fault sweep_fault(const Place& place, std::string message) {
  return {.place = place, .key = "sweep", .value = {}, .message = std::move(message)};
}

}  // namespace

PlanCase choose_case(PlanTable root, const std::string& name, const std::string& file) {
  PlanCase chosen{.root = std::move(root), .values = {}, .faults = {}};
  const std::optional<PlanEntry> entry = take_sweep(chosen.root);
  if (!entry) {
    if (name.empty()) return chosen;
    chosen.faults.push_back(sweep_fault({.file = file}, "the plan has none, so no case " + name));
    return chosen;
  }
  Sweep sweep = read_sweep(*entry);
  chosen.faults = std::move(sweep.faults);
  if (!chosen.faults.empty()) return chosen;
  const auto found = std::ranges::find(sweep.cases, name, &SweepCase::name);
  if (found == sweep.cases.end()) {
    std::vector<std::string> names;
    for (const SweepCase& one : sweep.cases) names.push_back(one.name);
    const std::string& first = names.front();
    chosen.faults.push_back(sweep_fault(
        entry->place, name.empty()
                          ? fmt::format("makes {} plans, which only `run` plays all: choose one by "
                                        "--case, {} for example",
                                        names.size(), first)
                          : fmt::format("has no case {}; {} is one", name, first)));
    chosen.faults.back().nearest = nearest_word(name, names);
    return chosen;
  }
  if (is_set(chosen.root, *found)) {
    chosen.faults.push_back(
        sweep_fault(entry->place, "varies a key that --set gives: leave one of them out"));
  }
  chosen.values = std::move(found->values);
  chosen.root = lay_over(std::move(chosen.root), std::move(found->over));
  return chosen;
}

}  // namespace flywheel
