#pragma once

#include <cstdint>
#include <vector>

#include "audience/traits.hpp"

namespace flywheel {

/// One trait cut into bands of its uniform number, so narrow that its value hardly varies within.
///
/// Values are geometric (intent: arithmetic) from a small one up to that of the largest uniform, so
/// that every band has a finite bound. A constant trait is one band.
struct Bands {
  std::vector<double> edges{0.0, 1.0};   ///< of the uniform number, rising from 0 to 1
  std::vector<double> values{1.0, 1.0};  ///< of the trait, at the edges
  std::vector<double> nodes{1.0};        ///< of the trait, at the points of quadrature

  [[nodiscard]] std::size_t count() const { return edges.size() - 1; }
  [[nodiscard]] double share(std::size_t band) const { return edges[band + 1] - edges[band]; }
  [[nodiscard]] double lower(std::size_t band) const { return values[band]; }
  [[nodiscard]] double upper(std::size_t band) const { return values[band + 1]; }

  /// A uniform number within the band, from one in (0, 1).
  [[nodiscard]] double uniform(std::size_t band, double place) const {
    return edges[band] + (edges[band + 1] - edges[band]) * place;
  }
};

/// Bands of a positive trait whose values differ by about this ratio within a band; at most 32.
[[nodiscard]] Bands make_bands(const TraitQuantile& quantile, double ratio);

/// Bands of a standard normal trait, purchase intent.
[[nodiscard]] Bands make_intent_bands();

/// One band at 0, for an audience without intent.
[[nodiscard]] Bands make_single_intent_band();

}  // namespace flywheel
