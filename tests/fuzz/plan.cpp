#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "plan/numbers.hpp"
#include "plan/read_plan.hpp"
#include "plan/write_plan.hpp"

namespace {

// Text that the library hands on must not be able to write to a terminal what it likes.
void check_lines(const flywheel::Faults& faults) {
  for (const flywheel::Fault& fault : faults) {
    for (const char letter : flywheel::to_line(fault)) {
      if (static_cast<unsigned char>(letter) < 0x20U) __builtin_trap();
    }
  }
}

// A plan is valid or has faults, never both or neither; a valid one can be used and written.
void check(const std::string& text, const std::vector<std::string>& settings,
           const std::string& sweep_case) {
  const flywheel::PlanReading reading =
      flywheel::read_plan_text(text, {.name = "p"}, settings, sweep_case);
  if (reading.plan.has_value() != reading.faults.empty()) __builtin_trap();
  check_lines(reading.faults);
  if (!reading.plan) return;
  for (const flywheel::PlanNumber& one : flywheel::list_numbers(*reading.plan)) {
    const double middle = one.number.value.median();
    if (!(middle >= one.number.lowest && middle <= one.number.highest)) __builtin_trap();
  }
  const std::string full = flywheel::write_plan(*reading.plan, reading.given);
  // Files are looked for relative to another folder then, so only plans without them must come
  // back.
  const bool reads_files = reading.files.size() > 1;
  if (!reads_files && !flywheel::read_plan_text(full, {.name = "full"}).plan) __builtin_trap();
}

}  // namespace

/// Bytes as a plan; what follows a line "#set" is a setting each line.
// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> settings;
  const std::string mark = "\n#set\n";
  if (const std::size_t at = text.find(mark); at != std::string::npos) {
    std::string rest = text.substr(at + mark.size());
    text.resize(at + 1);
    for (std::size_t end = 0; settings.size() < 8 && !rest.empty(); rest.erase(0, end)) {
      end = std::min(rest.find('\n'), rest.size() - 1) + 1;
      settings.push_back(rest.substr(0, rest.find('\n')));
    }
  }
  check(text, settings, "");
  // As the one case whose name can be known: that of the seeds.
  if (text.find("sweep") != std::string::npos) check(text, settings, "a");
  return 0;
}
