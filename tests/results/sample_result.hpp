#pragma once

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "results/schema.hpp"

namespace flywheel::test {

/// The values of a small result that uses every feature of the format; must outlive its schema.
///
/// Three replications, two channels, four days. check_netcdf.py knows the same numbers.
struct SampleValues {
  std::vector<double> roas{2.5, std::numeric_limits<double>::quiet_NaN(), 3.25};
  std::vector<double> orders_by_channel{10, 20, 30, 40, 50, 60};
  std::vector<std::int64_t> payback_day{12, -1, 9'007'199'254'740'993};
  std::vector<std::int32_t> rotations{7, 8, 9};
  std::vector<std::int8_t> failed{0, 1, 0};
  std::vector<std::string> failure{"", "contract broken: naïve – 例", ""};
  std::vector<float> cash{0.5F, 1.5F, 2.5F, 3.5F, 4.5F, 5.5F, 6.5F, 7.5F, 8.5F, 9.5F, 10.5F, 11.5F};
  std::vector<std::string> plan{"[campaign]\nname = \"Ω\"\n"};
  double spend{1234.5};
};

[[nodiscard]] ResultSchema sample_schema(const SampleValues& values);

}  // namespace flywheel::test
