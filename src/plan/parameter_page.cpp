#include "plan/parameter_page.hpp"

#include <type_traits>
#include <variant>

#include <fmt/format.h>

#include "plan/choice.hpp"

namespace flywheel {

namespace {

// What kind of value a slot holds, for people. `words` are those of a choice.
struct KindText {
  const Parameter& parameter;

  std::string operator()(const Number*) const { return range_text(parameter.range); }
  std::string operator()(const double*) const {
    const std::string range = range_text(parameter.range);
    return parameter.no_limit.empty() ? range
                                      : fmt::format("{} or \"{}\"", range, parameter.no_limit);
  }
  std::string operator()(const int*) const {
    return parameter.unit == Unit::none ? "true or false" : "whole, " + range_text(parameter.range);
  }
  std::string operator()(const Date*) const { return "date"; }
  std::string operator()(const std::string*) const {
    return fmt::format("text, {} characters", range_text(parameter.range));
  }
  std::string operator()(const TraitPlan*) const {
    return fmt::format("trait: {}", fmt::join(choice_words<TraitFamily>, ", "));
  }
  std::string operator()(std::span<Number>) const {
    return fmt::format("list of {} ({}), each {}{}", parameter.elements.size(),
                       fmt::join(parameter.elements, ", "), range_text(parameter.range),
                       parameter.sums_to_one ? ", sum 1" : "");
  }
  std::string operator()(const std::vector<std::string>*) const { return "list of names"; }
  std::string operator()(const std::vector<double>*) const { return "shares by segment, sum 1"; }
  template <typename Choice>
  requires std::is_enum_v<Choice> std::string operator()(const Choice*) const {
    return fmt::format("{}", fmt::join(choice_words<Choice>, ", "));
  }
};

// A plan with one entry in every list, so that each parameter has a slot to ask.
Plan plan_of_examples() {
  Plan plan;
  for (const Section& section : sections()) {
    if (section.kind == SectionKind::named) section.add(plan, "NAME");
  }
  return plan;
}

std::string escape_cell(std::string_view text) {
  std::string cell;
  for (const char letter : text) {
    if (letter == '|') cell += '\\';
    cell += letter;
  }
  return cell;
}

std::string source_cell(const Source& source) {
  return fmt::format("{} {}", basis_mark(source.basis), escape_cell(source.text));
}

std::string header_of(const Section& section) {
  return section.kind == SectionKind::named ? fmt::format("[{}.NAME]", section.name)
                                            : fmt::format("[{}]", section.name);
}

std::string markdown_row(const Parameter& parameter) {
  const std::string given = parameter.default_text.empty()
                                ? "must be given"
                                : '`' + escape_cell(shown_default(parameter)) + '`';
  std::string sentence{parameter.sentence};
  if (!parameter.needs.key.empty()) {
    sentence += fmt::format(" Only with `{} = \"{}\"`.", parameter.needs.key, parameter.needs.word);
  }
  std::string row = fmt::format(
      "| `{}` | {} | {} | {} | {} | {} |\n", parameter.key, unit_word(parameter.unit),
      escape_cell(allowed_text(parameter)), given,
      parameter.default_text.empty() ? "" : source_cell(parameter.source), escape_cell(sentence));
  for (const DefaultFor& one : parameter.defaults_for) {
    row += fmt::format("| | | | `{}` | {} | default for {} |\n", escape_cell(one.text),
                       source_cell(one.source), one.variant);
  }
  return row;
}

constexpr std::string_view introduction{
    R"(# Parameters

Every key of a plan. This page is printed by `flywheel parameters --markdown`; a test compares.

A number may be certain (`0.012`, `"1.2%"`, `"$12"`, `"14 days"`) or uncertain:
`{ low = .., high = .. }` is a 90 % interval (lognormal for what is above zero, logit-normal for a
share, normal for any other number), `{ median = .., s = .. }` a lognormal with s the standard
deviation of logs, `{ family = "beta", mean = .., n = .. }` a named family (beta, gamma, lognormal,
logit_normal, normal, student_t, uniform, triangular, pert, discrete), `{ posterior = "column" }` a
column of the file of joint draws. A list whose sum is 1 may be
`{ family = "dirichlet", shares = [..], n = .. }`. One draw per number and future, used everywhere.

Defaults: [S] a published figure; [S/J] a published center with a judged spread; [J] judgement;
[rule] a definition of the tool, not an estimate.

Beside the sections below a plan may hold any number of `[[correlation]]` tables: `first` and
`second` are full keys of uncertain numbers (`"channel.search.click_rate"`), `spearman` is their
rank correlation, between -0.999 and 0.999. A table `[sweep.grid]` of lists, or named tables
`[[sweep.list]]`, make several plans of one: see [overnight.md](overnight.md#several-plans).
)"};

}  // namespace

std::string allowed_text(const Parameter& parameter) {
  Plan plan = plan_of_examples();
  return std::visit(KindText{parameter}, parameter.reach(plan, 0));
}

std::string parameter_text(const Section& section) {
  std::string text = fmt::format("{}  {}\n", header_of(section), section.sentence);
  for (const Parameter& parameter : section.parameters) {
    const std::string_view given =
        parameter.default_text.empty() ? "must be given" : shown_default(parameter);
    text += fmt::format("  {:<28} {:<9} {}  {}\n", parameter.key, unit_word(parameter.unit), given,
                        parameter.default_text.empty() ? "" : basis_mark(parameter.source.basis));
    text += fmt::format("      {} ({})\n", parameter.sentence, allowed_text(parameter));
  }
  return text;
}

std::string parameter_markdown() {
  std::string page{introduction};
  for (const Section& section : sections()) {
    page += fmt::format("\n## {}\n\n{}\n\n", header_of(section), section.sentence);
    page += "| key | unit | allowed | default | source of the default | meaning |\n";
    page += "|---|---|---|---|---|---|\n";
    for (const Parameter& parameter : section.parameters) page += markdown_row(parameter);
  }
  return page;
}

}  // namespace flywheel
