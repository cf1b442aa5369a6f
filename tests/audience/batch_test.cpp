#include <vector>

#include "audience/person.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr Key key = make_key(11, Level::shoppers, 3);

struct Crowd {
  std::vector<Stratum> strata;
  std::vector<std::uint64_t> names;
  std::vector<std::uint32_t> places;
};

/// As many people as a batch holds, spread over all strata of a segment.
Crowd crowd_of(const BandSet& bands) {
  SegmentTraits segment;
  segment.identity = 5;
  segment.size = 1'000'000;
  Crowd crowd{count_strata(bands, segment, key), {}, {}};
  for (std::uint64_t k = 0; k < AudienceBatch::most; ++k) {
    const auto place = static_cast<std::uint32_t>((k * 7919U) % crowd.strata.size());
    crowd.places.push_back(place);
    crowd.names.push_back(PersonId::of_audience(2, crowd.strata[place].number(), k).value);
  }
  return crowd;
}

void check_batch(const AudienceTraits& audience) {
  const BandSet bands = make_band_set(audience);
  const TraitReader reader{audience, bands, key};
  const Crowd crowd = crowd_of(bands);
  const AudienceBatch people{crowd.names, crowd.places, crowd.strata};
  const ReachBatch reach = reader.reach_of(people);
  const IntentBatch intents = reader.intents_of(people);
  for (std::size_t k = 0; k < crowd.names.size(); ++k) {
    INFO("person " << k);
    const ReachTraits alone = reader.reach({crowd.names[k]});
    CHECK(reach.exposure[k] == alone.exposure);
    CHECK(reach.affinity[k] == alone.affinity);
    CHECK(intents.intent[k] == alone.intent);
    CHECK(reader.affinity({crowd.names[k]}) == alone.affinity);
    if (audience.propensity.is_constant() && !audience.has_intent) continue;
    CHECK(intents.propensity[k] == reader.bits({crowd.names[k]}).propensity);
  }
  const PersonId friend_id = PersonId::of_friend({crowd.names.front()}, 1);
  CHECK(reader.affinity(friend_id) == reader.reach(friend_id).affinity);
}

}  // namespace

TEST_CASE("a batch has the traits that its people have one by one", "[audience][batch]") {
  const InverseTable gamma = gamma_table(1.3);
  const InverseTable beta = beta_table(2.0, 60.0);
  AudienceTraits audience;
  SECTION("all traits vary") {
    audience.exposure = TraitQuantile{gamma};
    audience.affinity = TraitQuantile{beta};
    audience.propensity = TraitQuantile{beta};
    check_batch(audience);
  }
  SECTION("only intent varies") { check_batch(audience); }
  SECTION("only affinity and propensity vary") {
    audience.has_intent = false;
    audience.affinity = TraitQuantile{gamma};
    audience.propensity = TraitQuantile{beta};
    check_batch(audience);
  }
  SECTION("nothing varies") {
    audience.has_intent = false;
    check_batch(audience);
  }
}

}  // namespace flywheel::test
