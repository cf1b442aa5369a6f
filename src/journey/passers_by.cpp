#include "journey/passers_by.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "journey/advertising.hpp"
#include "journey/batch_visits.hpp"
#include "journey/landing_play.hpp"
#include "journey/put_off.hpp"
#include "journey/retargeting.hpp"
#include "journey/tested_visit.hpp"
#include "journey/visits.hpp"

namespace flywheel {

namespace {

/// A visit that was played but changed nothing yet, as far as it is needed.
struct PlayedVisit {
  const Candidate* candidate;
  double retargeting;  ///< as in VisitOutcome
  SeenIdeas ideas;
  Depth depth;
  Device device;

  [[nodiscard]] bool is_paid() const { return candidate->kind == EventKind::impression; }
};

PlayedVisit played_in(const BatchVisits& visits, const Candidate& candidate, std::size_t k) {
  return {&candidate, visits.retargeting[k], visits.ideas[k], visits.depth[k], visits.device[k]};
}

/// Whoever comes more often is played with the others.
constexpr std::size_t most_visits = 8;

/// What leaving at a depth opens, as far as it is the same for everybody.
struct Leaving {
  bool opens_window{false};
  double chance{0};  ///< as Waiting has it, where everybody has the same
  double weight{0};
  LeaverPool pool{};
};

/// All candidates of one shopper, in the order of events.
struct Party {
  std::array<std::uint32_t, most_visits> numbers;
  std::size_t size{0};
};

class PassersBy {
 public:
  PassersBy(Block& block, MediaTotals& totals, std::span<const Candidate> candidates,
            std::span<const std::array<std::uint64_t, 2>> words)
      : block_{block},
        world_{block.world},
        totals_{totals},
        candidates_{candidates},
        words_{words},
        serves_windows_{world_.plays_all_at_once() && world_.retargeting->cap_per_window == 0},
        same_chance_{world_.retargeting->affinity_exponent == 0.0},
        some_put_off_{block.snapshot.put_off_share[world_.number] > 0.0} {
    for (const ExposureTraits& channel : *world_.channels) {
      const bool anyway =
          world_.plays_all_at_once() && channel.frequency_cap == 0 && !channel.wears();
      clicks_anyway_.push_back(anyway ? 1 : 0);
      pays_per_click_.push_back(channel.pays_per_click ? 1 : 0);
    }
    clicks_.assign(clicks_anyway_.size(), 0);
    const double chance = same_chance_ ? retargeting_chance(block_, {}) : 0.0;
    for (std::size_t depth = 0; depth < depth_count; ++depth) {
      const LeaverPool pool = leaver_pool(static_cast<Depth>(depth));
      leaving_[depth] = {.opens_window = opens_window(block_, static_cast<Depth>(depth)),
                         .chance = chance_in_pool(block_, pool, chance),
                         .weight = impressions_in_pool(block_, pool),
                         .pool = pool};
    }
  }

  /// Plays candidates of which each is the only one of its shopper, at most a batch, as far as
  /// nothing follows from them that must be kept; tells by number in the batch which are left.
  [[nodiscard]] std::array<std::uint8_t, VisitBatch::most> play_alone(
      std::span<const std::uint32_t> numbers) {
    const VisitBatch batch{candidates_, words_, numbers};
    const BatchVisits visits = play_batch(block_, batch);
    std::array<std::uint8_t, VisitBatch::most> stays;
    for (std::size_t k = 0; k < batch.size(); ++k) {
      stays[k] = passes(batch.candidate(k), visits, k) ? 0 : 1;
    }
    return stays;
  }

  /// Counts the clicks of all.
  void finish() const {
    for (std::size_t channel = 0; channel < clicks_.size(); ++channel) {
      count_clicks(block_, channel, clicks_[channel]);
    }
  }

  /// The same for all candidates of a shopper who has several.
  bool play_together(const Party& party) {
    std::array<PlayedVisit, most_visits> visits;
    for (std::size_t k = 0; k < party.size; ++k) {
      const std::uint32_t number = party.numbers[k];
      if (!comes_anyway(candidates_[number])) return false;
      const VisitOutcome visit = play(number);
      if (leaves_trace(block_, visit)) return false;
      visits[k] = {&candidates_[number], visit.retargeting, visit.ideas, visit.depth, visit.device};
    }
    const std::span<const PlayedVisit> played{visits.data(), party.size};
    if (!serve_windows(played)) return false;
    for (const PlayedVisit& visit : played) {
      count(visit);
      if (visit.is_paid()) count_click(*visit.candidate);
    }
    take_impressions(played);
    return true;
  }

