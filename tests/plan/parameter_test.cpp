#include "plan/parameter.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <type_traits>

#include <fmt/format.h>

#include "plan/choice.hpp"
#include "plan/numbers.hpp"
#include "plan/sample_plan.hpp"
#include "plan/write_plan.hpp"
#include "random/hash.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

// Every value of a plan as text, by full key.
std::map<std::string, std::string> all_values(Plan plan) {
  std::map<std::string, std::string> values;
  for (const Section& section : sections()) {
    const bool named = section.kind == SectionKind::named;
    for (std::size_t entry = 0; entry < (named ? section.count(plan) : 1); ++entry) {
      const std::string name = named ? section.name_of(plan, entry) : std::string{};
      for (const Parameter& parameter : section.parameters) {
        values[full_key(section, name, parameter.key)] =
            slot_text(parameter.reach(plan, entry), plan);
      }
    }
  }
  return values;
}

// A value that no default has, as a plan would write it.
struct OtherValue {
  const Parameter& parameter;

  [[nodiscard]] double inside() const {
    if (parameter.range.low < 0) return 0.23;
    const double width = std::min(parameter.range.high - parameter.range.low, 1.0);
    return parameter.range.low + 0.23 * width;
  }
  std::string operator()(const Number*) const {
    // More carts begin the checkout than end in an order.
    if (parameter.key == "checkout_rate" || parameter.key == "cart_abandonment") return "0.63";
    return fmt::format("{}", inside());
  }
  std::string operator()(const double*) const {
    if (parameter.unit == Unit::count) return "7";  // shoppers
    return fmt::format("{}", inside());
  }
  std::string operator()(const int* value) const {
    if (parameter.unit == Unit::none) return *value != 0 ? "false" : "true";
    return std::to_string(*value == parameter.range.high ? *value - 1 : *value + 1);
  }
  std::string operator()(const Date*) const { return "2027-03-21"; }
  std::string operator()(const std::string*) const {
    if (parameter.key == "currency") return "\"EUR\"";
    return parameter.key == "pool" ? "\"checkout\"" : "\"other\"";
  }
  std::string operator()(const TraitPlan*) const {
    return "{ family = \"beta\", alpha = 3, beta = 5 }";
  }
  std::string operator()(std::span<const Number> numbers) const {
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const double value = parameter.sums_to_one ? 1.0 / static_cast<double>(numbers.size())
                                                 : inside() + 0.01 * static_cast<double>(i);
      text += fmt::format("{}{}", i == 0 ? "" : ", ", value);
    }
    return '[' + text + ']';
  }
  std::string operator()(const std::vector<std::string>*) const { return "[\"ads\"]"; }
  std::string operator()(const std::vector<double>*) const {
    return "{ old = 0.25, young = 0.75 }";
  }
  template <typename Choice>
  requires std::is_enum_v<Choice> std::string operator()(const Choice* choice) const {
    if (parameter.key == "kind") return "\"display\"";  // a custom channel has no defaults
    const auto& words = choice_words<Choice>;
    return fmt::format("\"{}\"", word_of(*choice) == words.back() ? words.front() : words.back());
  }
};

std::string needed_choice(const Section& section, const std::string& entry, const Needs& needs) {
  const bool elsewhere = needs.key.find('.') != std::string_view::npos;
  const std::string key = elsewhere ? std::string{needs.key} : full_key(section, entry, needs.key);
  return fmt::format("{} = \"{}\"", key, needs.word);
}

// Keys that move when another one is set, because they are found from it.
bool is_derived(std::string_view key) {
  return key == "campaign.end" || key == "campaign.flight_days";
}

}  // namespace

