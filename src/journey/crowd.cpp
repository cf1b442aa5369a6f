#include "journey/crowd.hpp"

#include <cmath>
#include <utility>

#include "random/hash.hpp"

namespace flywheel {

namespace {

constexpr std::size_t first_slots = 1024;

}  // namespace

Crowd::Crowd(int rotation_days, Days horizon)
    : rotation_days_{rotation_days},
      horizon_{horizon},
      slots_(first_slots, nobody),
      due_(static_cast<std::size_t>(std::ceil(horizon / rotation_days))) {}

std::uint32_t Crowd::find(PersonId person) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = scramble(person.value) & mask;; slot = (slot + 1) & mask) {
    const std::uint32_t number = slots_[slot];
    if (number == nobody || records_[number].id == person) return number;
  }
}

std::uint32_t Crowd::add(const Record& record) {
  if (2 * (records_.size() + 1) > slots_.size()) grow();
  const auto number = static_cast<std::uint32_t>(records_.size());
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = scramble(record.id.value) & mask;
  while (slots_[slot] != nobody) slot = (slot + 1) & mask;
  slots_[slot] = number;
  records_.push_back(record);
  return number;
}

void Crowd::grow() {
  std::vector<std::uint32_t> wider(2 * slots_.size(), nobody);
  const std::size_t mask = wider.size() - 1;
  for (std::uint32_t number = 0; number < records_.size(); ++number) {
    std::size_t slot = scramble(records_[number].id.value) & mask;
    while (wider[slot] != nobody) slot = (slot + 1) & mask;
    wider[slot] = number;
  }
  slots_ = std::move(wider);
}

std::uint32_t Crowd::add_customer(const Customer& customer) {
  customers_.push_back(customer);
  return static_cast<std::uint32_t>(customers_.size() - 1);
}

void Crowd::remember(Record& record, Days time, std::uint8_t channel) {
  impressions_.push_back({time, record.impressions, channel});
  record.impressions = static_cast<std::uint32_t>(impressions_.size() - 1);
}

void Crowd::schedule(const Event& event) {
  if (!(event.time < horizon_)) return;
  due_[static_cast<std::size_t>(event.time) / static_cast<std::size_t>(rotation_days_)].push_back(
      event);
}

std::vector<Event> Crowd::take_due(int rotation) {
  return std::exchange(due_[static_cast<std::size_t>(rotation)], {});
}

}  // namespace flywheel
