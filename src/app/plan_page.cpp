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
#include "plan/loops.hpp"
#include "plan/node.hpp"
#include "plan/numbers.hpp"
#include "report/figure_text.hpp"
#include "scenario/expected_clicks.hpp"

namespace flywheel {

namespace {

using Json = nlohmann::ordered_json;

Date end_of_horizon(const CampaignPlan& campaign) {
  return date_from_epoch(days_since_epoch(campaign.start) + campaign.flight_days +
                         campaign.conversion_days + campaign.cohort_days - 1);
}

double audience_of(const Plan& plan) {
  return std::accumulate(plan.segments.begin(), plan.segments.end(), 0.0,
                         [](double sum, const SegmentPlan& one) { return sum + one.size; });
}

std::string campaign_lines(const Plan& plan, const PageStyle& style) {
  const CampaignPlan& campaign = plan.campaign;
  return wrapped(
             fmt::format("{}: {} from {} to {}; revenue counts {} from a first order, to {}",
                         escape_text(campaign.name), counted(campaign.flight_days, "day"),
                         date_text(campaign.start), date_text(campaign.end),
                         counted(campaign.cohort_days, "day"), date_text(end_of_horizon(campaign))),
             style) +
         wrapped(fmt::format("audience: {} in {}; goal: {:g} {} for one of media",
                             counted(audience_of(plan), "shopper"),
                             counted(static_cast<double>(plan.segments.size()), "segment"),
                             campaign.target_roas, campaign.currency),
                 style);
}

std::string retargeting_line(const Plan& plan) {
  if (plan.retargeting.enabled == 0 || plan.retargeting.budget <= 0) return "no retargeting\n";
  if (std::isinf(plan.retargeting.budget)) return "retargeting: no limit of money\n";
  return fmt::format("retargeting: about {} {} besides\n", grouped(plan.retargeting.budget),
                     plan.campaign.currency);
}

/// The plan's channels, with what the model expects their budgets to bring.
std::vector<ChannelExpectation> expected_channels(const Plan& plan) {
  std::vector<ChannelExpectation> rows = expect_channels(plan);
  const std::vector<MediaVolume> volumes = expect_media(plan);
  for (std::size_t channel = 0; channel < rows.size(); ++channel) {
    rows[channel].impressions = volumes[channel].impressions;
    rows[channel].clicks = volumes[channel].clicks;
  }
  return rows;
}

std::string referral_line(const Plan& plan, const PageStyle& style) {
  if (plan.referral.enabled == 0) return {};
  return wrapped(fmt::format("referral: a customer brings {:.3g} others at the medians of all "
                             "numbers (the reproduction number; at 1 growth has no end)",
                             expect_reproduction_number(plan)),
                 style);
}

std::string loops_line(const Plan& plan, const PageStyle& style) {
  const std::vector<std::string> loops = turning_loops(plan);
  if (loops.empty()) return "loops: none turns\n";
  return wrapped(fmt::format("loops that turn: {}", fmt::join(loops, ", ")), style);
}

std::vector<std::string> budget_row(const ChannelExpectation& row, const std::string& price) {
  return {row.name, grouped(row.budget), price, grouped(row.impressions), grouped(row.clicks)};
}

ChannelExpectation total_of(const std::vector<ChannelExpectation>& channels) {
  ChannelExpectation total{.name = "total"};
  for (const ChannelExpectation& one : channels) {
    total.budget += one.budget;
    total.impressions += one.impressions;
    total.clicks += one.clicks;
    if (total.months.empty()) {
      total.months = one.months;
      continue;
    }
    for (std::size_t month = 0; month < one.months.size(); ++month) {
      total.months[month].second += one.months[month].second;
    }
  }
  return total;
}

/// Months side by side as far as the page is wide; what does not fit follows below.
std::string month_tables(const std::vector<ChannelExpectation>& rows, const PageStyle& style) {
  constexpr std::size_t name_width = 24;
  constexpr std::size_t month_width = 15;  // 999,999,999,999 and its gap
  const std::size_t fits = std::max<std::size_t>(1, (style.width - name_width) / month_width);
  const std::size_t months = rows.front().months.size();
  std::string page;
  for (std::size_t first = 0; first < months; first += fits) {
    const std::size_t last = std::min(first + fits, months);
    std::vector<TableColumn> heads{{first == 0 ? "by month" : "", Align::left}};
    for (std::size_t month = first; month < last; ++month) {
      heads.push_back({rows.front().months[month].first});
    }
    TextTable table{heads};
    for (const ChannelExpectation& row : rows) {
      std::vector<std::string> cells{row.name};
      for (std::size_t month = first; month < last; ++month) {
        cells.push_back(grouped(row.months[month].second));
      }
      table.add(std::move(cells));
    }
    page += '\n' + table.text(style);
  }
  return page;
}

std::string budget_table(const Plan& plan, const PageStyle& style) {
  std::vector<ChannelExpectation> rows = expected_channels(plan);
  if (rows.empty())
    return "no channel: no media is bought but by retargeting\n" + retargeting_line(plan);
  rows.push_back(total_of(rows));
  TextTable table{{{"media budget, " + plan.campaign.currency, Align::left},
                   {"flight"},
                   {"price"},
                   {"impressions"},
                   {"clicks"}}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].name = escape_text(cut_text(rows[i].name, 20));
    table.add(budget_row(
        rows[i], i < plan.channels.size()
                     ? fmt::format("{:.2f} {}", rows[i].price, word_of(plan.channels[i].pricing))
                     : std::string{}));
  }
  return table.text(style) +
         wrapped(
             "(impressions and clicks: expected at the medians of all numbers and the market's "
             "season, without clicks on brand ads)",
             style) +
         retargeting_line(plan) + month_tables(rows, style);
}

std::string basis_word(const PlanNumber& one) {
  return one.number.given ? "given" : std::string{basis_mark(one.source.basis)};
}

std::vector<PlanNumber> uncertain_numbers(const Plan& plan) {
  std::vector<PlanNumber> numbers = list_numbers(plan);
  std::erase_if(numbers,
                [](const PlanNumber& one) { return one.idle || !is_uncertain(one.number); });
  return numbers;
}

std::string uncertain_table(const Plan& plan, const PageStyle& style) {
  const std::vector<PlanNumber> numbers = uncertain_numbers(plan);
  if (numbers.empty()) return "every number is certain: futures differ by market and shoppers\n";
  TextTable table{
      {{"uncertain numbers", Align::left}, {"5 %"}, {"50 %"}, {"95 %"}, {"basis", Align::left}}};
  for (const PlanNumber& one : numbers) {
    std::vector<std::string> cells{escape_text(one.key)};
    for (const double u : {.05, .5, .95}) {
      cells.push_back(
          quantity_text(one.number.value.quantile(u), one.unit, plan.campaign.currency));
    }
    cells.push_back(basis_word(one));
    table.add(std::move(cells));
  }
  const auto count = [&](const std::string& basis) {
    return std::count_if(numbers.begin(), numbers.end(),
                         [&](const PlanNumber& one) { return basis_word(one) == basis; });
  };
  return table.text(style) +
         wrapped(fmt::format("{} uncertain numbers: {} given, {} published [S], {} published with "
                             "a judged spread [S/J], {} judgement [J]",
                             numbers.size(), count("given"), count("[S]"), count("[S/J]"),
                             count("[J]")),
                 style);
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

/// Money, or the word for no limit; 0 where there is none.
Json retargeting_json(const RetargetingPlan& retargeting) {
  if (retargeting.enabled == 0) return 0.0;
  if (std::isinf(retargeting.budget)) return "unlimited";
  return retargeting.budget;
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

std::string plan_page(const Plan& plan, const PlanReading& reading, const PageStyle& style) {
  std::string page = campaign_lines(plan, style) + referral_line(plan, style) +
                     loops_line(plan, style) + '\n' + budget_table(plan, style) + '\n' +
                     uncertain_table(plan, style);
  for (const std::string& note : reading.notes) page += wrapped(escape_text(note), style, 2);
  return page;
}

std::string plan_json(const Plan& plan, const PlanReading& reading) {
  Json channels = Json::array();
  const std::vector<ChannelExpectation> expected = expected_channels(plan);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    channels.push_back(channel_json(expected[i], plan.channels[i]));
  }
  Json numbers = Json::array();
  for (const PlanNumber& one : uncertain_numbers(plan)) {
    numbers.push_back(number_json(one, plan.campaign.currency));
  }
  Json warnings = Json::array();
  for (const Fault& one : reading.warnings) warnings.push_back(to_line(one));
  const Json page{{"campaign", plan.campaign.name},
                  {"currency", plan.campaign.currency},
                  {"start", date_text(plan.campaign.start)},
                  {"end", date_text(plan.campaign.end)},
                  {"horizon_end", date_text(end_of_horizon(plan.campaign))},
                  {"target_roas", plan.campaign.target_roas},
                  {"shoppers", audience_of(plan)},
                  {"reproduction_number", expect_reproduction_number(plan)},
                  {"loops", turning_loops(plan)},
                  {"channels", channels},
                  {"retargeting_budget", retargeting_json(plan.retargeting)},
                  {"uncertain_numbers", numbers},
                  {"notes", reading.notes},
                  {"warnings", warnings}};
  return page.dump(2) + '\n';
}

}  // namespace flywheel
