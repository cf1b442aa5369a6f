#include "plan/media_plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "plan/decimal_comma.hpp"
#include "plan/nearest.hpp"
#include "plan/node.hpp"
#include "plan/value_reader.hpp"

namespace flywheel {

namespace {

constexpr std::array<std::string_view, 3> columns{"date", "channel", "amount"};

Fault cell_fault(const CsvTable& table, const CsvCell& cell, std::string message) {
  return {
      .place = place_of(table, cell), .key = {}, .value = cell.text, .message = std::move(message)};
}

class MediaPlanReader {
 public:
  MediaPlanReader(const CsvTable& table, const Plan& plan) : table_{table}, plan_{plan} {
    for (const ChannelPlan& channel : plan.channels) channels_.push_back(channel.name);
    media_.daily_budget.resize(channels_.size());
    seen_.resize(channels_.size());
  }

  MediaPlan read() {
    media_.faults = header_faults();
    if (!media_.faults.empty()) return std::move(media_);
    const std::size_t date = *column_of(table_, "date");
    const std::size_t channel = *column_of(table_, "channel");
    const std::size_t amount = *column_of(table_, "amount");
    for (const std::vector<CsvCell>& row : table_.rows) {
      const std::optional<std::size_t> day = read_day(row[date]);
      const std::optional<std::size_t> which = read_channel(row[channel]);
      const std::optional<double> money = read_amount(row[amount]);
      if (which) media_.daily_budget[*which].resize(flight_days());
      if (which && day) claim(row[date], *which, *day);
      if (which && day && money) media_.daily_budget[*which][*day] = *money;
    }
    if (table_.rows.empty() && table_.rows_left_out == 0) {
      media_.faults.push_back({.place = place_of(table_, table_.header.back()),
                               .key = {},
                               .value = {},
                               .message = "the media plan has no rows"});
    }
    for (std::size_t i = 0; i < channels_.size(); ++i) warn_about_gaps(i);
    return std::move(media_);
  }

 private:
  [[nodiscard]] std::size_t flight_days() const {
    return static_cast<std::size_t>(plan_.campaign.flight_days);
  }

  void tell(const CsvCell& cell, std::string message, std::string nearest = {}) {
    Fault fault = cell_fault(table_, cell, std::move(message));
    fault.nearest = std::move(nearest);
    media_.faults.push_back(std::move(fault));
  }

  [[nodiscard]] Faults header_faults() const {
    Faults faults;
    const Place end = table_.header.empty() ? Place{.file = table_.name, .line = 1, .column = 1}
                                            : place_of(table_, table_.header.back());
    for (const std::string_view column : columns) {
      if (column_of(table_, column)) continue;
      faults.push_back({.place = end,
                        .key = {},
                        .value = {},
                        .message = fmt::format("the column {} is missing; a media plan has the "
                                               "columns {} (delimiter found: {})",
                                               column, fmt::join(columns, ", "),
                                               delimiter_word(table_.delimiter))});
    }
    for (const CsvCell& cell : table_.header) {
      if (std::find(columns.begin(), columns.end(), cell.text) != columns.end()) continue;
      faults.push_back(cell_fault(table_, cell,
                                  fmt::format("unknown column; a media plan has the columns {}",
                                              fmt::join(columns, ", "))));
    }
    return faults;
  }

  std::optional<std::size_t> read_day(const CsvCell& cell) {
    const Reading<Date> reading = read_date({.value = cell.text, .place = {}}, {});
    if (const Fault* fault = std::get_if<Fault>(&reading)) {
      tell(cell, "date: " + fault->message);
      return std::nullopt;
    }
    const int day =
        days_since_epoch(std::get<Date>(reading)) - days_since_epoch(plan_.campaign.start);
    if (day >= 0 && day < plan_.campaign.flight_days) return static_cast<std::size_t>(day);
    tell(cell, fmt::format("the date is outside the flight, {} to {}",
                           date_text(plan_.campaign.start), date_text(plan_.campaign.end)));
    return std::nullopt;
  }

  std::optional<std::size_t> read_channel(const CsvCell& cell) {
    const auto found = std::find(channels_.begin(), channels_.end(), cell.text);
    if (found != channels_.end()) return static_cast<std::size_t>(found - channels_.begin());
    tell(cell, "the plan has no such channel", nearest_word(cell.text, channels_));
    return std::nullopt;
  }

  std::optional<double> read_amount(const CsvCell& cell) {
    const ValueRule rule{.key = {},
                         .unit = Unit::money,
                         .range = {.low = 0, .high = 1e12},
                         .currency = plan_.campaign.currency};
    if (cell.text.empty()) {
      tell(cell, "the amount is missing; write 0 for a day without ads");
      return std::nullopt;
    }
    const PointedAmount written = table_.delimiter == ','
                                      ? PointedAmount{.text = cell.text, .problem = {}}
                                      : with_decimal_point(cell.text);
    if (!written.problem.empty()) {
      tell(cell, fmt::format("amount: {} (delimiter: {})", written.problem,
                             delimiter_word(table_.delimiter)));
      return std::nullopt;
    }
    const Reading<double> reading = read_ranged({.value = written.text, .place = {}}, rule);
    if (const double* amount = std::get_if<double>(&reading)) return *amount;
    tell(cell, "amount: " + std::get<Fault>(reading).message);
    return std::nullopt;
  }

  // The first row of a day and channel owns it.
  void claim(const CsvCell& cell, std::size_t channel, std::size_t day) {
    seen_[channel].resize(flight_days(), 0);
    int& line = seen_[channel][day];
    if (line == 0) {
      line = cell.line;
    } else {
      tell(cell, fmt::format("{} has this date in line {} already", channels_[channel], line));
    }
  }

  // A row with 0 says that a day is meant to be without ads; a day without a row may be forgotten.
  void warn_about_gaps(std::size_t channel) {
    const std::vector<double>& days = media_.daily_budget[channel];
    const auto gaps = std::count(seen_[channel].begin(), seen_[channel].end(), 0);
    if (days.empty() || gaps == 0) return;
    const auto paid = std::count_if(days.begin(), days.end(), [](double m) { return m > 0; });
    media_.warnings.push_back(
        {.place = {.file = table_.name},
         .key = "channel." + key_text(channels_[channel]),
         .value = {},
         .message = fmt::format("money on {} of {} days; {} without a row, which get{} nothing: "
                                "write 0 where that is meant",
                                paid, days.size(), gaps, gaps == 1 ? "s" : ""),
         .kind = FaultKind::warning});
  }

  const CsvTable& table_;
  const Plan& plan_;
  std::vector<std::string> channels_;
  std::vector<std::vector<int>> seen_;  // line of each day's row, 0: none yet
  MediaPlan media_;
};

}  // namespace

MediaPlan read_media_plan(const CsvTable& table, const Plan& plan) {
  return MediaPlanReader{table, plan}.read();
}

}  // namespace flywheel
