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
    const double rate = channel.click_rate.value.median();
    const double bought = expected.budget / expected.price;
    expected.impressions = channel.pricing == Pricing::cpm ? 1000 * bought : bought / rate;
    expected.clicks = expected.impressions * rate;
    expectations.push_back(std::move(expected));
  }
  return expectations;
}

}  // namespace flywheel
