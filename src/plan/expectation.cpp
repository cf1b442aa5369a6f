#include "plan/expectation.hpp"

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
    expected.impressions = channel.pricing == Pricing::cpm
                               ? 1000 * expected.budget / expected.price
                               : expected.clicks / channel.click_rate.value.median();
    expectations.push_back(std::move(expected));
  }
  return expectations;
}

}  // namespace flywheel
