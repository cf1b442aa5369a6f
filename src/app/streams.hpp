#pragma once

#include <iosfwd>

namespace flywheel {

/// Where a command writes: results are what was asked for, messages are all else.
struct Streams {
  std::ostream& results;
  std::ostream& messages;
};

/// What the program says when it ends.
enum class ExitCode {
  done = 0,
  failed = 1,
  usage = 2,            ///< the command line makes no sense
  refused = 3,          ///< the plan is wrong, or a run is another than the one to resume
  file = 4,             ///< file, disk or lock
  too_many_failed = 5,  ///< limit of failed replications, all failed, or a member of a batch
};

}  // namespace flywheel
