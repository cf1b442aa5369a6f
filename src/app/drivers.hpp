#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/command.hpp"

namespace flywheel {

enum class DriversFormat { text, json };

struct DriversOptions {
  std::filesystem::path plan;
  std::filesystem::path output{};  ///< empty: nothing is stored
  std::uint64_t draws{200};        ///< of the parameters, at least 3; LevelDesign::futures() each
  std::optional<std::uint64_t> seed{};  ///< default 1
  int threads{0};                       ///< 0: as many as the machine has
  std::vector<std::string> settings{};  ///< "key=value", over what the plan says
  DriversFormat format{DriversFormat::text};
  bool quiet{false};
};

/// Prints which level of randomness the variance of net cohort ROAS comes from, and how much of it
/// judgements make; stores it with `output`, which must be a free name.
[[nodiscard]] ExitCode run_drivers(const DriversOptions& options, const Streams& streams);

void add_drivers(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
