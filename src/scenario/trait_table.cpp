#include "scenario/trait_table.hpp"

#include <utility>

#include "plan/numbers.hpp"

namespace flywheel {

namespace {

constexpr double lowest_probability = 0.0005;

TablePointer make_table(const std::optional<Law>& law) {
  return law ? std::make_shared<const InverseTable>(*law) : nullptr;
}

/// Tables over the middle of the first shape's distribution; null where its law changes form there.
std::shared_ptr<const InverseTable2> make_tables(const LawOfShapes& law, const Number& first,
                                                 double second) {
  const double low = first.value.quantile(lowest_probability);
  const double high = first.value.quantile(1.0 - lowest_probability);
  if (!(low > 0.0 && low < high) || !law(low, second) || !law(high, second)) return nullptr;
  return std::make_shared<const InverseTable2>(
      [=](double shape) { return law(shape, second).value(); }, low, high);
}

}  // namespace

TraitTable::TraitTable(LawOfShapes law, const Number& first, const Number& second)
    : law_{std::move(law)},
      first_{first},
      second_{second},
      certain_{!is_uncertain(first) && !is_uncertain(second)} {
  const auto value = [](const Number& number) { return number.value.parameters.at(0); };
  if (certain_) {
    table_ = make_table(law_(value(first), value(second)));
  } else if (!is_uncertain(second)) {
    tables_ = make_tables(law_, first, value(second));
  }
}

TablePointer TraitTable::at(const DrawnNumbers& drawn) const {
  if (certain_) return table_;
  const double first = drawn(first_);
  if (tables_ != nullptr) {
    const auto [low, high] = tables_->range();
    if (low <= first && first <= high) {
      return std::make_shared<const InverseTable>(tables_->at(first));
    }
  }
  return make_table(law_(first, drawn(second_)));
}

Law scaled(Law law, double factor) {
  return {.coordinate = std::move(law.coordinate),
          .jet = [jet = std::move(law.jet), factor](double coordinate) {
            const Jet at = jet(coordinate);
            return Jet{at.value * factor, at.slope * factor, at.curvature * factor};
          }};
}

std::optional<Law> law_of_mean_one(TraitFamily family, double first, double second) {
  switch (family) {
    case TraitFamily::gamma:
      return gamma_law(first, 1.0 / first);
    case TraitFamily::beta:
      return scaled(beta_law(first, second), (first + second) / first);
    case TraitFamily::lognormal:
      return first > 0.0 ? std::optional{lognormal_law(-0.5 * first * first, first)} : std::nullopt;
    case TraitFamily::constant:
      break;
  }
  return std::nullopt;
}

TraitTable trait_table(const TraitPlan& trait) {
  const TraitFamily family = trait.family;
  // Shapes that a family does not use need not be given.
  Number first = trait.shape;
  Number second = trait.second_shape;
  if (family == TraitFamily::constant) first.value = fixed(1.0);
  if (family != TraitFamily::beta) second.value = fixed(1.0);
  return {[family](double one, double two) { return law_of_mean_one(family, one, two); }, first,
          second};
}

}  // namespace flywheel
