#include "audience/bands.hpp"

#include <algorithm>

#include "audience/quadrature.hpp"
#include "core/elementary.hpp"
#include "random/normal_quantile.hpp"

namespace flywheel {

namespace {

constexpr double largest_uniform = 1.0 - 0x1p-53;
/// Values below this share of the mean lie in the first band: they hardly ever make an event.
constexpr double smallest_value = 0.04;
constexpr std::size_t most_bands = 32;
constexpr double lowest_intent = -1.75;
constexpr double intent_step = 0.25;

/// The uniform number at which a rising quantile function reaches `value`, by bisection.
template <class Quantile>
double uniform_at(const Quantile& quantile, double value) {
  double low = 0.0;
  double high = 1.0;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (low + high);
    (quantile(middle) < value ? low : high) = middle;
  }
  return high;
}

/// Appends a band that ends at `value`, unless it would be empty.
template <class Quantile>
void end_band(Bands& bands, const Quantile& quantile, double value) {
  const double edge = uniform_at(quantile, value);
  if (edge <= bands.edges.back() || edge >= largest_uniform) return;
  bands.edges.push_back(edge);
  bands.values.push_back(quantile(edge));
}

template <class Quantile>
void finish(Bands& bands, const Quantile& quantile, double top) {
  bands.edges.push_back(1.0);
  bands.values.push_back(top);
  for (const double point : quadrature_points(bands.edges)) bands.nodes.push_back(quantile(point));
}

}  // namespace

Bands make_bands(const TraitQuantile& quantile, double ratio) {
  if (quantile.is_constant()) return {};
  const double top = quantile(largest_uniform);
  const double span = portable_log(top / smallest_value);
  const double widest = portable_exp(span / static_cast<double>(most_bands - 2));
  const double step = std::max(ratio, widest);
  Bands bands{{0.0}, {quantile(0.0)}, {}};
  for (double value = smallest_value; value < top; value *= step) end_band(bands, quantile, value);
  finish(bands, quantile, top);
  return bands;
}

Bands make_single_intent_band() { return {{0.0, 1.0}, {0.0, 0.0}, {0.0}}; }

Bands make_intent_bands() {
  const auto quantile = [](double u) { return normal_quantile(u); };
  const double top = quantile(largest_uniform);
  Bands bands{{0.0}, {quantile(0x1p-54)}, {}};
  for (double value = lowest_intent; value < top; value += intent_step) {
    end_band(bands, quantile, value);
  }
  finish(bands, quantile, top);
  return bands;
}

}  // namespace flywheel
