#include "plan/expected_journeys.hpp"

#include <numeric>

namespace flywheel {

namespace {

double middle(const Number& number, double otherwise) {
  return number.value.parameters.empty() ? otherwise : number.value.median();
}

double clicks_of(const ChannelPlan& channel, const std::vector<double>& daily_budget) {
  const double media = std::accumulate(daily_budget.begin(), daily_budget.end(), 0.0);
  const double bought = media / middle(channel.price, 1);
  return channel.pricing == Pricing::cpc ? bought : 1000 * bought * middle(channel.click_rate, 0);
}

double organic_visits_of(const Plan& plan) {
  const CampaignPlan& campaign = plan.campaign;
  const double days = campaign.flight_days + campaign.conversion_days + campaign.cohort_days;
  const double shoppers =
      std::accumulate(plan.segments.begin(), plan.segments.end(), 0.0,
                      [](double sum, const SegmentPlan& one) { return sum + one.size; });
  return shoppers * days * middle(plan.organic.visits_per_day, 0) / 1000;
}

}  // namespace

ExpectedJourneys expect_journeys(const Plan& plan) {
  ExpectedJourneys expected{
      .clicks = 0, .organic_visits = organic_visits_of(plan), .customers = plan.day_zero.customers};
  for (std::size_t i = 0; i < plan.channels.size(); ++i) {
    expected.clicks += clicks_of(plan.channels[i], plan.daily_budget.at(i));
  }
  return expected;
}

}  // namespace flywheel
