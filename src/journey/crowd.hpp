#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "journey/event.hpp"
#include "journey/record.hpp"
#include "random/hash.hpp"

namespace flywheel {

/// Everybody of a block who was touched, and what is still to happen to them.
///
/// A shopper never touched has no place here: cost and memory follow events, not the audience.
class Crowd {
 public:
  Crowd() = default;

  /// Forgets everybody and begins anew in the memory it has.
  void begin(int stretch_days, Days horizon);

  struct Found {
    std::uint32_t number;
    bool is_new;  ///< the record is blank but for the name
  };
  /// The record of somebody of the audience, made when there is none.
  Found find_or_add(PersonId person) {
    if (2 * (names_ + 1) > slots_.size()) grow();
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = scramble(person.value) & mask;
    while (slots_[slot].number != nobody) {
      if (slots_[slot].name == person.value) return {slots_[slot].number, false};
      slot = (slot + 1) & mask;
    }
    const auto number = static_cast<std::uint32_t>(records_.size());
    slots_[slot] = {person.value, number};
    ++names_;
    records_.emplace_back().id = person;
    return {number, true};
  }
  /// The record of somebody of the audience, or `nobody` when there is none.
  [[nodiscard]] std::uint32_t find(PersonId person) const {
    if (names_ == 0) return nobody;
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = scramble(person.value) & mask;
    while (slots_[slot].number != nobody && slots_[slot].name != person.value) {
      slot = (slot + 1) & mask;
    }
    return slots_[slot].number;
  }
  /// Adds the record of somebody who is never looked for: a friend, a customer of day zero.
  std::uint32_t add(const Record& record);
  /// Forgets everybody for whom nothing is to happen any more: all records and what they remember;
  /// customers stay. So the next ones find the memory in the cache.
  void let_go();

  [[nodiscard]] Record& record(std::uint32_t number) { return records_[number]; }
  [[nodiscard]] const Record& record(std::uint32_t number) const { return records_[number]; }
  [[nodiscard]] std::size_t size() const { return records_.size(); }

  std::uint32_t add_customer(const Customer& customer);
  [[nodiscard]] Customer& customer(std::uint32_t number) { return customers_[number]; }
  [[nodiscard]] std::span<const Customer> customers() const { return customers_; }
  [[nodiscard]] std::span<const Record> records() const { return records_; }

  /// Puts an impression or click at the head of a shopper's remembered ones.
  void remember(Record& record, const RememberedImpression& impression);
  [[nodiscard]] const RememberedImpression& impression(std::uint32_t number) const {
    return impressions_[number];
  }

  /// Keeps an event for its stretch of days; events at or after the horizon never happen.
  void schedule(const Event& event);
  /// Events kept for the stretch of days with this number; later ones are not in it.
  [[nodiscard]] std::vector<Event>& due(int stretch) {
    return due_[static_cast<std::size_t>(stretch)];
  }

 private:
  void grow();
  void forget_names();

  int stretch_days_{1};
  std::size_t names_{0};  ///< in use
  Days horizon_{0};
  std::vector<Record> records_;
  std::vector<Customer> customers_;
  std::vector<RememberedImpression> impressions_;
  struct Slot {
    std::uint64_t name;
    std::uint32_t number;  ///< of the record, or nobody
  };
  std::vector<Slot> slots_;  ///< open addressing
  std::vector<std::vector<Event>> due_;
};

}  // namespace flywheel
