#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "journey/event.hpp"
#include "journey/record.hpp"

namespace flywheel {

/// Everybody of a block who was touched, and what is still to happen to them.
///
/// A shopper never touched has no place here: cost and memory follow events, not the audience.
class Crowd {
 public:
  Crowd(int rotation_days, Days horizon);

  /// The record number of a shopper, if there is one; otherwise `nobody`.
  [[nodiscard]] std::uint32_t find(PersonId person) const;
  /// Adds the record of a shopper who has none.
  std::uint32_t add(const Record& record);

  [[nodiscard]] Record& record(std::uint32_t number) { return records_[number]; }
  [[nodiscard]] const Record& record(std::uint32_t number) const { return records_[number]; }
  [[nodiscard]] std::size_t size() const { return records_.size(); }

  std::uint32_t add_customer(const Customer& customer);
  [[nodiscard]] Customer& customer(std::uint32_t number) { return customers_[number]; }
  [[nodiscard]] std::span<const Customer> customers() const { return customers_; }
  [[nodiscard]] std::span<const Record> records() const { return records_; }

  /// Puts an impression at the head of a shopper's remembered ones.
  void remember(Record& record, Days time, std::uint8_t channel);
  [[nodiscard]] const RememberedImpression& impression(std::uint32_t number) const {
    return impressions_[number];
  }

  /// Keeps an event for its rotation; events at or after the horizon never happen.
  void schedule(const Event& event);
  /// Events kept for a rotation, taken out of the crowd.
  [[nodiscard]] std::vector<Event> take_due(int rotation);

 private:
  void grow();

  int rotation_days_;
  Days horizon_;
  std::vector<Record> records_;
  std::vector<Customer> customers_;
  std::vector<RememberedImpression> impressions_;
  std::vector<std::uint32_t> slots_;  ///< open addressing: record numbers, or nobody
  std::vector<std::vector<Event>> due_;
};

}  // namespace flywheel
