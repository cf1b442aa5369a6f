#include "plan/unit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "tables/number_text.hpp"

namespace flywheel {

namespace {

// What a written unit measures, before it is compared with what the key wants.
enum class Measure { bare, percent, money, time, rate, times, foreign_money, unknown };

struct Suffix {
  std::string_view word;
  Measure measure;
  double scale;  // in days for times, per day for rates
};

constexpr std::array suffixes{Suffix{"", Measure::bare, 1},
                              Suffix{"%", Measure::percent, .01},
                              Suffix{"percent", Measure::percent, .01},
                              Suffix{"x", Measure::times, 1},
                              Suffix{"times", Measure::times, 1},
                              Suffix{"d", Measure::time, 1},
                              Suffix{"day", Measure::time, 1},
                              Suffix{"days", Measure::time, 1},
                              Suffix{"week", Measure::time, 7},
                              Suffix{"weeks", Measure::time, 7},
                              Suffix{"h", Measure::time, 1. / 24},
                              Suffix{"hour", Measure::time, 1. / 24},
                              Suffix{"hours", Measure::time, 1. / 24},
                              Suffix{"min", Measure::time, 1. / 1440},
                              Suffix{"minute", Measure::time, 1. / 1440},
                              Suffix{"minutes", Measure::time, 1. / 1440},
                              Suffix{"s", Measure::time, 1. / 86400},
                              Suffix{"second", Measure::time, 1. / 86400},
                              Suffix{"seconds", Measure::time, 1. / 86400},
                              Suffix{"per day", Measure::rate, 1},
                              Suffix{"a day", Measure::rate, 1},
                              Suffix{"per week", Measure::rate, 1. / 7},
                              Suffix{"a week", Measure::rate, 1. / 7},
                              Suffix{"per year", Measure::rate, 1. / 365.25},
                              Suffix{"a year", Measure::rate, 1. / 365.25}};

struct Symbol {
  std::string_view text;
  std::string_view currencies;  // codes that may be meant, parted by spaces
};

constexpr std::array symbols{Symbol{"$", "USD CAD AUD NZD SGD HKD MXN"}, Symbol{"€", "EUR"},
                             Symbol{"£", "GBP"}, Symbol{"¥", "JPY CNY"}};

struct Written {
  std::string_view number;
  std::string_view suffix;
  Measure prefix{Measure::bare};
};

bool is_code(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Measure money_measure(bool is_ours) { return is_ours ? Measure::money : Measure::foreign_money; }

// Takes a currency off the front: a symbol, or a code of three capital letters.
Written split(std::string_view text, std::string_view currency) {
  Written written;
  for (const Symbol& symbol : symbols) {
    if (!text.starts_with(symbol.text)) continue;
    written.prefix = money_measure(symbol.currencies.find(currency) != std::string_view::npos);
    text.remove_prefix(symbol.text.size());
  }
  if (text.size() > 3 && is_code(text.substr(0, 3))) {
    written.prefix = money_measure(text.substr(0, 3) == currency);
    text.remove_prefix(3);
  }
  text = trim(text);
  // An exponent belongs to the number only when a digit follows it.
  std::size_t end = 0;
  constexpr std::string_view digits{"0123456789"};
  while (end < text.size()) {
    const bool plain = digits.find(text[end]) != std::string_view::npos || text[end] == '.' ||
                       text[end] == ',' || (end == 0 && (text[end] == '-' || text[end] == '+'));
    const std::size_t sign =
        end + 1 < text.size() && (text[end + 1] == '-' || text[end + 1] == '+');
    const bool exponent = end > 0 && (text[end] == 'e' || text[end] == 'E') &&
                          end + 1 + sign < text.size() &&
                          digits.find(text[end + 1 + sign]) != std::string_view::npos;
    if (!plain && !exponent) break;
    end += exponent ? 2 + sign : 1;
  }
  written.number = text.substr(0, end);
  written.suffix = trim(text.substr(end));
  return written;
}

// "1,200,000.5" without its commas; nothing when the groups are not of three digits.
std::optional<double> grouped_number(std::string_view text) {
  if (text.find(',') == std::string_view::npos) return parse_number(text);
  std::string plain;
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::size_t begin = 0;
  for (std::size_t comma = whole.find(','); begin <= whole.size(); comma = whole.find(',', begin)) {
    const std::string_view group = whole.substr(begin, comma - begin);
    const bool first = begin == 0;
    const bool size_fits = first ? !group.empty() && group.size() <= 4 : group.size() == 3;
    if (!size_fits) return std::nullopt;
    plain += group;
    if (comma == std::string_view::npos) break;
    begin = comma + 1;
  }
  if (text.substr(point).find(',') != std::string_view::npos) return std::nullopt;
  return parse_number(plain + std::string{text.substr(point)});
}

struct Measured {
  double value;
  Measure measure;
};

// Takes "thousand" or "million" off the front of what follows the number.
double take_multiple(std::string_view& suffix) {
  constexpr std::array<std::pair<std::string_view, double>, 3> multiples{
      {{"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}}};
  for (const auto& [word, scale] : multiples) {
    if (!suffix.starts_with(word)) continue;
    suffix = trim(suffix.substr(word.size()));
    return scale;
  }
  return 1;
}

Measured measure(double number, std::string_view suffix, std::string_view currency) {
  number *= take_multiple(suffix);
  if (is_code(suffix)) return {number, money_measure(suffix == currency)};
  for (const Symbol& symbol : symbols) {
    if (suffix == symbol.text) {
      return {number, money_measure(symbol.currencies.find(currency) != std::string_view::npos)};
    }
  }
  if (suffix.starts_with('/')) {
    suffix = trim(suffix.substr(1));
    for (const Suffix& known : suffixes) {
      if (known.measure == Measure::rate && known.word.ends_with(suffix) &&
          known.word == "per " + std::string{suffix}) {
        return {number * known.scale, Measure::rate};
      }
    }
    return {number, Measure::unknown};
  }
  for (const Suffix& known : suffixes) {
    if (known.word != suffix) continue;
    // Dividing keeps "1.2%" the double nearest to 0.012, which a product with 0.01 is not.
    if (known.measure == Measure::percent) return {number / 100, known.measure};
    return {number * known.scale, known.measure};
  }
  return {number, Measure::unknown};
}

std::optional<double> convert(const Measured& measured, Unit unit) {
  if (measured.measure == Measure::bare) return measured.value;
  switch (unit) {
    case Unit::share:
      if (measured.measure == Measure::percent) return measured.value;
      break;
    case Unit::factor:
      if (measured.measure == Measure::percent || measured.measure == Measure::times) {
        return measured.value;
      }
      break;
    case Unit::money:
      if (measured.measure == Measure::money) return measured.value;
      break;
    case Unit::days:
      if (measured.measure == Measure::time) return measured.value;
      break;
    case Unit::seconds:
      if (measured.measure == Measure::time) return measured.value * 86400;
      break;
    case Unit::per_day:
      if (measured.measure == Measure::rate) return measured.value;
      break;
    case Unit::per_year:
      if (measured.measure == Measure::rate) return measured.value * 365.25;
      break;
    default:
      break;
  }
  return std::nullopt;
}

std::string_view example(Unit unit) {
  switch (unit) {
    case Unit::share:
      return "0.012 or \"1.2%\"";
    case Unit::money:
      return "12.5 or \"$1,200\"";
    case Unit::days:
      return "14 or \"14 days\" or \"3 weeks\"";
    case Unit::seconds:
      return "127 or \"127 seconds\"";
    case Unit::per_day:
      return "0.5 or \"0.5 per day\"";
    case Unit::per_year:
      return "4 or \"4 per year\"";
    case Unit::count:
      return "1200 or \"1,200\" or \"2 million\"";
    case Unit::factor:
      return "1.2 or \"1.2x\" or \"120%\"";
    default:
      return "0.4";
  }
}

std::string trimmed_number(double value) { return fmt::format("{:.4g}", value); }

}  // namespace

std::string_view unit_word(Unit unit) {
  constexpr std::array<std::string_view, 11> words{"share",    "money",    "days",  "seconds",
                                                   "per day",  "per year", "count", "factor",
                                                   "log-odds", "number",   "-"};
  return words.at(static_cast<std::size_t>(unit));
}

std::string unit_symbol(Unit unit, std::string_view currency) {
  constexpr std::array<std::string_view, 11> cf{"1", "",  "day", "s", "day-1", "year-1",
                                                "1", "1", "1",   "1", ""};
  return unit == Unit::money ? std::string{currency}
                             : std::string{cf.at(static_cast<std::size_t>(unit))};
}

Quantity read_quantity(std::string_view text, Unit unit, std::string_view currency) {
  const std::string hint = fmt::format("write it like {}", example(unit));
  const Written written = split(trim(text), currency);
  const std::optional<double> number = grouped_number(written.number);
  if (!number) return "is not a number; " + hint;
  Measured measured = measure(*number, written.suffix, currency);
  if (written.prefix != Measure::bare) {
    measured.measure = measured.measure == Measure::bare ? written.prefix : Measure::unknown;
  }
  if (measured.measure == Measure::foreign_money) {
    return fmt::format("is in another currency than the plan's {}; convert it first", currency);
  }
  const std::optional<double> converted = convert(measured, unit);
  if (!converted || !std::isfinite(*converted)) return "has a wrong unit; " + hint;
  return *converted;
}

std::string quantity_text(double value, Unit unit, std::string_view currency) {
  switch (unit) {
    case Unit::share:
      return trimmed_number(value * 100) + '%';
    case Unit::money:
      return fmt::format(
          "{} {}", currency,
          std::abs(value) < 1000 ? trimmed_number(value) : fmt::format("{:.0f}", value));
    case Unit::days:
      return trimmed_number(value) + " d";
    case Unit::seconds:
      return trimmed_number(value) + " s";
    case Unit::per_day:
      return trimmed_number(value) + " per day";
    case Unit::per_year:
      return trimmed_number(value) + " per year";
    default:
      return trimmed_number(value);
  }
}

}  // namespace flywheel