TEST_CASE("every parameter, set to another value, is read back and moves no other",
          "[plan][parameters]") {
  const PlanReading base = read_sample();
  INFO(fault_lines(base));
  REQUIRE(base.plan);
  Plan plan = *base.plan;
  int checked = 0;
  for (const Section& section : sections()) {
    const std::string entry =
        section.kind == SectionKind::named ? section.name_of(plan, 0) : std::string{};
    for (const Parameter& parameter : section.parameters) {
      if (parameter.key == "media_plan" || parameter.key == "file") continue;  // need a file
      const std::string key = full_key(section, entry, parameter.key);
      std::vector<std::string> lines;
      if (!parameter.needs.key.empty()) {
        lines.push_back(needed_choice(section, entry, parameter.needs));
        // Of the other model, and without an effect then.
        if (parameter.needs.word == "propensity") continue;
      }
      const PlanReading before = read_sample(lines);
      const Slot slot = parameter.reach(plan, 0);
      const std::string value = std::visit(OtherValue{parameter}, slot);
      lines.push_back(key);
      lines.back().append(" = ").append(value);
      const PlanReading after = read_sample(lines);
      INFO(lines.back() << '\n' << fault_lines(after) << fault_lines(before));
      REQUIRE(before.plan);
      REQUIRE(after.plan);
      const auto old_values = all_values(*before.plan);
      const auto new_values = all_values(*after.plan);
      REQUIRE(new_values.at(key) != old_values.at(key));
      const bool is_choice = !words_of(slot).empty();
      for (const auto& [other, text] : new_values) {
        if (other == key || is_choice || is_derived(other)) continue;
        INFO(other);
        REQUIRE(text == old_values.at(other));
      }
      ++checked;
    }
  }
  REQUIRE(checked > 200);
}

TEST_CASE("the values read back are the values written", "[plan][parameters]") {
  const PlanReading reading = read_sample(
      {"campaign.flight_days = 45", "segment.old.size = 77",
       "channel.ads.price = { low = 4, high = 9 }", "channel.ads.creative.hit_rate = 0.11",
       "channel.ads.segments = { young = 1 }", "retargeting.pool = \"cart\"",
       "funnel.reason_shares = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]",
       "audience.affinity = { family = \"beta\", alpha = 2, beta = 98 }",
       "market.demand_weekdays = [1, 2, 3, 4, 5, 6, 7]", "shock.storm.channels = [\"ads\"]",
       "loyalty.enabled = false", "repeat.model = \"bg_nbd\""});
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  const Plan& plan = *reading.plan;
  REQUIRE(plan.campaign.flight_days == 45);
  REQUIRE(plan.segments[1].name == "old");
  REQUIRE(plan.segments[1].size == 77);
  REQUIRE(plan.channels[0].price.value == interval90(4, 9, Domain::positive));
  REQUIRE(plan.channels[0].creative.hit_rate.value == fixed(0.11));
  REQUIRE(plan.channels[0].segment_shares == std::vector<double>{1, 0});
  REQUIRE(plan.retargeting.pool == "cart");
  REQUIRE(plan.funnel.reason_shares[9].value == fixed(0.1));
  REQUIRE(plan.audience.affinity.family == TraitFamily::beta);
  REQUIRE(plan.audience.affinity.shape.value == fixed(2));
  REQUIRE(plan.audience.affinity.second_shape.value == fixed(98));
  REQUIRE(plan.market.demand_weekdays[6].value == fixed(7));
  REQUIRE(plan.shocks[0].channels == std::vector<std::string>{"ads"});
  REQUIRE(plan.loyalty.enabled == 0);
  REQUIRE(plan.repeat.model == RepeatModel::bg_nbd);
}

TEST_CASE("each number is drawn under the hash of its own full key, within its range",
          "[plan][parameters]") {
  const PlanReading reading = read_sample({"channel.ads.price = 13"});
  REQUIRE(reading.plan);
  std::set<std::uint64_t> identities;
  for (const PlanNumber& one : list_numbers(*reading.plan)) {
    INFO(one.key);
    REQUIRE(one.number.identity == hash_text(one.key));
    REQUIRE(identities.insert(one.number.identity).second);
    REQUIRE(one.number.lowest < one.number.highest);
    REQUIRE(fault_of(one.number.value).empty());
    REQUIRE(one.number.value.median() >= one.number.lowest);
    REQUIRE(one.number.value.median() <= one.number.highest);
  }
  const Plan& plan = *reading.plan;
  REQUIRE(plan.channels[0].price.given);
  REQUIRE_FALSE(plan.channels[0].price_slope.given);
  REQUIRE(plan.channels[0].price.lowest > 0);  // above 0, so 0 itself is never drawn
  REQUIRE(plan.channels[0].price.lowest < 1e-300);
}

