#include "audience/person.hpp"
#include "core/check.hpp"
#include "random/blocks.hpp"
#include "random/normal_quantiles.hpp"

namespace flywheel {

namespace {

Batch<std::array<std::uint64_t, 2>> words_of(Key key, const AudienceBatch& people,
                                             std::uint64_t ordinal) {
  expect(people.names.size() <= AudienceBatch::most && people.names.size() == people.places.size(),
         "traits are read a batch at a time, each person with a stratum");
  Batch<std::array<std::uint64_t, 2>> words;
  fill_blocks_of(key, {Purpose::trait, 0, ordinal}, people.names, words);
  return words;
}

}  // namespace

ReachBatch TraitReader::reach_of(const AudienceBatch& people) const {
  const std::size_t count = people.names.size();
  ReachBatch traits;
  if (audience_->exposure.is_constant() && audience_->affinity.is_constant()) {
    traits.exposure.fill(1.0);
    traits.affinity.fill(1.0);
    return traits;
  }
  const auto words = words_of(key_, people, 0);
  Batch<double> exposure;
  Batch<double> affinity;
  for (std::size_t k = 0; k < count; ++k) {
    const Stratum& stratum = people.strata[people.places[k]];
    exposure[k] = bands_->exposure.uniform(stratum.exposure, to_open_uniform(words[k][0]));
    affinity[k] = bands_->affinity.uniform(stratum.affinity, to_open_uniform(words[k][1]));
  }
  audience_->exposure.fill({exposure.data(), count}, {traits.exposure.data(), count});
  audience_->affinity.fill({affinity.data(), count}, {traits.affinity.data(), count});
  return traits;
}

IntentBatch TraitReader::intents_of(const AudienceBatch& people) const {
  const std::size_t count = people.names.size();
  IntentBatch traits;
  if (!audience_->has_intent && audience_->propensity.is_constant()) {
    traits.intent.fill(0.0);
    traits.propensity.fill(0);
    return traits;
  }
  const auto words = words_of(key_, people, 1);
  for (std::size_t k = 0; k < count; ++k) traits.propensity[k] = words[k][1];
  if (!audience_->has_intent) {
    traits.intent.fill(0.0);
    return traits;
  }
  Batch<double> uniforms;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t band = people.strata[people.places[k]].intent;
    uniforms[k] = bands_->intent.uniform(band, to_open_uniform(words[k][0]));
  }
  fill_normal_quantiles({uniforms.data(), count}, {traits.intent.data(), count});
  return traits;
}

}  // namespace flywheel
