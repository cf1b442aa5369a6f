#include "app/batch_members.hpp"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/error_text.hpp"

namespace flywheel {

namespace {

std::string name_of(const std::filesystem::path& plan) {
  const std::string stem = plan.stem().string();
  const std::string folder =
      std::filesystem::absolute(plan).lexically_normal().parent_path().filename().string();
  return stem == "plan" && !folder.empty() ? folder : stem;
}

BatchMember read_member(const RunOptions& options, const std::filesystem::path& plan,
                        const std::string& sweep_case) {
  BatchMember member{
      .plan = plan,
      .sweep_case = sweep_case,
      .name = name_of(plan) + (sweep_case.empty() ? "" : "." + sweep_case),
      .output = {},
      .reading = read_plan(plan, with_loops(options.settings, options.loops), sweep_case)};
  member.output = options.output / (member.name + ".h5");
  return member;
}

}  // namespace

std::variant<std::vector<BatchMember>, std::string> read_members(const RunOptions& options) {
  std::vector<BatchMember> members;
  for (const std::filesystem::path& plan : options.plans) {
    const Sweep sweep = list_cases(plan, options.settings);
    if (sweep.cases.empty()) members.push_back(read_member(options, plan, {}));
    for (const SweepCase& one : sweep.cases) {
      members.push_back(read_member(options, plan, one.name));
    }
  }
  std::map<std::string, const BatchMember*> names;
  for (const BatchMember& member : members) {
    const auto [there, is_new] = names.emplace(member.name, &member);
    if (is_new) continue;
    return fmt::format("{} and {} would both be {}: rename one, or give it a batch of its own",
                       escape_text(there->second->plan.string()), escape_text(member.plan.string()),
                       escape_text(member.output.string()));
  }
  return members;
}

}  // namespace flywheel
