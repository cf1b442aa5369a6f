#include "app/columns.hpp"

#include <memory>
#include <ostream>

#include <CLI/CLI.hpp>

#include "report/columns_page.hpp"

namespace flywheel {

ExitCode run_columns(const ColumnsOptions& options, const Streams& streams) {
  switch (options.format) {
    case PageFormat::text:
      streams.results << columns_text();
      break;
    case PageFormat::markdown:
      streams.results << columns_markdown();
      break;
    case PageFormat::json:
      streams.results << columns_json();
      break;
  }
  return ExitCode::done;
}

void add_columns(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("columns", "every figure of a result file");
  const auto options = std::make_shared<ColumnsOptions>();
  auto* json = command->add_flag_callback(
      "--json", [options] { options->format = PageFormat::json; }, "as JSON");
  command
      ->add_flag_callback(
          "--markdown", [options] { options->format = PageFormat::markdown; },
          "the page docs/results_format.md")
      ->excludes(json);
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_columns(*options, streams); };
  });
}

}  // namespace flywheel
