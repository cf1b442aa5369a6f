#include "naive/shopper.hpp"

#include <algorithm>
#include <cmath>

namespace flywheel::test {

namespace {

double normal_probability_of(double score) {
  return std::clamp(0.5 * std::erfc(-score * std::sqrt(0.5)), 0x1p-54, 1.0 - 0x1p-53);
}

}  // namespace

NaiveTraits draw_naive_traits(Stream& stream, const AudienceTraits& audience) {
  NaiveTraits traits;
  traits.x = audience.exposure(stream.open_uniform());
  traits.a = audience.affinity(stream.open_uniform());
  const double intent = stream.normal();
  traits.z = audience.has_intent ? intent : 0.0;
  traits.q = audience.price_sensitivity(stream.open_uniform());
  traits.e = audience.engagement(stream.open_uniform());
  traits.b = audience.propensity(stream.open_uniform());
  traits.d = audience.dropout(stream.open_uniform());
  traits.u = stream.normal();
  // Gaussian copula of purchase rate and basket level.
  const double rho = audience.rate_basket_correlation;
  const double rate_score = stream.normal();
  const double basket_score = rho * rate_score + std::sqrt(1.0 - rho * rho) * stream.normal();
  traits.l = audience.purchase_rate(normal_probability_of(rate_score));
  traits.v = audience.basket_level(normal_probability_of(basket_score));
  return traits;
}

}  // namespace flywheel::test
