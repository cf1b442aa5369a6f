#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace flywheel {

/// What values a quantity can take; decides which distribution a 90 % interval stands for.
enum class Domain {
  real,         ///< normal
  positive,     ///< lognormal
  probability,  ///< logit-normal
};

/// The distributions a plan can give to a number.
enum class Family {
  fixed,
  normal,
  lognormal,
  logit_normal,
  beta,
  gamma,
  student_t,
  uniform,
  triangular,
  pert,
  discrete,
  posterior,
};

/// A number of the plan that the planner may not know: a distribution, drawn once per replication.
///
/// Made by the functions below, which say what the parameters mean; `fault_of` says what is wrong
/// with parameters that make no distribution, everything else breaks the contract then. Quantiles
/// are computed without libm, so a parameter draw has the same bits on every machine.
struct Uncertain {
  Family family{Family::fixed};
  std::vector<double> parameters;  ///< meaning by family: see the functions
  std::vector<double> weights;     ///< of a discrete distribution
  std::string source;              ///< of a posterior: the table its draws come from

  /// The value below which a share u of the probability lies; u in (0, 1). For a posterior the
  /// draw in row floor(u n): columns of one table, drawn with one u, stay together.
  [[nodiscard]] double quantile(double u) const;

  /// The middle of the distribution: what a frozen parameter is set to.
  [[nodiscard]] double median() const;

  /// The expectation; nothing where it has no closed form (logit-normal) or does not exist.
  [[nodiscard]] std::optional<double> mean() const;

  /// Lowest and highest value, possibly infinite.
  [[nodiscard]] std::pair<double, double> support() const;

  friend bool operator==(const Uncertain&, const Uncertain&) = default;
};

[[nodiscard]] Uncertain fixed(double value);
/// The interval from the 5 % to the 95 % quantile, read as `Domain` says.
[[nodiscard]] Uncertain interval90(double low, double high, Domain domain);
[[nodiscard]] Uncertain normal(double mean, double deviation);
/// e^(log median + s Z).
[[nodiscard]] Uncertain lognormal(double median, double s);
[[nodiscard]] Uncertain lognormal_of_mean(double mean, double s);
[[nodiscard]] Uncertain beta(double a, double b);
/// Beta of this mean, as sure as `count` observations: a = mean count, b = (1 - mean) count.
[[nodiscard]] Uncertain beta_of_mean(double mean, double count);
/// Mean shape * scale.
[[nodiscard]] Uncertain gamma(double shape, double scale);
[[nodiscard]] Uncertain student_t(double degrees_of_freedom, double location, double scale);
[[nodiscard]] Uncertain uniform(double low, double high);
[[nodiscard]] Uncertain triangular(double low, double mode, double high);
/// Beta on [low, high] of mean (low + 4 mode + high) / 6 and shapes that sum to 6 (Malcolm et al.
/// 1959).
[[nodiscard]] Uncertain pert(double low, double mode, double high);
/// One of `values`, in proportion to `weights`; values rise.
[[nodiscard]] Uncertain discrete(std::vector<double> values, std::vector<double> weights);
/// One of equally likely draws, in the order of the rows of the table named `source`.
[[nodiscard]] Uncertain posterior(std::vector<double> draws, std::string source);

/// What is wrong with the parameters, as the end of a sentence about the number ("needs ...");
/// empty when nothing is.
[[nodiscard]] std::string fault_of(const Uncertain& number);

/// As a plan would write it: "beta(2, 98)".
[[nodiscard]] std::string describe(const Uncertain& number);

/// Shares that add up to one, of Dirichlet distribution.
struct UncertainShares {
  std::vector<double> concentrations;  ///< above 0, two or more; larger means surer

  /// Shares made from one uniform number in (0, 1) each: normalized gamma quantiles.
  [[nodiscard]] std::vector<double> quantile(const std::vector<double>& uniforms) const;

  /// Expected shares: what frozen shares are set to, since medians do not add up to one.
  [[nodiscard]] std::vector<double> mean() const;

  friend bool operator==(const UncertainShares&, const UncertainShares&) = default;
};

[[nodiscard]] std::string fault_of(const UncertainShares& shares);

}  // namespace flywheel
