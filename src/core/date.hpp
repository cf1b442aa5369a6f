#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace flywheel {

/// A day of the proleptic Gregorian calendar, without time zone.
struct Date {
  int year{1970};
  int month{1};  ///< 1 to 12
  int day{1};    ///< 1 to 31

  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
[[nodiscard]] constexpr int days_since_epoch(const Date& date) {
  const int year = date.month <= 2 ? date.year - 1 : date.year;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

/// The date that lies `days` after 1970-01-01; the inverse of days_since_epoch.
[[nodiscard]] constexpr Date date_from_epoch(int days) {
  days += 719468;
  const int era = (days >= 0 ? days : days - 146096) / 146097;
  const int day_of_era = days - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const int year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

/// Monday is 0, Sunday is 6.
[[nodiscard]] constexpr int weekday_of(const Date& date) {
  return ((days_since_epoch(date) + 3) % 7 + 7) % 7;
}

}  // namespace flywheel