 private:
  /// Counts the visit if nothing follows from it that must be kept; false, and nothing done, else.
  bool passes(const Candidate& candidate, const BatchVisits& visits, std::size_t k) {
    if (visits.leaves_trace[k] != 0 || !comes_anyway(candidate)) return false;
    const PlayedVisit visit = played_in(visits, candidate, k);
    const Depth depth = visit.depth;
    if (leaving(depth).opens_window) {
      if (!serves_windows_) return false;
      const Waiting window = wait(visit);
      if (next_click(block_.retargeting, window) != never) return false;
      serve(window, depth);
    }
    count(visit);
    if (candidate.kind != EventKind::impression) return true;
    count_click(candidate);
    totals_.take_one_impression(candidate.source, candidate.stratum);
    return true;
  }

  /// Whether the visit takes place whatever was before: the ad is shown and clicked and needs no
  /// remembering, or the shopper comes unasked and without an ad. Who is put off, which few are, is
  /// played with the others.
  [[nodiscard]] bool comes_anyway(const Candidate& candidate) const {
    if (some_put_off_ && is_put_off(block_, candidate.person)) return false;
    if (candidate.kind == EventKind::impression) return clicks_anyway_[candidate.source] != 0;
    return candidate.kind == EventKind::organic_visit &&
           brand_ad(block_, candidate.person, candidate.time, candidate.luck) == no_channel;
  }

  [[nodiscard]] const Leaving& leaving(Depth depth) const {
    return leaving_[static_cast<std::size_t>(depth)];
  }

  [[nodiscard]] VisitOutcome play(std::uint32_t number) const {
    const Candidate& candidate = candidates_[number];
    const VisitTerms terms =
        terms_of(block_, candidate.inclination, candidate.source, candidate.time);
    const VisitLuck luck{world_.key, candidate.person, candidate.luck, words_[number]};
    return play_in_shop(block_, terms, luck);
  }

  /// The window that a visit opens, if no other closes it.
  [[nodiscard]] Waiting wait(const PlayedVisit& visit) const {
    const Candidate& candidate = *visit.candidate;
    const Leaving& opened = leaving(visit.depth);
    const double chance =
        same_chance_
            ? opened.chance
            : chance_in_pool(block_, opened.pool, retargeting_chance(block_, candidate.person));
    const Days end =
        std::min(candidate.time + world_.retargeting->window_days, block_.snapshot.end);
    return {chance, candidate.time, end, visit.retargeting, opened.weight};
  }

  void serve(const Waiting& window, Depth depth) {
    serve_unclicked_window(block_.retargeting, window);
    count_entry(block_.tally, depth);
  }

  /// Serves the windows that visits open, each until the next one opens; false, and nothing done,
  /// if a click comes in one or if impressions must be counted one by one.
  bool serve_windows(std::span<const PlayedVisit> visits) {
    for (const PlayedVisit& visit : visits) {
      if (!leaving(visit.depth).opens_window) continue;
      if (!serves_windows_) return false;
      const Waiting window = wait(visit);
      if (next_click(block_.retargeting, window) != never) return false;
    }
    Days closed = block_.snapshot.end;
    // NOLINTNEXTLINE(modernize-loop-convert): clang 14 has no std::views::reverse for it
    for (auto visit = visits.rbegin(); visit != visits.rend(); ++visit) {
      if (!leaving(visit->depth).opens_window) continue;
      Waiting window = wait(*visit);
      window.end = std::min(window.end, closed);
      closed = window.since;
      serve(window, visit->depth);
    }
    return true;
  }

  void count(const PlayedVisit& visit) {
    const Candidate& candidate = *visit.candidate;
    count_visit(block_, {candidate.time, candidate.source, visit.device, visit.depth, visit.ideas});
  }

  void count_click(const Candidate& candidate) {
    ++block_.served[candidate.source][day_index(candidate.time)];
    ++clicks_[candidate.source];
    if (pays_per_click_[candidate.source] != 0) {
      pay_click(block_, candidate.source, candidate.time);
    }
  }

  /// Takes the shopper out of the crowd of each channel that reached them, once.
  void take_impressions(std::span<const PlayedVisit> visits) {
    for (auto first = visits.begin(); first != visits.end(); ++first) {
      const auto same = [&](const PlayedVisit& visit) {
        return visit.is_paid() && visit.candidate->source == first->candidate->source;
      };
      if (!first->is_paid() || std::any_of(visits.begin(), first, same)) continue;
      totals_.take_impressions(first->candidate->source, first->candidate->stratum,
                               static_cast<std::size_t>(std::count_if(first, visits.end(), same)));
    }
  }

