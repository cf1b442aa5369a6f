#include "study/describe_run.hpp"

#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>

#include "core/version.hpp"
#include "plan/loops.hpp"
#include "plan/numbers.hpp"
#include "plan/write_plan.hpp"
#include "results/sha256.hpp"
#include "scenario/fingerprint.hpp"

namespace flywheel {

namespace {

std::vector<std::string> reason_names() {
  const Parameter* row = find_parameter(section_named("funnel"), "reason_shares");
  return {row->elements.begin(), row->elements.end()};
}

std::vector<DrawnParameter> drawn_parameters(const ScenarioSource& source) {
  std::map<std::string, PlanNumber> numbers;
  for (PlanNumber& one : list_numbers(source.plan())) numbers.emplace(one.key, one);
  std::vector<DrawnParameter> parameters;
  for (const std::string& key : source.uncertain_names()) {
    const PlanNumber& one = numbers.at(key);
    const bool given = one.number.given;
    parameters.push_back({.key = key,
                          .unit = unit_symbol(one.unit, source.plan().campaign.currency),
                          .meaning = std::string{one.sentence},
                          .basis = given ? "given" : std::string{basis_mark(one.source.basis)},
                          .source = given ? std::string{} : std::string{one.source.text},
                          .idle = one.idle});
  }
  return parameters;
}

std::string hash_of(const std::string& plan_full, const std::vector<NamedText>& inputs) {
  Sha256Hasher hasher;
  const auto add = [&](const std::string& text) {
    // The length keeps the border between two texts from moving.
    const std::string counted = std::to_string(text.size()) + ':' + text;
    hasher.add(std::as_bytes(std::span{counted}));
  };
  add(plan_full);
  for (const NamedText& input : inputs) {
    add(input.name);
    add(input.text);
  }
  return hexadecimal(hasher.finish());
}

std::vector<std::string> run_lines(const ResultIdentity& identity, const Frozen& frozen) {
  return {fmt::format("plan sha256 {}", identity.plan_sha256),
          fmt::format("seed {}", identity.seed),
          fmt::format("frozen levels {}", frozen_words(frozen)),
          fmt::format("program {}", identity.program_version),
          fmt::format("commit {}", identity.git_commit),
          fmt::format("result format {}", result_format_version),
          "generator Philox4x32-10",
          fmt::format("numerics {:016x}", numerics_fingerprint())};
}

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& entries) {
  std::vector<std::string> names;
  names.reserve(entries.size());
  for (const Named& one : entries) names.push_back(one.name);
  return names;
}

/// What stood above the plan, a line each: the settings, then the case of the sweep.
std::string settings_text(const RunOrigin& origin) {
  std::vector<std::string> lines = origin.settings;
  for (const CaseValue& one : origin.reading.case_values) {
    lines.push_back(one.key + '=' + one.value);
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace

std::string frozen_words(const Frozen& frozen) {
  std::string words;
  const auto add = [&](bool holds, const char* word) {
    if (holds) words += (words.empty() ? "" : ",") + std::string{word};
  };
  add(frozen.parameters, "parameters");
  add(frozen.market, "market");
  add(frozen.shoppers, "shoppers");
  return words.empty() ? "none" : words;
}

RunDescription describe_run(const ScenarioSource& source, const RunOrigin& origin) {
  const Plan& plan = source.plan();
  RunDescription run;
  run.campaign = plan.campaign.name;
  run.currency = plan.campaign.currency;
  run.start = plan.campaign.start;
  run.flight_days = plan.campaign.flight_days;
  run.conversion_days = plan.campaign.conversion_days;
  run.cohort_days = plan.campaign.cohort_days;
  run.target_roas = plan.campaign.target_roas;
  run.loops = turning_loops(plan);
  run.channels = names_of(plan.channels);
  run.channels.emplace_back("retargeting");
  run.segments = names_of(plan.segments);
  run.reasons = reason_names();
  run.flows = names_of(plan.flows);
  const int horizon = run.flight_days + run.conversion_days + run.cohort_days;
  for (int day = 0; day < horizon; day += plan.campaign.rotation_days) run.rotations.push_back(day);
  run.parameters = drawn_parameters(source);
  const std::string plan_full = write_plan(plan, origin.reading.given);
  const std::vector<PlanFile>& files = origin.reading.files;
  for (std::size_t file = 1; file < files.size(); ++file) {
    run.inputs.push_back({files[file].name, files[file].text});
  }
  run.provenance = {{"plan", files.empty() ? std::string{} : files.front().text},
                    {"plan_full", plan_full},
                    {"settings", settings_text(origin)},
                    {"versions", origin.versions}};
  run.identity = {.file_type = "run",
                  .program_version = std::string{program_version},
                  .git_commit = std::string{git_commit},
                  .seed = origin.luck.seed,
                  .plan_sha256 = hash_of(plan_full, run.inputs),
                  .complete = 1};
  run.run_lines = run_lines(run.identity, origin.luck.frozen);
  return run;
}

}  // namespace flywheel
