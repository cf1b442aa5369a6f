#include "analysis/group_shares.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "core/check.hpp"

namespace flywheel {
namespace {

constexpr std::size_t in_triple{3};

/// Outputs of one draw about a common origin, the triple first: a common offset would cost the sums
/// of squares their digits.
std::vector<double> outputs_of(const FutureTriple& triple, std::span<const double> partners,
                               double origin) {
  std::vector<double> outputs{triple.y11, triple.y12, triple.y23};
  outputs.insert(outputs.end(), partners.begin(), partners.end());
  for (double& output : outputs) output -= origin;
  return outputs;
}

/// Everything the shares depend on, as sums over draws, so that leaving one out is a subtraction.
class Sums {
 public:
  explicit Sums(std::size_t groups)
      : value_(in_triple + groups), square_(in_triple + groups), product_(groups) {}

  void add(const std::vector<double>& outputs, double sign) {
    count_ += sign;
    for (std::size_t at = 0; at < outputs.size(); ++at) {
      value_[at] += sign * outputs[at];
      square_[at] += sign * outputs[at] * outputs[at];
    }
    for (std::size_t group = 0; group < product_.size(); ++group) {
      product_[group] += sign * mean_of_triple(outputs) * outputs[in_triple + group];
    }
  }

  [[nodiscard]] bool are_finite() const {
    return std::ranges::all_of(square_, [](double sum) { return std::isfinite(sum); });
  }

  /// Those of the groups, then the rest.
  [[nodiscard]] std::vector<double> shares() const {
    double total = 0.0;
    for (std::size_t at = 0; at < value_.size(); ++at) {
      total += covariance(square_[at], value_[at], value_[at]) / static_cast<double>(value_.size());
    }
    std::vector<double> shares;
    for (std::size_t group = 0; group < product_.size(); ++group) {
      const double common =
          covariance(product_[group], mean_of_triple(value_), value_[in_triple + group]);
      shares.push_back(total > 0.0 ? common / total : 0.0);
    }
    shares.push_back(1.0 - std::accumulate(shares.begin(), shares.end(), 0.0));
    return shares;
  }

 private:
  [[nodiscard]] static double mean_of_triple(const std::vector<double>& outputs) {
    return (outputs[0] + outputs[1] + outputs[2]) / static_cast<double>(in_triple);
  }

  [[nodiscard]] double covariance(double product, double left, double right) const {
    return (product - left * right / count_) / (count_ - 1.0);
  }

  double count_{0.0};
  std::vector<double> value_;
  std::vector<double> square_;
  std::vector<double> product_;
};

}  // namespace

GroupShares split_by_group(std::span<const FutureTriple> triples,
                           std::span<const double> partners) {
  expect(triples.size() >= 3, "shares of groups with errors need three draws");
  expect(partners.size() % triples.size() == 0, "every draw has a partner for each group");
  const std::size_t groups = partners.size() / triples.size();
  const double origin = triples.front().y11;
  const auto outputs = [&](std::size_t draw) {
    return outputs_of(triples[draw], partners.subspan(draw * groups, groups), origin);
  };
  Sums sums{groups};
  for (std::size_t draw = 0; draw < triples.size(); ++draw) sums.add(outputs(draw), 1.0);
  expect(sums.are_finite(), "shares of groups are of finite values");
  const std::vector<double> whole = sums.shares();

  const auto count = static_cast<double>(triples.size());
  std::vector<double> mean(whole.size());
  std::vector<double> square(whole.size());
  for (std::size_t draw = 0; draw < triples.size(); ++draw) {
    Sums without = sums;
    without.add(outputs(draw), -1.0);
    const std::vector<double> shares = without.shares();
    for (std::size_t at = 0; at < shares.size(); ++at) {
      const double deviation = shares[at] - whole[at];
      mean[at] += deviation / count;
      square[at] += deviation * deviation / count;
    }
  }
  GroupShares result;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    const double spread = std::max(0.0, square[at] - mean[at] * mean[at]);
    const Estimate share{whole[at], std::sqrt((count - 1.0) * spread)};
    if (at < groups) result.groups.push_back(share);
    if (at == groups) result.rest = share;
  }
  return result;
}

}  // namespace flywheel
