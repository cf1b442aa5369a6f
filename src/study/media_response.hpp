#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/hill.hpp"
#include "outcome/outcome.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// Which factors on the budgets are tried in each draw.
struct ResponseDesign {
  /// Ascending, above 0, at least 4: a curve of three numbers needs one point more.
  std::vector<double> factors{0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0};

  [[nodiscard]] std::uint64_t futures() const { return factors.size(); }
};

/// The future of this index: draw index / futures(), with the factor index % futures().
///
/// It is the future that a plain run plays as replication `draw`, but for the money
/// (Future::media_factor): all factors of a draw share parameters, market and shoppers, so that
/// they differ only by what the money does.
[[nodiscard]] Future response_future(std::uint64_t seed, std::uint64_t index,
                                     const ResponseDesign& design);

/// A channel, or retargeting, in one future.
struct ChannelFigures {
  double spend;         ///< brand clicks of the channel among it
  double reach;         ///< shoppers with an impression or more; NaN for retargeting
  double first_orders;  ///< credited
};

/// One future of a draw.
struct ResponseFigures {
  double spend;                            ///< on media, all of it
  double revenue;                          ///< net, of the cohort: what net cohort ROAS is made of
  double roas;                             ///< net cohort ROAS; NaN where nothing was spent
  double customers;                        ///< roots
  std::vector<ChannelFigures> channels{};  ///< retargeting last
};

/// Means over draws.
struct ChannelResponse {
  Estimate spend;
  Estimate reach;  ///< NaN for retargeting
  Estimate first_orders;
};

struct FactorResponse {
  Estimate spend;
  Estimate revenue;
  Estimate roas;
  Estimate customers;
  std::vector<ChannelResponse> channels;
};

/// A Hill curve through the means of all factors, and how far it is from the farthest of them.
struct ResponseCurve {
  HillFit fit;               ///< its numbers say nothing where it has not converged
  double largest_deviation;  ///< of a mean from the curve, over the mean
};

/// Curves over the channel's own spend; none where it spends nothing or nothing comes of it.
struct ChannelCurves {
  std::optional<ResponseCurve> reach;
  std::optional<ResponseCurve> first_orders;
};

struct MediaResponse {
  ResponseDesign design;
  std::vector<std::vector<ResponseFigures>> draws;  ///< by factor
  std::uint64_t failed{0};         ///< draws left out since one of their futures failed
  std::uint64_t without_media{0};  ///< left out since one of theirs spent nothing on media
  std::vector<FactorResponse> factors;
  /// Marginal ROAS from each factor to the next: mean of the differences of net revenue over the
  /// mean of those of spend, the error from pairs (ratio_of_means). One fewer than factors; NaN
  /// where no more is spent.
  std::vector<Estimate> marginal;
  std::optional<ResponseCurve> revenue;  ///< over media spend
  std::vector<ChannelCurves> channels;
};

/// Least squares through points of (spend, response). None where a curve cannot be asked for: a
/// spend that is not above 0, fewer than three different ones, or no response at all.
[[nodiscard]] std::optional<ResponseCurve> fit_response(std::span<const ResponsePoint> points);

/// What the response is made from, as outcomes come in, factor by factor and draw by draw.
class ResponseCollector : public OutcomeSink {
 public:
  ResponseCollector(ResponseDesign design, const OutcomeLayout& layout);

  Appetite take(Outcome outcome) override;

  /// The response in what has come in; needs two whole draws.
  [[nodiscard]] MediaResponse result() const;

  /// Draws of which every future came in, did not fail and has a ROAS.
  [[nodiscard]] std::size_t whole_draws() const { return draws_.size(); }

 private:
  [[nodiscard]] ResponseFigures figures_of(const Outcome& outcome) const;

  ResponseDesign design_;
  OutcomeLayout layout_;
  std::vector<std::vector<ResponseFigures>> draws_;
  std::vector<ResponseFigures> open_;  ///< of the draw whose futures are coming in
  bool open_failed_{false};
  std::uint64_t failed_{0};
  std::uint64_t without_media_{0};
};

/// Whose futures are played.
struct ResponseFutures {
  const ScenarioSource& source;
  const ResponseDesign& design;
  std::uint64_t seed;
};

/// Plays the futures of `request.count` draws (not replications).
[[nodiscard]] RunReport play_response(const ResponseFutures& futures, const RunRequest& request,
                                      OutcomeSink& sink, Interrupt& interrupt);

}  // namespace flywheel
