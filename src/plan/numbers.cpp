#include "plan/numbers.hpp"

#include <algorithm>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>

#include "plan/choice.hpp"

namespace flywheel {

namespace {

struct Row {
  std::string key;
  const Parameter& parameter;
  Source source;
};

void add(std::vector<PlanNumber>& numbers, const Row& row, std::string key, const Number& number) {
  numbers.push_back({.key = std::move(key),
                     .number = number,
                     .unit = row.parameter.unit,
                     .sentence = row.parameter.sentence,
                     .source = row.source});
}

void add_trait(std::vector<PlanNumber>& numbers, const Row& row, const TraitPlan& trait) {
  constexpr std::string_view first_words[]{"", "shape", "alpha", "s"};
  const std::string_view first = first_words[static_cast<std::size_t>(trait.family)];
  const std::size_t begin = numbers.size();
  if (!first.empty()) add(numbers, row, row.key + '.' + std::string{first}, trait.shape);
  if (trait.family == TraitFamily::beta) add(numbers, row, row.key + ".beta", trait.second_shape);
  for (std::size_t i = begin; i < numbers.size(); ++i) numbers[i].unit = Unit::real;
}

void add_slot(std::vector<PlanNumber>& numbers, const Row& row, const Slot& slot) {
  if (const auto* number = std::get_if<Number*>(&slot)) add(numbers, row, row.key, **number);
  if (const auto* trait = std::get_if<TraitPlan*>(&slot)) add_trait(numbers, row, **trait);
  if (const auto* list = std::get_if<std::span<Number>>(&slot)) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      add(numbers, row, row.key + '.' + std::string{row.parameter.elements[i]}, (*list)[i]);
    }
  }
}

}  // namespace

std::vector<PlanNumber> list_numbers(const Plan& plan) {
  Plan reached = plan;  // slots are writable, and a plan that is read stays as it is
  std::vector<PlanNumber> numbers;
  for (const Section& section : sections()) {
    const bool named = section.kind == SectionKind::named;
    const std::size_t entries = named ? section.count(plan) : 1;
    for (std::size_t entry = 0; entry < entries; ++entry) {
      const std::string name = named ? section.name_of(plan, entry) : std::string{};
      const auto variants =
          section.variants == nullptr ? std::vector<std::string>{} : section.variants(plan, entry);
      for (const Parameter& parameter : section.parameters) {
        const Row row{.key = full_key(section, name, parameter.key),
                      .parameter = parameter,
                      .source = default_for(parameter, variants).source};
        add_slot(numbers, row, parameter.reach(reached, entry));
      }
    }
  }
  return numbers;
}

bool is_uncertain(const Number& number) { return number.value.family != Family::fixed; }

}  // namespace flywheel
