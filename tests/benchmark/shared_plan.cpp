#include "benchmark/shared_plan.hpp"

#include <filesystem>
#include <stdexcept>
#include <utility>

#include "plan/read_plan.hpp"

namespace flywheel::test {

ScenarioSource shared_plan(const std::string& path, std::span<const std::string> settings) {
  PlanReading reading = read_plan(std::filesystem::path{FLYWHEEL_SOURCE_DIR} / path, settings);
  if (!reading.plan) throw std::runtime_error{to_line(reading.faults.front())};
  return ScenarioSource{std::move(*reading.plan)};
}

}  // namespace flywheel::test
