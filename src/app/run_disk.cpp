#include "app/run_disk.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

namespace flywheel {

namespace {

constexpr double megabyte = 1e6;

}  // namespace

std::string size_text(double bytes) {
  const double megabytes = bytes / megabyte;
  return megabytes < 1'000.0 ? fmt::format("{:.0f} MB", megabytes)
                             : fmt::format("{:.1f} GB", megabytes / 1'000.0);
}

double disk_need_bytes(const OutcomeShape& shape, std::uint64_t replications, double copies) {
  const RowSplit split{shape.layout};
  const auto rows = static_cast<double>(replications);
  const double sampled = std::min(rows, static_cast<double>(most_stored_paths));
  const auto dense = static_cast<double>(split.dense_size() + shape.parameters + 2);
  const auto detail = static_cast<double>(split.detail_size() + shape.days);  // two floats a day
  constexpr double besides = 16.0 * megabyte;
  return copies * sizeof(double) * (rows * dense + sampled * detail) + besides;
}

std::optional<std::string> disk_shortage(double needed_bytes, std::optional<double> free_bytes) {
  if (!free_bytes || needed_bytes <= *free_bytes) return std::nullopt;
  return fmt::format(
      "the run may put {} on the disk, of which {} are free: make room, give another place by -o, "
      "or play fewer replications",
      size_text(needed_bytes), size_text(*free_bytes));
}

std::optional<double> free_disk_bytes(const std::filesystem::path& output) {
  const std::filesystem::path folder = output.parent_path().empty() ? "." : output.parent_path();
  std::error_code unknown;
  const std::filesystem::space_info space = std::filesystem::space(folder, unknown);
  if (unknown || space.capacity == 0) return std::nullopt;  // /proc has no size
  return static_cast<double>(space.available);
}

}  // namespace flywheel
