#include "plan/write_plan.hpp"

#include <cmath>
#include <type_traits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "plan/choice.hpp"
#include "plan/node.hpp"
#include "plan/trait_words.hpp"
#include "plan/uncertain_reader.hpp"
#include "tables/number_text.hpp"

namespace flywheel {

namespace {

std::string number_text_of(const Number& number) {
  return uncertain_text(number.value, number.column);
}

struct SlotText {
  const Plan& plan;

  std::string operator()(const Number* number) const { return number_text_of(*number); }
  std::string operator()(const double* value) const {
    return std::isinf(*value) ? quoted_text("unlimited") : number_text(*value);
  }
  std::string operator()(const int* value) const { return std::to_string(*value); }
  std::string operator()(const Date* date) const { return date_text(*date); }
  std::string operator()(const std::string* text) const { return quoted_text(*text); }

  template <typename Choice>
  requires std::is_enum_v<Choice> std::string operator()(const Choice* choice) const {
    return quoted_text(word_of(*choice));
  }

  std::string operator()(const TraitPlan* trait) const {
    std::string text = fmt::format("{{ family = \"{}\"", word_of(trait->family));
    const TraitWords& words = words_of(trait->family);
    if (!words.first.empty()) {
      text += fmt::format(", {} = {}", words.first, number_text_of(trait->shape));
    }
    if (!words.second.empty()) {
      text += fmt::format(", {} = {}", words.second, number_text_of(trait->second_shape));
    }
    return text + " }";
  }

  std::string operator()(std::span<const Number> numbers) const {
    std::string text;
    for (const Number& number : numbers)
      text += (text.empty() ? "" : ", ") + number_text_of(number);
    return '[' + text + ']';
  }

  std::string operator()(const std::vector<std::string>* names) const {
    std::string text;
    for (const std::string& name : *names) text += (text.empty() ? "" : ", ") + quoted_text(name);
    return '[' + text + ']';
  }

  std::string operator()(const std::vector<double>* shares) const {
    std::string text;
    for (std::size_t i = 0; i < shares->size(); ++i) {
      text += fmt::format("{} {} = {}", text.empty() ? "" : ",", key_text(plan.segments[i].name),
                          number_text((*shares)[i]));
    }
    return text.empty() ? "{}" : '{' + text + " }";
  }
};

class PlanWriter {
 public:
  PlanWriter(Plan plan, const GivenValues& given) : plan_{std::move(plan)}, given_{given} {}

  std::string write() {
    for (const Section& section : sections()) {
      const bool named = section.kind == SectionKind::named;
      const std::size_t entries = named ? section.count(plan_) : 1;
      for (std::size_t entry = 0; entry < entries; ++entry) write_entry(section, entry);
    }
    for (const CorrelationPlan& one : plan_.correlations) {
      text_ +=
          fmt::format("[[correlation]]\nfirst = {}\nsecond = {}\nspearman = {}\n\n",
                      quoted_text(one.first), quoted_text(one.second), number_text(one.spearman));
    }
    return std::move(text_);
  }

 private:
  void write_entry(const Section& section, std::size_t entry) {
    const bool named = section.kind == SectionKind::named;
    const std::string name = named ? section.name_of(plan_, entry) : std::string{};
    text_ += '[' + full_key(section, name, {}) + "]\n";
    for (const Parameter& parameter : section.parameters) {
      const std::string key = full_key(section, name, parameter.key);
      const bool is_given = given_.contains(key);
      if (!applies(section, parameter, plan_, entry)) continue;
      if (parameter.unwritten && !is_given) continue;
      const Slot slot = parameter.reach(plan_, entry);
      const Source source = default_of(section, parameter, plan_, entry).source;
      text_ += fmt::format(
          "{} = {}  # {}\n", parameter.key, value_text(slot, parameter),
          is_given ? "given" : fmt::format("{} {}", basis_mark(source.basis), source.text));
    }
    text_ += '\n';
  }

  [[nodiscard]] std::string value_text(const Slot& slot, const Parameter& parameter) const {
    const int* const* flag = std::get_if<int*>(&slot);
    if (flag != nullptr && parameter.unit == Unit::none) return **flag != 0 ? "true" : "false";
    return slot_text(slot, plan_);
  }

  Plan plan_;  // a copy, since slots are writable
  const GivenValues& given_;
  std::string text_;
};

}  // namespace

std::string slot_text(const Slot& slot, const Plan& plan) {
  return std::visit(SlotText{plan}, slot);
}

std::string write_plan(const Plan& plan, const GivenValues& given) {
  return PlanWriter{plan, given}.write();
}

}  // namespace flywheel
