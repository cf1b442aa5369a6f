#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "random/key.hpp"

namespace flywheel {

/// Spearman's rank correlation that two parameters of a plan are wished to have.
struct RankCorrelation {
  std::string first;
  std::string second;
  double correlation{0.0};  ///< between -1 and 1, both excluded

  friend bool operator==(const RankCorrelation&, const RankCorrelation&) = default;
};

/// Correlations that no set of random numbers can have, or that name what is not there.
struct ImpossibleCorrelations : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Uniform numbers for the parameters of a plan, with rank correlations: a Gaussian copula.
///
/// Columns of one posterior table are one parameter here, named after the table, so that they share
/// their row. Each parameter has one normal number keyed by its name; the Cholesky factor of the
/// correlations mixes them. So a parameter that is added, or moved in the list without a
/// correlation, changes the draw of no other. Between the normal numbers stands Pearson's
/// correlation 2 sin(pi rho / 6), which gives Spearman's rho to the ranks (Kruskal 1958).
class GaussianCopula {
 public:
  /// `names` are all different. Throws ImpossibleCorrelations with a sentence that names the
  /// parameters when a name is unknown, a pair is given twice or the matrix is not positive
  /// definite.
  GaussianCopula(std::vector<std::string> names, const std::vector<RankCorrelation>& correlations);

  /// One number in (0, 1) for each name, in their order, for the replication of this key (level
  /// `parameters`).
  [[nodiscard]] std::vector<double> uniforms(Key key) const;

 private:
  std::vector<std::string> names_;
  /// Cholesky factor: row i holds the nonzero weights of the normals of names 0 ... i.
  struct Weight {
    std::size_t column;
    double value;
  };
  std::vector<std::vector<Weight>> rows_;
};

}  // namespace flywheel
