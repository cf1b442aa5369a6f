#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plan/node.hpp"
#include "plan/parameter.hpp"
#include "plan/read_plan.hpp"
#include "tables/csv.hpp"

namespace flywheel {

/// Fills a plan, section by section, from what was written and from the defaults of the table of
/// parameters. Keeps every fault; a value with a fault leaves the default in its place.
class PlanBinder {
 public:
  /// The root must outlive the binder.
  PlanBinder(const PlanTable& root, std::string file) : root_{root}, file_{std::move(file)} {}

  /// Fills one section, all its entries if it has names.
  void bind(const Section& section);

  /// When all sections are bound: tells what is missing, and what was written without an effect.
  void complete();

  /// Tells keys at the top of the plan that no section has.
  void tell_unknown_sections();

  /// Columns that { posterior = ".." } may name from here on; the table must outlive the binder.
  void use_posterior(const CsvTable& table) { posterior_ = &table; }

  void tell(Fault fault);
  /// Keeps checks of the whole from telling what follows from faults of this key.
  void distrust(const std::string& key) { faulty_.insert(key); }

  void note_given(const std::string& key, GivenValue value) { given_[key] = std::move(value); }

  /// Where the table begins that a full key lies in; else the first table below it ("channel." has
  /// [channel.search]); the beginning of the file where nobody wrote one.
  [[nodiscard]] Place place_of_table(const std::string& key) const;

  [[nodiscard]] const PlanTable& root() const { return root_; }
  [[nodiscard]] Plan& plan() { return plan_; }
  [[nodiscard]] const GivenValues& given() const { return given_; }
  [[nodiscard]] const Faults& faults() const { return faults_; }

  /// Has a fault been told of this key, or of one within it?
  [[nodiscard]] bool is_faulty(const std::string& key) const;

 private:
  struct Entry;

  void bind_named(const Section& section);
  void bind_entry(const Entry& entry);
  void bind_parameter(const Entry& entry, const Parameter& parameter);
  void tell_unknown(const Entry& entry, const PlanTable& table, const std::string& prefix);
  void complete(const Section& section, const Parameter& parameter, std::size_t entry);
  [[nodiscard]] Fault unknown_key(const Entry& entry, const PlanEntry& written,
                                  const std::string& prefix) const;

  const PlanTable& root_;
  std::string file_;
  const CsvTable* posterior_{nullptr};
  Plan plan_;
  GivenValues given_;
  Faults faults_;
  std::set<std::string> faulty_;
  std::map<std::string, Place> tables_;  // "channel.search" to where it begins
};

}  // namespace flywheel
