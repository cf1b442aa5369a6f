#include "report/response_page.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error_text.hpp"
#include "report/figure_text.hpp"
#include "report/stored_attribute.hpp"

namespace flywheel {

namespace {

const std::string means{"/response"};
const std::string revenue_curve{"cohort_net_revenue"};

/// A figure and its error, entry by entry.
std::vector<Estimate> estimates_of(const Result& result, const std::string& path) {
  const std::vector<double> values = result.doubles(path);
  const std::vector<double> errors = result.doubles(path + "_error");
  std::vector<Estimate> estimates;
  for (std::size_t entry = 0; entry < values.size(); ++entry) {
    estimates.push_back({.value = values[entry], .standard_error = errors.at(entry)});
  }
  return estimates;
}

std::vector<FactorRow> read_factors(const Result& result) {
  const auto list = [&](const char* name) { return estimates_of(result, means + "/" + name); };
  const std::vector<double> factors = result.doubles(means + "/factor");
  const std::vector<std::string> channels = result.texts(means + "/channel");
  const auto spend = list("media_spend");
  const auto revenue = list("cohort_net_revenue");
  const auto roas = list("cohort_roas_180");
  const auto marginal = list("marginal_roas");
  const auto customers = list("root_customers");
  const auto channel_spend = list("spend_by_channel");
  const auto reach = list("reach_by_channel");
  const auto orders = list("first_orders_by_channel");
  std::vector<FactorRow> rows;
  for (std::size_t row = 0; row < factors.size(); ++row) {
    FactorRow& factor = rows.emplace_back();
    factor = {.factor = factors[row],
              .spend = spend.at(row),
              .revenue = revenue.at(row),
              .roas = roas.at(row),
              .marginal = marginal.at(row),
              .customers = customers.at(row),
              .channels = {}};
    for (std::size_t channel = 0; channel < channels.size(); ++channel) {
      const std::size_t at = row * channels.size() + channel;
      factor.channels.push_back({.channel = channels[channel],
                                 .spend = channel_spend.at(at),
                                 .reach = reach.at(at),
                                 .first_orders = orders.at(at)});
    }
  }
  return rows;
}

std::vector<CurveRow> read_curves(const Result& result) {
  const std::string curves{"/response_curves/"};
  if (!result.has(curves + "shape")) return {};
  const std::vector<std::string> names = result.texts(curves + "curve");
  const std::vector<double> shapes = result.doubles(curves + "shape");
  const auto top = estimates_of(result, curves + "top");
  const auto half = estimates_of(result, curves + "half");
  const auto slope = estimates_of(result, curves + "slope");
  const std::vector<double> deviations = result.doubles(curves + "largest_deviation");
  std::vector<CurveRow> rows;
  for (std::size_t row = 0; row < names.size(); ++row) {
    rows.push_back({.name = names[row],
                    .converged = shapes.at(row) == 1.0,
                    .top = top.at(row),
                    .half = half.at(row),
                    .slope = slope.at(row),
                    .largest_deviation = deviations.at(row)});
  }
  return rows;
}

/// Adds a row of figures and a row of their errors below.
class EstimateTable {
 public:
  explicit EstimateTable(std::vector<TableColumn> columns) : table_{std::move(columns)} {}

  struct Cell {
    Estimate estimate;
    FigureKind kind;
  };

  void add(std::string label, const std::vector<Cell>& cells) {
    std::vector<std::string> values{std::move(label)};
    std::vector<std::string> errors{""};
    for (const Cell& cell : cells) {
      values.push_back(figure_text(cell.estimate.value, cell.kind));
      errors.push_back(error_text(cell.estimate.standard_error, cell.kind));
    }
    table_.add(std::move(values));
    table_.add(std::move(errors));
  }

  [[nodiscard]] const TextTable& table() const { return table_; }

