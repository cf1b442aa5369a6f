#include "plan/parameter.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include <fmt/format.h>

#include "core/check.hpp"
#include "plan/choice.hpp"
#include "plan/node.hpp"
#include "plan/parameters.hpp"
#include "tables/number_text.hpp"

namespace flywheel {

std::string_view basis_mark(Basis basis) {
  constexpr std::array<std::string_view, 4> marks{"[S]", "[S/J]", "[J]", "[rule]"};
  return marks.at(static_cast<std::size_t>(basis));
}

std::span<const Section> sections() {
  static const std::array all{
      campaign_section(),    posterior_section(),    audience_section(),
      segment_section(),     channel_section(),      retargeting_section(),
      funnel_section(),      basket_section(),       repeat_section(),
      consent_section(),     customer_ads_section(), flow_section(),
      offer_section(),       subscription_section(), loyalty_section(),
      experience_section(),  referral_section(),     organic_section(),
      loops_section(),       targeting_section(),    page_tests_section(),
      feedback_section(),    reputation_section(),   organic_growth_section(),
      marketplace_section(), day_zero_section(),     money_section(),
      attribution_section(), market_section(),       shock_section()};
  return all;
}

Domain domain_of(Unit unit, const Range& range) {
  if (range.low < 0) return Domain::real;
  return unit == Unit::share && range.high <= 1 ? Domain::probability : Domain::positive;
}

std::string range_text(const Range& range) {
  if (range.without_low) {
    return fmt::format("above {}, at most {}", number_text(range.low), number_text(range.high));
  }
  if (range.low == range.high) return number_text(range.low);
  return fmt::format("{} to {}", number_text(range.low), number_text(range.high));
}

bool contains(const Range& range, double value) {
  const bool above_low = range.without_low ? value > range.low : value >= range.low;
  return above_low && value <= range.high;
}

std::string_view shown_default(const Parameter& parameter) {
  return parameter.found_from.empty() ? parameter.default_text : parameter.found_from;
}

DefaultFor default_of(const Section& section, const Parameter& parameter, const Plan& plan,
                      std::size_t entry) {
  const auto variants =
      section.variants == nullptr ? std::vector<std::string>{} : section.variants(plan, entry);
  for (const DefaultFor& one : parameter.defaults_for) {
    if (std::find(variants.begin(), variants.end(), one.variant) != variants.end()) return one;
  }
  return {.variant = {}, .text = parameter.default_text, .source = parameter.source};
}

std::string full_key(const Section& section, std::string_view entry_name, std::string_view key) {
  std::string full{section.name};
  if (section.kind == SectionKind::named) full += '.' + key_text(entry_name);
  return key.empty() ? full : full + '.' + std::string{key};
}

const Parameter* find_parameter(const Section& section, std::string_view key) {
  const auto found = std::find_if(section.parameters.begin(), section.parameters.end(),
                                  [=](const Parameter& p) { return p.key == key; });
  return found == section.parameters.end() ? nullptr : &*found;
}

const Section& section_named(std::string_view name) {
  const auto all = sections();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [=](const Section& section) { return section.name == name; });
  expect(found != all.end(), "a section is asked for by a name that exists");
  return *found;
}

bool applies(const Section& section, const Parameter& parameter, Plan& plan, std::size_t entry) {
  if (parameter.needs.key.empty()) return true;
  const std::string_view key = parameter.needs.key;
  const std::size_t dot = key.find('.');
  const Section* where = &section;
  if (dot != std::string_view::npos) where = &section_named(key.substr(0, dot));
  const Parameter* choice = find_parameter(*where, key.substr(dot + 1));
  return choice != nullptr && present_word(choice->reach(plan, entry)) == parameter.needs.word;
}

bool is_idle(const Section& section, const Parameter& parameter, Plan& plan, std::size_t entry) {
  if (!applies(section, parameter, plan, entry)) return true;
  const std::string_view key =
      parameter.idle_without.empty() ? section.idle_without : parameter.idle_without;
  if (key.empty() || key == parameter.key) return false;
  const std::size_t dot = key.find('.');
  const Section& where =
      dot == std::string_view::npos ? section : section_named(key.substr(0, dot));
  const Parameter* needed = find_parameter(where, key.substr(dot + 1));
  expect(needed != nullptr, "a parameter is idle without one that exists");
  const Slot slot = needed->reach(plan, entry);
  if (const auto* program = std::get_if<int*>(&slot)) return **program == 0;
  if (const auto* quantity = std::get_if<double*>(&slot)) return !(**quantity > 0.0);
  return false;
}

std::span<const std::string_view> words_of(const Slot& slot) {
  return std::visit(
      [](const auto& where) -> std::span<const std::string_view> {
        using Where = std::remove_cvref_t<decltype(where)>;
        if constexpr (std::is_pointer_v<Where>) {
          using Value = std::remove_pointer_t<Where>;
          if constexpr (std::is_enum_v<Value>) return choice_words<Value>;
        }
        return {};
      },
      slot);
}

std::string_view present_word(const Slot& slot) {
  return std::visit(
      [](const auto& where) -> std::string_view {
        using Where = std::remove_cvref_t<decltype(where)>;
        if constexpr (std::is_pointer_v<Where>) {
          if constexpr (std::is_enum_v<std::remove_pointer_t<Where>>) return word_of(*where);
        }
        return {};
      },
      slot);
}

}  // namespace flywheel
