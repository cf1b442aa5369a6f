#include "plan/plan_warnings.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "plan/choice.hpp"
#include "plan/expectation.hpp"
#include "plan/nearest.hpp"
#include "plan/node.hpp"
#include "plan/pacing.hpp"
#include "plan/parameter.hpp"

namespace flywheel {

namespace {

constexpr std::string_view mark_of_names{"named "};

Fault warning(std::string key, std::string message) {
  return {.place = {},
          .key = std::move(key),
          .value = {},
          .message = std::move(message),
          .nearest = {},
          .kind = FaultKind::warning};
}

bool buys_media(const Plan& plan) {
  const auto spends = [](const std::vector<double>& days) {
    return std::any_of(days.begin(), days.end(), [](double money) { return money > 0; });
  };
  return std::any_of(plan.daily_budget.begin(), plan.daily_budget.end(), spends);
}

/// Letters before what numbers a series: "video" of "video_2", "video2" and "video_b".
std::string_view stem_of(std::string_view name) {
  constexpr std::size_t longest_ending = 2;
  const std::size_t mark = name.find_last_of("_- ");
  if (mark != std::string_view::npos && mark > 0 && name.size() - mark - 1 <= longest_ending) {
    return name.substr(0, mark);
  }
  const std::size_t letter = name.find_last_not_of("0123456789");
  return letter == std::string_view::npos ? name : name.substr(0, letter + 1);
}

/// Names that bring defaults of their own in a section.
std::vector<std::string> names_with_defaults(const Section& section) {
  std::vector<std::string> names;
  for (const Parameter& parameter : section.parameters) {
    for (const DefaultFor& one : parameter.defaults_for) {
      if (!one.variant.starts_with(mark_of_names)) continue;
      std::string name{one.variant.substr(mark_of_names.size())};
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

void append(Faults& all, Faults more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// A name that is not known by itself but nearly is: as one with defaults, or as an earlier entry.
Faults warn_about_names(const Plan& plan, std::string_view section_name) {
  const Section& section = section_named(section_name);
  const std::vector<std::string> known = names_with_defaults(section);
  std::vector<std::string> earlier;
  Faults warnings;
  for (std::size_t entry = 0; entry < section.count(plan); ++entry) {
    const std::string name = section.name_of(plan, entry);
    const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
    const std::string key = full_key(section, name, {});
    const std::string meant = is_known ? std::string{} : meant_name(name, known);
    const std::string twin = meant_name(name, earlier);
    if (!meant.empty()) {
      warnings.push_back(
          warning(key, fmt::format("is a new {} without defaults of its own; did you mean {}?",
                                   section.name, meant)));
    } else if (!twin.empty() && !is_known) {
      warnings.push_back(warning(
          key, fmt::format("is another {} than {}; did you mean that one?", section.name, twin)));
    }
    earlier.push_back(name);
  }
  return warnings;
}

/// What was written for a loop that does not turn.
Faults warn_about_loops(Plan plan, const GivenValues& given) {
  Faults warnings;
  for (const Section& section : sections()) {
    if (section.idle_without.find('.') == std::string_view::npos) continue;
    for (const Parameter& parameter : section.parameters) {
      const std::string key = full_key(section, {}, parameter.key);
      const auto written = given.find(key);
      if (written == given.end() || !is_idle(section, parameter, plan, 0)) continue;
      warnings.push_back(warning(
          key, fmt::format("changes nothing: {} = true turns the loop on", section.idle_without)));
      warnings.back().place = written->second.place;
      warnings.back().value = written->second.text;
    }
  }
  return warnings;
}

/// A marketplace whose floor of prices lies above what it sells at.
Faults warn_about_price_floor(const Plan& plan) {
  const double least = plan.marketplace.least_margin.value.quantile(0.5);
  const double margin = plan.money.gross_margin.value.quantile(0.5);
  if (plan.loops.marketplace == 0 || least <= margin) return {};
  return {warning("marketplace.least_margin",
                  fmt::format("above money.gross_margin (at the medians {:.3g} and {:.3g}): prices "
                              "begin {:.0f} % higher than the plan sells at; lower it, or raise "
                              "the margin",
                              least, margin, 100.0 * ((1.0 - margin) / (1.0 - least) - 1.0)))};
}

double audience_of(const Plan& plan) {
  return std::accumulate(plan.segments.begin(), plan.segments.end(), 0.0,
                         [](double sum, const SegmentPlan& one) { return sum + one.size; });
}

/// Budgets that would show ads to each shopper all day long, which no audience bears and which
/// makes a future a matter of minutes. No maximum is published; cold audiences are said to tire at
/// 2 to 3.5 exposures in all (parameters.md, reference_frequency).
Faults warn_about_frequency(const Plan& plan, const GivenValues& given) {
  constexpr double most_per_day = 50;
  const double shoppers = audience_of(plan);
  const int days = plan.campaign.flight_days;
  Faults warnings;
  for (std::size_t i = 0; i < std::min(plan.channels.size(), plan.daily_budget.size()); ++i) {
    const ChannelPlan& channel = plan.channels[i];
    const double budget =
        std::accumulate(plan.daily_budget[i].begin(), plan.daily_budget[i].end(), 0.0);
    const double per_day = impressions_bought(channel, budget) / (shoppers * days);
    if (!(per_day > most_per_day) || std::isinf(per_day)) continue;
    const std::string name = full_key(section_named("channel"), channel.name, {});
    const auto written = given.find(name + ".budget");
    warnings.push_back(warning(
        written == given.end() ? name : written->first,
        fmt::format("{:.0f} at a price of {:g} {} buy {:.0f} impressions a day for each of {:.0f} "
                    "shoppers; audiences are said to tire at 3 in all, and a future may take "
                    "minutes: raise size in [segment.NAME], or lower the budget",
                    budget, median_or(channel.price, 1), word_of(channel.pricing), per_day,
                    shoppers)));
    if (written == given.end()) continue;
    warnings.back().place = written->second.place;
    warnings.back().value = written->second.text;
  }
  return warnings;
}

/// Rates that hold for a campaign much larger or smaller than the plan's.
Faults warn_about_references(const Plan& plan, const GivenValues& given) {
  constexpr double far = 2.0;
  Faults warnings;
  for (std::size_t i = 0; i < std::min(plan.channels.size(), plan.daily_budget.size()); ++i) {
    const ChannelPlan& channel = plan.channels[i];
    const double reference = channel.reference_daily_budget;
    const double own = mean_spent_budget(plan.daily_budget[i]);
    if (reference <= 0.0 || own <= 0.0) continue;
    if (reference <= far * own && own <= far * reference) continue;
    const std::string key =
        full_key(section_named("channel"), channel.name, "reference_daily_budget");
    warnings.push_back(warning(
        key, fmt::format("the price and the rates of clicks and orders hold for days with {:.0f}, "
                         "and the plan's have {:.0f} on average: what is played differs from "
                         "click_rate and conversion_rate as so much more or less money makes it",
                         reference, own)));
    const auto written = given.find(key);
    if (written == given.end()) continue;
    warnings.back().place = written->second.place;
    warnings.back().value = written->second.text;
  }
  return warnings;
}

}  // namespace

std::string meant_name(const std::string& name, const std::vector<std::string>& known) {
  constexpr std::size_t long_name = 6;
  constexpr std::size_t slip_shows = 5;
  const std::size_t most = name.size() < long_name ? 1 : 2;
  std::string nearest;
  std::size_t smallest = most + 1;
  for (const std::string& word : known) {
    const std::size_t longer = std::max(name.size(), word.size());
    const std::size_t shorter = std::min(name.size(), word.size());
    if (word == name || longer - shorter > most || stem_of(name) == stem_of(word)) continue;
    if (shorter < slip_shows && !std::ranges::is_permutation(name, word)) continue;
    const std::size_t distance = edit_distance(name, word);
    if (distance >= smallest) continue;
    smallest = distance;
    nearest = word;
  }
  return nearest;
}

Faults warn_about(const Plan& plan, const GivenValues& given) {
  Faults warnings;
  if (!buys_media(plan)) {
    warnings.push_back(warning(
        "channel",
        fmt::format("{}: return on ad spend is undefined, but for what retargeting and brand ads "
                    "spend; [channel.NAME] with a budget buys media",
                    plan.channels.empty() ? "no channel" : "no channel has any budget")));
  }
  constexpr double near_one = 0.8;
  const double reproduction = expect_reproduction_number(plan);
  if (reproduction > near_one) {
    warnings.push_back(warning(
        "referral", fmt::format("at the medians one customer brings {:.2f} others "
                                "(share_rate * clicks_per_share * conversion): near 1 lines of "
                                "friends hardly end; measured programmes have 0.005 to 0.25",
                                reproduction)));
  }
  append(warnings, warn_about_frequency(plan, given));
  append(warnings, warn_about_references(plan, given));
  append(warnings, warn_about_loops(plan, given));
  append(warnings, warn_about_price_floor(plan));
  append(warnings, warn_about_names(plan, "channel"));
  append(warnings, warn_about_names(plan, "flow"));
  return warnings;
}

}  // namespace flywheel
