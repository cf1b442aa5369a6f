#include "journey/inclination.hpp"

#include "core/check.hpp"
#include "core/elementary.hpp"

namespace flywheel {

double Inclination::of(double intent, std::uint64_t propensity) const {
  if (funnel_->uses_propensity) return mean_chance() * reader_.propensity(propensity);
  return portable_exp(-(funnel_->intent_loading * intent + segment_->conversion_log_odds));
}

Batch<double> Inclination::of(const IntentBatch& people, std::size_t count) const {
  expect(count <= AudienceBatch::most, "a batch holds no more");
  Batch<double> inclined;
  if (!funnel_->uses_propensity) {
    const double loading = funnel_->intent_loading;
    const double odds = segment_->conversion_log_odds;
    for (std::size_t k = 0; k < count; ++k) {
      inclined[k] = portable_exp(-(loading * people.intent[k] + odds));
    }
    return inclined;
  }
  Batch<double> uniforms;
  for (std::size_t k = 0; k < count; ++k) uniforms[k] = to_open_uniform(people.propensity[k]);
  reader_.fill_propensities({uniforms.data(), count}, {inclined.data(), count});
  for (std::size_t k = 0; k < count; ++k) inclined[k] = mean_chance() * inclined[k];
  return inclined;
}

}  // namespace flywheel
