#include "plan/expected_journeys.hpp"

#include <numeric>

#include "plan/expectation.hpp"

namespace flywheel {

namespace {

/// Most that solving multiplies organic visits with, at the median.
double median_visits_limit(const Plan& plan) {
  const bool solved =
      plan.audience.intent != 0 && median_or(plan.audience.incremental_share, 1) < 1.0;
  if (!solved || !may_raise_visits(plan.organic)) return 1.0;
  return median_or(plan.organic.visits_limit, 1);
}

double organic_visits_of(const Plan& plan) {
  const CampaignPlan& campaign = plan.campaign;
  const double days = campaign.flight_days + campaign.conversion_days + campaign.cohort_days;
  const double shoppers =
      std::accumulate(plan.segments.begin(), plan.segments.end(), 0.0,
                      [](double sum, const SegmentPlan& one) { return sum + one.size; });
  return shoppers * days * median_or(plan.organic.visits_per_day, 0) / 1000 *
         median_visits_limit(plan);
}

}  // namespace

ExpectedJourneys expect_journeys(const Plan& plan) {
  ExpectedJourneys expected{
      .clicks = 0, .organic_visits = organic_visits_of(plan), .customers = plan.day_zero.customers};
  for (std::size_t i = 0; i < plan.channels.size(); ++i) {
    const std::vector<double>& money = plan.daily_budget.at(i);
    expected.clicks +=
        clicks_bought(plan.channels[i], std::accumulate(money.begin(), money.end(), 0.0));
  }
  return expected;
}

}  // namespace flywheel
