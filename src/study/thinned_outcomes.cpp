#include "study/thinned_outcomes.hpp"

#include <algorithm>
#include <utility>

namespace flywheel {

namespace {

std::size_t bytes_of_one(const OutcomeShape& shape) {
  return sizeof(double) * (shape.layout.row_size() + shape.parameters) +
         2 * sizeof(float) * shape.days;
}

}  // namespace

ThinnedOutcomes::ThinnedOutcomes(const OutcomeShape& shape, std::size_t most_bytes)
    : shape_{shape}, most_{std::max<std::size_t>(1'000, most_bytes / bytes_of_one(shape))} {}

Appetite ThinnedOutcomes::take(Outcome outcome) {
  const std::size_t number = given_++;
  if (number % step_ != 0) return Appetite::more;
  if (outcomes_.size() == most_) {
    const std::size_t kept = (outcomes_.size() + 1) / 2;
    for (std::size_t index = 1; index < kept; ++index) {  // the first stays where it is
      outcomes_[index] = std::move(outcomes_[2 * index]);
    }
    outcomes_.resize(kept);
    step_ *= 2;
  }
  if (number % step_ == 0) outcomes_.push_back(std::move(outcome));
  return Appetite::more;
}

}  // namespace flywheel
