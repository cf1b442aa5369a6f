#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/two_sample.hpp"
#include "outcome/outcome.hpp"

namespace flywheel::test {

/// Figures of many independent futures: [entry][future]. NaN where a figure was not defined.
using FutureFigures = std::vector<std::vector<double>>;

/// A future by its number.
using Engine = std::function<Outcome(std::uint64_t)>;

/// Plays futures 0 ... count - 1 on all cores and takes every entry of their rows, then both paths
/// at the end of every tenth day. The order of futures does not depend on threads.
[[nodiscard]] FutureFigures play_futures(const Engine& engine, std::uint64_t count);

/// Names of the entries of play_futures: column with indices, then paths with days.
[[nodiscard]] std::vector<std::string> entry_names(const OutcomeLayout& layout,
                                                   std::size_t horizon_days);

/// One entry of two engines: means, spreads, and how often the figure is defined at all.
struct EntryDifference {
  std::string name;
  bool is_covered{false};  ///< false: the same constant, or undefined, in all futures of both
  double mean{0};          ///< of both together
  SampleDifference means{0, 0, 0, 1};
  SampleDifference spreads{0, 0, 0, 1};  ///< of logarithms of standard deviations
  SampleDifference defined{0, 0, 0, 1};  ///< of shares of futures in which the figure is defined

  /// The largest of the three in standard errors.
  [[nodiscard]] double in_errors() const;
};

[[nodiscard]] std::vector<EntryDifference> compare_futures(const std::vector<std::string>& names,
                                                           const FutureFigures& first,
                                                           const FutureFigures& second);

/// A sentence a person can act on.
[[nodiscard]] std::string to_text(const EntryDifference& difference);

/// Futures each engine has to play so that a difference of 1 % of the mean, or of 5 % of the
/// standard deviation, is found with a chance of 95 %, at p-values below `level` (two-sided).
/// From the errors that `difference` had with `futures` each; 0 if the entry is not covered.
struct FuturesNeeded {
  double for_mean{0};
  double for_spread{0};
};
[[nodiscard]] FuturesNeeded futures_needed(const EntryDifference& difference, std::uint64_t futures,
                                           double level);

}  // namespace flywheel::test
