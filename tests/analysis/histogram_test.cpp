#include "analysis/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

std::size_t total(const Histogram& histogram) {
  return std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::size_t{0});
}

/// How many values lie between the ends of a bin, counted without the histogram's arithmetic.
std::size_t count_between(const std::vector<double>& values, const Interval& bin) {
  return static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [&](double value) {
    return bin.low <= value && value < bin.high;
  }));
}

}  // namespace

TEST_CASE("a thousand even values fall into the bins found by hand", "[analysis][histogram]") {
  // Quartiles half apart: 2 * 0.5 / 1000^(1/3) = 0.1, ten bins of a hundred.
  std::vector<double> values;
  for (int step = 0; step < 1000; ++step) values.push_back((step + 0.5) / 1000.0);
  const Histogram histogram = make_histogram(values, 50);
  REQUIRE(histogram.width == Approx(0.1).epsilon(1e-15));
  REQUIRE(histogram.first_multiple == 0);
  REQUIRE(histogram.counts == std::vector<std::size_t>(10, 100));
}

TEST_CASE("bins are round, hold every value and stay within their number",
          "[analysis][histogram]") {
  const std::size_t most_bins = GENERATE(2, 7, 40);
  const double scale = GENERATE(1e-7, 1.0, 3.3e8);
  Stream stream = study_stream(31, most_bins);
  const auto values =
      sample_of(3000, [&] { return scale * (std::exp(1.2 * stream.normal()) - 1.0); });
  const Histogram histogram = make_histogram(values, most_bins);
  REQUIRE(histogram.counts.size() <= most_bins);
  REQUIRE(total(histogram) == values.size());
  REQUIRE(histogram.counts.front() > 0);
  REQUIRE(histogram.counts.back() > 0);
  const double leading =
      histogram.width / std::pow(10.0, std::floor(std::log10(histogram.width) + 1e-9));
  const std::vector steps{1.0, 2.0, 2.5, 5.0};
  REQUIRE(std::any_of(steps.begin(), steps.end(),
                      [&](double step) { return std::abs(leading / step - 1.0) < 1e-9; }));
  for (std::size_t index = 0; index < histogram.counts.size(); ++index) {
    REQUIRE(histogram.counts[index] == count_between(values, histogram.bin(index)));
  }
}

TEST_CASE("the origin is an edge, so that what lies on either side can be counted",
          "[analysis][histogram]") {
  // Sixty skewed values whose bins are two wide: from 0 on, one of them would hold 3 inside.
  Stream stream = study_stream(33, 1);
  const auto values = sample_of(60, [&] { return 4.0 * std::exp(0.6 * stream.normal()); });
  REQUIRE(make_histogram(values, 40).width == 2.0);
  const double origin = GENERATE(3.0, 2.9, 0.001, -7.3, 50.0);
  const Histogram histogram = make_histogram(values, 40, origin);
  REQUIRE(total(histogram) == values.size());
  std::size_t above = 0;
  for (std::size_t index = 0; index < histogram.counts.size(); ++index) {
    const Interval bin = histogram.bin(index);
    REQUIRE(histogram.counts[index] == count_between(values, bin));
    REQUIRE_FALSE((bin.low < origin && origin < bin.high));
    above += bin.low >= origin ? histogram.counts[index] : 0;
  }
  REQUIRE(above ==
          static_cast<std::size_t>(std::count_if(values.begin(), values.end(),
                                                 [&](double value) { return value >= origin; })));
}

TEST_CASE("a value on an edge belongs to the bin it opens, however the edge rounds",
          "[analysis][histogram]") {
  // Ten thousand values with quartiles 0.05 apart make bins of 0.005: 2 * 0.05 / 21.5.
  std::vector<double> values;
  for (int step = 0; step < 10000; ++step) values.push_back((step - 4999.5) * 1e-5);
  for (int multiple = -600; multiple <= 600; ++multiple) {
    const double edge = multiple * 0.005;
    values.push_back(edge);
    values.push_back(std::nextafter(edge, -10.0));
    values.push_back(std::nextafter(edge, 10.0));
  }
  const Histogram histogram = make_histogram(values, 5000);
  REQUIRE(histogram.counts.size() > 500);
  for (std::size_t index = 0; index < histogram.counts.size(); ++index) {
    REQUIRE(histogram.counts[index] == count_between(values, histogram.bin(index)));
  }
}

TEST_CASE("equal values make one bin that holds them", "[analysis][histogram]") {
  const double value = GENERATE(0.0, 3.2, -7.0e5);
  const Histogram histogram = make_histogram(std::vector<double>(9, value), 20);
  REQUIRE(histogram.counts == std::vector<std::size_t>{9});
  REQUIRE(histogram.bin(0).low <= value);
  REQUIRE(value < histogram.bin(0).high);
}

TEST_CASE("values that are mostly one number still get more than one bin",
          "[analysis][histogram]") {
  // Middle half empty; sd = 3.0, Scott: 3.49 * 3.0 / 1000^(1/3) = 1.05, rounded up to 2.
  std::vector<double> values(900, 0.0);
  values.insert(values.end(), 100, 10.0);
  const Histogram histogram = make_histogram(values, 30);
  REQUIRE(histogram.width == Approx(2.0));
  REQUIRE(histogram.counts == std::vector<std::size_t>{900, 0, 0, 0, 0, 100});
}

TEST_CASE("a histogram refuses one bin, no value and values that are not finite",
          "[analysis][histogram]") {
  REQUIRE_THROWS_AS(make_histogram(std::vector{1.0, 2.0}, 1), ContractBroken);
  REQUIRE_THROWS_AS(make_histogram({}, 10), ContractBroken);
  REQUIRE_THROWS_AS(make_histogram(std::vector{1.0, std::nan("")}, 10), ContractBroken);
}

}  // namespace flywheel::test
