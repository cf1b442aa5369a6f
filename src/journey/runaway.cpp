#include "journey/runaway.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace flywheel {

namespace {

struct Feeder {
  std::int64_t orders;
  const char* advice;
};

/// What made most orders so far, all customers of the segment together.
const char* advice_on_orders(const Tally& tally) {
  const std::int64_t by_offers =
      tally.of(Count::offer_expansion) + tally.of(Count::offer_pulled_forward);
  const std::int64_t by_messages = tally.all_messages().ordered;
  const std::int64_t by_ads = tally.of(Count::customer_ad_orders);
  const std::int64_t others = tally.of(Count::repeat_orders) - by_offers - by_messages - by_ads;
  const std::array<Feeder, 4> feeders{
      {{by_offers,
        "[offer.NAME] feeds itself, since orders are answered by offers and the keenest take up "
        "each; lower take_up, raise after_days, or leave one of several offers out"},
       {by_messages,
        "[flow.NAME] feeds itself, since orders are answered by messages; lower order_rate or "
        "messages"},
       {by_ads,
        "[customer_ads] feeds itself, since orders are answered by ads; lower "
        "impressions_per_day, click_rate or order_rate"},
       {others, "repeat purchases come too fast; raise repeat.rate_scale_days"}}};
  const auto* most = std::max_element(
      feeders.begin(), feeders.end(),
      [](const Feeder& left, const Feeder& right) { return left.orders < right.orders; });
  return most->advice;
}

}  // namespace

void expect_invitations_end(const Block& block) {
  if (block.invitations <= most_invitations) return;
  throw RunawayFuture{
      "more than " + std::to_string(most_invitations) +
      " friends are invited in one segment: [referral] feeds itself, since friends bring friends; "
      "lower share_rate, clicks_per_share or conversion_rate (conversion_factor), or raise "
      "delay_days"};
}

void expect_orders_end(const Block& block, const Customer& customer) {
  if (customer.orders <= most_orders_of_one) return;
  throw RunawayFuture{"one customer places more than " + std::to_string(most_orders_of_one) +
                      " orders: " + advice_on_orders(block.tally)};
}

}  // namespace flywheel
