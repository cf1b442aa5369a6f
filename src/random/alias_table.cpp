#include "random/alias_table.hpp"

#include <algorithm>
#include <limits>

#include "core/check.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t always = std::numeric_limits<std::uint64_t>::max();

/// A height in [0, 1) in units of 2^-64.
std::uint64_t share_of(double height) { return static_cast<std::uint64_t>(height * 0x1p64); }

}  // namespace

AliasTable::Slot AliasTable::make_slot(std::uint64_t own_share, std::uint32_t own,
                                       std::uint32_t other) {
  const auto share = static_cast<double>(own_share);
  return {
      own_share, {other, own}, {2.0 / std::max(0x1p64 - share, 1.0), 2.0 / std::max(share, 1.0)}};
}

void AliasTable::rebuild(std::span<const double> weights) {
  double total = 0.0;
  for (const double weight : weights) {
    expect(weight >= 0.0 && weight <= std::numeric_limits<double>::max(),
           "weights are finite and not negative");
    total += weight;
  }
  expect(total > 0.0, "some weight is above zero");
  const double average = total / static_cast<double>(weights.size());
  slots_.resize(weights.size());
  heights_.resize(weights.size());
  small_.clear();
  large_.clear();
  for (std::uint32_t at = 0; at < weights.size(); ++at) {
    heights_[at] = weights[at] / average;
    (heights_[at] < 1.0 ? small_ : large_).push_back(at);
  }
  while (!small_.empty() && !large_.empty()) {
    const std::uint32_t low = small_.back();
    const std::uint32_t high = large_.back();
    small_.pop_back();
    slots_[low] = make_slot(share_of(heights_[low]), low, high);
    heights_[high] -= 1.0 - heights_[low];
    if (heights_[high] < 1.0) {
      large_.pop_back();
      small_.push_back(high);
    }
  }
  // What is left is full but for rounding.
  for (const std::uint32_t at : large_) slots_[at] = make_slot(always, at, at);
  for (const std::uint32_t at : small_) slots_[at] = make_slot(always, at, at);
}

}  // namespace flywheel
