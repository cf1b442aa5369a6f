#pragma once

#include <limits>
#include <string_view>

#include "plan/parameter.hpp"

/// Where the defaults of the parameter tables come from, and short ways to write their ranges.
namespace flywheel {

constexpr Source sourced(std::string_view text) { return {Basis::sourced, text}; }
constexpr Source sourced_center(std::string_view text) { return {Basis::sourced_center, text}; }
constexpr Source judgement(std::string_view text = "no published figure") {
  return {Basis::judgement, text};
}
/// Of judgements without anything published: how far off they may be, nine times in ten.
inline constexpr std::string_view within_two{"no published figure; within a factor of 2"};
inline constexpr std::string_view within_three{"no published figure; within a factor of 2.5 or 3"};
inline constexpr std::string_view odds_within_three{
    "no published figure; odds within a factor of 3"};
/// Of numbers that multiply in an exponent, where tails of each would meet in a world of few
/// buyers.
inline constexpr std::string_view bounded{
    "no published figure; bounded, since intent multiplies them"};
constexpr Source rule(std::string_view text = "definition") { return {Basis::rule, text}; }

constexpr Range closed(double low, double high) { return {.low = low, .high = high}; }
constexpr Range above(double low, double high) {
  return {.low = low, .high = high, .without_low = true};
}
constexpr Range no_number{.low = 0, .high = 0};
constexpr Range a_share{.low = 0, .high = 1};

/// The switch of a program that costs or earns: nothing happens that nobody asked for.
constexpr Parameter program_switch(Reach reach, std::string_view sentence) {
  return {.key = "enabled",
          .reach = reach,
          .unit = Unit::none,
          .range = no_number,
          .default_text = "false",
          .source = rule("a plan that does not have the section does without"),
          .sentence = sentence,
          .found_from = "true if the plan has this section",
          .on_with_section = true};
}

namespace sources {

inline constexpr std::string_view wordstream{
    "WordStream Google Ads benchmarks 2026, shopping row; spread: range over 23 industries; "
    "https://www.wordstream.com/blog/2026-google-ads-benchmarks"};
inline constexpr std::string_view wordstream_shopping{
    "WordStream shopping ads benchmarks; "
    "https://www.wordstream.com/blog/ws/2019/04/01/shopping-ads-benchmarks"};
inline constexpr std::string_view shopping_calc{
    "calc4marketers, 0.8 to 2.0 %, low confidence; "
    "https://www.calc4marketers.com/average-ctr-by-platform"};
inline constexpr std::string_view wordstream_2024{
    "WordStream Google Ads benchmarks 2024; "
    "https://www.wordstream.com/blog/2024-google-ads-benchmarks"};
inline constexpr std::string_view triple_whale{
    "Triple Whale, medians of 40,000 brands, spread: range over verticals; "
    "https://www.triplewhale.com/blog/facebook-ads-benchmarks"};
inline constexpr std::string_view databox{
    "Databox median of link clicks; https://zeely.ai/blog/facebook-ads-benchmarks-in-2026"};
inline constexpr std::string_view ad_calc{
    "compilation, weak; https://www.ad-calc.com/faq/advertising-benchmarks"};
inline constexpr std::string_view store_growers{
    "Store Growers and SmartInsights; https://www.storegrowers.com/google-ads-benchmarks/"};
inline constexpr std::string_view youtube_calc{
    "synthesis, low confidence; https://www.calc4marketers.com/average-ctr-youtube-ads"};
inline constexpr std::string_view first_page_sage{
    "First Page Sage, conversion rate by channel (firstpagesage.com), B2C display"};
inline constexpr std::string_view superads{
    "Superads, Facebook CPM by month, 3 bn USD of spend; spread judged; "
    "https://www.superads.ai/facebook-ads-costs/cpm-cost-per-mille"};
inline constexpr std::string_view ad_fatigue{
    "Meta's decay by exposure, (N+1)^-0.43; spread judged; "
    "https://staging.adsuploader.com/blog/facebook-ad-fatigue"};
inline constexpr std::string_view motion{
    "Motion Creative Benchmarks 2026, 578,750 creatives; "
    "https://motionapp.com/library/research/creative-benchmarks-2026/"};
inline constexpr std::string_view ad_library{
    "AdLibrary, 21 to 35 days; "
    "https://adlibrary.com/posts/dtc-ad-intelligence-creative-frameworks-2026"};
inline constexpr std::string_view dynamic_yield{
    "Dynamic Yield by Mastercard, 12-month mean; "
    "https://marketing.dynamicyield.com/benchmarks/"};
inline constexpr std::string_view lebesgue{
    "Lebesgue, add to cart 17.5 % against 7.2 %; "
    "https://lebesgue.io/facebook-ads/add-to-cart-rate-benchmarks-a-closer-look-at-facebook-ads"};
inline constexpr std::string_view irp{
    "IRP Commerce, secondary, quartiles 26 to 55 %; "
    "https://www.irpcommerce.com/en/gb/ecommercemarketdata.aspx"};
inline constexpr std::string_view baymard{
    "Baymard Institute, mean of 50 studies, 55 to 84 %; "
    "https://baymard.com/lists/cart-abandonment-rate"};
inline constexpr std::string_view baymard_reasons{
    "Baymard Institute survey, US adults, multi-select, normalized; "
    "https://baymard.com/lists/cart-abandonment-rate"};
inline constexpr std::string_view content_square{
    "Contentsquare 2026, desktop 3.4 % against mobile 2.0 %; "
    "https://contentsquare.com/guides/digital-experience-benchmark/engagement/"};
inline constexpr std::string_view conversion_bench{
    "Contentsquare 2024, quartiles 75, 127, 210 s; "
    "https://conversionbench.com/metric/session-duration"};
inline constexpr std::string_view pages{
    "Contentsquare 2020, 4.48 pages per session, family judged; "
    "https://go.contentsquare.com/hubfs/eBooks/2020%20Digital%20Experience%20Benchmark/"
    "2020%20Digital%20Experience%20Benchmark%20Report%20PDF%20English.pdf"};
inline constexpr std::string_view littledata{
    "Littledata, 2,800 shops, top fifth 3.2 %, top tenth 4.7 %; "
    "https://www.littledata.io/average/ecommerce-conversion-rate-(all-devices)"};
inline constexpr std::string_view order_value{
    "Triple Whale, median of 40,000 brands 73.36 USD; "
    "https://www.triplewhale.com/blog/facebook-ads-benchmarks"};
inline constexpr std::string_view cdnow{
    "CDNOW log, 23,570 customers (Fader & Hardie), computed; "
    "https://github.com/CamDavidsonPilon/lifetimes"};
inline constexpr std::string_view repeat_chain{
    "fit to the repeat chain .25 .53 .64 .70 .75 .80 with a median gap of 30 days (Bluecore, "
    "RJMetrics, BS&Co); https://bsandco.us/blog-post/repeat-purchase-rate-benchmarks"};
inline constexpr std::string_view bg_nbd{
    "Fader, Hardie & Lee 2005, Marketing Science 24(2), CDNOW; "
    "https://github.com/CamDavidsonPilon/lifetimes"};
inline constexpr std::string_view klaviyo{
    "Klaviyo 2026 e-mail benchmarks; https://www.klaviyo.com/products/email-marketing/benchmarks"};
inline constexpr std::string_view klaviyo_cart{
    "Klaviyo, 143,000 abandoned-cart flows; "
    "https://www.klaviyo.com/blog/abandoned-cart-benchmarks"};
inline constexpr std::string_view bs_and_co{
    "BS&Co flow benchmarks, 14 brands, thin; https://bsandco.us/blog-post/klaviyo-flow-benchmarks"};
inline constexpr std::string_view klaviyo_post_purchase{
    "Klaviyo 2025 by way of BS&Co; https://bsandco.us/blog-post/klaviyo-flow-benchmarks"};
inline constexpr std::string_view post_purchase{
    "BS&Co, first message after a purchase, taken for other messages to customers; "
    "https://bsandco.us/blog-post/klaviyo-flow-benchmarks"};
inline constexpr std::string_view coupons{
    "a tenth of coupons are used (weak), which lifts orders by 1.27 (Experian 2013): .10 * .27 / "
    "1.27 "
    "of offers bring an order; "
    "https://amasty.com/blog/coupon-marketing-facts-and-usage-statistics/"};
inline constexpr std::string_view omnisend{
    "Omnisend, normal 0.20 to 0.30 %; https://www.omnisend.com/blog/unsubscribe-rate/"};
inline constexpr std::string_view klaviyo_sms{
    "Klaviyo good band x 0.7 for an average shop; "
    "https://help.klaviyo.com/hc/en-us/articles/360051110111"};
inline constexpr std::string_view postscript{
    "Postscript, 17,000 shops, 3.97 to 7.84 %, x 0.7; https://postscript.io/sms-benchmarks"};
inline constexpr std::string_view form_rate{
    "Klaviyo in-app benchmark, 2.3 % of form views (klaviyo.com)"};
inline constexpr std::string_view recharge{
    "Recharge: 45 % stay 6 months, 33 % stay 12 (getrecharge.com); fit per renewal"};
inline constexpr std::string_view friendbuy{
    "Friendbuy metrics; https://www.friendbuy.com/blog/referral-program-metrics"};
inline constexpr std::string_view extole{
    "Extole benchmarks; https://success.extole.com/en/articles/"
    "11199311-how-to-measure-and-benchmark-your-referral-program-success"};
inline constexpr std::string_view schmitt{
    "Schmitt, Skiera & Van den Bulte 2011, Journal of Marketing 75(1), bank customers"};
inline constexpr std::string_view net_promoter{
    "promoter scores 30 to 62: https://opensend.com/post/net-promoter-score-ecommerce; split "
    "judged: "
    "https://www.firstpier.com/glossary/net-promoter-score-nps"};
inline constexpr std::string_view yotpo{
    "Yotpo, second hand; "
    "https://smartsmssolutions.com/resources/blog/best-time-to-request-reviews"};
inline constexpr std::string_view spiegel{
    "Spiegel Research Center 2017, relative purchase likelihood with 5 reviews 190 to 380 % "
    "higher, "
    "observed and not caused: a causal 1.3 is judgement"};
inline constexpr std::string_view learning_phase{
    "Meta Business Help via Tinuiti: about 50 optimization events in 7 days; "
    "https://tinuiti.com/blog/social/what-is-the-facebook-learning-phase/"};
inline constexpr std::string_view measured{
    "Measured: 30 to 70 % below the platforms' figures; https://www.measured.com/faq/leveling-up-"
    "media-measurement-the-performance-marketers-journey-from-platform-roas-to-true-"
    "incrementality"};
inline constexpr std::string_view margin{
    "vendor ranges 40 to 70 %; https://ledgergurus.com/good-gross-margin-for-ecommerce/"};
inline constexpr std::string_view returns{
    "NRF 2025: 19.3 % online (nrf.com), 4 to 30 % by sector; "
    "https://www.richpanel.com/learn/ecommerce-return-rates"};
inline constexpr std::string_view shipping{
    "Finaloop, 8 to 12 %; "
    "https://www.finaloop.com/blog/ecommerce-shipping-cost-accounting-in-2025-complete-guide"};
inline constexpr std::string_view payment{
    "ClearlyPayments; https://www.clearlypayments.com/blog/"
    "statistics-on-how-much-merchants-pay-for-payment-processing-in-2024/"};

}  // namespace sources

}  // namespace flywheel