  Block& block_;
  const World& world_;
  MediaTotals& totals_;
  std::span<const Candidate> candidates_;
  std::span<const std::array<std::uint64_t, 2>> words_;
  std::uint32_t first_{0};                    ///< of the batch
  BatchVisits visits_;                        ///< of the batch
  std::vector<std::uint8_t> clicks_anyway_;   ///< by channel
  std::vector<std::uint8_t> pays_per_click_;  ///< by channel
  std::vector<std::int64_t> clicks_;          ///< by channel, of all who passed by
  bool serves_windows_;                       ///< whether windows can be served without a record
  bool same_chance_;                          ///< everybody clicks retargeting impressions alike
  bool some_put_off_;                         ///< whether anybody is
  std::array<Leaving, depth_count> leaving_;  ///< by depth
};

/// The shopper's candidates from the first one on, of whom there may be too many.
Party party_of(std::span<const Candidate> candidates, const Parties& parties, std::uint32_t head) {
  Party party;
  for (std::uint32_t number = head; number != Parties::none; number = parties.next(number)) {
    if (party.size < most_visits) party.numbers[party.size] = number;
    ++party.size;
  }
  if (party.size > most_visits) return party;
  const auto order = [&](std::uint32_t number) {
    const Candidate& one = candidates[number];
    return std::tie(one.time, one.kind, one.source, one.luck);
  };
  std::sort(party.numbers.begin(), party.numbers.begin() + static_cast<std::ptrdiff_t>(party.size),
            [&](std::uint32_t left, std::uint32_t right) { return order(left) < order(right); });
  return party;
}

/// Of whom nothing is left to play.
constexpr std::uint32_t passed = nobody - 1;

/// The record of somebody who has several candidates or was here before, `nobody` if they are to
/// get one, or `passed`.
std::uint32_t play_shopper(Block& block, PassersBy& passers_by,
                           std::span<const Candidate> candidates, std::uint32_t head) {
  const std::uint32_t record = block.crowd.find(candidates[head].person);
  if (record != nobody) {
    return block.crowd.record(record).standing == Standing::customer ? passed : record;
  }
  const Party party = party_of(candidates, block.work.parties, head);
  return party.size <= most_visits && passers_by.play_together(party) ? passed : nobody;
}

/// Those who come for the first time, and once.
bool is_alone(const Block& block, std::span<const Candidate> candidates, std::uint32_t head) {
  return block.work.parties.next(head) == Parties::none &&
         block.crowd.find(candidates[head].person) == nobody;
}

/// Tells of each candidate whose record it belongs to, or that it was played.
void play_all(Block& block, PassersBy& passers_by, std::span<const Candidate> candidates) {
  const Parties& parties = block.work.parties;
  std::vector<std::uint32_t>& records = block.work.records;
  std::vector<std::uint32_t>& alone = block.work.alone;
  records.resize(candidates.size());
  alone.clear();
  alone.reserve(candidates.size());
  for (std::uint32_t head = 0; head < candidates.size(); ++head) {
    if (!parties.is_head(head)) continue;
    if (is_alone(block, candidates, head)) {
      alone.push_back(head);
      continue;
    }
    const std::uint32_t record = play_shopper(block, passers_by, candidates, head);
    for (std::uint32_t number = head; number != Parties::none; number = parties.next(number)) {
      records[number] = record;
    }
  }
  for (std::size_t done = 0; done < alone.size(); done += VisitBatch::most) {
    const std::size_t here = std::min(VisitBatch::most, alone.size() - done);
    const std::span<const std::uint32_t> numbers{alone.data() + done, here};
    const auto stays = passers_by.play_alone(numbers);
    for (std::size_t k = 0; k < here; ++k) records[numbers[k]] = stays[k] != 0 ? nobody : passed;
  }
}

}  // namespace

OtherCandidates play_passers_by(Block& block, MediaTotals& totals, std::span<Candidate> candidates,
                                std::span<std::array<std::uint64_t, 2>> words) {
  block.work.parties.link(candidates);
  PassersBy passers_by{block, totals, candidates, words};
  play_all(block, passers_by, candidates);
  passers_by.finish();
  std::vector<std::uint32_t>& records = block.work.records;
  std::size_t others = 0;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    if (records[k] == passed) continue;
    words[others] = words[k];
    records[others] = records[k];
    candidates[others++] = candidates[k];
  }
  return {candidates.first(others), {records.data(), others}};
}

}  // namespace flywheel
