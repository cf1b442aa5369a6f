#include "journey/put_off.hpp"

#include "core/elementary.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

constexpr int ordinal_bits = 20;  ///< of one order's draws; the thresholds stand before the first

}  // namespace

double put_off_share(double told, double size) { return 1.0 - portable_exp(-told / size); }

void put_friends_off(Block& block, PersonId detractor, std::uint64_t order) {
  const double mean = block.world.advocacy->friends_put_off;
  if (mean <= 0.0) return;
  Stream draws{block.world.key, Purpose::put_off, detractor.value, order << ordinal_bits};
  block.tally.add(Count::people_put_off, static_cast<std::int64_t>(draw_poisson(draws, mean)));
}

bool is_put_off(const Block& block, PersonId person) {
  const double share = block.snapshot.put_off_share[block.world.number];
  if (share <= 0.0) return false;
  const auto words = draw_block(block.world.key, {Purpose::put_off, person.value, 0});
  return to_uniform(words[0]) < share;
}

}  // namespace flywheel
