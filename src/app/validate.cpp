#include "app/validate.hpp"

#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/cap_warnings.hpp"
#include "app/faults.hpp"
#include "app/plan_page.hpp"
#include "app/terminal.hpp"
#include "core/error_text.hpp"
#include "plan/read_plan.hpp"
#include "plan/write_plan.hpp"

namespace flywheel {

namespace {

PageStyle style_of(std::size_t asked, const Streams& streams) {
  const Terminal terminal = terminal_behind(streams.results);
  return {.width = asked > 0 ? asked : terminal.width, .colored = terminal.wants_color};
}

/// Checks every case, and prints them where none has a fault.
ExitCode validate_cases(const ValidateOptions& options, const std::vector<SweepCase>& cases,
                        const Streams& streams) {
  std::vector<std::string> lines;
  Faults faults;
  TextTable table{{{.head = "Case", .align = Align::left}, {.head = "", .align = Align::left}}};
  for (const SweepCase& one : cases) {
    const PlanReading reading =
        read_plan(options.plan, with_loops(options.settings, options.loops), one.name);
    for (const Fault& fault : reading.faults) {
      if (std::ranges::find(lines, to_line(fault)) != lines.end()) continue;
      lines.push_back(to_line(fault));
      faults.push_back(fault);
    }
    std::string values;
    for (const CaseValue& value : one.values) {
      values += (values.empty() ? "" : ", ") + value.key + " = " + value.value;
    }
    table.add({one.name, escape_text(values)});
  }
  if (!faults.empty()) return tell_faults(faults, streams);
  streams.results << table.text(style_of(options.width, streams));
  streams.messages << escape_text(options.plan.string()) << ": all " << cases.size()
                   << " cases can run; what one means: --case NAME\n";
  return ExitCode::done;
}

}  // namespace

ExitCode run_validate(const ValidateOptions& options, const Streams& streams) {
  if (options.sweep_case.empty() && options.page == ValidatePage::meaning) {
    const Sweep sweep = list_cases(options.plan, options.settings);
    if (!sweep.cases.empty()) return validate_cases(options, sweep.cases, streams);
  }
  PlanReading reading =
      read_plan(options.plan, with_loops(options.settings, options.loops), options.sweep_case);
  if (reading.plan) {
    for (Fault& one : warn_about_caps(*reading.plan, reading.given)) {
      reading.warnings.push_back(std::move(one));
    }
    for (Fault& one : warn_about_loops(*reading.plan, options.loops)) {
      reading.warnings.push_back(std::move(one));
    }
  }
  tell_warnings(reading.warnings, streams);
  if (!reading.plan) return tell_faults(reading.faults, streams);
  switch (options.page) {
    case ValidatePage::meaning:
      streams.results << plan_page(*reading.plan, reading, style_of(options.width, streams));
      break;
    case ValidatePage::full:
      streams.results << write_plan(*reading.plan, reading.given);
      break;
    case ValidatePage::json:
      streams.results << plan_json(*reading.plan, reading);
      break;
  }
  streams.messages << escape_text(options.plan.string()) << ": the plan can run\n";
  return ExitCode::done;
}

void add_validate(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("validate", "check a plan and print what it means");
  const auto options = std::make_shared<ValidateOptions>();
  command->add_option("plan", options->plan, "the plan's file")->required();
  command
      ->add_option("--set", options->settings,
                   "key=value over what the plan says, channel.search.budget=50000 for example; "
                   "may be repeated")
      ->allow_extra_args(false);
  command->add_option("--case", options->sweep_case, "a case of the plan's [sweep], by name");
  add_loop_options(*command, options->loops);
  command->add_option("--width", options->width, "characters in a line; default: the terminal's")
      ->check(CLI::Range(60, 400));
  auto* full = command->add_flag_callback(
      "--full", [options] { options->page = ValidatePage::full; },
      "the plan with all defaults and where each comes from");
  command
      ->add_flag_callback(
          "--json", [options] { options->page = ValidatePage::json; }, "as JSON")
      ->excludes(full);
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_validate(*options, streams); };
  });
}

}  // namespace flywheel
