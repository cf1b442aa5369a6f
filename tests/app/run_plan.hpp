#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace flywheel::test {

/// A plan that is played in some milliseconds: 5,000 shoppers, two channels, most stages on.
inline constexpr const char* quick_plan{R"(
[campaign]
name = "quick"
start = 2027-03-01
flight_days = 14
cohort_days = 60
[segment.everybody]
size = 5_000
[channel.social]
budget = 400
[channel.search]
budget = 200
[flow.cart]
[day_zero]
customers = 50
)"};

inline std::filesystem::path write_text(const std::filesystem::path& path,
                                        const std::string& text) {
  std::ofstream{path} << text;
  return path;
}

[[nodiscard]] inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace flywheel::test
