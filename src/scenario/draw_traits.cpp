#include "scenario/draw_traits.hpp"

#include <optional>

#include "scenario/solve_orders.hpp"

namespace flywheel {

namespace {

Number certain(double value) {
  Number number;
  number.value = fixed(value);
  return number;
}

TraitTable constant_trait() {
  return {[](double, double) { return std::optional<Law>{}; }, certain(1.0), certain(1.0)};
}

TraitTable gamma_trait(const Number& shape) {
  return {[](double value, double) { return law_of_mean_one(TraitFamily::gamma, value, 1.0); },
          shape, certain(1.0)};
}

TraitTable propensity_trait(const FunnelPlan& funnel) {
  return funnel.model == FunnelModel::propensity ? trait_table(funnel.propensity)
                                                 : constant_trait();
}

TraitTable purchase_rate_trait(const RepeatPlan& repeat) {
  return repeat.model == RepeatModel::none ? constant_trait() : gamma_trait(repeat.rate_shape);
}

TraitTable dropout_trait(const RepeatPlan& repeat) {
  switch (repeat.model) {
    case RepeatModel::pareto_nbd:
      return gamma_trait(repeat.dropout_shape);
    case RepeatModel::bg_nbd:
      return {[](double a, double b) { return std::optional{beta_law(a, b)}; }, repeat.drop_alpha,
              repeat.drop_beta};
    case RepeatModel::none:
      break;
  }
  return constant_trait();
}

/// Gamma-gamma: inverse gamma levels scaled to mean 1 (Fader, Hardie, Lee 2005); a spread of 0 is
/// the constant 1.
TraitTable level_trait(const BasketPlan& basket) {
  const auto gamma_gamma = [](double spread, double) {
    if (spread <= 0.0) return std::optional<Law>{};
    const double shape = inverse_shape_of_spread(spread);
    return std::optional{inverse_gamma_law(shape, shape - 1.0)};
  };
  const auto lognormal = [](double spread, double) {
    return law_of_mean_one(TraitFamily::lognormal, spread, 1.0);
  };
  if (basket.model == BasketModel::lognormal) {
    return {lognormal, basket.spread_between, certain(1.0)};
  }
  return {gamma_gamma, basket.spread_between, certain(1.0)};
}

TraitTable noise_trait(const BasketPlan& basket) {
  const TraitFamily family =
      basket.model == BasketModel::lognormal ? TraitFamily::lognormal : TraitFamily::gamma;
  const auto law = [family](double spread, double) {
    if (spread <= 0.0) return std::optional<Law>{};
    const double shape = family == TraitFamily::gamma ? shape_of_spread(spread) : spread;
    return law_of_mean_one(family, shape, 1.0);
  };
  return {law, basket.spread_within, certain(1.0)};
}

}  // namespace

TraitTables::TraitTables(const Plan& plan)
    : exposure_{trait_table(plan.audience.exposure)},
      affinity_{trait_table(plan.audience.affinity)},
      price_sensitivity_{trait_table(plan.audience.price_sensitivity)},
      engagement_{trait_table(plan.audience.engagement)},
      propensity_{propensity_trait(plan.funnel)},
      purchase_rate_{purchase_rate_trait(plan.repeat)},
      dropout_{dropout_trait(plan.repeat)},
      basket_level_{level_trait(plan.basket)},
      order_noise_{noise_trait(plan.basket)} {}

DrawnTraits TraitTables::at(const Plan& plan, const DrawnNumbers& drawn) const {
  DrawnTraits traits;
  const auto keep = [&](const TraitTable& table) {
    const TablePointer made = table.at(drawn);
    if (made == nullptr) return TraitQuantile{};
    traits.tables.push_back(made);
    return TraitQuantile{*made};
  };
  traits.audience = {
      .exposure = keep(exposure_),
      .affinity = keep(affinity_),
      .has_intent = plan.audience.intent != 0,
      .price_sensitivity = keep(price_sensitivity_),
      .engagement = keep(engagement_),
      .propensity = keep(propensity_),
      .purchase_rate = keep(purchase_rate_),
      .dropout = keep(dropout_),
      .basket_level = keep(basket_level_),
      .rate_basket_correlation = normal_score_correlation(drawn(plan.basket.frequency_correlation)),
  };
  traits.order_noise = keep(order_noise_);
  return traits;
}

double normal_score_correlation(double spearman) {
  // Taylor's series of the sine, whose argument is at most pi / 6: libm's differs by machine.
  const double angle = 0.52359877559829887 * spearman;
  const double square = angle * angle;
  double term = angle;
  double sine = angle;
  for (int power = 2; power <= 18; power += 2) {
    term *= -square / (power * (power + 1));
    sine += term;
  }
  return 2.0 * sine;
}

}  // namespace flywheel
