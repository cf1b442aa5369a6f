#include "study/media_response.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>
#include <utility>

#include "analysis/moments.hpp"
#include "analysis/ratio.hpp"
#include "core/check.hpp"

namespace flywheel {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

using Draws = std::vector<std::vector<ResponseFigures>>;
using FigureOf = std::function<double(const ResponseFigures&)>;

std::vector<double> column_of(const Draws& draws, std::size_t factor, const FigureOf& figure) {
  std::vector<double> values;
  for (const auto& by_factor : draws) values.push_back(figure(by_factor[factor]));
  return values;
}

Estimate mean_of(const Draws& draws, std::size_t factor, const FigureOf& figure) {
  const std::vector<double> values = column_of(draws, factor, figure);
  const bool known = std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
  if (!known) return {.value = not_a_number, .standard_error = not_a_number};
  const Moments moments = compute_moments(values);
  return {.value = moments.mean, .standard_error = moments.standard_error()};
}

double spend_of(const ResponseFigures& one) { return one.spend; }
double revenue_of(const ResponseFigures& one) { return one.revenue; }

FactorResponse means_at(const Draws& draws, std::size_t factor) {
  const auto mean = [&](const FigureOf& figure) { return mean_of(draws, factor, figure); };
  FactorResponse response{
      .spend = mean(spend_of),
      .revenue = mean(revenue_of),
      .roas = mean([](const ResponseFigures& one) { return one.roas; }),
      .customers = mean([](const ResponseFigures& one) { return one.customers; }),
      .channels = {}};
  for (std::size_t channel = 0; channel < draws.front()[factor].channels.size(); ++channel) {
    const auto of_channel = [&](double ChannelFigures::*figure) {
      return mean([=](const ResponseFigures& one) { return one.channels[channel].*figure; });
    };
    response.channels.push_back({.spend = of_channel(&ChannelFigures::spend),
                                 .reach = of_channel(&ChannelFigures::reach),
                                 .first_orders = of_channel(&ChannelFigures::first_orders)});
  }
  return response;
}

/// From this factor to the next.
Estimate marginal_at(const Draws& draws, std::size_t factor) {
  const auto more = [&](const FigureOf& figure) {
    std::vector<double> values = column_of(draws, factor + 1, figure);
    const std::vector<double> before = column_of(draws, factor, figure);
    std::ranges::transform(values, before, values.begin(), std::minus{});
    return values;
  };
  return ratio_of_means(more(revenue_of), more(spend_of));
}

/// The curve through the means of all factors.
template <class Effort, class Response>
std::optional<ResponseCurve> curve_of(const std::vector<FactorResponse>& factors,
                                      const Effort& effort, const Response& response) {
  std::vector<ResponsePoint> points;
  points.reserve(factors.size());
  for (const FactorResponse& factor : factors) {
    points.push_back({.effort = effort(factor).value, .response = response(factor).value});
  }
  return fit_response(points);
}

ChannelCurves channel_curves(const std::vector<FactorResponse>& factors, std::size_t channel) {
  const auto of = [channel](Estimate ChannelResponse::*figure) {
    return [=](const FactorResponse& factor) { return factor.channels[channel].*figure; };
  };
  const auto spend = of(&ChannelResponse::spend);
  return {.reach = curve_of(factors, spend, of(&ChannelResponse::reach)),
          .first_orders = curve_of(factors, spend, of(&ChannelResponse::first_orders))};
}

}  // namespace

Future response_future(std::uint64_t seed, std::uint64_t index, const ResponseDesign& design) {
  Future future = future_of(seed, index / design.futures());
  future.media_factor = design.factors.at(index % design.futures());
  return future;
}

