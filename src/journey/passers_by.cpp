#include "journey/passers_by.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "journey/advertising.hpp"
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
  Depth depth;
  Device device;

  [[nodiscard]] bool is_paid() const { return candidate->kind == EventKind::impression; }
};

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
        tests_run_{!block.snapshot.shop.tests.empty()},
        same_chance_{world_.retargeting->affinity_exponent == 0.0},
        some_put_off_{block.snapshot.put_off_share[world_.number] > 0.0} {
    for (const ExposureTraits& channel : *world_.channels) {
      const bool anyway =
          world_.plays_all_at_once() && channel.frequency_cap == 0 && !channel.wears();
      clicks_anyway_.push_back(anyway ? 1 : 0);
    }
    const double chance = same_chance_ ? retargeting_chance(block_, {}) : 0.0;
    for (std::size_t depth = 0; depth < depth_count; ++depth) {
      const LeaverPool pool = leaver_pool(static_cast<Depth>(depth));
      leaving_[depth] = {.opens_window = opens_window(block_, static_cast<Depth>(depth)),
                         .chance = chance_in_pool(block_, pool, chance),
                         .weight = impressions_in_pool(block_, pool),
                         .pool = pool};
    }
  }

  /// Plays the only candidate of a shopper if nothing follows from it that must be kept; false, and
  /// nothing done, else.
  bool play_alone(std::uint32_t number) {
    const Candidate& candidate = candidates_[number];
    if (!comes_anyway(candidate)) return false;
    const VisitOutcome visit = play(number);
    if (leaves_trace(block_, visit)) return false;
    if (leaving(visit.depth).opens_window) {
      if (!serves_windows_) return false;
      const Waiting window = wait({&candidate, visit.retargeting, visit.depth, visit.device});
      if (next_click(block_.retargeting, window) != never) return false;
      serve(window, visit.depth);
    }
    count(candidate, visit.device, visit.depth);
    if (candidate.kind != EventKind::impression) return true;
    count_click(candidate);
    totals_.take_one_impression(candidate.source, candidate.stratum);
    return true;
  }

  /// The same for all candidates of a shopper who has several.
  bool play_together(const Party& party) {
    std::array<PlayedVisit, most_visits> visits;
    for (std::size_t k = 0; k < party.size; ++k) {
      const std::uint32_t number = party.numbers[k];
      if (!comes_anyway(candidates_[number])) return false;
      const VisitOutcome visit = play(number);
      if (leaves_trace(block_, visit)) return false;
      visits[k] = {&candidates_[number], visit.retargeting, visit.depth, visit.device};
    }
    const std::span<const PlayedVisit> played{visits.data(), party.size};
    if (!serve_windows(played)) return false;
    for (const PlayedVisit& visit : played) {
      count(*visit.candidate, visit.device, visit.depth);
      if (visit.is_paid()) count_click(*visit.candidate);
    }
    take_impressions(played);
    return true;
  }

 private:
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
    return tests_run_ ? play_tested_visit(block_, terms, luck)
                      : play_visit(*world_.funnel, block_.front.steps, terms, luck);
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

  void count(const Candidate& candidate, Device device, Depth depth) {
    block_.visits.add(block_.rotation_of(candidate.time), candidate.source, device, depth);
    if (tests_run_) count_tested_visit(block_, candidate.person, depth);
  }

  void count_click(const Candidate& candidate) {
    ++block_.served[candidate.source][day_index(candidate.time)];
    bill_click(block_, candidate.source, candidate.time);
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
  std::vector<std::uint8_t> clicks_anyway_;   ///< by channel
  bool serves_windows_;                       ///< whether windows can be served without a record
  bool tests_run_;                            ///< whether visitors stand in halves
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

/// Plays a shopper's candidates if they are those of a passer-by; false, and nothing done, else.
bool pass_by(PassersBy& passers_by, std::span<const Candidate> candidates, const Parties& parties,
             std::uint32_t head) {
  if (parties.next(head) == Parties::none) return passers_by.play_alone(head);
  const Party party = party_of(candidates, parties, head);
  return party.size <= most_visits && passers_by.play_together(party);
}

}  // namespace

std::span<const Candidate> play_passers_by(Block& block, MediaTotals& totals,
                                           std::span<Candidate> candidates,
                                           std::span<std::array<std::uint64_t, 2>> words) {
  Parties& parties = block.work.parties;
  parties.link(candidates);
  PassersBy passers_by{block, totals, candidates, words};
  std::vector<std::uint8_t>& stays = block.work.stays;
  stays.assign(candidates.size(), 0);
  for (std::uint32_t head = 0; head < candidates.size(); ++head) {
    if (!parties.is_head(head)) continue;
    const bool known = block.crowd.knows(candidates[head].person);
    if (!known && pass_by(passers_by, candidates, parties, head)) continue;
    for (std::uint32_t number = head; number != Parties::none; number = parties.next(number)) {
      stays[number] = 1;
    }
  }
  std::size_t others = 0;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    if (stays[k] == 0) continue;
    words[others] = words[k];
    candidates[others++] = candidates[k];
  }
  return candidates.first(others);
}

}  // namespace flywheel
