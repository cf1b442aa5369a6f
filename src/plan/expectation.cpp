#include "plan/expectation.hpp"

#include <cmath>
#include <cstddef>

#include <fmt/format.h>

namespace flywheel {

namespace {

std::string month_of(const Date& date) { return fmt::format("{:04}-{:02}", date.year, date.month); }

void add_day(ChannelExpectation& channel, const std::string& month, double money) {
  if (channel.months.empty() || channel.months.back().first != month) {
    channel.months.emplace_back(month, 0.0);
  }
  channel.months.back().second += money;
  channel.budget += money;
}

}  // namespace

double median_or(const Number& number, double otherwise) {
  return number.value.parameters.empty() ? otherwise : number.value.median();
}

bool may_raise_visits(const OrganicPlan& organic) {
  return organic.visits_limit.given || !organic.visits_per_day.given;
}

double clicks_bought(const ChannelPlan& channel, double money) {
  const double bought = money / median_or(channel.price, 1);
  return channel.pricing == Pricing::cpc ? bought
                                         : 1000 * bought * median_or(channel.click_rate, 0);
}

double impressions_bought(const ChannelPlan& channel, double money) {
  const double bought = money / median_or(channel.price, 1);
  return channel.pricing == Pricing::cpm ? 1000 * bought
                                         : bought / median_or(channel.click_rate, 1);
}

double expect_reproduction_number(const Plan& plan) {
  const ReferralPlan& referral = plan.referral;
  if (referral.enabled == 0) return 0.0;
  // Without steps a friend's visit converts like any other, times a factor.
  const double conversion = plan.funnel.model == FunnelModel::steps
                                ? median_or(referral.conversion_rate, 0.0)
                                : median_or(plan.funnel.propensity_mean, 0.0) *
                                      median_or(referral.conversion_factor, 1.0);
  const double clicks = median_or(referral.clicks_per_share, 0.0);
  const double friends = referral.law == InvitationLaw::fixed ? std::floor(clicks + 0.5) : clicks;
  return median_or(referral.share_rate, 0.0) * friends * conversion;
}

std::vector<ChannelExpectation> expect_channels(const Plan& plan) {
  std::vector<ChannelExpectation> expectations;
  const int first = days_since_epoch(plan.campaign.start);
  for (std::size_t i = 0; i < plan.channels.size(); ++i) {
    const ChannelPlan& channel = plan.channels[i];
    ChannelExpectation expected{.name = channel.name, .price = channel.price.value.median()};
    int day = first;
    for (const double money : plan.daily_budget.at(i)) {
      add_day(expected, month_of(date_from_epoch(day++)), money);
    }
    expected.clicks = clicks_bought(channel, expected.budget);
    expected.impressions = impressions_bought(channel, expected.budget);
    expectations.push_back(std::move(expected));
  }
  return expectations;
}

}  // namespace flywheel
