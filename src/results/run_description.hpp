#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "results/schema.hpp"

namespace flywheel {

/// An uncertain number of the plan, as a result file tells of it.
struct DrawnParameter {
  std::string key;      ///< "channel.search.click_rate"
  std::string unit;     ///< CF
  std::string meaning;  ///< a sentence
  std::string basis;    ///< "given", or the mark of the default: "[S]", "[S/J]", "[J]"
  std::string source;   ///< of the default; empty when given
  bool idle{false};     ///< drawn, but of a program that is off: it changes nothing
};

/// A named text kept with a result.
struct NamedText {
  std::string name;
  std::string text;
};

/// Everything a result file says of a run beside its outcomes. Labels are in the order of the
/// outcome's dimensions.
struct RunDescription {
  ResultIdentity identity;
  std::string campaign;
  std::string currency;  ///< ISO code
  Date start;
  int flight_days{0};
  int conversion_days{0};
  int cohort_days{0};
  double target_roas{3.0};
  std::size_t step{1};  ///< replications for a row of the file: above 1 in a preview of a long run
  std::vector<std::string> loops;     ///< of the plan that turn and have something to work with
  std::vector<std::string> channels;  ///< prospecting channels, then "retargeting"
  std::vector<std::string> segments;
  std::vector<std::string> reasons;  ///< why checkouts fail
  std::vector<std::string> flows;
  std::vector<std::int64_t> rotations;     ///< first day of each
  std::vector<DrawnParameter> parameters;  ///< in the order they are drawn
  std::vector<NamedText> provenance;       ///< variables of /provenance: plan, plan_full ...
  std::vector<NamedText> inputs;           ///< the plan's CSV files, by the name the plan gives

  /// What makes a run this run, a line each: two runs of equal lines are one run. Threads, host
  /// and times are not among them.
  std::vector<std::string> run_lines;
};

}  // namespace flywheel
