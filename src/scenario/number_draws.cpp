#include "scenario/number_draws.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

#include "core/check.hpp"
#include "plan/numbers.hpp"

namespace flywheel {

namespace {

/// Under what name a number is drawn: its key, or the table whose row it shares with others.
std::string drawn_name(const PlanNumber& number) {
  const Uncertain& value = number.number.value;
  return value.family == Family::posterior && !value.source.empty() ? value.source : number.key;
}

std::vector<PlanNumber> uncertain_numbers(const Plan& plan) {
  std::vector<PlanNumber> numbers = list_numbers(plan);
  std::erase_if(numbers, [](const PlanNumber& number) { return !is_uncertain(number.number); });
  return numbers;
}

/// Each drawn name once, in order of appearance.
std::vector<std::string> drawn_names(const std::vector<PlanNumber>& numbers) {
  std::vector<std::string> names;
  for (const PlanNumber& number : numbers) {
    const std::string name = drawn_name(number);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

GaussianCopula copula_of(const Plan& plan, const std::vector<PlanNumber>& numbers) {
  std::map<std::string, std::string> names;
  for (const PlanNumber& number : numbers) names.emplace(number.key, drawn_name(number));
  const auto name_of = [&](const std::string& key) {
    const auto found = names.find(key);
    return found == names.end() ? key : found->second;
  };
  std::vector<RankCorrelation> correlations;
  for (const CorrelationPlan& pair : plan.correlations) {
    correlations.push_back({name_of(pair.first), name_of(pair.second), pair.spearman});
  }
  return {drawn_names(numbers), correlations};
}

/// From certain to judged: what a correlated group goes by is the last of its bases.
int judged(NumberBasis basis) {
  return basis == NumberBasis::definition ? -1 : static_cast<int>(basis);
}

NumberBasis more_judged(NumberBasis left, NumberBasis right) {
  return judged(left) < judged(right) ? right : left;
}

/// The basis of each drawn name: of its own numbers and of whatever it is correlated with.
std::vector<NumberBasis> bases_of(const Plan& plan, const std::vector<PlanNumber>& numbers) {
  const std::vector<std::string> names = drawn_names(numbers);
  std::map<std::string, std::size_t> places;  // by key and by drawn name, as correlations name them
  std::vector<NumberBasis> bases(names.size(), NumberBasis::definition);
  for (const PlanNumber& number : numbers) {
    const auto found = std::find(names.begin(), names.end(), drawn_name(number));
    const auto place = static_cast<std::size_t>(found - names.begin());
    places.emplace(number.key, place);
    places.emplace(drawn_name(number), place);
    bases[place] = more_judged(bases[place], number_basis(number));
  }
  // A chain of correlations is passed along at least one pair further in each turn.
  for (std::size_t turn = 0; turn < plan.correlations.size(); ++turn) {
    for (const CorrelationPlan& pair : plan.correlations) {
      NumberBasis& first = bases[places.at(pair.first)];
      NumberBasis& second = bases[places.at(pair.second)];
      first = second = more_judged(first, second);
    }
  }
  return bases;
}

double within(const Number& number, double value) {
  return std::clamp(value, number.lowest, number.highest);
}

}  // namespace

DrawnNumbers::DrawnNumbers(std::vector<std::pair<std::uint64_t, double>> values)
    : values_{std::move(values)} {
  expect(std::is_sorted(values_.begin(), values_.end()), "drawn numbers are sorted by identity");
}

double DrawnNumbers::operator()(const Number& number) const {
  if (number.value.family == Family::fixed) {
    expect(!number.value.parameters.empty(), "every number of a plan has a value");
    return within(number, number.value.parameters.front());
  }
  const auto found = std::lower_bound(
      values_.begin(), values_.end(), number.identity,
      [](const auto& entry, std::uint64_t identity) { return entry.first < identity; });
  expect(found != values_.end() && found->first == number.identity,
         "every uncertain number stands in the table of parameters");
  return found->second;
}

NumberDraws::NumberDraws(const Plan& plan) : copula_{copula_of(plan, uncertain_numbers(plan))} {
  const std::vector<PlanNumber> numbers = uncertain_numbers(plan);
  bases_ = bases_of(plan, numbers);
  is_idle_.assign(bases_.size(), true);
  const std::vector<std::string> names = drawn_names(numbers);
  for (const PlanNumber& number : numbers) {
    names_.push_back(number.key);
    numbers_.push_back(number.number);
    const auto place = std::find(names.begin(), names.end(), drawn_name(number));
    places_.push_back(static_cast<std::size_t>(place - names.begin()));
    if (!number.idle) is_idle_[places_.back()] = false;
  }
}

std::vector<double> NumberDraws::draw(Key parameters) const {
  return values_at(copula_.uniforms(parameters));
}

std::vector<double> NumberDraws::draw_apart(NumberBasis basis, const Sources& sources) const {
  std::vector<double> uniforms = copula_.uniforms(sources.kept);
  const std::vector<double> others = copula_.uniforms(sources.others);
  for (std::size_t place = 0; place < uniforms.size(); ++place) {
    if (bases_[place] != basis) uniforms[place] = others[place];
  }
  return values_at(uniforms);
}

std::vector<NumberBasis> NumberDraws::bases() const {
  std::vector<NumberBasis> bases;
  for (std::size_t place = 0; place < bases_.size(); ++place) {
    if (!is_idle_[place]) bases.push_back(bases_[place]);
  }
  std::sort(bases.begin(), bases.end());
  bases.erase(std::unique(bases.begin(), bases.end()), bases.end());
  return bases;
}

std::vector<double> NumberDraws::values_at(const std::vector<double>& uniforms) const {
  std::vector<double> values;
  values.reserve(numbers_.size());
  for (std::size_t at = 0; at < numbers_.size(); ++at) {
    values.push_back(within(numbers_[at], numbers_[at].value.quantile(uniforms[places_[at]])));
  }
  return values;
}

bool NumberDraws::any_counts() const {
  return std::find(is_idle_.begin(), is_idle_.end(), false) != is_idle_.end();
}

std::vector<double> NumberDraws::medians() const {
  std::vector<double> values;
  values.reserve(numbers_.size());
  for (const Number& number : numbers_) values.push_back(within(number, number.value.median()));
  return values;
}

DrawnNumbers NumberDraws::by_number(const std::vector<double>& values) const {
  expect(values.size() == numbers_.size(), "there is one value for each uncertain number");
  std::vector<std::pair<std::uint64_t, double>> pairs;
  pairs.reserve(values.size());
  for (std::size_t at = 0; at < values.size(); ++at) {
    pairs.emplace_back(numbers_[at].identity, values[at]);
  }
  std::sort(pairs.begin(), pairs.end());
  return DrawnNumbers{std::move(pairs)};
}

}  // namespace flywheel
