#include "journey/landing.hpp"

#include <cmath>

#include "core/elementary.hpp"
#include "random/normal_quantile.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

using Words = std::array<std::uint64_t, 2>;

/// Two uniform numbers of 32 bits from one word.
double high_uniform(std::uint64_t word) { return static_cast<double>(word >> 32U) * 0x1p-32; }
double low_uniform(std::uint64_t word) { return static_cast<double>(word & 0xFFFFFFFFU) * 0x1p-32; }

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

struct Session {
  std::int64_t milliseconds;
  std::int64_t pages;
};

Session play_session(const FunnelTraits& funnel, const VisitLuck& luck) {
  const Words words = draw_block(luck.key, {Purpose::session, luck.person.value, luck.ordinal});
  const double score = normal_quantile(to_open_uniform(words[0]));
  const double log_seconds = funnel.session_log_median + funnel.session_log_spread * score;
  Session session{static_cast<std::int64_t>(1000.0 * portable_exp(log_seconds) + 0.5), 1};
  // Pages beyond the first: geometric, a negative binomial of shape 1.
  const double more = funnel.pages_mean / (1.0 + funnel.pages_mean);
  if (more > 0.0) {
    session.pages += static_cast<std::int64_t>(
        std::floor(portable_log(to_open_uniform(words[1])) / portable_log(more)));
  }
  return session;
}

int pick_reason(const FunnelTraits& funnel, double place) {
  for (int reason = 0; reason + 1 < reason_count; ++reason) {
    place -= funnel.reason_shares[static_cast<std::size_t>(reason)];
    if (place < 0.0) return reason;
  }
  return reason_count - 1;
}

Days draw_order_delay(const FunnelTraits& funnel, const VisitLuck& luck) {
  const Words words =
      draw_block(luck.key, {Purpose::order_delay, luck.person.value, luck.ordinal});
  const bool immediate = to_uniform(words[0]) < funnel.immediate_share;
  const double mean = immediate ? funnel.immediate_delay_days : funnel.later_delay_days;
  return -mean * portable_log(to_open_uniform(words[1]));
}

Words visit_words(const VisitLuck& luck) {
  return draw_block(luck.key, {Purpose::visit, luck.person.value, luck.ordinal});
}

/// All that a visit of this depth brings beside it.
VisitOutcome fill_visit(const Descent& descent, double mobile_share, const FunnelTraits& funnel,
                        const VisitLuck& luck) {
  const Words words = visit_words(luck);
  VisitOutcome visit{.depth = descent.depth};
  visit.device = high_uniform(words[1]) < mobile_share ? Device::mobile : Device::desktop;
  if (visit.depth >= Depth::engaged) {
    const Session session = play_session(funnel, luck);
    visit.milliseconds = session.milliseconds;
    visit.pages = session.pages;
    visit.leaves_address = low_uniform(words[1]) < funnel.form_rate;
  }
  if (visit.depth == Depth::checkout) visit.reason = pick_reason(funnel, descent.place);
  if (visit.depth == Depth::ordered) visit.order_delay = draw_order_delay(funnel, luck);
  return visit;
}

}  // namespace

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

VisitOutcome play_visit(const FunnelTraits& funnel, const FunnelOdds& odds,
                        const VisitTerms& terms, const VisitLuck& luck) {
  const Words words = visit_words(luck);
  const double uniform = to_uniform(words[0]);
  if (funnel.uses_propensity) {
    const double chance = terms.order_chance;
    const Descent descent = uniform < chance
                                ? Descent{Depth::ordered, 0.0}
                                : Descent{Depth::checkout, (uniform - chance) / (1.0 - chance)};
    return fill_visit(descent, terms.mobile_share, funnel, luck);
  }
  const Device device =
      high_uniform(words[1]) < terms.mobile_share ? Device::mobile : Device::desktop;
  const auto chances = step_chances(odds, device, terms.odds_against, funnel.rescued_share);
  return fill_visit(descend(chances, uniform), terms.mobile_share, funnel, luck);
}

VisitOutcome play_sure_visit(const FunnelTraits& funnel, const VisitTerms& terms,
                             const VisitLuck& luck) {
  return fill_visit({Depth::ordered, 0.0}, terms.mobile_share, funnel, luck);
}

}  // namespace flywheel
