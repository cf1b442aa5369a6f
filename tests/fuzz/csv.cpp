#include "tables/csv.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

#include "plan/media_plan.hpp"
#include "tables/csv_writer.hpp"
#include "tables/text_file.hpp"

namespace {

flywheel::Plan plan_of_two() {
  flywheel::Plan plan;
  plan.campaign.currency = "USD";
  plan.campaign.start = {.year = 2027, .month = 3, .day = 1};
  plan.campaign.end = {.year = 2027, .month = 4, .day = 29};
  plan.campaign.flight_days = 60;
  plan.channels.resize(2);
  plan.channels[0].name = "search";
  plan.channels[1].name = "social";
  return plan;
}

}  // namespace

/// Bytes as a CSV file, and as a media plan when they are a table. Every row is as long as the
/// header, every place lies in the text, every amount is finite and not negative.
// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const flywheel::TextReading text = flywheel::check_text(bytes, "t", flywheel::csv_limits);
  // Also what is no text must do no harm.
  const std::string* checked = std::get_if<std::string>(&text);
  const flywheel::CsvReading reading =
      flywheel::read_csv(checked == nullptr ? bytes : *checked, "t");
  for (const auto& row : reading.table.rows) {
    if (row.size() != reading.table.header.size()) __builtin_trap();
    for (const flywheel::CsvCell& cell : row) {
      if (cell.line < 1 || cell.column < 1) __builtin_trap();
      const flywheel::CsvReading again =
          flywheel::read_csv("head,other\n" + flywheel::csv_cell(cell.text) + ",x\n", "t");
      if (checked != nullptr && !again.faults.empty()) __builtin_trap();
    }
  }
  const flywheel::MediaPlan media = flywheel::read_media_plan(reading.table, plan_of_two());
  for (const auto& days : media.daily_budget) {
    for (const double amount : days) {
      if (!(amount >= 0 && amount <= 1e12)) __builtin_trap();
    }
  }
  return 0;
}
