#include "audience/strata.hpp"

#include "core/check.hpp"
#include "random/binomial.hpp"
#include "random/hash.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// Ratio of values within a band: finer where only one trait varies, since strata multiply.
double band_ratio(const AudienceTraits& audience) {
  const int varying = (audience.exposure.is_constant() ? 0 : 1) +
                      (audience.affinity.is_constant() ? 0 : 1) + (audience.has_intent ? 1 : 0);
  return varying > 1 ? 1.35 : 1.1;
}

/// Splits `count` shoppers over bands by their shares; calls visit(band, shoppers) where there are
/// any. Each band takes a binomial of those left, from a stream of its own.
template <class Visit>
void split(std::uint64_t count, const Bands& bands, const Stream& stream, Visit&& visit) {
  Stream draws = stream;
  double share_left = 1.0;
  for (std::size_t band = 0; band < bands.count() && count > 0; ++band) {
    const bool last = band + 1 == bands.count();
    const double chance = last ? 1.0 : bands.share(band) / share_left;
    const std::uint64_t here = chance < 1.0 ? draw_binomial(draws, count, chance) : count;
    share_left -= bands.share(band);
    count -= here;
    if (here > 0) visit(band, here);
  }
}

Stream node_stream(Key shoppers, std::uint64_t segment, std::uint64_t node) {
  return {shoppers, Purpose::count_stratum, mix(segment, node)};
}

}  // namespace

BandSet make_band_set(const AudienceTraits& audience) {
  const double ratio = band_ratio(audience);
  return {make_bands(audience.exposure, ratio), make_bands(audience.affinity, ratio),
          audience.has_intent ? make_intent_bands() : make_single_intent_band()};
}

std::vector<Stratum> count_strata(const BandSet& bands, const SegmentTraits& segment,
                                  Key shoppers) {
  expect(bands.exposure.count() <= 32 && bands.affinity.count() <= 32 && bands.intent.count() <= 64,
         "the number of a stratum has 16 bits");
  std::vector<Stratum> strata;
  const std::uint64_t name = segment.identity;
  split(segment.size, bands.exposure, node_stream(shoppers, name, 0),
        [&](auto exposure, auto some) {
          split(some, bands.affinity, node_stream(shoppers, name, 1 + exposure),
                [&](auto affinity, auto few) {
                  const std::uint64_t node = 64 + exposure * 32 + affinity;
                  split(few, bands.intent, node_stream(shoppers, name, node),
                        [&](auto intent, auto count) {
                          strata.push_back({static_cast<std::uint8_t>(exposure),
                                            static_cast<std::uint8_t>(affinity),
                                            static_cast<std::uint8_t>(intent), count});
                        });
                });
        });
  return strata;
}

}  // namespace flywheel
