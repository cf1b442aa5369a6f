#include "app/plan_page.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error_text.hpp"
#include "plan/choice.hpp"
#include "plan/expectation.hpp"
#include "plan/node.hpp"
#include "plan/numbers.hpp"

namespace flywheel {

namespace {

using Json = nlohmann::ordered_json;

// Whole numbers with commas between groups of three digits.
std::string grouped(double value) {
  std::string text = fmt::format("{:.0f}", std::abs(value));
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return value < 0 && text != "0" ? '-' + text : text;
}

// Fills up to a width that counts characters, not bytes.
std::string padded(const std::string& text, std::size_t width) {
  const std::size_t characters = count_characters(text);
  return characters >= width ? text : text + std::string(width - characters, ' ');
}

Date end_of_horizon(const CampaignPlan& campaign) {
  return date_from_epoch(days_since_epoch(campaign.start) + campaign.flight_days +
                         campaign.conversion_days + campaign.cohort_days - 1);
}

double audience_of(const Plan& plan) {
  return std::accumulate(plan.segments.begin(), plan.segments.end(), 0.0,
                         [](double sum, const SegmentPlan& one) { return sum + one.size; });
}

std::string campaign_lines(const Plan& plan) {
  const CampaignPlan& campaign = plan.campaign;
  return fmt::format(
      "{}: {} days from {} to {}; revenue counts {} days from a first order, to {}\n"
      "audience: {} shoppers in {} segment{}; goal: {:g} {} for one of media\n",
      escape_text(campaign.name), campaign.flight_days, date_text(campaign.start),
      date_text(campaign.end), campaign.cohort_days, date_text(end_of_horizon(campaign)),
      grouped(audience_of(plan)), plan.segments.size(), plan.segments.size() == 1 ? "" : "s",
      campaign.target_roas, campaign.currency);
}

std::string budget_row(const std::string& name, const ChannelExpectation& row,
                       const std::string& price) {
  std::string line = padded(name, 24);
  for (const auto& [month, money] : row.months) line += fmt::format("{:>12}", grouped(money));
  return line + fmt::format("{:>12}{:>14}{:>15}{:>12}\n", grouped(row.budget), price,
                            grouped(row.impressions), grouped(row.clicks));
}

std::string retargeting_line(const Plan& plan) {
  if (plan.retargeting.enabled == 0) return "no retargeting\n";
  if (!(plan.retargeting.budget > 0)) return "retargeting: no limit of money\n";
  return fmt::format("retargeting: about {} {} besides\n", grouped(plan.retargeting.budget),
                     plan.campaign.currency);
}

std::string budget_table(const Plan& plan) {
  const std::vector<ChannelExpectation> channels = expect_channels(plan);
  ChannelExpectation total{.name = "total", .months = channels.front().months};
  for (auto& [month, money] : total.months) money = 0;
  std::string head = padded("media budget, " + plan.campaign.currency, 24);
  for (const auto& [month, money] : total.months) head += fmt::format("{:>12}", month);
  std::string table =
      head + fmt::format("{:>12}{:>14}{:>15}{:>12}\n", "flight", "price", "impressions", "clicks");
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const ChannelExpectation& row = channels[i];
    const std::string_view pricing = word_of(plan.channels[i].pricing);
    table += budget_row(escape_text(cut_text(row.name, 20)), row,
                        fmt::format("{:.2f} {}", row.price, pricing));
    for (std::size_t month = 0; month < row.months.size(); ++month) {
      total.months[month].second += row.months[month].second;
    }
    total.budget += row.budget;
    total.impressions += row.impressions;
    total.clicks += row.clicks;
  }
  table += budget_row(total.name, total, "");
  return table +
         "(impressions and clicks: arithmetic at median prices and click rates, without "
         "season)\n" +
         retargeting_line(plan);
}

std::string basis_word(const PlanNumber& one) {
  return one.number.given ? "given" : std::string{basis_mark(one.source.basis)};
}

std::vector<PlanNumber> uncertain_numbers(const Plan& plan) {
  std::vector<PlanNumber> numbers = list_numbers(plan);
  std::erase_if(numbers,
                [](const PlanNumber& one) { return !one.applies || !is_uncertain(one.number); });
  return numbers;
}

std::string uncertain_table(const Plan& plan) {
  const std::vector<PlanNumber> numbers = uncertain_numbers(plan);
  if (numbers.empty()) return "every number is certain: futures differ by market and shoppers\n";
  std::string table = padded("uncertain numbers", 46) +
                      fmt::format("{:>15}{:>15}{:>15}  basis\n", "5 %", "50 %", "95 %");
  for (const PlanNumber& one : numbers) {
    table += padded(escape_text(cut_text(one.key, 45)), 46);
    for (const double u : {.05, .5, .95}) {
      table += fmt::format(
          "{:>15}", quantity_text(one.number.value.quantile(u), one.unit, plan.campaign.currency));
    }
    table += "  " + basis_word(one) + '\n';
  }
  const auto count = [&](const std::string& basis) {
    return std::count_if(numbers.begin(), numbers.end(),
                         [&](const PlanNumber& one) { return basis_word(one) == basis; });
  };
  return table + fmt::format(
                     "{} uncertain numbers: {} given, {} published [S], {} published with "
                     "a judged spread [S/J], {} judgement [J]\n",
                     numbers.size(), count("given"), count("[S]"), count("[S/J]"), count("[J]"));
}

Json channel_json(const ChannelExpectation& row, const ChannelPlan& channel) {
  Json months;
  for (const auto& [month, money] : row.months) months[month] = money;
  return {{"name", row.name},
          {"kind", word_of(channel.kind)},
          {"pricing", word_of(channel.pricing)},
          {"budget", row.budget},
          {"budget_by_month", months},
          {"median_price", row.price},
          {"impressions", row.impressions},
          {"clicks", row.clicks}};
}

Json number_json(const PlanNumber& one, const std::string& currency) {
  return {{"key", one.key},
          {"unit", unit_symbol(one.unit, currency)},
          {"q05", one.number.value.quantile(.05)},
          {"q50", one.number.value.quantile(.5)},
          {"q95", one.number.value.quantile(.95)},
          {"basis", basis_word(one)},
          {"source", one.number.given ? std::string{} : std::string{one.source.text}}};
}

}  // namespace

std::string plan_page(const Plan& plan, const PlanReading& reading) {
  std::string page =
      campaign_lines(plan) + '\n' + budget_table(plan) + '\n' + uncertain_table(plan);
  for (const std::string& note : reading.notes) page += escape_text(note) + '\n';
  return page;
}

std::string plan_json(const Plan& plan, const PlanReading& reading) {
  Json channels = Json::array();
  const std::vector<ChannelExpectation> expected = expect_channels(plan);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    channels.push_back(channel_json(expected[i], plan.channels[i]));
  }
  Json numbers = Json::array();
  for (const PlanNumber& one : uncertain_numbers(plan)) {
    numbers.push_back(number_json(one, plan.campaign.currency));
  }
  const Json page{
      {"campaign", plan.campaign.name},
      {"currency", plan.campaign.currency},
      {"start", date_text(plan.campaign.start)},
      {"end", date_text(plan.campaign.end)},
      {"horizon_end", date_text(end_of_horizon(plan.campaign))},
      {"target_roas", plan.campaign.target_roas},
      {"shoppers", audience_of(plan)},
      {"channels", channels},
      {"retargeting_budget", plan.retargeting.enabled != 0 ? plan.retargeting.budget : 0},
      {"uncertain_numbers", numbers},
      {"notes", reading.notes}};
  return page.dump(2) + '\n';
}

}  // namespace flywheel
