#pragma once

#include <string>

#include "plan/value_reader.hpp"
#include "random/uncertain.hpp"

namespace flywheel {

/// A distribution as written, with the posterior column it came from, if any.
struct WrittenUncertain {
  Uncertain value;
  std::string column{};
};

/// Reads a number that may be uncertain:
///
///     0.02, "2%"                                   certain
///     { low = .., high = .. }                      90 % interval: lognormal, logit-normal or
///                                                  normal by the parameter's domain
///     { median = .., s = .. }, { mean = .., s = .. }   lognormal, s the sd of logs
///     { family = "beta", mean = .., n = .. }       or alpha, beta
///     { family = "gamma", mean = .., shape = .. }  or shape, scale
///     { family = "lognormal" ... }                 as above
///     { family = "logit_normal", median = .., s = .. }  s the sd of log-odds
///     { family = "normal", mean = .., sd = .. }
///     { family = "student_t", df = .., location = .., scale = .. }
///     { family = "uniform", low = .., high = .. }
///     { family = "triangular", low = .., mode = .., high = .. }, { family = "pert", ... }
///     { family = "discrete", values = [..], weights = [..] }
///     { posterior = "column" }
///
/// A fault where the form is unknown, or where the distribution leaves the rule's range with a
/// probability above one in a million at either end.
[[nodiscard]] Reading<WrittenUncertain> read_uncertain(const PlanNode& node, const ValueRule& rule);

/// The distribution in the language above, so that reading it gives the same bits.
[[nodiscard]] std::string uncertain_text(const Uncertain& number, const std::string& column);

}  // namespace flywheel
