#include "journey/orders.hpp"

#include <algorithm>

#include "journey/advocacy.hpp"
#include "journey/attribution.hpp"
#include "journey/cohort.hpp"
#include "journey/customer_ads.hpp"
#include "journey/messages.hpp"
#include "journey/offers.hpp"
#include "journey/order.hpp"
#include "journey/put_off.hpp"
#include "journey/referral.hpp"
#include "journey/retargeting.hpp"
#include "journey/runaway.hpp"
#include "journey/subscription.hpp"

namespace flywheel {

namespace {

/// A root keeps its credit; a friend without a later ad touch belongs to the referrer's line.
void settle_descent(Block& block, const Record& record, std::uint32_t number, const Touch& touch) {
  Customer& customer = block.crowd.customer(number);
  ++block.tally.customers[block.world.number];
  LifeStages& life = block.life(customer.first_order);
  ++(touch.channel != no_channel ? life.acquired_paid : life.acquired_earned);
  if (touch.channel != no_channel) {
    customer.credit = touch.channel;
    customer.root = number;
    block.tally.add(Count::root_customers);
    const std::size_t cell = block.tally.cell(touch.channel, block.world.number);
    ++block.tally.first_orders[cell];
    if (touch.kind == TouchKind::click) ++block.tally.click_orders[cell];
  } else if (record.referrer != nobody) {
    const std::uint32_t parent = block.crowd.record(record.referrer).customer;
    customer.root = block.crowd.customer(parent).root;
    block.tally.add(Count::referred_customers);
  } else {
    block.tally.add(Count::organic_customers);
  }
}

void become_customer(Block& block, const OrderRequest& request) {
  const World& world = block.world;
  close_window(block, request.person, request.time);
  Record& record = block.crowd.record(request.person);
  const Touch touch = credited_touch(block, record, request.time, Eye::truth);
  const Touch visible = credited_touch(block, record, request.time, Eye::platform);
  const double uplift = record.referrer == nobody ? 1.0 : world.referral->value_uplift;
  Customer customer;
  customer.first_order = request.time;
  customer.person = request.person;
  customer.segment = record.segment;
  customer.rate = world.repeat->mean_rate * world.segment->loyalty_factor *
                  world.traits.purchase_rate(record.id);
  customer.value = world.order->mean_value * world.segment->basket_factor * uplift *
                   world.traits.basket_level(record.id);
  record.customer = block.crowd.add_customer(customer);
  record.standing = Standing::customer;
  ++record.abandonment;
  record.abandonment_until = long_ago;
  settle_descent(block, record, record.customer, touch);
  if (visible.channel != no_channel) ++block.tally.tracked_orders[visible.channel];
  block.crowd.customer(record.customer).tracked = visible.channel;
  if (record.referrer != nobody) {
    block.tally.add(Count::friend_orders);
    book_cost(block, block.crowd.customer(record.customer),
              {Account::rewards, request.time, Money::units(world.referral->referrer_reward)});
  }
}

/// What comes with a first order only.
void welcome(Block& block, const OrderRequest& request) {
  give_consent(block, request.person, request.time, block.world.messages->consent_at_order,
               child_luck(0, 10));
  begin_custom(block, request.person, request.time);
  const ReferralTraits& referral = *block.world.referral;
  if (!referral.promoters_only && referral.delay_days == 0.0) {
    ask_for_friends(block, request.person, request.time);
  }
}

/// What comes with every order.
void follow_up(Block& block, const OrderRequest& request, const OrderLuck& luck) {
  const std::uint32_t person = request.person;
  const auto number = static_cast<std::uint32_t>(luck.number);
  schedule(block, {.time = request.time + draw_delivery_delay(block.front.order, luck),
                   .luck = luck.number,
                   .mark = request.discount,
                   .person = person,
                   .kind = EventKind::delivery,
                   .step = static_cast<std::uint16_t>(block.snapshot.number)});
  start_flows(block, {person, Trigger::order, request.time, number});
  start_flows(block, {person, Trigger::lapse, request.time, number});
  plan_offers(block, person, request.time);
  show_customer_ads(block, {.person = person, .order = luck.number, .ordered = request.time});
}

/// What an order takes of a record, which is long and moves when records are added.
struct Buyer {
  PersonId id;
  std::uint32_t customer;
};

Buyer who_ordered(const Block& block, std::uint32_t person) {
  const Record& record = block.crowd.record(person);
  return {record.id, record.customer};
}

double discount_of(const Block& block, const OrderRequest& request) {
  const Record& record = block.crowd.record(request.person);
  const bool first_of_friend = record.standing != Standing::customer && record.referrer != nobody;
  return first_of_friend ? std::max(request.discount, block.world.referral->friend_discount)
                         : request.discount;
}

/// The terms of an order when it was placed, which its delivery remembers.
OrderTraits order_as_placed(const Block& block, const Event& delivery) {
  OrderTraits traits = *block.world.order;
  traits.terms = block.terms[delivery.step];
  return traits;
}

void send_back(Block& block, const Event& event, const OrderLuck& luck) {
  const OrderTraits traits = order_as_placed(block, event);
  const Customer& customer = block.crowd.customer(block.crowd.record(event.person).customer);
  const OrderMoney money = price_order(traits, customer.value, event.mark, luck);
  const Refund refund = draw_refund(traits, luck);
  const Days date = event.time + refund.delay;
  block.tally.add(Count::returns);
  book_refund(block, customer, {Account::refunds, date, money.net() * refund.share},
              event.time - draw_delivery_delay(traits, luck));
  book_cost(block, customer, {Account::return_handling, date, Money::units(traits.return_cost)});
  book_cost(block, customer,
            {Account::returned_goods, date, -(money.goods * (refund.share * traits.resale_share))});
}

void count_opinion(Tally& tally, const Opinion& opinion) {
  if (opinion.answer == Answer::promoter) tally.add(Count::promoters);
  if (opinion.answer == Answer::detractor) tally.add(Count::detractors);
  if (!opinion.writes_review) return;
  tally.add(Count::reviews);
  tally.add(Count::stars, opinion.stars());
}

}  // namespace

void place_order(Block& block, const OrderRequest& request) {
  OrderRequest order = request;
  order.discount = discount_of(block, request);
  const bool first = block.crowd.record(order.person).standing != Standing::customer;
  if (first) become_customer(block, order);
  const auto [id, number] = who_ordered(block, order.person);
  Customer& customer = block.crowd.customer(number);
  ++customer.orders;
  expect_orders_end(block, customer);
  customer.last_order = order.time;
  if (customer.orders == 2) customer.second_order = order.time;
  const OrderLuck luck{block.world.key, id, customer.orders};
  const OrderMoney money = price_order(block.front.order, customer.value, order.discount, luck);
  block.tally.add(Count::orders);
  block.tally.add(Count::events);
  if (!first) {
    block.tally.add(Count::repeat_orders);
    ++block.life(order.time).retained;
  }
  if (first && customer.tracked != no_channel) {
    block.books.tracked_values[customer.tracked] += money.net();
  }
  book_order(block, customer, money, order.time);
  if (first) welcome(block, order);
  follow_up(block, order, luck);
  reward_loyalty(block, order.person, order.time);
}

void play_due_order(Block& block, const Event& event) {
  place_order(block, {event.person, event.time, event.mark});
}

void play_delivery(Block& block, const Event& event) {
  const World& world = block.world;
  const auto [id, number] = who_ordered(block, event.person);
  const Customer& customer = block.crowd.customer(number);
  const OrderLuck luck{world.key, id, event.luck};
  const Experience experience = draw_experience(block.front.order, luck);
  const Opinion opinion =
      form_opinion(*world.advocacy, world.traits.satisfaction(id), experience, luck);
  block.tally.add(Count::deliveries);
  if (experience.bad) block.tally.add(Count::bad_experiences);
  count_opinion(block.tally, opinion);
  if (opinion.answer == Answer::promoter) ++block.life(event.time).advocates;
  if (opinion.answer == Answer::detractor) put_friends_off(block, id, event.luck);
  if (experience.contacted) {
    block.tally.add(Count::contacts);
    book_cost(block, customer,
              {Account::service, event.time, Money::units(world.order->contact_cost)});
  }
  if (experience.returned) {
    send_back(block, event, luck);
  }
  start_flows(
      block, {event.person, Trigger::delivery, event.time, static_cast<std::uint32_t>(event.luck)});
  const bool may_share = !world.referral->promoters_only || opinion.answer == Answer::promoter;
  if (event.luck == 1 && may_share) ask_for_friends(block, event.person, event.time);
}

}  // namespace flywheel
