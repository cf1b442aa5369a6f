#include "journey/passers_by.hpp"

#include <algorithm>
#include <bit>

#include "journey/advertising.hpp"
#include "journey/retargeting.hpp"
#include "journey/visits.hpp"
#include "random/hash.hpp"

namespace flywheel {

namespace {

/// Tells who comes once. Shoppers are told apart by a hash alone: two who share a place in the
/// table count as one who comes twice, which costs a little time and changes nothing.
class Comings {
 public:
  Comings(std::vector<std::uint8_t>& counts, std::span<const Candidate> candidates)
      : counts_{counts} {
    const std::size_t size = std::bit_ceil(std::max<std::size_t>(16 * candidates.size(), 64));
    counts_.assign(size, 0);
    for (const Candidate& candidate : candidates) {
      std::uint8_t& count = count_of(candidate.person);
      count = static_cast<std::uint8_t>(std::min(count + 1, 2));
    }
  }

  [[nodiscard]] bool once(PersonId person) { return count_of(person) == 1; }

 private:
  std::uint8_t& count_of(PersonId person) {
    return counts_[scramble(person.value) & (counts_.size() - 1)];
  }

  std::vector<std::uint8_t>& counts_;
};

/// Whether the ad is shown and clicked whatever was shown before, and needs no remembering.
bool clicks_anyway(const World& world, const Candidate& candidate) {
  if (!world.plays_all_at_once() || candidate.kind != EventKind::impression) return false;
  const ExposureTraits& channel = (*world.channels)[candidate.source];
  return channel.frequency_cap == 0 && !channel.wears();
}

bool comes_unasked(const World& world, const Candidate& candidate) {
  return candidate.kind == EventKind::organic_visit &&
         brand_ad(world, candidate.person, candidate.time, candidate.luck) == no_channel;
}

void count_impression(Block& block, MediaTotals& totals, const Candidate& candidate) {
  ++block.served[candidate.source][static_cast<std::size_t>(candidate.time)];
  bill_click(block, candidate.source, candidate.time);
  totals.take_one_impression(candidate.source, candidate.stratum);
}

/// Plays the visit if nothing follows from it that must be kept; false, and nothing done, else.
bool plays_out(Block& block, MediaTotals& totals, const Candidate& candidate,
               const std::array<std::uint64_t, 2>& words) {
  const World& world = block.world;
  const bool by_ad = clicks_anyway(world, candidate);
  if (!by_ad && !comes_unasked(world, candidate)) return false;
  const double inclined = inclination(world, candidate.intent, candidate.propensity);
  const VisitOutcome visit = play_visit(*world.funnel, world.odds,
                                        terms_of(world, inclined, candidate.source, candidate.time),
                                        {world.key, candidate.person, candidate.luck, words});
  if (leaves_trace(block, visit)) return false;
  if (opens_window(block, visit.depth)) {
    if (!world.plays_all_at_once()) return false;
    if (!serve_lone_window(block, candidate.person, candidate.time, visit.retargeting))
      return false;
  }
  if (by_ad) count_impression(block, totals, candidate);
  count_visit(block, candidate.source, visit);
  return true;
}

}  // namespace

std::span<const Candidate> play_passers_by(Block& block, MediaTotals& totals,
                                           std::span<Candidate> candidates,
                                           std::span<std::array<std::uint64_t, 2>> words) {
  Comings comings{block.work.comings, candidates};
  std::size_t others = 0;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    const Candidate& candidate = candidates[k];
    if (comings.once(candidate.person) && !block.crowd.knows(candidate.person) &&
        plays_out(block, totals, candidate, words[k])) {
      continue;
    }
    words[others] = words[k];
    candidates[others++] = candidate;
  }
  return candidates.first(others);
}

}  // namespace flywheel
