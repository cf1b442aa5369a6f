#include "random/uncertain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "random/law.hpp"
#include "random/normal_quantile.hpp"

namespace flywheel {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double no_guess = std::numeric_limits<double>::quiet_NaN();
constexpr double z_95 = 1.6448536269514722;  // 95 % quantile of the standard normal distribution

double logit(double probability) {
  return portable_log(probability) - portable_log1p(-probability);
}

double logistic(double x) { return 1.0 / (1.0 + portable_exp(-x)); }

double quantile_of(const Law& law, double u) {
  const bool lower = u < 0.5;
  const double tail = lower ? u : 1.0 - u;
  return law.jet(law.coordinate(tail, lower ? Side::lower : Side::upper, no_guess)).value;
}

/// With x = df / (df + t^2), the tail beyond -|t| is half of I_x(df / 2, 1 / 2).
double student_t_quantile(double degrees_of_freedom, double u) {
  if (u == 0.5) return 0.0;
  const Law law = beta_law(0.5 * degrees_of_freedom, 0.5);
  const double twice_tail = 2.0 * std::min(u, 1.0 - u);
  // The table's lower side wants a small tail, its upper side the complement of a large one.
  const double logit_x = twice_tail < 0.5 ? law.coordinate(twice_tail, Side::lower, no_guess)
                                          : law.coordinate(1.0 - twice_tail, Side::upper, no_guess);
  const double distance = std::sqrt(degrees_of_freedom * portable_exp(-logit_x));
  return u < 0.5 ? -distance : distance;
}

double triangular_quantile(double low, double mode, double high, double u) {
  const double left_share = (mode - low) / (high - low);
  if (u < left_share) return low + std::sqrt(u * (high - low) * (mode - low));
  return high - std::sqrt((1.0 - u) * (high - low) * (high - mode));
}

Law pert_law(double low, double mode, double high) {
  return beta_law(1.0 + 4.0 * (mode - low) / (high - low),
                  1.0 + 4.0 * (high - mode) / (high - low));
}

double discrete_quantile(const Uncertain& number, double u) {
  const double total = std::accumulate(number.weights.begin(), number.weights.end(), 0.0);
  double sum = 0.0;
  std::size_t last_possible = 0;
  for (std::size_t at = 0; at < number.weights.size(); ++at) {
    if (number.weights[at] == 0.0) continue;
    last_possible = at;
    sum += number.weights[at];
    if (u * total < sum) break;
  }
  return number.parameters[last_possible];
}

double row_of(const std::vector<double>& draws, double u) {
  const auto row = static_cast<std::size_t>(u * static_cast<double>(draws.size()));
  return draws[std::min(row, draws.size() - 1)];
}

double middle_of(std::vector<double> draws) {
  std::sort(draws.begin(), draws.end());
  return 0.5 * (draws[(draws.size() - 1) / 2] + draws[draws.size() / 2]);
}

double weighted_mean(const std::vector<double>& values, const std::vector<double>& weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0) / total;
}

/// How a family is called, how many parameters it has (-1: any number from one on).
struct FamilyShape {
  Family family;
  std::string_view name;
  int parameters;
};

constexpr std::array<FamilyShape, 12> family_shapes = {{
    {Family::fixed, "fixed", 1},
    {Family::normal, "normal", 2},
    {Family::lognormal, "lognormal", 2},
    {Family::logit_normal, "logit_normal", 2},
    {Family::beta, "beta", 2},
    {Family::gamma, "gamma", 2},
    {Family::student_t, "student_t", 3},
    {Family::uniform, "uniform", 2},
    {Family::triangular, "triangular", 3},
    {Family::pert, "pert", 3},
    {Family::discrete, "discrete", -1},
    {Family::posterior, "posterior", -1},
}};

const FamilyShape& shape_of(Family family) {
  return *std::find_if(family_shapes.begin(), family_shapes.end(),
                       [=](const FamilyShape& shape) { return shape.family == family; });
}

bool all_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}

std::string fault_of_discrete(const Uncertain& number) {
  const auto& values = number.parameters;
  const auto& weights = number.weights;
  if (values.size() != weights.size()) return "needs one weight for each value";
  const bool rising =
      std::adjacent_find(values.begin(), values.end(), std::greater_equal<>{}) == values.end();
  if (!rising) return "needs values that rise";
  const bool negative = std::any_of(weights.begin(), weights.end(), [](double w) { return w < 0; });
  if (negative || !all_finite(weights)) return "needs weights that are finite and not negative";
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  return total > 0.0 ? "" : "needs a weight above zero";
}

