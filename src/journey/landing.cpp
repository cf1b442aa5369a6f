#include "journey/landing.hpp"

#include <algorithm>

#include "core/elementary.hpp"
#include "journey/landing_play.hpp"
#include "random/blocks.hpp"
#include "random/gamma.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"
#include "random/trait_tables.hpp"
#include "random/variates.hpp"

namespace flywheel {

namespace {

using Words = std::array<std::uint64_t, 2>;

}  // namespace

Days landing::draw_order_delay(const FunnelTraits& funnel, const VisitLuck& luck) {
  if (funnel.immediate_share >= 1.0 && funnel.immediate_delay_days == 0.0) return 0.0;
  const Words words = draw_block(luck.key, {Purpose::order_delay, luck.person.value, luck.ordinal});
  const bool immediate = to_uniform(words[0]) < funnel.immediate_share;
  const double mean = immediate ? funnel.immediate_delay_days : funnel.later_delay_days;
  return -mean * portable_log(to_open_uniform(words[1]));
}

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

namespace {

// Durations are positive and far below 2^52, so adding a half rounds well.
std::int64_t to_milliseconds(double seconds) {
  return static_cast<std::int64_t>(1000.0 * seconds + 0.5);  // NOLINT(bugprone-incorrect-roundings)
}

/// Time spent in these numbers of sessions, by device.
std::array<std::int64_t, 2> draw_durations(const FunnelTraits& funnel, Key key, std::uint64_t block,
                                           const std::array<std::int64_t, 2>& counts) {
  if (funnel.session_log_spread == 0.0) {  // all alike, without a draw
    const std::int64_t each = to_milliseconds(portable_exp(funnel.session_log_median));
    return {counts[0] * each, counts[1] * each};
  }
  constexpr std::size_t batch = 256;
  std::array<Words, batch / 2> blocks;
  std::array<double, batch> uniforms;
  std::array<double, batch> seconds;
  const InverseTable duration =
      lognormal_table(funnel.session_log_median, funnel.session_log_spread);
  std::array<std::int64_t, 2> milliseconds{};
  const std::int64_t count = counts[0] + counts[1];
  for (std::int64_t done = 0; done < count; done += batch) {
    fill_blocks(key, {Purpose::session, block, static_cast<std::uint64_t>(done) / 2}, blocks);
    for (std::size_t k = 0; k < batch; ++k) uniforms[k] = to_open_uniform(blocks[k / 2][k % 2]);
    fill_variates(duration, uniforms, seconds);
    const auto here = static_cast<std::size_t>(std::min<std::int64_t>(batch, count - done));
    for (std::size_t k = 0; k < here; ++k) {
      const std::size_t device = done + static_cast<std::int64_t>(k) < counts[0] ? 0 : 1;
      milliseconds[device] += to_milliseconds(seconds[k]);
    }
  }
  return milliseconds;
}

}  // namespace

Sessions draw_sessions(const FunnelTraits& funnel, Key key, std::uint64_t block,
                       const std::array<std::int64_t, 2>& counts) {
  Sessions sum{.milliseconds = draw_durations(funnel, key, block, counts)};
  const std::int64_t count = counts[0] + counts[1];
  if (count == 0) return sum;
  Stream draws{key, Purpose::session, block, std::uint64_t{1} << 40U};
  const double heterogeneity = draw_gamma(draws, static_cast<double>(count));
  const std::uint64_t more = draw_poisson(draws, funnel.pages_mean * heterogeneity);
  sum.pages = count + static_cast<std::int64_t>(more);
  return sum;
}

VisitOutcome play_sure_visit(const FunnelTraits& funnel, const VisitTerms& terms,
                             const VisitLuck& luck) {
  const Device device = landing::device_of(terms.mobile_share, luck);
  return landing::fill_visit(Depth::ordered, device, funnel, luck);
}

}  // namespace flywheel
