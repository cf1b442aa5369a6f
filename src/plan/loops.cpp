#include "plan/loops.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include <fmt/format.h>

#include "core/check.hpp"
#include "core/error_text.hpp"
#include "plan/nearest.hpp"
#include "plan/parameter.hpp"

namespace flywheel {

namespace {

int& loop_switch(Plan& plan, std::string_view name) {
  const Parameter* row = find_parameter(section_named("loops"), name);
  expect(row != nullptr, "a loop has a row in the table of parameters");
  return *std::get<int*>(row->reach(plan, 0));
}

Plan plan_with(const LoopsPlan& loops) {
  Plan plan;
  plan.loops = loops;
  return plan;
}

bool is_among(std::span<const std::string> names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

bool buys_media(const Plan& plan) {
  return std::ranges::any_of(plan.daily_budget, [](const std::vector<double>& days) {
    return std::ranges::any_of(days, [](double money) { return money > 0.0; });
  });
}

/// A loop that has nothing to work with, although it is on.
struct Lack {
  std::string_view loop;
  bool (*holds)(const Plan&);
  std::string_view words;
};

constexpr std::array lacks{
    Lack{"targeting", [](const Plan& plan) { return !buys_media(plan); }, "no channel has money"},
    Lack{"page_tests", [](const Plan& plan) { return plan.page_tests.ideas_per_rotation == 0; },
         "no ideas"},
    Lack{"referral", [](const Plan& plan) { return plan.referral.enabled == 0; }, "no program"},
    Lack{"retargeting", [](const Plan& plan) { return plan.retargeting.enabled == 0; },
         "no program"},
    Lack{"retargeting", [](const Plan& plan) { return !(plan.retargeting.budget > 0.0); },
         "no budget"},
    Lack{"messages", [](const Plan& plan) { return plan.flows.empty(); }, "no flow"},
    Lack{"offers", [](const Plan& plan) { return plan.offers.empty(); }, "no offer"},
};

}  // namespace

std::vector<std::string> loop_names() {
  std::vector<std::string> names;
  for (const Parameter& row : section_named("loops").parameters) names.emplace_back(row.key);
  return names;
}

std::vector<std::string> loops_but(std::span<const std::string> names) {
  std::vector<std::string> others = loop_names();
  std::erase_if(others, [&](const std::string& name) { return is_among(names, name); });
  return others;
}

std::string unknown_loop(std::string_view name) {
  const std::vector<std::string> known = loop_names();
  if (is_among(known, std::string{name})) return {};
  const std::string nearest = nearest_word(name, known);
  return fmt::format(
      "{} is no loop; {}there are {}", name.empty() ? "nothing" : escape_text(std::string{name}),
      nearest.empty() ? std::string{} : "the nearest is " + nearest + "; ", fmt::join(known, ", "));
}

bool loop_turns(const LoopsPlan& loops, std::string_view name) {
  Plan plan = plan_with(loops);
  return loop_switch(plan, name) != 0;
}

LoopsPlan loops_without(const LoopsPlan& loops, std::span<const std::string> names) {
  Plan plan = plan_with(loops);
  for (const std::string& name : names) loop_switch(plan, name) = 0;
  return plan.loops;
}

LoopsPlan loops_only(const LoopsPlan& loops, std::span<const std::string> names) {
  return loops_without(loops, loops_but(names));
}

std::string why_idle(const Plan& plan, std::string_view name) {
  if (!loop_turns(plan.loops, name)) return "off";
  for (const Lack& lack : lacks) {
    if (lack.loop == name && lack.holds(plan)) return std::string{lack.words};
  }
  return {};
}

std::vector<std::string> turning_loops(const Plan& plan) {
  std::vector<std::string> names = loop_names();
  std::erase_if(names, [&](const std::string& name) { return !why_idle(plan, name).empty(); });
  return names;
}

}  // namespace flywheel
