#include "app/parameters.hpp"

#include <memory>
#include <ostream>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/terminal.hpp"
#include "core/error_text.hpp"
#include "plan/nearest.hpp"
#include "plan/parameter.hpp"
#include "plan/parameter_page.hpp"
#include "report/page.hpp"

namespace flywheel {

namespace {

using Json = nlohmann::ordered_json;

Json source_json(const Source& source) {
  return {{"basis", basis_mark(source.basis)}, {"text", source.text}};
}

Json parameter_json(const Parameter& parameter) {
  Json row{{"key", parameter.key},
           {"unit", unit_word(parameter.unit)},
           {"allowed", allowed_text(parameter)},
           {"meaning", parameter.sentence}};
  if (!parameter.default_text.empty()) {
    row["default"] = shown_default(parameter);
    row["source"] = source_json(parameter.source);
  }
  for (const DefaultFor& one : parameter.defaults_for) {
    row["defaults_for"][std::string{one.variant}] = {{"default", one.text},
                                                     {"source", source_json(one.source)}};
  }
  if (!parameter.needs.key.empty()) {
    row["needs"] = {{"key", parameter.needs.key}, {"value", parameter.needs.word}};
  }
  return row;
}

Json section_json(const Section& section) {
  Json rows = Json::array();
  for (const Parameter& parameter : section.parameters) rows.push_back(parameter_json(parameter));
  return {{"section", section.name},
          {"named", section.kind == SectionKind::named},
          {"meaning", section.sentence},
          {"parameters", rows}};
}

ExitCode refuse_section(const std::string& name, const Streams& streams) {
  std::vector<std::string> known;
  for (const Section& section : sections()) known.emplace_back(section.name);
  const std::string nearest = nearest_word(name, known);
  streams.messages << "flywheel parameters: a plan has no section " << escape_text(name);
  if (!nearest.empty()) streams.messages << "; the nearest known is " << nearest;
  streams.messages << '\n';
  return ExitCode::usage;
}

}  // namespace

ExitCode run_parameters(const ParametersOptions& options, const Streams& streams) {
  if (options.format == PageFormat::markdown) {
    streams.results << parameter_markdown();
    return ExitCode::done;
  }
  Json all = Json::array();
  std::string text;
  for (const Section& section : sections()) {
    if (!options.section.empty() && options.section != section.name) continue;
    all.push_back(section_json(section));
    text += (text.empty() ? "" : "\n") + parameter_text(section);
  }
  if (text.empty()) return refuse_section(options.section, streams);
  if (options.format == PageFormat::json) {
    streams.results << all.dump(2) << '\n';
  } else {
    const Terminal terminal = terminal_behind(streams.results);
    streams.results << broken_lines(text,
                                    {.width = options.width > 0 ? options.width : terminal.width});
  }
  return ExitCode::done;
}

void add_parameters(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("parameters", "every key of a plan and its default");
  const auto options = std::make_shared<ParametersOptions>();
  command->add_option("section", options->section, "only this section, \"channel\" for example");
  command->add_option("--width", options->width, "characters in a line; default: the terminal's")
      ->check(CLI::Range(60, 400));
  auto* json = command->add_flag_callback(
      "--json", [options] { options->format = PageFormat::json; }, "as JSON");
  command
      ->add_flag_callback(
          "--markdown", [options] { options->format = PageFormat::markdown; },
          "the page docs/parameters.md")
      ->excludes(json);
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_parameters(*options, streams); };
  });
}

}  // namespace flywheel