TEST_CASE("every row of the table has what its page needs", "[plan][parameters]") {
  for (const Section& section : sections()) {
    std::set<std::string_view> keys;
    REQUIRE_FALSE(section.sentence.empty());
    for (const Parameter& parameter : section.parameters) {
      INFO(section.name << '.' << parameter.key);
      REQUIRE(keys.insert(parameter.key).second);
      REQUIRE(parameter.sentence.ends_with('.'));
      REQUIRE_FALSE(parameter.source.text.empty());
      REQUIRE(parameter.range.low <= parameter.range.high);
      for (const DefaultFor& one : parameter.defaults_for) {
        INFO(one.variant);
        REQUIRE_FALSE(one.variant.empty());
        REQUIRE_FALSE(one.text.empty());
        REQUIRE_FALSE(one.source.text.empty());
      }
    }
  }
}

TEST_CASE("a default that claims a source names it, with its address or publication",
          "[plan][parameters]") {
  const auto names_source = [](const Source& source) {
    const bool claims = source.basis == Basis::sourced || source.basis == Basis::sourced_center;
    const auto has = [&](std::string_view part) {
      return source.text.find(part) != std::string_view::npos;
    };
    return !claims || has("https://") || has(".com)") || has("Journal of Marketing");
  };
  for (const Section& section : sections()) {
    for (const Parameter& parameter : section.parameters) {
      INFO(section.name << '.' << parameter.key);
      REQUIRE(names_source(parameter.source));
      for (const DefaultFor& one : parameter.defaults_for) REQUIRE(names_source(one.source));
    }
  }
}

TEST_CASE("defaults of every kind of entry are valid by themselves", "[plan][parameters]") {
  std::string text = "[campaign]\nstart = 2027-03-01\n[segment.all]\nsize = 1000\n";
  for (const std::string_view kind : choice_words<ChannelKind>) {
    if (kind == "custom") continue;
    text += fmt::format("[channel.{}]\nbudget = 100\n[channel.my_{}]\nkind = \"{}\"\nbudget = 1\n",
                        kind, kind, kind);
  }
  for (const std::string_view trigger : choice_words<FlowTrigger>) {
    for (const std::string_view medium : choice_words<MessageMedium>) {
      text += fmt::format("[flow.{}_{}]\ntrigger = \"{}\"\nmedium = \"{}\"\n", trigger, medium,
                          trigger, medium);
    }
  }
  for (const char* name : {"thank_you", "review_request", "cross_sell", "replenishment", "win_back",
                           "newsletter", "cart", "cart_sms", "browse", "sms"}) {
    text += fmt::format("[flow.{}]\n", name);
  }
  const PlanReading reading = read_plan_text(text, {.name = "kinds"});
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  REQUIRE(reading.plan->channels[0].kind == ChannelKind::search);
  REQUIRE(reading.plan->channels[0].pricing == Pricing::cpc);
  REQUIRE(reading.plan->channels[1].price.value == reading.plan->channels[0].price.value);
  REQUIRE(reading.plan->channels[0].price.value == lognormal(4.14, 0.45));
}

TEST_CASE("flows take trigger, medium and rates from their names", "[plan][parameters]") {
  const PlanReading reading = read_plan_text(
      sample_plan() + "[flow.cart_sms]\n[flow.win_back]\n[flow.newsletter]\n", {.name = "flows"});
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  const auto& flows = reading.plan->flows;
  REQUIRE(flows[1].name == "cart_sms");
  REQUIRE(flows[1].trigger == FlowTrigger::cart_abandoned);
  REQUIRE(flows[1].medium == MessageMedium::sms);
  REQUIRE(flows[1].order_rate.value == lognormal(0.039, 0.4));
  REQUIRE(flows[2].trigger == FlowTrigger::lapse);
  REQUIRE(flows[2].order_rate.value == lognormal(0.0009, 1));
  REQUIRE(flows[3].trigger == FlowTrigger::calendar);
  REQUIRE(flows[3].click_rate.value == lognormal(0.0169, 0.5));
}

}  // namespace flywheel::test
