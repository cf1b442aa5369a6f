#include "app/summary.hpp"

#include <memory>
#include <ostream>

#include <CLI/CLI.hpp>

#include "app/terminal.hpp"
#include "core/error_text.hpp"
#include "report/run_summary.hpp"
#include "report/summary_page.hpp"
#include "results/file_error.hpp"
#include "results/result.hpp"

namespace flywheel {

ExitCode run_summary(const SummaryOptions& options, const Streams& streams) {
  try {
    const RunSummary summary = read_run_summary(read_result(options.result));
    if (options.format == SummaryFormat::json) {
      streams.results << summary_json(summary);
      return ExitCode::done;
    }
    const Terminal terminal = terminal_behind(streams.results);
    const std::size_t width = options.width > 0 ? options.width : terminal.width;
    streams.results << summary_page(summary, {.width = width, .colored = terminal.wants_color});
    return ExitCode::done;
  } catch (const FileError& error) {
    streams.messages << "flywheel summary: " << escape_text(error.what()) << '\n';
    return ExitCode::file;
  }
}

void add_summary(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("summary", "the headline page of a result");
  const auto options = std::make_shared<SummaryOptions>();
  command->add_option("result", options->result, "the result file")->required();
  command->add_flag_callback(
      "--json", [options] { options->format = SummaryFormat::json; }, "everything, as JSON");
  command->add_option("--width", options->width, "characters in a line; default: the terminal's")
      ->check(CLI::Range(60, 400));
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_summary(*options, streams); };
  });
}

}  // namespace flywheel
