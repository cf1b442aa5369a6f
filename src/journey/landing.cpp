#include "journey/landing.hpp"

#include <cmath>

#include "core/elementary.hpp"
#include "random/normal_quantile.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// Two uniform numbers of 32 bits from one word.
double high_uniform(std::uint64_t word) { return static_cast<double>(word >> 32U) * 0x1p-32; }
double low_uniform(std::uint64_t word) { return static_cast<double>(word & 0xFFFFFFFFU) * 0x1p-32; }

Depth depth_reached(const std::array<double, step_count>& chances, double uniform) {
  double reached = 1.0;
  int step = 0;
  for (; step < step_count; ++step) {
    reached *= chances[static_cast<std::size_t>(step)];
    if (uniform >= reached) break;
  }
  return static_cast<Depth>(step);
}

struct Session {
  std::int64_t milliseconds;
  std::int64_t pages;
};

Session play_session(const FunnelTraits& funnel, const VisitLuck& luck) {
  const auto words = draw_block(luck.key, {Purpose::session, luck.person.value, luck.ordinal});
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

int draw_reason(const FunnelTraits& funnel, const VisitLuck& luck) {
  const auto words = draw_block(luck.key, {Purpose::abandonment, luck.person.value, luck.ordinal});
  double left = to_uniform(words[0]);
  for (int reason = 0; reason + 1 < reason_count; ++reason) {
    left -= funnel.reason_shares[static_cast<std::size_t>(reason)];
    if (left < 0.0) return reason;
  }
  return reason_count - 1;
}

Days draw_order_delay(const FunnelTraits& funnel, const VisitLuck& luck) {
  const auto words = draw_block(luck.key, {Purpose::order_delay, luck.person.value, luck.ordinal});
  const bool immediate = to_uniform(words[0]) < funnel.immediate_share;
  const double mean = immediate ? funnel.immediate_delay_days : funnel.later_delay_days;
  return -mean * portable_log(to_open_uniform(words[1]));
}

}  // namespace

std::array<double, step_count> step_chances(const FunnelTraits& funnel, Device device,
                                            double score) {
  const auto& base = funnel.step_log_odds[static_cast<std::size_t>(device)];
  std::array<double, step_count> chances{};
  for (std::size_t step = 0; step < step_count; ++step) {
    chances[step] = 1.0 / (1.0 + portable_exp(-(base[step] + score)));
  }
  chances[step_count - 1] = 1.0 - (1.0 - chances[step_count - 1]) * (1.0 - funnel.rescued_share);
  return chances;
}

namespace {

using Words = std::array<std::uint64_t, 2>;

Words visit_words(const VisitLuck& luck) {
  return draw_block(luck.key, {Purpose::visit, luck.person.value, luck.ordinal});
}

/// All that a visit of a given depth brings beside it.
VisitOutcome fill_visit(VisitOutcome visit, const FunnelTraits& funnel, const VisitLuck& luck,
                        const Words& words) {
  if (visit.depth >= Depth::engaged) {
    const Session session = play_session(funnel, luck);
    visit.milliseconds = session.milliseconds;
    visit.pages = session.pages;
    visit.leaves_address = low_uniform(words[1]) < funnel.form_rate;
  }
  if (visit.depth == Depth::checkout) visit.reason = draw_reason(funnel, luck);
  if (visit.depth == Depth::ordered) visit.order_delay = draw_order_delay(funnel, luck);
  return visit;
}

Device draw_device(const VisitTerms& terms, const Words& words) {
  return high_uniform(words[1]) < terms.mobile_share ? Device::mobile : Device::desktop;
}

}  // namespace

VisitOutcome play_visit(const FunnelTraits& funnel, const VisitTerms& terms,
                        const VisitLuck& luck) {
  const Words words = visit_words(luck);
  VisitOutcome visit{.device = draw_device(terms, words)};
  if (funnel.uses_propensity) {
    visit.depth = to_uniform(words[0]) < terms.order_chance ? Depth::ordered : Depth::checkout;
  } else {
    visit.depth =
        depth_reached(step_chances(funnel, visit.device, terms.score), to_uniform(words[0]));
  }
  return fill_visit(visit, funnel, luck, words);
}

VisitOutcome play_sure_visit(const FunnelTraits& funnel, const VisitTerms& terms,
                             const VisitLuck& luck) {
  const Words words = visit_words(luck);
  return fill_visit({.depth = Depth::ordered, .device = draw_device(terms, words)}, funnel, luck,
                    words);
}

}  // namespace flywheel