 private:
  TextTable table_;
};

std::string factor_text(double factor) { return fmt::format("x {:g}", factor); }

std::string factor_section(const ResponseSummary& response, const PageStyle& style) {
  EstimateTable table{{{"budgets", Align::left},
                       {"media spend"},
                       {"net revenue"},
                       {"ROAS"},
                       {"marginal ROAS"},
                       {"root customers"}}};
  for (const FactorRow& row : response.factors) {
    table.add(factor_text(row.factor), {{row.spend, FigureKind::money},
                                        {row.revenue, FigureKind::money},
                                        {row.roas, FigureKind::ratio},
                                        {row.marginal, FigureKind::ratio},
                                        {row.customers, FigureKind::count}});
  }
  return heading(fmt::format("Response to the budget, {}", escape_text(response.currency)), style) +
         table.table().text(style) +
         wrapped(
             "Marginal ROAS: what each unit of money brings that is spent beyond the row before; "
             "± is that of paired differences, since all factors of a draw have the same luck.",
             style);
}

/// "search: first orders" of "channel.search.first_orders".
std::string curve_label(const std::string& name) {
  if (name == revenue_curve) return "net revenue, all media";
  const std::string prefix{"channel."};
  const std::size_t begin = name.starts_with(prefix) ? prefix.size() : 0;
  const std::size_t dot = name.rfind('.');
  std::string response = name.substr(dot + 1);
  std::ranges::replace(response, '_', ' ');
  return escape_text(name.substr(begin, dot - begin)) + ": " + response;
}

std::string open_curves(const ResponseSummary& response) {
  std::string names;
  for (const CurveRow& row : response.curves) {
    if (row.converged) continue;
    names += (names.empty() ? "" : "; ") + curve_label(row.name);
  }
  return names.empty() ? names
                       : "No curve, since no top is in sight (as good as straight, or bent as by a "
                         "power of spend): " +
                             names + '.';
}

std::string curve_section(const ResponseSummary& response, const PageStyle& style) {
  if (response.curves.empty()) return {};
  EstimateTable table{{{"response", Align::left}, {"top"}, {"half at"}, {"slope"}, {"off by"}}};
  for (const CurveRow& row : response.curves) {
    if (!row.converged) continue;
    const FigureKind top = row.name == revenue_curve ? FigureKind::money : FigureKind::count;
    constexpr double no_error = std::numeric_limits<double>::quiet_NaN();
    table.add(curve_label(row.name), {{row.top, top},
                                      {row.half, FigureKind::money},
                                      {row.slope, FigureKind::ratio},
                                      {{row.largest_deviation, no_error}, FigureKind::share}});
  }
  std::string section = heading("Hill curves", style) +
                        wrapped("response = top * spend^slope / (half^slope + spend^slope)", style);
  if (!table.table().empty()) {
    section += table.table().text(style) +
               wrapped(
                   "Through the means above; of channels, over the channel's own spend. off by: "
                   "the mean farthest from its curve. ± is that of the fit and says nothing where "
                   "it is not small.",
                   style);
  }
  const std::string open = open_curves(response);
  return open.empty() ? section : section + wrapped(open, style);
}

using FactorRows = std::vector<FactorRow>;

FactorRows::const_iterator plan_row(const FactorRows& rows) {
  return std::ranges::find(rows, 1.0, &FactorRow::factor);
}

/// What the next money brings at the plan's budget, or the last where no more was tried.
std::string marginal_sentence(const ResponseSummary& response) {
  const auto plan = plan_row(response.factors);
  if (plan == response.factors.end()) return {};
  const auto next = plan + 1;
  const bool is_last = next == response.factors.end();
  const FactorRow& measured = is_last ? *plan : *next;
  const double other = is_last ? (plan - 1)->factor : next->factor;
  if (std::isnan(measured.marginal.value)) return {};
  return fmt::format(
      "At the plan's budget 1 {} brings {} of net revenue on average; {} {} times it, {} {}. ",
      escape_text(response.currency), figure_text(plan->roas.value, FigureKind::ratio),
      is_last ? "the last one, from" : "the next one, up to", fmt::format("{:g}", other),
      figure_text(measured.marginal.value, FigureKind::ratio),
      error_text(measured.marginal.standard_error, FigureKind::ratio));
}

std::string half_sentence(const ResponseSummary& response) {
  const auto curve = std::ranges::find(response.curves, revenue_curve, &CurveRow::name);
  if (curve == response.curves.end()) return {};
  if (!curve->converged) {
    return "No top of net revenue is in sight over what was tried. ";
  }
  std::string sentence = fmt::format(
      "By the curve, half of the revenue that endless budgets would reach comes at {} {}",
      figure_text(curve->half.value, FigureKind::money), escape_text(response.currency));
  if (const auto plan = plan_row(response.factors); plan != response.factors.end()) {
    sentence += fmt::format(", {} times the plan's spend",
                            figure_text(curve->half.value / plan->spend.value, FigureKind::ratio));
  }
  const auto most = std::ranges::max(response.factors, {}, [](const FactorRow& row) {
                      return row.spend.value;
                    }).spend.value;
  if (curve->half.value > most) sentence += ": farther than anything tried, so it is a guess";
  return sentence + ". ";
}

std::string left_out(const ResponseSummary& response, const PageStyle& style) {
  if (response.without_media == 0) return {};
  return wrapped(fmt::format("{} more draws are left out: one of their futures spent nothing on "
                             "media, so that ROAS is undefined there.",
                             response.without_media),
                 style);
}

using Json = nlohmann::ordered_json;

void put(Json& page, const std::string& name, const Estimate& estimate) {
  page[name] = estimate.value;
  page[name + "_error"] = estimate.standard_error;
}

Json factor_json(const FactorRow& row) {
  Json page{{"factor", row.factor}};
  put(page, "media_spend", row.spend);
  put(page, "cohort_net_revenue", row.revenue);
  put(page, "cohort_roas_180", row.roas);
  put(page, "marginal_roas", row.marginal);
  put(page, "root_customers", row.customers);
  for (const ChannelRow& channel : row.channels) {
    Json entry{{"channel", channel.channel}};
    put(entry, "spend", channel.spend);
    put(entry, "reach", channel.reach);
    put(entry, "first_orders", channel.first_orders);
    page["channels"].push_back(std::move(entry));
  }
  return page;
}

Json curve_json(const CurveRow& row) {
  Json page{{"curve", row.name}, {"shape", row.converged ? "hill" : "open"}};
  if (!row.converged) return page;
  put(page, "top", row.top);
  put(page, "half", row.half);
  put(page, "slope", row.slope);
  page["largest_deviation"] = row.largest_deviation;
  return page;
}

}  // namespace

ResponseSummary read_response_summary(const Result& result) {
  return {.campaign = attribute_or(result, means, "campaign", std::string{}),
          .currency = attribute_or(result, means, "currency", std::string{}),
          .draws = attribute_or(result, means, "draws", std::int64_t{0}),
          .failed = attribute_or(result, means, "draws_failed", std::int64_t{0}),
          .without_media = attribute_or(result, means, "draws_without_media", std::int64_t{0}),
          .factors = read_factors(result),
          .curves = read_curves(result)};
}

std::string response_page(const ResponseSummary& response, const PageStyle& style) {
  return wrapped(fmt::format(
                     "{}: what more or less budget brings, means of {} draws{}, each played "
                     "with every budget. All channels and retargeting's budget move together; "
                     "people, and how they answer, are those of the plan.",
                     escape_text(response.campaign), response.draws,
                     response.failed > 0 ? fmt::format(" ({} more failed)", response.failed) : ""),
                 style) +
         left_out(response, style) + factor_section(response, style) +
         curve_section(response, style) + heading("What it says", style) +
         wrapped(marginal_sentence(response) + half_sentence(response) +
                     "Revenue is what the plan's attribution credits to media: it is not "
                     "incremental, that is, not all of it would be missing without media.",
                 style);
}

std::string response_json(const ResponseSummary& response) {
  Json page{{"campaign", response.campaign},
            {"currency", response.currency},
            {"draws", response.draws},
            {"draws_failed", response.failed},
            {"draws_without_media", response.without_media},
            {"factors", Json::array()},
            {"curves", Json::array()}};
  for (const FactorRow& row : response.factors) page["factors"].push_back(factor_json(row));
  for (const CurveRow& row : response.curves) page["curves"].push_back(curve_json(row));
  return page.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace flywheel