/// Whether finite parameters, as many as the family has, make a distribution.
bool parameters_fit(const Uncertain& number) {
  const auto& p = number.parameters;
  switch (number.family) {
    case Family::normal:
    case Family::logit_normal:
      return p[1] >= 0.0;
    case Family::lognormal:
      return p[0] > 0.0 && p[1] >= 0.0;
    case Family::beta:
    case Family::gamma:
      return p[0] > 0.0 && p[1] > 0.0;
    case Family::student_t:
      return p[0] > 0.0 && p[2] >= 0.0;
    case Family::uniform:
      return p[0] < p[1];
    case Family::triangular:
    case Family::pert:
      return p[0] <= p[1] && p[1] <= p[2] && p[0] < p[2];
    default:
      return true;
  }
}

/// What a family asks of its parameters, for those that do not fit.
std::string demand_of(Family family) {
  switch (family) {
    case Family::normal:
    case Family::logit_normal:
      return "needs a spread that is not negative (low below high)";
    case Family::lognormal:
      return "needs a median above 0 and a spread not negative";
    case Family::beta:
      return "needs two shapes above 0";
    case Family::gamma:
      return "needs a shape and a scale above 0";
    case Family::student_t:
      return "needs degrees of freedom above 0 and a scale";
    case Family::uniform:
      return "needs low below high";
    default:
      return "needs low <= mode <= high";
  }
}

}  // namespace

Uncertain fixed(double value) { return {Family::fixed, {value}, {}, {}}; }

Uncertain normal(double mean, double deviation) {
  return {Family::normal, {mean, deviation}, {}, {}};
}

Uncertain lognormal(double median, double s) { return {Family::lognormal, {median, s}, {}, {}}; }

Uncertain lognormal_of_mean(double mean, double s) {
  return lognormal(mean * portable_exp(-0.5 * s * s), s);
}

Uncertain interval90(double low, double high, Domain domain) {
  const double width = 2.0 * z_95;
  if (domain == Domain::positive) {
    const double s = (portable_log(high) - portable_log(low)) / width;
    return lognormal(portable_exp(0.5 * (portable_log(low) + portable_log(high))), s);
  }
  if (domain == Domain::probability) {
    const double center = 0.5 * (logit(low) + logit(high));
    return {Family::logit_normal, {center, (logit(high) - logit(low)) / width}, {}, {}};
  }
  return normal(0.5 * (low + high), (high - low) / width);
}

Uncertain beta(double a, double b) { return {Family::beta, {a, b}, {}, {}}; }

Uncertain beta_of_mean(double mean, double count) {
  return beta(mean * count, (1.0 - mean) * count);
}

Uncertain gamma(double shape, double scale) { return {Family::gamma, {shape, scale}, {}, {}}; }

Uncertain student_t(double degrees_of_freedom, double location, double scale) {
  return {Family::student_t, {degrees_of_freedom, location, scale}, {}, {}};
}

Uncertain uniform(double low, double high) { return {Family::uniform, {low, high}, {}, {}}; }

Uncertain triangular(double low, double mode, double high) {
  return {Family::triangular, {low, mode, high}, {}, {}};
}

Uncertain pert(double low, double mode, double high) {
  return {Family::pert, {low, mode, high}, {}, {}};
}

Uncertain discrete(std::vector<double> values, std::vector<double> weights) {
  return {Family::discrete, std::move(values), std::move(weights), {}};
}

Uncertain posterior(std::vector<double> draws, std::string source) {
  return {Family::posterior, std::move(draws), {}, std::move(source)};
}

double Uncertain::quantile(double u) const {
  expect(u > 0.0 && u < 1.0, "a quantile is asked for a probability between 0 and 1");
  expect(fault_of(*this).empty(), "the parameters of an uncertain number make a distribution");
  const auto& p = parameters;
  switch (family) {
    case Family::fixed:
      return p[0];
    case Family::normal:
      return p[0] + p[1] * normal_quantile(u);
    case Family::lognormal:
      return p[0] * portable_exp(p[1] * normal_quantile(u));
    case Family::logit_normal:
      return logistic(p[0] + p[1] * normal_quantile(u));
    case Family::beta:
      return quantile_of(beta_law(p[0], p[1]), u);
    case Family::gamma:
      return quantile_of(gamma_law(p[0], p[1]), u);
    case Family::student_t:
      return p[1] + p[2] * student_t_quantile(p[0], u);
    case Family::uniform:
      return p[0] + (p[1] - p[0]) * u;
    case Family::triangular:
      return triangular_quantile(p[0], p[1], p[2], u);
    case Family::pert:
      return p[0] + (p[2] - p[0]) * quantile_of(pert_law(p[0], p[1], p[2]), u);
    case Family::discrete:
      return discrete_quantile(*this, u);
    case Family::posterior:
      return row_of(p, u);
  }
  throw ContractBroken{"an uncertain number of no family"};
}

