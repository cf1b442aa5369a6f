#include "study/variance_levels.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/moments.hpp"
#include "core/check.hpp"

namespace flywheel {

namespace {

Spread spread_of(const std::vector<double>& values) {
  const Moments moments = compute_moments(values);
  const auto count = static_cast<double>(moments.count);
  const double deviation = moments.standard_deviation();
  // Var(log s) = (kurtosis - (n - 3) / (n - 1)) / (4 n): analysis/two_sample.hpp.
  const double relative = std::max(0.0, moments.kurtosis - (count - 3.0) / (count - 1.0));
  return {.mean = {moments.mean, moments.standard_error()},
          .deviation = {deviation, deviation * std::sqrt(relative / (4.0 * count))}};
}

bool is_whole(const LevelDraw& draw) {
  const auto is_finite = [](double value) { return std::isfinite(value); };
  return std::isfinite(draw.futures.y11 + draw.futures.y12 + draw.futures.y23) &&
         std::ranges::all_of(draw.frozen, is_finite) && std::ranges::all_of(draw.kept, is_finite);
}

}  // namespace

const std::array<Frozen, 6>& frozen_settings() {
  static constexpr std::array<Frozen, 6> settings{{{.parameters = true},
                                                   {.market = true},
                                                   {.shoppers = true},
                                                   {.market = true, .shoppers = true},
                                                   {.parameters = true, .shoppers = true},
                                                   {.parameters = true, .market = true}}};
  return settings;
}

Future level_future(std::uint64_t seed, std::uint64_t index, const LevelDesign& design) {
  const std::uint64_t draw = index / design.futures();
  const std::uint64_t place = index % design.futures();
  Future future{
      .seed = seed, .parameters = draw, .market = 2 * draw, .shoppers = 3 * draw, .frozen = {}};
  if (place == 1) future.shoppers += 1;
  if (place == 2) {
    future.market += 1;
    future.shoppers += 2;
  }
  if (place >= futures_per_draw) {
    const std::uint64_t apart = (std::uint64_t{1} << 63U) + index;
    future.market = apart;
    future.shoppers = apart;
    future.kept = {.basis = design.bases.at(place - futures_per_draw), .others = apart};
  } else if (place > 2) {
    future.frozen = frozen_settings().at(place - 3);
  }
  return future;
}

Appetite LevelCollector::take(Outcome outcome) {
  headline_.push_back(outcome.failed ? std::numeric_limits<double>::quiet_NaN()
                                     : outcome.row.at(0));
  failed_.push_back(outcome.failed ? 1 : 0);
  return Appetite::more;
}

std::size_t LevelCollector::whole_draws() const {
  const std::uint64_t futures = design_.futures();
  std::size_t whole = 0;
  for (std::size_t first = 0; first + futures <= headline_.size(); first += futures) {
    const auto begin = headline_.begin() + static_cast<std::ptrdiff_t>(first);
    if (std::all_of(begin, begin + static_cast<std::ptrdiff_t>(futures),
                    [](double value) { return std::isfinite(value); })) {
      ++whole;
    }
  }
  return whole;
}

LevelDraw LevelCollector::draw_at(std::size_t first) const {
  const auto at = headline_.begin() + static_cast<std::ptrdiff_t>(first);
  LevelDraw draw{.futures = {at[0], at[1], at[2]}, .frozen = {}};
  std::copy_n(at + 3, draw.frozen.size(), draw.frozen.begin());
  draw.kept.assign(at + static_cast<std::ptrdiff_t>(futures_per_draw),
                   at + static_cast<std::ptrdiff_t>(design_.futures()));
  return draw;
}

VarianceLevels LevelCollector::result() const {
  VarianceLevels levels;
  levels.design = design_;
  std::vector<FutureTriple> triples;
  std::vector<double> partners;
  const std::uint64_t futures = design_.futures();
  for (std::size_t first = 0; first + futures <= headline_.size(); first += futures) {
    const LevelDraw draw = draw_at(first);
    if (!is_whole(draw)) {
      const auto begin = failed_.begin() + static_cast<std::ptrdiff_t>(first);
      const bool failed = std::any_of(begin, begin + static_cast<std::ptrdiff_t>(futures),
                                      [](std::uint8_t one) { return one != 0; });
      ++(failed ? levels.failed : levels.without_media);
      continue;
    }
    levels.draws.push_back(draw);
    triples.push_back(draw.futures);
    partners.insert(partners.end(), draw.kept.begin(), draw.kept.end());
  }
  levels.split = split_variance(triples);
  levels.by_basis = split_by_group(triples, partners);
  const auto spread = [&](const auto& value_of) {
    std::vector<double> values;
    for (const LevelDraw& draw : levels.draws) values.push_back(value_of(draw));
    return spread_of(values);
  };
  levels.all = spread([](const LevelDraw& draw) { return draw.futures.y11; });
  for (std::size_t setting = 0; setting < levels.frozen.size(); ++setting) {
    levels.frozen.at(setting) =
        spread([setting](const LevelDraw& draw) { return draw.frozen.at(setting); });
  }
  return levels;
}

LevelDesign level_design(const ScenarioSource& source) {
  return {.bases = source.uncertain_bases()};
}

RunReport play_levels(const ScenarioSource& source, std::uint64_t seed, const RunRequest& request,
                      OutcomeSink& sink, Interrupt& interrupt) {
  expect(request.first == 0, "draws are numbered from 0");
  FuturePlayer player{source};
  RunRequest futures = request;
  const LevelDesign design = level_design(source);
  futures.count *= design.futures();
  const PlayReplication play = [&](std::uint64_t index) {
    return player.play(level_future(seed, index, design));
  };
  return run_replications(futures, play, sink, interrupt);
}

}  // namespace flywheel