std::optional<ResponseCurve> fit_response(std::span<const ResponsePoint> points) {
  std::set<double> efforts;
  double responses = 0.0;
  for (const ResponsePoint& point : points) {
    if (!(point.effort > 0.0) || !std::isfinite(point.response)) return std::nullopt;
    efforts.insert(point.effort);
    responses += point.response;
  }
  if (points.size() < 4 || efforts.size() < 3 || responses <= 0.0) return std::nullopt;
  ResponseCurve curve{.fit = fit_hill(points), .largest_deviation = 0.0};
  for (const ResponsePoint& point : points) {
    const double away = std::abs(curve.fit.curve(point.effort) - point.response);
    if (away == 0.0) continue;
    curve.largest_deviation = std::max(curve.largest_deviation, away / std::abs(point.response));
  }
  return curve;
}

ResponseCollector::ResponseCollector(ResponseDesign design, const OutcomeLayout& layout)
    : design_{std::move(design)}, layout_{layout} {
  const std::vector<double>& factors = design_.factors;
  expect(factors.size() >= 4 && factors.front() > 0.0 &&
             std::ranges::adjacent_find(factors, std::greater_equal{}) == factors.end(),
         "factors on the budgets are above 0 and ascend, four or more");
}

ResponseFigures ResponseCollector::figures_of(const Outcome& outcome) const {
  const auto at = [&](Column column, std::size_t first = 0) {
    return outcome.row.at(layout_.offset(column, first));
  };
  ResponseFigures figures{.spend = at(Column::media_spend),
                          .revenue = at(Column::cohort_gross_revenue) - at(Column::cohort_refunds),
                          .roas = at(Column::cohort_roas_180),
                          .customers = at(Column::root_customers)};
  for (std::size_t channel = 0; channel < layout_.sizes().channels; ++channel) {
    figures.channels.push_back({.spend = at(Column::spend_by_channel, channel),
                                .reach = at(Column::reach_by_channel, channel),
                                .first_orders = at(Column::first_orders_by_channel, channel)});
  }
  return figures;
}

Appetite ResponseCollector::take(Outcome outcome) {
  open_failed_ = open_failed_ || outcome.failed;
  open_.push_back(outcome.failed ? ResponseFigures{} : figures_of(outcome));
  if (open_.size() < design_.futures()) return Appetite::more;
  const bool spent = std::ranges::all_of(
      open_, [](const ResponseFigures& figures) { return std::isfinite(figures.roas); });
  if (open_failed_) {
    ++failed_;
  } else if (!spent) {
    ++without_media_;
  } else {
    draws_.push_back(std::move(open_));
  }
  open_.clear();
  open_failed_ = false;
  return Appetite::more;
}

MediaResponse ResponseCollector::result() const {
  expect(draws_.size() >= 2, "a response needs two whole draws");
  MediaResponse response{.design = design_,
                         .draws = draws_,
                         .failed = failed_,
                         .without_media = without_media_,
                         .factors = {},
                         .marginal = {},
                         .revenue = {},
                         .channels = {}};
  for (std::size_t factor = 0; factor < design_.futures(); ++factor) {
    response.factors.push_back(means_at(draws_, factor));
    if (factor > 0) response.marginal.push_back(marginal_at(draws_, factor - 1));
  }
  response.revenue = curve_of(
      response.factors, [](const FactorResponse& factor) { return factor.spend; },
      [](const FactorResponse& factor) { return factor.revenue; });
  for (std::size_t channel = 0; channel < layout_.sizes().channels; ++channel) {
    response.channels.push_back(channel_curves(response.factors, channel));
  }
  return response;
}

RunReport play_response(const ResponseFutures& futures, const RunRequest& request,
                        OutcomeSink& sink, Interrupt& interrupt) {
  expect(request.first == 0, "draws are numbered from 0");
  FuturePlayer player{futures.source};
  RunRequest all = request;
  all.count *= futures.design.futures();
  const PlayReplication play = [&](std::uint64_t index) {
    return player.play(response_future(futures.seed, index, futures.design));
  };
  return run_replications(all, play, sink, interrupt);
}

}  // namespace flywheel
