#include "plan/numbers.hpp"

#include <algorithm>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>

#include "plan/trait_words.hpp"

namespace flywheel {

namespace {

struct Row {
  std::string key;
  bool idle;
  const Parameter& parameter;
  Source source;
};

void add(std::vector<PlanNumber>& numbers, const Row& row, std::string key, const Number& number) {
  numbers.push_back({.key = std::move(key),
                     .number = number,
                     .unit = row.parameter.unit,
                     .sentence = row.parameter.sentence,
                     .source = row.source,
                     .idle = row.idle});
}

void add_trait(std::vector<PlanNumber>& numbers, const Row& row, const TraitPlan& trait) {
  const TraitWords& words = words_of(trait.family);
  const std::size_t begin = numbers.size();
  if (!words.first.empty())
    add(numbers, row, row.key + '.' + std::string{words.first}, trait.shape);
  if (!words.second.empty()) {
    add(numbers, row, row.key + '.' + std::string{words.second}, trait.second_shape);
  }
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
      for (const Parameter& parameter : section.parameters) {
        const Row row{.key = full_key(section, name, parameter.key),
                      .idle = is_idle(section, parameter, reached, entry),
                      .parameter = parameter,
                      .source = default_of(section, parameter, plan, entry).source};
        add_slot(numbers, row, parameter.reach(reached, entry));
      }
    }
  }
  return numbers;
}

NumberBasis number_basis(const PlanNumber& number) {
  if (number.number.given) return NumberBasis::given;
  switch (number.source.basis) {
    case Basis::sourced:
      return NumberBasis::sourced;
    case Basis::sourced_center:
      return NumberBasis::sourced_center;
    case Basis::judgement:
      return NumberBasis::judgement;
    case Basis::rule:
      break;
  }
  return NumberBasis::definition;
}

bool is_uncertain(const Number& number) { return number.value.family != Family::fixed; }

}  // namespace flywheel
