#pragma once

#include <filesystem>

#include "app/streams.hpp"
#include "plan/plan.hpp"
#include "results/outcome_table.hpp"
#include "results/publish.hpp"
#include "results/run_description.hpp"
#include "study/resume.hpp"

namespace flywheel {

/// All that a run's file is made from; what it refers to outlives it.
struct WholeRun {
  const Plan& plan;
  const RunDescription& run;
  const OutcomeShape& shape;
  RunRequest request;  ///< all its replications
};

/// Where the file goes.
struct FilePlace {
  std::filesystem::path output;
  std::filesystem::path scratch;  ///< a folder for what does not fit into memory
  Existing existing{Existing::keep};
  std::filesystem::path temporary{};  ///< where the file lies while it grows; empty: beside it
};

/// Makes the result file from what is kept, batch by batch and column by column, so that memory
/// does not grow with the run; what is missing is left to `play`. FileError when the disk fails.
void write_whole_run(const WholeRun& whole, KeptOutcomes& kept, const PlayRange& play,
                     const FilePlace& place);

/// The headline of a file, and where it is.
void show_headline(const std::filesystem::path& output, const Streams& streams);

}  // namespace flywheel
