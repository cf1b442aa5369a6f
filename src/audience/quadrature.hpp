#pragma once

#include <span>
#include <vector>

namespace flywheel {

/// Where a function of a trait's uniform number is looked at for its means over bands: eight nodes
/// of Gauss and Legendre a band, and halves that shrink towards 0 and 1, where quantile functions
/// are steep. A single band has one point, since its trait is constant.
///
/// `edges` are those of the bands, rising from 0 to 1.
[[nodiscard]] std::vector<double> quadrature_points(const std::vector<double>& edges);

/// The mean over each band of a function with these values at the points.
[[nodiscard]] std::vector<double> band_means(const std::vector<double>& edges,
                                             std::span<const double> values);

}  // namespace flywheel
