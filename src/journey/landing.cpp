#include "journey/landing.hpp"

#include <cmath>

#include "core/elementary.hpp"
#include "random/blocks.hpp"
#include "random/gamma.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"
#include "random/trait_tables.hpp"

namespace flywheel {

namespace {

using Words = std::array<std::uint64_t, 2>;

/// Two uniform numbers of 32 bits from one word: enough for decisions, not for values.
double high_uniform(std::uint64_t word) {
  return static_cast<double>(static_cast<std::int64_t>(word >> 32U)) * 0x1p-32;
}
double low_uniform(std::uint64_t word) {
  return static_cast<double>(static_cast<std::int64_t>(word & 0xFFFFFFFFU)) * 0x1p-32;
}

/// How far a visit went, and where its uniform number lies between what it failed and what it
/// passed: uniform on [0, 1) again, independent of how far it went.
struct Descent {
  Depth depth;
  double place;
};

Descent descend(const std::array<double, step_count>& chances, double uniform) {
  double passed = 1.0;
  for (int step = 0; step < step_count; ++step) {
    const double reached = passed * chances[static_cast<std::size_t>(step)];
    if (uniform >= reached) {
      return {static_cast<Depth>(step), (uniform - reached) / (passed - reached)};
    }
    passed = reached;
  }
  return {Depth::ordered, uniform / passed};
}

int pick_reason(const FunnelTraits& funnel, double place) {
  for (int reason = 0; reason + 1 < reason_count; ++reason) {
    place -= funnel.reason_shares[static_cast<std::size_t>(reason)];
    if (place < 0.0) return reason;
  }
  return reason_count - 1;
}

Days draw_order_delay(const FunnelTraits& funnel, const VisitLuck& luck) {
  const Words words = draw_block(luck.key, {Purpose::order_delay, luck.person.value, luck.ordinal});
  const bool immediate = to_uniform(words[0]) < funnel.immediate_share;
  const double mean = immediate ? funnel.immediate_delay_days : funnel.later_delay_days;
  return -mean * portable_log(to_open_uniform(words[1]));
}

/// All that a visit of this depth brings beside it.
VisitOutcome fill_visit(const Descent& descent, double mobile_share, const FunnelTraits& funnel,
                        const VisitLuck& luck) {
  const Words& words = luck.words;
  VisitOutcome visit{.depth = descent.depth};
  visit.device = low_uniform(words[0]) < mobile_share ? Device::mobile : Device::desktop;
  visit.leaves_address = visit.depth >= Depth::engaged && high_uniform(words[1]) < funnel.form_rate;
  visit.retargeting = low_uniform(words[1]) + 0x1p-33;
  if (visit.depth == Depth::checkout) visit.reason = pick_reason(funnel, descent.place);
  if (visit.depth == Depth::ordered) visit.order_delay = draw_order_delay(funnel, luck);
  return visit;
}

}  // namespace

VisitLuck visit_luck(Key key, PersonId person, std::uint64_t ordinal) {
  return {key, person, ordinal, draw_block(key, {Purpose::visit, person.value, ordinal})};
}

FunnelOdds make_funnel_odds(const FunnelTraits& funnel,
                            const std::vector<double>& log_odds_by_day) {
  FunnelOdds odds;
  for (std::size_t device = 0; device < 2; ++device) {
    for (std::size_t step = 0; step < step_count; ++step) {
      odds.step[device][step] = portable_exp(-funnel.step_log_odds[device][step]);
    }
  }
  for (const double source : funnel.source_log_odds) odds.source.push_back(portable_exp(-source));
  for (const double day : log_odds_by_day) odds.day.push_back(portable_exp(-day));
  return odds;
}

std::array<double, step_count> step_chances(const FunnelOdds& odds, Device device,
                                            double odds_against, double rescued_share) {
  std::array<double, step_count> chances{};
  for (std::size_t step = 0; step < step_count; ++step) {
    chances[step] = 1.0 / (1.0 + odds.step[static_cast<std::size_t>(device)][step] * odds_against);
  }
  chances[step_count - 1] = 1.0 - (1.0 - chances[step_count - 1]) * (1.0 - rescued_share);
  return chances;
}

VisitOutcome play_visit(const FunnelTraits& funnel, const FunnelOdds& odds, const VisitTerms& terms,
                        const VisitLuck& luck) {
  const double uniform = high_uniform(luck.words[0]);
  if (funnel.uses_propensity) {
    const double chance = terms.order_chance;
    const Descent descent = uniform < chance
                                ? Descent{Depth::ordered, 0.0}
                                : Descent{Depth::checkout, (uniform - chance) / (1.0 - chance)};
    return fill_visit(descent, terms.mobile_share, funnel, luck);
  }
  const Device device =
      low_uniform(luck.words[0]) < terms.mobile_share ? Device::mobile : Device::desktop;
  const auto chances = step_chances(odds, device, terms.odds_against, funnel.rescued_share);
  return fill_visit(descend(chances, uniform), terms.mobile_share, funnel, luck);
}

Sessions draw_sessions(const FunnelTraits& funnel, Key key, std::uint64_t block,
                       std::int64_t count) {
  constexpr std::size_t batch = 256;
  std::array<Words, batch> blocks;
  const InverseTable duration =
      lognormal_table(funnel.session_log_median, funnel.session_log_spread);
  Sessions sum;
  for (std::int64_t done = 0; done < count;) {
    fill_blocks(key, {Purpose::session, block, static_cast<std::uint64_t>(done) / 2}, blocks);
    for (std::size_t k = 0; k < 2 * batch && done < count; ++k, ++done) {
      const double seconds = duration(to_open_uniform(blocks[k / 2][k % 2]));
      // Positive and far below 2^52, so adding a half rounds well.
      // NOLINTNEXTLINE(bugprone-incorrect-roundings)
      sum.milliseconds += static_cast<std::int64_t>(1000.0 * seconds + 0.5);
    }
  }
  if (count == 0) return sum;
  Stream draws{key, Purpose::session, block, std::uint64_t{1} << 40U};
  const double heterogeneity = draw_gamma(draws, static_cast<double>(count));
  const std::uint64_t more = draw_poisson(draws, funnel.pages_mean * heterogeneity);
  sum.pages = count + static_cast<std::int64_t>(more);
  return sum;
}

VisitOutcome play_sure_visit(const FunnelTraits& funnel, const VisitTerms& terms,
                             const VisitLuck& luck) {
  return fill_visit({Depth::ordered, 0.0}, terms.mobile_share, funnel, luck);
}

}  // namespace flywheel
