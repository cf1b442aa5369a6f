#include "random/copula.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "random/hash.hpp"
#include "random/incomplete.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// sin(x) for |x| up to pi / 6 by its power series, which is exact to the last place there: libm's
/// sine is not the same everywhere.
double small_sine(double x) {
  double term = x;
  double sum = x;
  for (int n = 2; n < 24; n += 2) {
    term *= -x * x / (n * (n + 1));
    sum += term;
  }
  return sum;
}

double pearson_of(double spearman) {
  constexpr double pi_over_six = 0.52359877559829887308;
  return 2.0 * small_sine(pi_over_six * spearman);
}

using Matrix = std::vector<std::vector<double>>;

std::size_t place_of(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    throw ImpossibleCorrelations{
        fmt::format("correlation names '{}', which is no uncertain parameter", name)};
  }
  return static_cast<std::size_t>(found - names.begin());
}

/// The lower half of the matrix of Pearson's correlations.
Matrix correlation_matrix(const std::vector<std::string>& names,
                          const std::vector<RankCorrelation>& correlations) {
  Matrix matrix(names.size());
  for (std::size_t row = 0; row < names.size(); ++row) {
    matrix[row].assign(row + 1, 0.0);
    matrix[row][row] = 1.0;
  }
  std::vector<std::pair<std::size_t, std::size_t>> seen;
  for (const RankCorrelation& wish : correlations) {
    const std::size_t first = place_of(names, wish.first);
    const std::size_t second = place_of(names, wish.second);
    const std::pair pair{std::max(first, second), std::min(first, second)};
    const bool again = std::find(seen.begin(), seen.end(), pair) != seen.end();
    if (first == second || again || !(std::abs(wish.correlation) < 1.0)) {
      throw ImpossibleCorrelations{
          fmt::format("correlation of '{}' and '{}' needs two parameters, once, and a value "
                      "between -1 and 1",
                      wish.first, wish.second)};
    }
    seen.push_back(pair);
    matrix[pair.first][pair.second] = pearson_of(wish.correlation);
  }
  return matrix;
}

/// The row's partners with a correlation, for the message of an impossible matrix.
std::string partners_of(const std::vector<std::string>& names, const std::vector<double>& row) {
  std::vector<std::string> partners;
  for (std::size_t column = 0; column + 1 < row.size(); ++column) {
    if (row[column] != 0.0) partners.push_back("'" + names[column] + "'");
  }
  return fmt::format("{}", fmt::join(partners, ", "));
}

/// The first column of a row that is no zero; at the latest that of its diagonal.
std::size_t begin_of(const std::vector<double>& row) {
  const auto found = std::find_if(row.begin(), row.end(), [](double one) { return one != 0.0; });
  return static_cast<std::size_t>(found - row.begin());
}

/// Cholesky's factor L of the matrix L L', lower half. Rows of L begin where those of the matrix
/// do, so that the many parameters without a correlation cost nothing.
Matrix factor(const std::vector<std::string>& names, const Matrix& matrix) {
  constexpr double smallest_pivot = 1e-10;
  Matrix lower = matrix;
  std::vector<std::size_t> begins;
  begins.reserve(lower.size());
  for (std::size_t row = 0; row < lower.size(); ++row) {
    begins.push_back(begin_of(matrix[row]));
    for (std::size_t column = begins[row]; column <= row; ++column) {
      double rest = matrix[row][column];
      for (std::size_t at = std::max(begins[row], begins[column]); at < column; ++at) {
        rest -= lower[row][at] * lower[column][at];
      }
      if (column < row) {
        lower[row][column] = rest / lower[column][column];
      } else if (rest > smallest_pivot) {
        lower[row][row] = std::sqrt(rest);
      } else {
        throw ImpossibleCorrelations{fmt::format(
            "correlations of '{}' with {} contradict the others (the matrix is not positive "
            "definite)",
            names[row], partners_of(names, matrix[row]))};
      }
    }
  }
  return lower;
}

}  // namespace

GaussianCopula::GaussianCopula(std::vector<std::string> names,
                               const std::vector<RankCorrelation>& correlations)
    : names_{std::move(names)}, rows_(names_.size()) {
  const Matrix lower = factor(names_, correlation_matrix(names_, correlations));
  for (std::size_t row = 0; row < lower.size(); ++row) {
    for (std::size_t column = 0; column <= row; ++column) {
      if (lower[row][column] != 0.0) rows_[row].push_back({column, lower[row][column]});
    }
  }
}

std::vector<double> GaussianCopula::uniforms(Key key) const {
  std::vector<double> own;
  std::vector<double> normals;
  for (const std::string& name : names_) {
    own.push_back(Stream{key, Purpose::parameter, hash_text(name)}.open_uniform());
    normals.push_back(normal_quantile(own.back()));
  }
  std::vector<double> result;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    double sum = 0.0;
    for (const auto& [column, value] : rows_[row]) sum += value * normals[column];
    // A sum may lie so far out that its probability rounds to 1.
    const double mixed = std::min(normal_tail(sum, Side::lower), 1.0 - 0x1p-53);
    result.push_back(rows_[row].size() == 1 ? own[row] : mixed);
  }
  return result;
}

}  // namespace flywheel
