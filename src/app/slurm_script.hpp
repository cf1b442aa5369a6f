#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/run.hpp"

namespace flywheel {

struct SlurmOptions {
  RunOptions run;                      ///< one plan; `part` is left to the array
  std::uint64_t parts{0};              ///< tasks of the array
  std::vector<std::string> arguments;  ///< of sbatch, for both jobs: "--partition=long"
};

/// A word of the shell that stands for this text whatever is in it (POSIX, single quotes).
[[nodiscard]] std::string shell_word(const std::string& text);

/// A shell script that submits an array job of Slurm, one part of the run each task, and a job that
/// joins the parts after it. Given to sh a second time it finishes what a first time did not.
/// `program`, plan and output are absolute paths without control characters.
[[nodiscard]] std::string slurm_script(const SlurmOptions& options, const std::string& program);

/// Checks plan and options as run would, and prints the script.
[[nodiscard]] ExitCode run_slurm_script(const SlurmOptions& options, const Streams& streams);

void add_slurm_script(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
