#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/number_basis.hpp"
#include "plan/parameter.hpp"
#include "plan/plan.hpp"

namespace flywheel {

/// A number of a plan under its full key, with what the table of parameters says about it.
struct PlanNumber {
  std::string key;  ///< "channel.search.click_rate", "market.price_months.january"
  Number number;
  Unit unit{Unit::real};
  std::string_view sentence;
  Source source;     ///< of the default; what the planner wrote is marked by number.given
  bool idle{false};  ///< of a model that was not chosen or a program that is off: changes nothing
};

/// Every number of the plan in the order of the table of parameters: what a scenario draws, what
/// correlations refer to, what results report. Names of a joint draw: a posterior number is drawn
/// with the others of its table.
[[nodiscard]] std::vector<PlanNumber> list_numbers(const Plan& plan);

/// What the number rests on in this plan.
[[nodiscard]] NumberBasis number_basis(const PlanNumber& number);

/// Does it vary between replications?
[[nodiscard]] bool is_uncertain(const Number& number);

}  // namespace flywheel
