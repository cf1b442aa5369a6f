#pragma once

#include <string>
#include <vector>

#include "analysis/estimate.hpp"
#include "report/page.hpp"
#include "results/result.hpp"

namespace flywheel {

/// A channel at one factor on the budgets.
struct ChannelRow {
  std::string channel;
  Estimate spend;
  Estimate reach;  ///< NaN for retargeting
  Estimate first_orders;
};

struct FactorRow {
  double factor{0};
  Estimate spend;
  Estimate revenue;
  Estimate roas;
  Estimate marginal;  ///< ROAS of what is spent beyond the row before; NaN in the first
  Estimate customers;
  std::vector<ChannelRow> channels;
};

/// A Hill curve through the means; without numbers where they determine none (HillFit::converged).
struct CurveRow {
  std::string name;  ///< "channel.search.reach"
  bool converged{false};
  Estimate top;
  Estimate half;
  Estimate slope;
  double largest_deviation{0};  ///< of a mean from the curve, over the mean
};

/// What a result of `response` says; each number is one of the file's.
struct ResponseSummary {
  std::string campaign;
  std::string currency;
  long long draws{0};
  long long failed{0};
  long long without_media{0};  ///< left out: one of their futures spent nothing on media
  std::vector<FactorRow> factors;
  std::vector<CurveRow> curves;
};

[[nodiscard]] ResponseSummary read_response_summary(const Result& result);

/// What more or less budget brings, and the Hill curves through it, for a terminal.
[[nodiscard]] std::string response_page(const ResponseSummary& response, const PageStyle& style);

/// The same as JSON, and every channel at every factor.
[[nodiscard]] std::string response_json(const ResponseSummary& response);

}  // namespace flywheel
