#include "journey/crowd.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace flywheel {

namespace {

constexpr std::size_t first_slots = 1024;

}  // namespace

void Crowd::begin(int stretch_days, Days horizon) {
  stretch_days_ = stretch_days;
  horizon_ = horizon;
  records_.clear();
  customers_.clear();
  impressions_.clear();
  if (slots_.empty()) slots_.resize(first_slots);
  forget_names();
  due_.resize(static_cast<std::size_t>(std::ceil(horizon / stretch_days)));
  for (std::vector<Event>& events : due_) events.clear();
}

std::uint32_t Crowd::add(const Record& record) {
  records_.push_back(record);
  return static_cast<std::uint32_t>(records_.size() - 1);
}

void Crowd::let_go() {
  records_.clear();
  impressions_.clear();
  forget_names();
}

void Crowd::forget_names() {
  std::fill(slots_.begin(), slots_.end(), Slot{0, nobody});
  names_ = 0;
}

void Crowd::grow() {
  std::vector<Slot> wider(4 * slots_.size(), Slot{0, nobody});
  const std::size_t mask = wider.size() - 1;
  for (const Slot& old : slots_) {
    if (old.number == nobody) continue;
    std::size_t slot = scramble(old.name) & mask;
    while (wider[slot].number != nobody) slot = (slot + 1) & mask;
    wider[slot] = old;
  }
  slots_ = std::move(wider);
}

std::uint32_t Crowd::add_customer(const Customer& customer) {
  customers_.push_back(customer);
  return static_cast<std::uint32_t>(customers_.size() - 1);
}

void Crowd::remember(Record& record, const RememberedImpression& impression) {
  impressions_.push_back(impression);
  impressions_.back().earlier = record.impressions;
  record.impressions = static_cast<std::uint32_t>(impressions_.size() - 1);
}

void Crowd::schedule(const Event& event) {
  if (!(event.time < horizon_)) return;
  due_[day_index(event.time) / static_cast<std::size_t>(stretch_days_)].push_back(event);
}

}  // namespace flywheel
