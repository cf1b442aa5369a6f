#include "app/version.hpp"

#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/ranks.hpp"
#include "core/version.hpp"

namespace flywheel {

ExitCode run_version(const Streams& streams) {
  streams.results << fmt::format("flywheel {} ({})\n", program_version, git_commit)
                  << fmt::format("compiler {}\n", __VERSION__)
                  << fmt::format("fmt {}.{}.{}\n", FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
                                 FMT_VERSION % 100)
                  << "CLI11 " << CLI11_VERSION << '\n'
                  << fmt::format("nlohmann-json {}.{}.{}\n", NLOHMANN_JSON_VERSION_MAJOR,
                                 NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH);
  const std::string mpi = mpi_version();
  streams.results << (mpi.empty() ? "without MPI" : mpi) << '\n';
  return ExitCode::done;
}

void add_version(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("version", "versions of the program and its libraries");
  command->callback([&chosen] { chosen = run_version; });
}

}  // namespace flywheel