double Uncertain::median() const {
  return family == Family::posterior && !parameters.empty() ? middle_of(parameters) : quantile(0.5);
}

std::optional<double> Uncertain::mean() const {
  expect(fault_of(*this).empty(), "the parameters of an uncertain number make a distribution");
  const auto& p = parameters;
  switch (family) {
    case Family::fixed:
    case Family::normal:
      return p[0];
    case Family::lognormal:
      return p[0] * portable_exp(0.5 * p[1] * p[1]);
    case Family::beta:
      return p[0] / (p[0] + p[1]);
    case Family::gamma:
      return p[0] * p[1];
    case Family::student_t:
      return p[0] > 1.0 ? std::optional{p[1]} : std::nullopt;
    case Family::uniform:
      return 0.5 * (p[0] + p[1]);
    case Family::triangular:
      return (p[0] + p[1] + p[2]) / 3.0;
    case Family::pert:
      return (p[0] + 4.0 * p[1] + p[2]) / 6.0;
    case Family::discrete:
      return weighted_mean(p, weights);
    case Family::posterior:
      return std::accumulate(p.begin(), p.end(), 0.0) / static_cast<double>(p.size());
    case Family::logit_normal:
      break;
  }
  return std::nullopt;
}

std::pair<double, double> Uncertain::support() const {
  expect(fault_of(*this).empty(), "the parameters of an uncertain number make a distribution");
  switch (family) {
    case Family::normal:
    case Family::student_t:
      return {-infinity, infinity};
    case Family::lognormal:
    case Family::gamma:
      return {0.0, infinity};
    case Family::logit_normal:
    case Family::beta:
      return {0.0, 1.0};
    default:
      break;
  }
  const auto [low, high] = std::minmax_element(parameters.begin(), parameters.end());
  return {*low, *high};
}

std::string fault_of(const Uncertain& number) {
  const auto& p = number.parameters;
  const FamilyShape& shape = shape_of(number.family);
  if (p.empty()) return "needs a value";
  if (shape.parameters >= 0 && p.size() != static_cast<std::size_t>(shape.parameters)) {
    return fmt::format("needs {} parameters", shape.parameters);
  }
  if (!all_finite(p)) return "needs finite parameters";
  if (number.family == Family::discrete) return fault_of_discrete(number);
  return parameters_fit(number) ? "" : demand_of(number.family);
}

std::string describe(const Uncertain& number) {
  const std::string_view name = shape_of(number.family).name;
  if (number.family == Family::fixed) return fmt::format("{}", fmt::join(number.parameters, ""));
  if (number.family == Family::posterior) {
    return fmt::format("{}({} draws of {})", name, number.parameters.size(), number.source);
  }
  if (number.family == Family::discrete) {
    return fmt::format("{}([{}], [{}])", name, fmt::join(number.parameters, ", "),
                       fmt::join(number.weights, ", "));
  }
  return fmt::format("{}({})", name, fmt::join(number.parameters, ", "));
}

std::vector<double> UncertainShares::quantile(const std::vector<double>& uniforms) const {
  expect(fault_of(*this).empty(), "the concentrations of shares make a distribution");
  expect(uniforms.size() == concentrations.size(), "shares take one uniform number each");
  std::vector<double> logs;
  for (std::size_t at = 0; at < uniforms.size(); ++at) {
    const double u = uniforms[at];
    expect(u > 0.0 && u < 1.0, "a quantile is asked for a probability between 0 and 1");
    const bool lower = u < 0.5;
    // The coordinate of a gamma law is the logarithm: small concentrations do not underflow.
    logs.push_back(
        gamma_law(concentrations[at], 1.0)
            .coordinate(lower ? u : 1.0 - u, lower ? Side::lower : Side::upper, no_guess));
  }
  const double largest = *std::max_element(logs.begin(), logs.end());
  double total = 0.0;
  for (double& share : logs) total += share = portable_exp(share - largest);
  for (double& share : logs) share /= total;
  return logs;
}

std::vector<double> UncertainShares::mean() const {
  expect(fault_of(*this).empty(), "the concentrations of shares make a distribution");
  const double total = std::accumulate(concentrations.begin(), concentrations.end(), 0.0);
  std::vector<double> shares = concentrations;
  for (double& share : shares) share /= total;
  return shares;
}

std::string fault_of(const UncertainShares& shares) {
  if (shares.concentrations.size() < 2) return "needs two shares or more";
  const bool positive = std::all_of(shares.concentrations.begin(), shares.concentrations.end(),
                                    [](double x) { return x > 0.0 && std::isfinite(x); });
  return positive ? "" : "needs concentrations above 0";
}

}  // namespace flywheel
