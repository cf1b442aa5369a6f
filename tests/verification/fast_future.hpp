#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "outcome/outcome.hpp"
#include "scenario/scenario.hpp"
#include "simulation/replication.hpp"

namespace flywheel::test {

/// One future of the fast engine: its row by names, and the people it left in its memory.
struct FastFuture {
  OutcomeLayout layout;
  Outcome outcome;
  ReplicationMemory memory;

  [[nodiscard]] double operator()(Column column, std::size_t first = 0,
                                  std::size_t second = 0) const {
    return outcome.row[layout.offset(column, first, second)];
  }
  /// Sum over all entries of a column.
  [[nodiscard]] double sum(Column column) const;
  /// A figure that is a count.
  [[nodiscard]] std::uint64_t count(Column column, std::size_t first = 0,
                                    std::size_t second = 0) const;
  [[nodiscard]] std::span<const Customer> customers(std::size_t segment = 0) const {
    return memory.blocks[segment].block.crowd.customers();
  }
};

/// The scenario with the shoppers' luck of this number.
[[nodiscard]] FastFuture play_fast(const Scenario& scenario, std::uint64_t luck);

/// A figure of futures 0 ... futures - 1.
[[nodiscard]] std::vector<double> sample(const Scenario& scenario, std::uint64_t futures,
                                         const std::function<double(const FastFuture&)>& figure);

/// A quiet scenario in which every shopper makes a first order of an average value on day 0, after
/// 48 minutes on average, in a visit that nobody paid for.
[[nodiscard]] Scenario everybody_buys(std::uint64_t shoppers, int days);

/// No visit gets past its first step.
void let_no_visit_order(Scenario& scenario);

}  // namespace flywheel::test
