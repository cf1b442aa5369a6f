#include "audience/person.hpp"

#include <cmath>

#include "random/normal_probability.hpp"

namespace flywheel {

ReachTraits TraitReader::reach(PersonId person) const {
  TraitBits bits{.reach = block(person, 0)};
  if (audience_->has_intent) bits.intent = block(person, 1)[0];
  if (person.in_strata()) return reach(bits, person.stratum());
  const double intent = audience_->has_intent ? normal_quantile(to_open_uniform(bits.intent)) : 0.0;
  return {audience_->exposure(to_open_uniform(bits.reach[0])),
          audience_->affinity(to_open_uniform(bits.reach[1])), intent};
}

double TraitReader::affinity(PersonId person) const {
  if (audience_->affinity.is_constant()) return 1.0;
  const double own = to_open_uniform(block(person, 0)[1]);
  if (!person.in_strata()) return audience_->affinity(own);
  return audience_->affinity(bands_->affinity.uniform(person.stratum().affinity, own));
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
