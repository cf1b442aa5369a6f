#include "verification/collected_run.hpp"

#include <cstring>
#include <stdexcept>

namespace flywheel::test {

namespace {

class Collector : public OutcomeSink {
 public:
  Appetite take(Outcome outcome) override {
    kept.push_back(std::move(outcome));
    return Appetite::more;
  }
  std::vector<Outcome> kept;
};

class Never : public Interrupt {
 public:
  bool wanted() override { return false; }
};

/// Whether the bytes are equal: NaN equals itself, unlike with ==.
template <class Value>
bool same_bytes(const std::vector<Value>& left, const std::vector<Value>& right) {
  // No bytes may have no address, which memcmp does not take.
  return left.size() == right.size() &&
         (left.empty() || std::memcmp(left.data(), right.data(), left.size() * sizeof(Value)) == 0);
}

bool same(const Outcome& left, const Outcome& right) {
  return !left.failed && !right.failed && left.replication == right.replication &&
         left.events == right.events && same_bytes(left.row, right.row) &&
         same_bytes(left.parameters, right.parameters) &&
         same_bytes(left.calendar_roas, right.calendar_roas) && same_bytes(left.cash, right.cash);
}

}  // namespace

std::vector<Outcome> collected_run(const ScenarioSource& source, const RunLuck& luck,
                                   std::uint64_t count, int threads) {
  Collector collector;
  Never never;
  const RunReport report =
      run_study(source, luck, {.count = count, .threads = threads}, collector, never);
  if (report.failed > 0) throw std::runtime_error{"a replication failed"};
  return std::move(collector.kept);
}

std::vector<double> column_of(const std::vector<Outcome>& outcomes, const OutcomeLayout& layout,
                              Column column) {
  std::vector<double> values;
  values.reserve(outcomes.size());
  for (const Outcome& outcome : outcomes) values.push_back(outcome.row[layout.offset(column)]);
  return values;
}

std::size_t first_difference(const std::vector<Outcome>& left, const std::vector<Outcome>& right) {
  std::size_t k = 0;
  while (k < left.size() && k < right.size() && same(left[k], right[k])) ++k;
  return k;
}

}  // namespace flywheel::test
