#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "plan/loops_plan.hpp"
#include "plan/number.hpp"

namespace flywheel {

/// How a channel is billed.
enum class Pricing { cpm, cpc };

/// What a channel is; decides the benchmark defaults of its numbers.
enum class ChannelKind { search, shopping, social, display, video, custom };

/// Family of a positive shopper trait; every family is scaled to mean 1.
enum class TraitFamily { constant, gamma, beta, lognormal };

/// How a visit becomes an order: logistic steps, or one propensity that a source multiplies.
enum class FunnelModel { steps, propensity };

/// Family of order values: gamma-gamma, or lognormal levels with lognormal orders around them.
enum class BasketModel { gamma_gamma, lognormal };

/// Buy-till-you-die process of repeat purchases.
enum class RepeatModel { pareto_nbd, bg_nbd, none };

/// Who gets the credit for a first order.
enum class AttributionRule { last_touch, last_click, first_click };

/// How many friends an advocate invites.
enum class InvitationLaw { poisson, fixed };

/// How a budget without a media plan is spread over the flight.
enum class Pacing { even, front_loaded, bursts, pulsing };

enum class MessageMedium { email, sms };

/// What starts a flow of messages.
enum class FlowTrigger { order, delivery, cart_abandoned, browse_abandoned, lapse, calendar };

/// A trait's family with its two shape numbers (gamma: shape; beta: alpha, beta; lognormal: sd of
/// logs). A shape that the family does not use is ignored.
struct TraitPlan {
  TraitFamily family{TraitFamily::gamma};
  Number shape;
  Number second_shape;
};

struct CampaignPlan {
  std::string name;         ///< shown on every page
  std::string currency;     ///< ISO code, default USD; shown, never converted
  Date start;               ///< first day of the flight
  Date end;                 ///< last day of the flight; may be written in place of flight_days
  int flight_days{60};      ///< 1 to 730: days with paid prospecting
  int conversion_days{30};  ///< 1 to 90: a first order this long after its touch still counts
  int cohort_days{180};     ///< 1 to 730: revenue of a root customer counts this long
  int rotation_days{7};     ///< 1 to 366: step at which information loops close
  double target_roas{3.0};  ///< above 0: the goal that P(target) speaks of
  std::string media_plan;   ///< CSV of date, channel, amount, relative to the plan; empty: none
};

struct SegmentPlan {
  std::string name;
  double size{0};          ///< shoppers, 1 to 1e12; required
  Number price_factor;     ///< multiplies CPM and CPC; default 1
  Number click_factor;     ///< multiplies click probability; default 1
  Number conversion_odds;  ///< multiplies the odds of every funnel step (propensity: probability)
  Number basket_factor;    ///< multiplies order values; default 1
  Number loyalty_factor;   ///< multiplies the purchase rate; default 1
};

/// The people: which traits they have and how purchase intent loads on what they do.
struct AudiencePlan {
  TraitPlan exposure;           ///< intensity of exposure x; default gamma, shape 1 [J]
  TraitPlan affinity;           ///< ad affinity a; default gamma, shape 2 [J]
  TraitPlan price_sensitivity;  ///< default gamma, shape 2 [J]
  TraitPlan engagement;         ///< message engagement; default gamma, shape 1 [J]
  int intent{1};                ///< 1: intent z is standard normal; 0: everybody has z = 0
  Number incremental_share;     ///< of ad-attributed first orders; default Beta(.6, n 8) [S/J]; 1
                                ///< turns the solving off
  Number intent_loading_limit;  ///< largest loading the solver may use; default 2.5 [J]
  Number click_loading;         ///< xi per unit of loading; default .4 [J]
  Number targeting_loading;  ///< zeta per unit of loading, times the channel's own; default .4 [J]
  Number funnel_loading;     ///< log-odds of each step per unit of loading; default .4 [J]
  Number organic_loading;    ///< log rate of organic visits per unit of loading; default 1 [J]
};

struct CreativePlan {
  Number hit_rate;      ///< chance that a creative is a winner; default Beta(.05, n 60) [S/J]
  Number hit_strength;  ///< a winner's click probability over an ordinary one's; default 2,
                        ///< {1.3..3} [J]
  Number refresh_days;  ///< rounded to whole days; 0: never; default LN(28, .45) [S/J]
};

struct ChannelPlan {
  std::string name;
  ChannelKind kind{ChannelKind::custom};
  Pricing pricing{Pricing::cpm};
  double budget{0};  ///< money over the flight, when no media plan gives it; 0 to 1e12
  Pacing pacing{Pacing::even};
  std::vector<double>
      segment_shares;      ///< [channel.NAME.segments] SEGMENT = share; default: by size
  Number price;            ///< per 1,000 impressions or per click
  Number click_rate;       ///< mean over impressions at reference frequency and initial sharpness
  Number conversion_rate;  ///< orders per click, mean over clickers; per cold click
  Number price_slope;      ///< epsilon of rising marginal cost; default .1, {0..0.3} [J]
  double reference_daily_budget{0};   ///< b_ref; default: mean of the days with money
  Number impression_share_reference;  ///< CPC only: share of the query stock bought at b_ref;
                                      ///< default .4 [J]
  Number sharpness;  ///< gamma: targeting intensity goes with affinity^gamma; default per kind
  Number intent_targeting;   ///< multiplies targeting_loading: search 2, shopping 2, social 1, else
                             ///< .5 [J]
  Number affinity_exponent;  ///< 1: click probability goes with affinity; 0: it does not; default 1
  Number wear_out;           ///< e in (1+K)^-e; default N(.43,.08) cpm, 0 cpc [S]
  Number wear_in;  ///< omega: first exposure's click probability is lower by this share; default 0
  Number memory_days;          ///< impressions older than this no longer count in K; default 28 [J]
  Number reference_frequency;  ///< impressions of an ad per shopper, within memory, over which
                               ///< click_rate is the mean; default 3 [J]
  int frequency_cap{0};        ///< impressions per shopper and rotation; 0: none
  Number view_rate;  ///< chance that an unclicked impression leads to a later visit; default cpm
                     ///< .0005 {..} [J], cpc 0
  Number view_delay_days;  ///< mean of the exponential delay; default 1.5 [J]
  Number mobile_share;     ///< of visits; default .7575 [S]
  Number tracking_loss;    ///< share of touches the platform cannot see; default .2 {.1...35} [J]
  Number brand_share;      ///< search only: unpaid visits that pass over a paid brand ad; default
                           ///< search .1 [J], else 0
  Number brand_price;      ///< cost of a brand click relative to price; default .25 [J]
  Number brand_budget_limit;  ///< largest part of a day's budget that brand clicks take; default
                              ///< search .3 {.15...6} [J], else 1
  Number price_volatility;    ///< stationary sd of log price; default .10 [J]
  Number price_reversion;     ///< per day; default -ln .7 = .357 [J]
  CreativePlan creative;
};

struct RetargetingPlan {
  int enabled{0};    ///< default: true where the plan has the section
  double budget{0};  ///< money over flight and conversion window; 0: no ads; infinite: no limit
  Pricing pricing{Pricing::cpm};
  Number price;                ///< CPM; default: Meta's
  Number impressions_per_day;  ///< per pool member; default .5 [J]
  int window_days{14};         ///< after the visit; default 14 [J]
  int cap_per_window{0};       ///< impressions per window; 0: none; default 15
  std::string
      pool;  ///< least depth that enters: "click", "engaged", "cart", "checkout"; default engaged
  Number click_rate;          ///< default 2 x social link click rate
  Number affinity_exponent;   ///< default 1
  Number conversion_uplift;   ///< odds (propensity: probability) of a retargeted visit over a cold
                              ///< one; default 2.4 [S]
  Number incremental_share;   ///< target; default Beta(.35, n 8) [J]; 1 turns the solving off
  Number return_delay_days;   ///< mean delay of an own return; default 4 [J]
  Number return_probability;  ///< of a visitor who left without order; solved unless given
  Number return_limit;        ///< the largest that solving may give
  Number mobile_share;
  Number tracking_loss;
  int continues_after_flight{1};               ///< impressions go on until windows close
  std::array<Number, 3> pool_impressions;      ///< factor by pool: browse, cart, checkout
  std::array<Number, 3> pool_clicks;           ///< factor on the click rate, likewise
  std::array<Number, 3> pool_conversion_odds;  ///< factor, likewise
};

/// Landing and checkout: the site's average steps per visit, from which base log-odds are solved.
struct FunnelPlan {
  FunnelModel model{FunnelModel::steps};
  TraitPlan propensity;     ///< propensity model only: trait scaled to mean 1
  Number propensity_mean;   ///< propensity model only: mean purchase probability of a cold click
  Number bounce_rate;       ///< Beta(.47, n 20) [S/J]
  Number view_rate;         ///< product view given not bounced; default .65 {.5...8} [J]
  Number cart_rate;         ///< add to cart per session; LN(6.1%, .5) [S]
  Number checkout_rate;     ///< checkout started given cart; default .5 {.4...6} [J]
  Number cart_abandonment;  ///< Beta(.70, n 45) [S]
  Number desktop_ratio;     ///< desktop CVR over mobile CVR; LN(1.7, .2) [S]
  Number mobile_share;      ///< of unpaid visits; .7575 [S]
  Number page_quality;      ///< odds of every step over those of the pages that the rates were
                            ///< measured on; default 1
  Number session_seconds;   ///< median of engaged sessions; 127 [S]
  Number session_spread;    ///< sd of log seconds; .76 [S]
  Number pages_mean;        ///< pages after the first; 3.5 [J]
  Number immediate_share;   ///< orders with short delay; .8 {.6...9} [J]
  Number immediate_delay_days;           ///< mean; .02 [J]
  Number later_delay_days;               ///< mean; 3 [J]
  std::array<Number, 10> reason_shares;  ///< Baymard, normalized: 40 20 19 18 17 17 13 12 10 9
  std::array<Number, 10> reasons_fixed;  ///< share of each reason the plan has removed; default 0
  Number demand_elasticity;              ///< odds of every step go with demand^this; default .3 [J]
  Number return_ratio;  ///< order rate of own returns over that of organic visits; 1.7 [S]
                        ///< Contentsquare 2.9/1.7
};

struct BasketPlan {
  BasketModel model{BasketModel::gamma_gamma};
  Number order_value;     ///< mean over the shop's orders; LN(73.36, .45) between shops [S/J]
  Number spread_between;  ///< sd of log level between shoppers; .526 [P]
  Number spread_within;   ///< sd of log order around the level; .52 [P]
  Number frequency_correlation;  ///< Spearman, between purchase rate and level; default 0 [J]
};

struct RepeatPlan {
  RepeatModel model{RepeatModel::pareto_nbd};
  Number rate_shape;          ///< r 1.258 [S]; BG/NBD .243 (CDNOW)
  Number rate_scale_days;     ///< alpha 146.4 d [S]; BG/NBD 4.414 weeks (CDNOW)
  Number dropout_shape;       ///< s .723 (Pareto/NBD) [S]
  Number dropout_scale_days;  ///< beta LN(10.87 d, .85) (Pareto/NBD) [S/J]
  Number drop_alpha;          ///< a .793 (BG/NBD, CDNOW) [P]
  Number drop_beta;           ///< b 2.426 (BG/NBD, CDNOW) [P]
  int season{1};              ///< 1: the purchase clock runs with the demand season
};

struct ConsentPlan {
  Number at_order;                 ///< e-mail consent at checkout; default .5 {.3...7} [J]
  Number form;                     ///< e-mail address left on an engaged visit; 2.3 % [S]
  Number sms_share;                ///< of those with e-mail consent; default .2 [J]
  Number pressure_half_life_days;  ///< default 7 [J]
  Number
      pressure_fatigue;  ///< log odds of open and click lost per unit of pressure; default .1 [J]
  Number pressure_unsubscribe;  ///< log hazard of unsubscribing gained per unit; default .1 [J]
  Number pulled_forward;  ///< kappa: message orders that replace the next purchase; default .4
                          ///< {.2...6} [J]
  Number lapsed_factor;   ///< order rate of those who dropped out, over the living; default .3 [J]
};

/// Retargeting ads to customers after each of their orders.
struct CustomerAdsPlan {
  int enabled{0};              ///< default: true where the plan has the section
  Number price;                ///< CPM; default: Meta's
  Number start_days;           ///< from an order to the first day of its ads; default 7 [J]
  Number window_days;          ///< how long its ads go on; default 30 [J]
  Number impressions_per_day;  ///< per customer and running window; default .2 {.05...5} [J]
  Number click_rate;           ///< default 2 x social link click rate, wide [J]
  Number order_rate;           ///< of clicks; default {1...10 %} [J]
  Number replaced_share;  ///< kappa: orders that replace the next purchase; default .7 {.4...9} [J]
};

/// One flow: up to `messages` messages at fixed offsets after its trigger.
struct FlowPlan {
  std::string name;
  FlowTrigger trigger{FlowTrigger::order};
  MessageMedium medium{MessageMedium::email};
  int messages{1};          ///< 1 to 20
  Number first_after_days;  ///< offset of the first message
  Number every_days;        ///< between messages
  Number delivery_rate;     ///< default .98 [J]
  Number open_rate;         ///< of delivered
  Number click_rate;        ///< of delivered
  Number order_rate;        ///< of recipients, per message
  Number unsubscribe_rate;  ///< of delivered
  Number cost;              ///< per message
  Number discount;          ///< share of the order value given with a message order; default 0
};

struct OfferPlan {
  std::string name;
  Number after_days;  ///< since the last order
  Number depth;       ///< share of the order value
  Number valid_days;
  Number take_up;         ///< mean chance that an offer brings an order within validity
  Number pulled_forward;  ///< share of these that replace the next purchase
  Number give_away;       ///< chance that a purchase within validity uses the offer anyway
  Number habit;           ///< factor on give_away per redemption so far; default 1.2 [J]
  Number subscribes;      ///< share of orders that take it up which begin a subscription
};

struct SubscriptionPlan {
  int enabled{0};  ///< default: true where the plan has the section
  Number take_up;  ///< at a first order; Beta(.08, n 30) [J]
  int interval_days{30};
  Number discount;           ///< default .10 [J]
  Number churn_alpha;        ///< per renewal LN(.535, .4) [S/J]
  Number churn_beta;         ///< per renewal 1.945 [S]
  Number pause_probability;  ///< a renewal skipped; default .05 [J]
  Number failed_payment;     ///< default .05 [J]
  Number recovered;          ///< of failed payments; default .6 [J]
};

struct LoyaltyPlan {
  int enabled{0};                 ///< default: true where the plan has the section
  Number points_share;            ///< value of points per net revenue; default .02 [J]
  Number redeemed_share;          ///< default .6 [J]
  int tier_orders{3};             ///< orders that make a member of the upper tier
  Number tier_rate_factor;        ///< purchase rate of the upper tier; default 1.1 [J]
  Number tier_dropout_factor;     ///< dropout rate of the upper tier; default .9 [J]
  Number membership_take_up;      ///< exclusive membership at a second order; default 0
  Number membership_fee;          ///< per year; default 0
  Number membership_rate_factor;  ///< default 1
};

struct ExperiencePlan {
  Number bad_product;      ///< default .05 {.03...08} [J]
  Number bad_delivery;     ///< default .05 [J]
  Number contact_good;     ///< service contacts per good order; .03 [J]
  Number contact_bad;      ///< per bad order; .5 [J]
  Number resolved;         ///< contacts that repair the experience; .6 [J]
  Number delivery_days;    ///< mean; 4 [J]
  Number promoters;        ///< 60 % [S/J]; Dirichlet(30, 11.5, 8.5)
  Number passives;         ///< 23 %
  Number detractors;       ///< 17 %; the three are weights: the scenario divides by their sum
  Number bad_effect;       ///< standard deviations that a bad experience lowers satisfaction; 1 [J]
  Number trait_share;      ///< variance share of satisfaction that is the shopper's own; .3 [J]
  Number review_rate;      ///< reviews per delivered order, mean; Beta(.065, n 80) [S]
  Number review_promoter;  ///< relative chance of promoters; 1 [J]
  Number review_passive;   ///< .4 [J]
  Number review_detractor;  ///< 1.5 [J]
  Number friends_put_off;   ///< people whom a detractor's answer puts off, mean; {.05...1} [J]
};

struct ReferralPlan {
  int enabled{0};  ///< default: true where the plan has the section
  int promoters_only{1};
  Number share_rate;  ///< customers who share; Beta(.05, n 60) [S]
  InvitationLaw law{InvitationLaw::poisson};
  Number clicks_per_share;  ///< friends who come; LN(2.3, .2) [S]; fixed: rounded to a whole number
  Number
      delay_days;  ///< mean of the exponential delay after delivery; 14 [J]; 0: at the order itself
  Number conversion_rate;    ///< of referred visits; Beta(.09, n 50) [S] (steps)
  Number conversion_factor;  ///< propensity model: factor on propensity; default 1
  Number value_uplift;       ///< factor on the friend's order values; N(1.16, .05) [S]
  Number friend_discount;    ///< share of the friend's first order; .10 [J]
  Number referrer_reward;    ///< money per friend's first order; 10 [J]
  int retarget_friends{1};
  int depletion{1};  ///< friends may already be customers
};

struct OrganicPlan {
  Number visits_per_day;  ///< per 1,000 shoppers of the audience; default .5 {.15..1.5} [J]
  Number
      visits_limit;  ///< most that solving multiplies visits_per_day with; triangular 2, 4, 10 [J]
  Number conversion_rate;  ///< per visit; LN(1.5%, .87) site CVR [S]
  std::array<Number, 5>
      source_shares;  ///< direct, seo, content, social, marketplace; .4 .35 .1 .1 .05 [J]
};

struct ShopStatePlan {    ///< [day_zero]
  double customers{0};    ///< existing customers, 0 to 1e7
  Number tenure_days;     ///< their first orders lie uniformly in this many days; default 365 [J]
  Number consent_share;   ///< of them, to messages; default .3 [J]
  double subscribers{0};  ///< of them, with a running subscription; at most all
  Number stock;           ///< goods in the warehouse, money at cost; default 0
  Number rating;          ///< 4.4 [J]
  Number reviews;         ///< 200 [J]
};

struct MoneyPlan {
  Number gross_margin;        ///< Beta(.55, n 25) [S/J]
  Number shipping_share;      ///< of order value; LN(10%, .25) [S]
  Number payment_fee;         ///< 2.4 % [S]
  Number return_rate;         ///< orders; Beta(.17, n 12) [S/J]
  Number bad_return_odds;     ///< odds of return after a bad experience; 4 [J]
  Number partial_share;       ///< returns that are partial; .3 [J]
  Number partial_value;       ///< share of value refunded then; .5 [J]
  Number early_return_share;  ///< .6 [J]
  Number early_return_days;   ///< mode near 5 d [J]
  Number late_return_days;    ///< mode near 18 d [J]
  Number resale_share;        ///< goods cost recovered from a return; .5 [J]
  Number return_cost;         ///< money per return; 6 [J]
  Number contact_cost;        ///< money per service contact; 5 [J]
  Number content_per_day;     ///< money; 0
  Number agency_share;        ///< of media; 0.1 [J]
  Number supplier_lead_days;  ///< goods are paid this long before the order; 30 [J]
  Number invoice_days;        ///< media is paid this long after; 30 [J]
  Number payout_days;         ///< revenue arrives this long after; 3 [J]
};

struct AttributionPlan {
  AttributionRule rule{AttributionRule::last_touch};
  int click_days{7};  ///< 1 to 30
  int view_days{1};   ///< 0 to 7
};

/// A shock an analyst can switch on; with a probability, drawn at the market level.
struct ShockPlan {
  std::string name;
  Date start;
  int days{1};
  Number probability;                 ///< default 1
  Number price;                       ///< factor; default 1
  Number click;                       ///< factor; default 1
  Number conversion;                  ///< factor on the odds of every step; default 1
  Number demand;                      ///< factor; default 1
  Number tracking;                    ///< added share of lost touches; default 0
  std::vector<std::string> channels;  ///< empty: all
};

struct MarketPlan {
  std::array<Number, 12>
      price_months;  ///< .88 .89 .96 .92 .97 .97 .96 1.00 .99 1.08 1.26 1.11 x LN(1,.05) [S]
  std::array<Number, 7> price_weekdays;   ///< Monday..Sunday; default 1 [J]
  std::array<Number, 12> demand_months;   ///< .92 .92 .96 .96 .98 .97 .97 .98 .97 1.02 1.2 1.15 [J]
  std::array<Number, 7> demand_weekdays;  ///< 1.05 1.03 1 1 .95 .92 1.05 [J]
  Number price_correlation;               ///< between channels; .5 [J]
  Number demand_volatility;               ///< stationary sd of log demand; .08 [J]
  Number demand_reversion;                ///< per day; .1 [J]
  Number price_demand_correlation;        ///< .3 [J]
  Number competitor_shocks_per_year;      ///< 4 [J]
  Number competitor_shock_size;  ///< mean of the exponential log price jump; .15 [J], below .9
  Number competitor_shock_days;  ///< decay; 10 [J]
  Number advertiser_effect;  ///< factor on every conversion rate; default LN(1, .1)? unexplained
                             ///< spread; default 1 [J]
};

/// [posterior]: draws of several numbers at once, one column each, one row per joint draw.
struct PosteriorPlan {
  std::string file;  ///< CSV, relative to the plan; empty: none
};

/// Rank correlation between two numbers of the plan.
struct CorrelationPlan {
  std::string first;
  std::string second;
  double spearman{0};
};

/// Everything a run needs to know, as written and completed by the defaults.
struct Plan {
  CampaignPlan campaign;
  AudiencePlan audience;
  std::vector<SegmentPlan> segments;
  std::vector<ChannelPlan> channels;
  std::vector<std::vector<double>> daily_budget;  ///< money, [channel][day of flight], resolved
  RetargetingPlan retargeting;
  FunnelPlan funnel;
  BasketPlan basket;
  RepeatPlan repeat;
  ConsentPlan consent;
  CustomerAdsPlan customer_ads;
  std::vector<FlowPlan> flows;
  std::vector<OfferPlan> offers;
  SubscriptionPlan subscription;
  LoyaltyPlan loyalty;
  ExperiencePlan experience;
  ReferralPlan referral;
  OrganicPlan organic;
  LoopsPlan loops;
  TargetingPlan targeting;
  PageTestsPlan page_tests;
  FeedbackPlan feedback;
  ReputationPlan reputation;
  OrganicGrowthPlan organic_growth;
  MarketplacePlan marketplace;
  ShopStatePlan day_zero;
  MoneyPlan money;
  AttributionPlan attribution;
  MarketPlan market;
  std::vector<ShockPlan> shocks;
  PosteriorPlan posterior;
  std::vector<CorrelationPlan> correlations;
};

}  // namespace flywheel
