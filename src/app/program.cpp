#include "app/program.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <ostream>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/columns.hpp"
#include "app/command.hpp"
#include "app/drivers.hpp"
#include "app/init.hpp"
#include "app/loops.hpp"
#include "app/merge.hpp"
#include "app/parameters.hpp"
#include "app/response.hpp"
#include "app/run.hpp"
#include "app/slurm_script.hpp"
#include "app/summary.hpp"
#include "app/validate.hpp"
#include "app/version.hpp"
#include "core/error_text.hpp"
#include "plan/nearest.hpp"

namespace flywheel {

namespace {

// One line per command, in the order in which a user meets them.
constexpr std::array<AddCommand, 12> commands{
    add_init,    add_validate, add_run,   add_merge,      add_slurm_script, add_summary,
    add_drivers, add_response, add_loops, add_parameters, add_columns,      add_version};

ExitCode run_chosen(const Chosen& chosen, const Streams& streams) {
  const ExitCode code = chosen(streams);
  streams.results.flush();
  if (streams.results.good()) return code;
  streams.messages << "flywheel: the results could not be written\n";
  return ExitCode::file;
}

// A sentence about a first word that is no command, or nothing. Asked before the parsing, since the
// parser would only say that a command is missing, and with --help nothing at all.
std::string unknown_command(CLI::App& app, std::span<const std::string> arguments) {
  const auto word = std::find_if(arguments.begin(), arguments.end(),
                                 [](const std::string& one) { return !one.starts_with('-'); });
  if (word == arguments.end()) return {};
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    known.push_back(command->get_name());
  }
  if (std::find(known.begin(), known.end(), *word) != known.end()) return {};
  const std::string nearest = nearest_word(*word, known);
  const std::string sentence = fmt::format("no command {}; ", escape_text(*word));
  return sentence + (nearest.empty() ? fmt::format("there are {}", fmt::join(known, ", "))
                                     : "the nearest is " + nearest);
}

ExitCode parse_and_run(std::span<const std::string> arguments, const Streams& streams) {
  CLI::App app{"Flywheel: the distribution of what an online-shop campaign returns.", "flywheel"};
  app.require_subcommand(1);
  Chosen chosen;
  for (const AddCommand add : commands) add(app, chosen);
  if (const std::string wrong = unknown_command(app, arguments); !wrong.empty()) {
    streams.messages << "flywheel: " << wrong << '\n';
    return ExitCode::usage;
  }
  try {
    // The parser takes its arguments from the back.
    app.parse(std::vector<std::string>{arguments.rbegin(), arguments.rend()});
  } catch (const CLI::ParseError& error) {
    const bool help = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    app.exit(error, streams.results, streams.messages);
    return help ? ExitCode::done : ExitCode::usage;
  }
  return run_chosen(chosen, streams);
}

}  // namespace

ExitCode run_program(std::span<const std::string> arguments, const Streams& streams) {
  try {
    return parse_and_run(arguments, streams);
  } catch (const std::exception& error) {
    streams.messages << "flywheel: " << escape_text(error.what()) << '\n';
  } catch (...) {
    streams.messages << "flywheel: failed for an unknown reason\n";
  }
  return ExitCode::failed;
}

}  // namespace flywheel
