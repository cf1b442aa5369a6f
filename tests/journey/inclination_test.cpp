#include "journey/inclination.hpp"

#include <cmath>

#include "random/trait_tables.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr Key key = make_key(4, Level::shoppers, 1);

IntentBatch people() {
  IntentBatch batch;
  for (std::size_t k = 0; k < AudienceBatch::most; ++k) {
    batch.intent[k] = 0.02 * static_cast<double>(k) - 2.0;
    batch.propensity[k] = (k + 1) * 0x9E3779B97F4A7C15U;
  }
  return batch;
}

}  // namespace

TEST_CASE("intent lowers the odds against every step", "[journey][inclination]") {
  const AudienceTraits audience;
  const BandSet bands = make_band_set(audience);
  FunnelTraits funnel;
  funnel.intent_loading = 0.8;
  SegmentTraits segment;
  segment.conversion_log_odds = 0.3;
  const Inclination inclination{funnel, segment, {audience, bands, key}};
  const Batch<double> batch = inclination.of(people(), 200);
  for (std::size_t k = 0; k < 200; ++k) {
    const double expected = std::exp(-(0.8 * people().intent[k] + 0.3));
    CHECK(std::abs(batch[k] - expected) < 1e-14 * expected);
    CHECK(batch[k] == inclination.of(people().intent[k], 0));
  }
}

TEST_CASE("propensity is the chance of an order, times the segment's", "[journey][inclination]") {
  const InverseTable table = beta_table(2.0, 60.0);
  AudienceTraits audience;
  audience.propensity = TraitQuantile{table};
  const BandSet bands = make_band_set(audience);
  FunnelTraits funnel;
  funnel.uses_propensity = true;
  funnel.mean_propensity = 0.04;
  SegmentTraits segment;
  segment.conversion_factor = 1.5;
  const Inclination inclination{funnel, segment, {audience, bands, key}};
  const Batch<double> batch = inclination.of(people(), AudienceBatch::most);
  for (std::size_t k = 0; k < AudienceBatch::most; ++k) {
    const double expected = 0.06 * table(to_open_uniform(people().propensity[k]));
    CHECK(std::abs(batch[k] - expected) < 1e-15);
    CHECK(batch[k] == inclination.of(0.0, people().propensity[k]));
  }
}

}  // namespace flywheel::test
