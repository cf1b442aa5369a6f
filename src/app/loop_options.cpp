#include "app/loop_options.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "plan/loops.hpp"
#include "tables/number_text.hpp"

namespace flywheel {

namespace {

const std::string without_name{"--without"};
const std::string only_name{"--only"};

}  // namespace

std::vector<std::string> read_loops(const std::string& option, const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    names.emplace_back(trim(std::string_view{text}.substr(begin, end - begin)));
    if (const std::string wrong = unknown_loop(names.back()); !wrong.empty()) {
      throw CLI::ValidationError{option, wrong};
    }
    begin = end + 1;
  }
  return names;
}

std::vector<std::string> loop_settings(const LoopOptions& loops) {
  std::vector<std::string> off = loops.only.empty() ? loops.without : loops_but(loops.only);
  for (std::string& name : off) name = fmt::format("loops.{}=false", name);
  return off;
}

std::vector<std::string> with_loops(std::vector<std::string> settings, const LoopOptions& loops) {
  const std::vector<std::string> above = loop_settings(loops);
  settings.insert(settings.end(), above.begin(), above.end());
  return settings;
}

Faults warn_about_loops(const Plan& plan, const LoopOptions& loops) {
  Faults warnings;
  for (const std::string& name : loops.only) {
    const std::string reason = why_idle(plan, name);
    if (reason.empty()) continue;
    const std::string advice = loop_turns(plan.loops, name)
                                   ? "give the plan what it lacks, or leave the loop out"
                                   : fmt::format("loops.{} = true in the plan turns it on", name);
    warnings.push_back(
        {.place = {.file = only_name},
         .key = name,
         .value = {},
         .message = fmt::format("the loop changes nothing in this plan ({}): {}", reason, advice),
         .kind = FaultKind::warning});
  }
  return warnings;
}

void add_loop_options(CLI::App& command, LoopOptions& loops) {
  const auto add = [&](const std::string& name, std::vector<std::string>& names,
                       const std::string& meaning) {
    return command
        .add_option_function<std::vector<std::string>>(
            name,
            [&names, name](const std::vector<std::string>& texts) {
              names = read_loops(name, fmt::format("{}", fmt::join(texts, ",")));
            },
            meaning)
        ->allow_extra_args(false)
        ->type_name("LOOP,LOOP,...");
  };
  CLI::Option* without =
      add(without_name, loops.without, "loops of the plan that are switched off, referral say");
  add(only_name, loops.only, "the only loops of the plan that are not switched off")
      ->excludes(without);
}

}  // namespace flywheel
