#include "scenario/parameter_level.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>

#include "core/elementary.hpp"
#include "market/creatives.hpp"
#include "random/hash.hpp"
#include "scenario/base_rates.hpp"
#include "scenario/draw_base_rates.hpp"
#include "scenario/draw_market_traits.hpp"
#include "scenario/draw_momentum.hpp"
#include "scenario/draw_orders.hpp"
#include "scenario/draw_programs.hpp"

namespace flywheel {

namespace {

Calendar calendar_of(const CampaignPlan& campaign) {
  return {.start = campaign.start,
          .flight_days = campaign.flight_days,
          .conversion_days = campaign.conversion_days,
          .cohort_days = campaign.cohort_days,
          .rotation_days = campaign.rotation_days};
}

double whole_days(double days) { return std::floor(days + 0.5); }

/// Mean of the segments' click factors over the audience; 1 when nobody clicks.
double mean_click_factor(const Plan& plan, const DrawnNumbers& drawn) {
  double shoppers = 0.0;
  double clicks = 0.0;
  for (const SegmentPlan& segment : plan.segments) {
    shoppers += segment.size;
    clicks += segment.size * drawn(segment.click_factor);
  }
  return clicks > 0.0 ? clicks / shoppers : 1.0;
}

std::vector<SegmentTraits> draw_segments(const Plan& plan, const DrawnNumbers& drawn) {
  std::vector<SegmentTraits> segments;
  const double mean_factor = mean_click_factor(plan, drawn);
  for (const SegmentPlan& segment : plan.segments) {
    const double odds = drawn(segment.conversion_odds);
    segments.push_back({.identity = hash_text(segment.name),
                        .size = static_cast<std::uint64_t>(std::llround(segment.size)),
                        .price_factor = drawn(segment.price_factor),
                        .click_factor = drawn(segment.click_factor) / mean_factor,
                        .conversion_log_odds = portable_log(odds),
                        .conversion_factor = odds,
                        .basket_factor = drawn(segment.basket_factor),
                        .loyalty_factor = drawn(segment.loyalty_factor)});
  }
  return segments;
}

ExposureTraits draw_exposure(const ChannelPlan& channel, const DrawnNumbers& drawn) {
  const ResponseTraits response{drawn(channel.wear_out), drawn(channel.wear_in)};
  ExposureTraits traits;
  traits.identity = hash_text(channel.name);
  traits.sharpness = drawn(channel.sharpness);
  traits.affinity_exponent = drawn(channel.affinity_exponent);
  traits.wear_out = response.wear_out;
  traits.wear_in = response.wear_in;
  traits.memory_days = drawn(channel.memory_days);
  traits.largest_response = largest_response(response);
  traits.frequency_cap = channel.frequency_cap;
  traits.refresh_days = creative_life(drawn(channel.creative.refresh_days));
  traits.view_delay_days = drawn(channel.view_delay_days);
  traits.mobile_share = drawn(channel.mobile_share);
  traits.tracking_loss = drawn(channel.tracking_loss);
  traits.brand_price = drawn(channel.brand_price);
  traits.pays_per_click = channel.pricing == Pricing::cpc;
  return traits;
}

RetargetingTraits draw_retargeting(const Plan& plan, const DrawnNumbers& drawn) {
  const RetargetingPlan& retargeting = plan.retargeting;
  RetargetingTraits traits;
  traits.enabled = retargeting.enabled != 0 && retargeting.budget > 0.0;
  traits.pays_per_click = retargeting.pricing == Pricing::cpc;
  traits.impressions_per_day = drawn(retargeting.impressions_per_day);
  traits.window_days = retargeting.window_days;
  traits.cap_per_window = retargeting.cap_per_window;
  traits.pool = pool_depth(retargeting.pool);
  traits.pools = draw_pools(retargeting, drawn);
  traits.affinity_exponent = drawn(retargeting.affinity_exponent);
  traits.return_delay_days = drawn(retargeting.return_delay_days);
  traits.mobile_share = drawn(retargeting.mobile_share);
  traits.tracking_loss = drawn(retargeting.tracking_loss);
  traits.last_day = plan.campaign.flight_days +
                    (retargeting.continues_after_flight != 0 ? plan.campaign.conversion_days : 0);
  return traits;
}

RetargetingMedia draw_retargeting_media(const Plan& plan, const DrawnNumbers& drawn, double days) {
  const RetargetingPlan& retargeting = plan.retargeting;
  const bool limited = std::isfinite(retargeting.budget);
  return {.pricing = retargeting.pricing,
          .price = drawn(retargeting.price),
          .budget_per_day = limited ? retargeting.budget / std::max(1.0, days) : 0.0,
          .click_rate = drawn(retargeting.click_rate)};
}

AttributionTraits attribution_of(const AttributionPlan& plan) {
  AttributionTraits traits{.rule = CreditRule::last_touch,
                           .click_days = static_cast<double>(plan.click_days),
                           .view_days = static_cast<double>(plan.view_days)};
  if (plan.rule == AttributionRule::last_click) traits.rule = CreditRule::last_click;
  if (plan.rule == AttributionRule::first_click) traits.rule = CreditRule::first_click;
  return traits;
}

OrganicTraits draw_organic(const OrganicPlan& organic, const DrawnNumbers& drawn) {
  OrganicTraits traits;
  traits.visits_per_shopper_day = drawn(organic.visits_per_day) / 1000.0;
  std::transform(organic.source_shares.begin(), organic.source_shares.end(),
                 traits.label_shares.begin(), drawn);
  const double total = std::accumulate(traits.label_shares.begin(), traits.label_shares.end(), 0.0);
  for (double& share : traits.label_shares) {
    share = total > 0.0 ? share / total : 1.0 / static_cast<double>(traits.label_shares.size());
  }
  return traits;
}

DayZeroTraits draw_day_zero(const ShopStatePlan& plan, const DrawnNumbers& drawn) {
  return {.customers = static_cast<std::uint64_t>(std::llround(plan.customers)),
          .tenure_days = drawn(plan.tenure_days),
          .consent_share = drawn(plan.consent_share),
          .subscribers = static_cast<std::uint64_t>(std::llround(plan.subscribers)),
          .rating = drawn(plan.rating),
          .reviews = drawn(plan.reviews)};
}

LedgerTraits draw_ledger(const Plan& plan, const DrawnNumbers& drawn) {
  const MoneyPlan& money = plan.money;
  return {.content_per_day = drawn(money.content_per_day),
          .agency_share = drawn(money.agency_share),
          .supplier_lead_days = whole_days(drawn(money.supplier_lead_days)),
          .invoice_days = whole_days(drawn(money.invoice_days)),
          .payout_days = whole_days(drawn(money.payout_days)),
          .stock = drawn(plan.day_zero.stock)};
}

/// Factors on the propensity by source; friends and retargeting differ from the rest.
std::vector<double> source_factors(const Plan& plan, const DrawnNumbers& drawn) {
  std::vector<double> factors(plan.channels.size() + unpaid_source_count, 1.0);
  const auto at = [&](UnpaidSource source) -> double& {
    return factors[plan.channels.size() + static_cast<std::size_t>(source)];
  };
  at(UnpaidSource::retargeting) = drawn(plan.retargeting.conversion_uplift);
  at(UnpaidSource::referral) = drawn(plan.referral.conversion_factor);
  return factors;
}

void draw_stages(const Plan& plan, const DrawnNumbers& drawn, Scenario& scenario) {
  scenario.segments = draw_segments(plan, drawn);
  for (const ChannelPlan& channel : plan.channels) {
    scenario.channels.push_back(draw_exposure(channel, drawn));
  }
  scenario.retargeting = draw_retargeting(plan, drawn);
  scenario.organic = draw_organic(plan.organic, drawn);
  scenario.funnel = draw_funnel(plan, drawn);
  const TraitQuantile noise = scenario.order.noise;
  scenario.order = draw_orders(plan, drawn);
  scenario.order.noise = noise;
  scenario.advocacy = draw_advocacy(plan.experience, drawn, bad_experience_share(scenario.order));
  scenario.repeat = draw_repeat(plan.repeat, drawn);
  scenario.messages = draw_messages(plan.consent, drawn);
  scenario.customer_ads = draw_customer_ads(plan.customer_ads, drawn);
  for (const FlowPlan& flow : plan.flows) scenario.flows.push_back(draw_flow(flow, drawn));
  for (const OfferPlan& offer : plan.offers) scenario.offers.push_back(draw_offer(offer, drawn));
  scenario.subscription = draw_subscription(plan.subscription, drawn);
  scenario.loyalty = draw_loyalty(plan.loyalty, drawn);
  scenario.referral =
      draw_referral(plan.referral, drawn, draw_answer_shares(plan.experience, drawn).promoters);
  scenario.day_zero = draw_day_zero(plan.day_zero, drawn);
  scenario.attribution = attribution_of(plan.attribution);
  scenario.ledger = draw_ledger(plan, drawn);
}

TraitNodes trait_nodes_of(const AudienceTraits& audience) {
  return {.exposure = trait_nodes(audience.exposure, Resolution::fine),
          .affinity = trait_nodes(audience.affinity, Resolution::fine),
          .propensity = trait_nodes(audience.propensity, Resolution::coarse)};
}

struct SolvedRates {
  CampaignSettings settings;
  BaseRates rates;
};

/// Solves base rates. Organic visits that solving adds pass brand ads too, which takes money from
/// other clicks: it is solved again with what they leave, until the factor stays. Where it does
/// not, click rates hold for a budget that is not quite the one they get: they are told as missed.
SolvedRates solve_rates(const PlayedPlan& played, const DrawnNumbers& drawn,
                        std::vector<MediaTraits> media, const TraitNodes& nodes) {
  constexpr int most_passes = 4;
  constexpr double same = 0.02;
  SolvedRates solved;
  double factor = 1.0;
  for (int pass = 0; pass < most_passes; ++pass) {
    solved.settings = draw_campaign_settings(played, drawn, media);
    solved.rates = solve_base_rates(solved.settings, segment_shares(played.plan, drawn), nodes);
    const double more = solved.rates.solved.organic_factor / factor;
    if (std::abs(more - 1.0) < same) return solved;
    for (MediaTraits& channel : media) channel.brand.visits.organic *= more;
    factor *= more;
  }
  solved.rates.solved.rates_reached = false;
  return solved;
}

/// Steps on the plan's own pages: what the published rates gave, with the odds of all moved.
StepLogOdds on_own_pages(StepLogOdds steps, double quality) {
  for (auto& device : steps) {
    for (double& log_odds : device) log_odds += portable_log(quality);
  }
  return steps;
}

/// Puts solved rates where the stages look for them.
void place_base_rates(const Plan& plan, const DrawnNumbers& drawn, const BaseRateSetting& setting,
                      const BaseRates& rates, Scenario& scenario) {
  const double loading = rates.solved.intent_loading;
  // The segments' factors have mean 1 in a scenario, but are as in the plan for the solver.
  const double scale = mean_click_factor(plan, drawn);
  for (std::size_t channel = 0; channel < scenario.channels.size(); ++channel) {
    ExposureTraits& traits = scenario.channels[channel];
    const ClickSolution& clicks = rates.clicks[channel];
    traits.intent_targeting =
        loading * setting.loadings.targeting * setting.channels[channel].intent_targeting;
    traits.click_intent = loading * setting.loadings.click;
    traits.mean_weight = clicks.mean_weight;
    traits.click_rate = clicks.click_rate.value * scale;
    traits.view_rate = clicks.view_rate;
  }
  scenario.organic.visits_per_shopper_day *= rates.solved.organic_factor;
  scenario.organic.intent_loading = loading * setting.loadings.organic;
  scenario.funnel.step_log_odds = rates.steps;
  if (plan.funnel.model == FunnelModel::steps) {
    scenario.funnel.step_log_odds = on_own_pages(rates.steps, drawn(plan.funnel.page_quality));
  }
  scenario.funnel.source_log_odds = rates.source_log_odds;
  scenario.funnel.intent_loading = loading * setting.loadings.funnel;
  scenario.funnel.mean_propensity = setting.mean_propensity;
  scenario.funnel.source_factor = source_factors(plan, drawn);
  scenario.retargeting.return_probability = rates.return_probability;
  scenario.retargeting.click_rate = rates.retargeting_click_rate;
  scenario.solved = rates.solved;
  scenario.click_rates = rates.volumes.click_rates;
  scenario.caps = rates.volumes.caps;
}

/// Clicks that the channels' impressions are expected to bring, by day of the flight.
std::vector<double> clicks_by_day(const Scenario& scenario) {
  std::vector<double> clicks(static_cast<std::size_t>(scenario.calendar.flight_days));
  for (std::size_t channel = 0; channel < scenario.deliveries.size(); ++channel) {
    const std::vector<double>& impressions = scenario.deliveries[channel].impressions_per_day;
    for (std::size_t at = 0; at < impressions.size(); ++at) {
      clicks[at % clicks.size()] += impressions[at] * scenario.click_rates[channel];
    }
  }
  return clicks;
}

}  // namespace

ParameterLevel draw_parameters(const Plan& plan, const TraitTables& tables,
                               const DrawnNumbers& drawn, double media_factor) {
  ParameterLevel level;
  level.media_factor = media_factor;
  Scenario& scenario = level.scenario;
  DrawnTraits traits = tables.at(plan, drawn);
  scenario.calendar = calendar_of(plan.campaign);
  scenario.audience = traits.audience;
  scenario.order.noise = traits.order_noise;
  scenario.tables = std::move(traits.tables);
  draw_stages(plan, drawn, scenario);
  for (std::size_t channel = 0; channel < plan.channels.size(); ++channel) {
    level.media.push_back(draw_media(plan, channel, drawn));
  }
  const TraitNodes nodes = trait_nodes_of(scenario.audience);
  const auto [settings, rates] = solve_rates({plan, media_factor}, drawn, level.media, nodes);
  place_base_rates(plan, drawn, settings.reference, rates, scenario);
  scenario.momentum = draw_momentum(
      {plan, drawn, level.media, media_factor, nodes.affinity, rates.volumes.clicks}, scenario);
  for (std::size_t channel = 0; channel < level.media.size(); ++channel) {
    // Of clicks that a cap lets nobody make no more impressions are bought than the solver tried.
    const Volumes& volumes = rates.volumes;
    level.media[channel].click_rate =
        volumes.click_rates[channel] / volumes.caps[channel].paid_share;
    level.media[channel].brand.visits = volumes.unpaid_visits;
  }
  level.market = draw_market_traits(plan, drawn, scenario.calendar.horizon());
  level.openings = rates.volumes.openings;
  level.retargeting = draw_retargeting_media(plan, drawn, scenario.retargeting.last_day);
  level.seasonal_purchases = plan.repeat.season != 0;
  return level;
}

Scenario open_market(ParameterLevel level, const Plan& plan, MarketPath market) {
  Scenario scenario = std::move(level.scenario);
  for (std::size_t channel = 0; channel < level.media.size(); ++channel) {
    const ChannelMarket& moves = market.channels[channel];
    scenario.deliveries.push_back(
        deliver(level.media[channel],
                {.budget = plan.daily_budget[channel],
                 .price = moves.price,
                 .demand = market.demand,
                 .clicks = click_factors(moves, scenario.channels[channel].refresh_days),
                 .budget_factor = level.media_factor}));
  }
  const Calendar& calendar = scenario.calendar;
  scenario.retargeting.expected_entries_per_day = even_openings(
      level.openings, clicks_by_day(scenario),
      {.days = std::min(calendar.rotation_days, static_cast<int>(scenario.retargeting.last_day)),
       .window_days = scenario.retargeting.window_days});
  level.retargeting.budget_per_day *= level.media_factor;  // 0 stays unlimited
  RetargetingDelivery retargeting = deliver(level.retargeting, market.channels.back().price,
                                            static_cast<int>(scenario.retargeting.last_day));
  scenario.retargeting.price = std::move(retargeting.price);
  scenario.retargeting.affordable_per_day = std::move(retargeting.affordable_per_day);
  scenario.repeat.clock = level.seasonal_purchases
                              ? running_clock(market.season)
                              : running_clock(std::vector<double>(market.season.size(), 1.0));
  scenario.market = std::move(market);
  return stop_loops(plan.loops, std::move(scenario));
}

}  // namespace flywheel
