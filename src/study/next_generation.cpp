#include "study/next_generation.hpp"

#include <array>
#include <cmath>
#include <limits>

#include <Eigen/Eigenvalues>

#include "core/check.hpp"
#include "scenario/reproduction.hpp"

namespace flywheel {

namespace {

constexpr std::array ways{"by ads", "unasked", "by a friend"};
constexpr std::size_t unasked = 1;
constexpr std::size_t by_friend = 2;

double friends_of(const Scenario& scenario, std::size_t segment) {
  std::vector<double> only(scenario.segments.size(), 0.0);
  only[segment] = 1.0;
  return expect_reproduction(scenario, only).front().lifetime;
}

/// Organic visits that the word of one customer brings between the middle of the flight and the
/// horizon.
double visits_by_word(const Scenario& scenario) {
  const OrganicGrowthTraits& growth = scenario.momentum.organic_growth;
  const double days = scenario.calendar.horizon() - 0.5 * scenario.calendar.flight_days;
  return growth.enabled ? growth.word_of_mouth * days : 0.0;
}

}  // namespace

NextGeneration next_generation(const Scenario& scenario, std::span<const std::string> segments) {
  expect(segments.size() == scenario.segments.size(), "each segment has a name");
  NextGeneration next;
  for (const std::string& segment : segments) {
    for (const char* way : ways) next.kinds.push_back(segment + ", " + way);
  }
  next.brought.assign(next.kinds.size() * next.kinds.size(), 0.0);
  const double visits = visits_by_word(scenario);
  const std::vector<double> orders =
      visits > 0.0 ? expect_organic_orders(scenario) : std::vector<double>(segments.size(), 0.0);
  for (std::size_t segment = 0; segment < segments.size(); ++segment) {
    const std::size_t first = segment * ways.size();
    const double friends = friends_of(scenario, segment);
    for (std::size_t from = first; from < first + ways.size(); ++from) {
      next.brought[(first + unasked) * next.kinds.size() + from] = visits * orders[segment];
      next.brought[(first + by_friend) * next.kinds.size() + from] = friends;
    }
  }
  return next;
}

NextGeneration median_next_generation(const ScenarioSource& source) {
  std::vector<std::string> segments;
  for (const SegmentPlan& segment : source.plan().segments) segments.push_back(segment.name);
  const Future median = future_of(1, 0, {.parameters = true, .market = true});
  return next_generation(source.draw(median), segments);
}

double spectral_radius(std::span<const double> matrix) {
  if (matrix.empty()) return 0.0;
  const auto size = static_cast<Eigen::Index>(std::lround(std::sqrt(matrix.size())));
  expect(size * size == static_cast<Eigen::Index>(matrix.size()), "the matrix is square");
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::MatrixXd square = Eigen::Map<const Rows>(matrix.data(), size, size);
  const Eigen::EigenSolver<Eigen::MatrixXd> solver{square, false};
  return solver.eigenvalues().cwiseAbs().maxCoeff();
}

double loop_multiplier(double spectral_radius) {
  return spectral_radius < 1.0 ? 1.0 / (1.0 - spectral_radius)
                               : std::numeric_limits<double>::infinity();
}

}  // namespace flywheel
