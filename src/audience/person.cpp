#include "audience/person.hpp"

#include <cmath>

#include "random/normal_probability.hpp"

namespace flywheel {

ReachTraits TraitReader::reach(PersonId person) const {
  TraitBits bits{.reach = block(person, 0)};
  if (audience_->has_intent) bits.intent = block(person, 1)[0];
  if (person.in_strata()) {
    const auto number = static_cast<std::uint32_t>((person.value >> 40U) & 0xFFFFU);
    return reach(bits, {static_cast<std::uint8_t>(number >> 11U),
                        static_cast<std::uint8_t>((number >> 6U) & 31U),
                        static_cast<std::uint8_t>(number & 63U), 1});
  }
  const double intent = audience_->has_intent ? normal_quantile(to_open_uniform(bits.intent)) : 0.0;
  return {audience_->exposure(to_open_uniform(bits.reach[0])),
          audience_->affinity(to_open_uniform(bits.reach[1])), intent};
}

double TraitReader::basket_level(PersonId person) const {
  const double own = to_open_uniform(block(person, 4)[0]);
  const double correlation = audience_->rate_basket_correlation;
  if (correlation == 0.0) return audience_->basket_level(own);
  const double rate_score = normal_quantile(to_open_uniform(block(person, 3)[0]));
  const double score =
      correlation * rate_score + std::sqrt(1.0 - correlation * correlation) * normal_quantile(own);
  return audience_->basket_level(normal_probability(score));
}

}  // namespace flywheel
