#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/loop_options.hpp"

namespace flywheel {

/// How much a run tells.
enum class Telling {
  nothing,     ///< but what is wrong
  progress,    ///< and the end
  everything,  ///< and the headline
};

struct RunOptions {
  std::vector<std::filesystem::path> plans;
  std::filesystem::path output;  ///< of several plans, or of a sweep: a folder
  std::string sweep_case{};      ///< of the only plan's sweep; empty: all of them
  std::optional<std::uint64_t>
      replications{};                   ///< default 1,000 unless something else ends the run
  std::optional<std::uint64_t> seed{};  ///< default 1: never a clock
  int threads{0};                       ///< 0: as many as the machine has
  std::uint64_t failures_allowed{10};
  std::string precision{};              ///< half-width of P(ROAS >= target), "1%"; empty: no goal
  std::string time{};                   ///< "8 hours", "90"; empty: no limit
  std::vector<std::string> freeze{};    ///< of "parameters", "market", "shoppers"
  std::vector<std::string> settings{};  ///< "key=value", over what the plan says
  LoopOptions loops{};                  ///< switched off, above the settings
  std::string part{};                   ///< "2/4": this part only; empty: all of the run
  double keep_seconds{15};              ///< between two writings of what is finished
  double preview_seconds{30};           ///< between two previews, if they cost little
  Telling telling{Telling::everything};
};

/// Plays a plan and writes the result file, atomically, with its log beside it.
///
/// While it is going, what is finished lies in the work folder beside the file (work_folder.hpp),
/// from which the same command goes on after any end; a longer run goes on from the file itself. A
/// file that is there is replaced only by the same run with more replications; when it is complete
/// already, nothing is done; when file or folder is of another run, that is told line by line and
/// the exit code is `refused`. SIGINT, SIGTERM and SIGHUP finish the replications in flight, keep
/// them, leave a preview and end with 128 + signal. A run that finished no replication writes
/// nothing and ends with `too_many_failed` if any failed, else with `failed`. Several plans, or one
/// with a sweep, are a batch (batch.hpp).
[[nodiscard]] ExitCode run_run(const RunOptions& options, const Streams& streams);

/// Adds the options that say which futures are played, and with what: to run, and to what writes
/// commands for it. `options` must outlive the parsing.
void add_future_options(CLI::App& command, RunOptions& options);

void add_run(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
