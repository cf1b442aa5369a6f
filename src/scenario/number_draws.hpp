#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "plan/number_basis.hpp"
#include "plan/plan.hpp"
#include "random/copula.hpp"
#include "random/key.hpp"

namespace flywheel {

/// The numbers of a plan in one future: a number in, its value out.
class DrawnNumbers {
 public:
  /// Pairs of identity and value, in the order of identities.
  explicit DrawnNumbers(std::vector<std::pair<std::uint64_t, double>> values);

  /// The value in this future, within the number's range; certain numbers are what they are.
  [[nodiscard]] double operator()(const Number& number) const;

 private:
  std::vector<std::pair<std::uint64_t, double>> values_;
};

/// Numbers of one basis stay as they are drawn, all others are taken from another draw.
struct KeptBasis {
  NumberBasis basis{NumberBasis::judgement};
  std::uint64_t others{0};  ///< number of the replication whose draw the others take
};

/// Draws all uncertain numbers of a plan, once for a replication.
///
/// Each is the quantile at a uniform number of its own, keyed by its name, with the plan's rank
/// correlations; columns of one posterior table share their row.
class NumberDraws {
 public:
  explicit NumberDraws(const Plan& plan);

  /// Full keys of the uncertain numbers, in the order of the table of parameters.
  [[nodiscard]] std::span<const std::string> names() const { return names_; }

  /// Their values in the future of this key (level `parameters`), in the order of names().
  [[nodiscard]] std::vector<double> draw(Key parameters) const;

  /// The same with the numbers of one basis from `kept` and all others from `others`.
  ///
  /// Numbers that the plan correlates, and columns of one posterior table, come from one draw: they
  /// go together with the most judged of them.
  struct Sources {
    Key kept;
    Key others;
  };
  [[nodiscard]] std::vector<double> draw_apart(NumberBasis basis, const Sources& sources) const;

  /// What goes together by that rule, in the order of NumberBasis, without those of which no number
  /// does anything in this plan (PlanNumber::idle).
  [[nodiscard]] std::vector<NumberBasis> bases() const;

  /// Whether any of them does anything in this plan (PlanNumber::idle).
  [[nodiscard]] bool any_counts() const;

  /// Their medians, likewise.
  [[nodiscard]] std::vector<double> medians() const;

  /// Values in the order of names(), to be looked up by number.
  [[nodiscard]] DrawnNumbers by_number(const std::vector<double>& values) const;

 private:
  [[nodiscard]] std::vector<double> values_at(const std::vector<double>& uniforms) const;

  std::vector<std::string> names_;
  std::vector<Number> numbers_;
  std::vector<std::size_t> places_;  ///< of each number's uniform in the copula
  std::vector<NumberBasis> bases_;   ///< of each place
  std::vector<bool> is_idle_;        ///< of each place: all its numbers are
  GaussianCopula copula_;
};

}  // namespace flywheel
