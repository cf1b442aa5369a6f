#pragma once

#include <vector>

#include "ledger/ledger_traits.hpp"
#include "outcome/books.hpp"
#include "outcome/outcome.hpp"
#include "outcome/tally.hpp"

namespace flywheel {

/// Everything that was counted and booked in one replication.
struct Accounts {
  const Tally* tally;
  const Books* books;
  LedgerTraits terms;
  std::vector<double> shoppers{};  ///< of the audience, by segment
  std::size_t rotation_days{7};
  double existing_customers{0};  ///< on the first day
};

/// The row of one replication: every column as its description defines it, but for those that only
/// the scenario knows (simulation/scenario_figures.hpp). A ratio without a denominator is not a
/// number.
[[nodiscard]] std::vector<double> make_row(const OutcomeLayout& layout, const Accounts& accounts);

}  // namespace flywheel
