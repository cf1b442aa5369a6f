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
  void begin(int rotation_days, Days horizon);

  /// The record number of a shopper, made by `make()` when there is none.
  template <class Make>
  std::uint32_t find_or_add(PersonId person, Make&& make) {
    if (2 * (records_.size() + 1) > slots_.size()) grow();
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = scramble(person.value) & mask;; slot = (slot + 1) & mask) {
      const Slot& here = slots_[slot];
      if (here.number == nobody) {
        slots_[slot] = {person.value, static_cast<std::uint32_t>(records_.size())};
        records_.push_back(make());
        return slots_[slot].number;
      }
      if (here.name == person.value) return here.number;
    }
  }
  /// Adds the record of a shopper who has none.
  std::uint32_t add(const Record& record);

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

  /// Keeps an event for its rotation; events at or after the horizon never happen.
  void schedule(const Event& event);
  /// Events kept for a rotation; later rotations are not in it.
  [[nodiscard]] std::vector<Event>& due(int rotation) {
    return due_[static_cast<std::size_t>(rotation)];
  }

 private:
  void grow();

  int rotation_days_{1};
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
