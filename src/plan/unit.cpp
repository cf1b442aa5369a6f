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
  double scale;  // to days, or per day
};

constexpr std::array suffixes{Suffix{"", Measure::bare, 1},
                              Suffix{"%", Measure::percent, 1},
                              Suffix{"percent", Measure::percent, 1},
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
                              Suffix{"/day", Measure::rate, 1},
                              Suffix{"per week", Measure::rate, 1. / 7},
                              Suffix{"a week", Measure::rate, 1. / 7},
                              Suffix{"/week", Measure::rate, 1. / 7},
                              Suffix{"per year", Measure::rate, 1. / 365.25},
                              Suffix{"a year", Measure::rate, 1. / 365.25},
                              Suffix{"/year", Measure::rate, 1. / 365.25}};

struct Symbol {
  std::string_view text;
  std::string_view currencies;  // codes that may be meant
};

constexpr std::array symbols{Symbol{"$", "USD CAD AUD NZD SGD HKD MXN"}, Symbol{"€", "EUR"},
                             Symbol{"£", "GBP"}, Symbol{"¥", "JPY CNY"}};

struct Multiple {
  std::string_view word;
  int exponent;  // of ten
};

constexpr std::array multiples{Multiple{"thousand", 3}, Multiple{"million", 6},
                               Multiple{"billion", 9}};

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_code(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char letter) {
           return letter >= 'A' && letter <= 'Z';
         });
}

// The money a text begins with, a symbol or a code of three letters, and how long that is.
struct MoneyMark {
  std::size_t length{0};
  Measure measure{Measure::bare};
};

MoneyMark money_mark(std::string_view text, std::string_view currency) {
  for (const Symbol& symbol : symbols) {
    if (!text.starts_with(symbol.text)) continue;
    const bool is_ours = symbol.currencies.find(currency) != std::string_view::npos;
    return {symbol.text.size(), is_ours ? Measure::money : Measure::foreign_money};
  }
  const std::string_view code = text.substr(0, 3);
  if (!is_code(code)) return {};
  return {code.size(), code == currency ? Measure::money : Measure::foreign_money};
}

// How many letters of the text are a number: sign, digits with points and commas, exponent.
std::size_t number_length(std::string_view text) {
  std::size_t end = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.' || text[end] == ',')) ++end;
  if (end >= text.size() || (text[end] != 'e' && text[end] != 'E')) return end;
  std::size_t exponent = end + 1;
  if (exponent < text.size() && (text[exponent] == '-' || text[exponent] == '+')) ++exponent;
  const std::size_t begin = exponent;
  while (exponent < text.size() && is_digit(text[exponent])) ++exponent;
  return exponent > begin ? exponent : end;
}

// "1,200,000.5" without its commas; nothing when the groups are not of three digits.
std::optional<std::string> without_groups(std::string_view text) {
  const std::string_view whole = text.substr(0, text.find_first_of(".eE"));
  const std::string_view rest = text.substr(whole.size());
  if (rest.find(',') != std::string_view::npos) return std::nullopt;
  std::string plain;
  std::size_t digits_since_comma = 0;
  bool grouped = false;
  for (const char letter : whole) {
    if (letter != ',') {
      plain += letter;
      digits_since_comma += is_digit(letter) ? 1 : 0;
      continue;
    }
    const bool fits =
        grouped ? digits_since_comma == 3 : digits_since_comma >= 1 && digits_since_comma <= 3;
    if (!fits) return std::nullopt;
    grouped = true;
    digits_since_comma = 0;
  }
  if (grouped && digits_since_comma != 3) return std::nullopt;
  return plain + std::string{rest};
}

// The double nearest to the decimal number times a power of ten: "2.8%" is 0.028 to the last bit,
// which 2.8 / 100 is not.
std::optional<double> shifted_number(const std::string& digits, int exponent) {
  if (exponent == 0) return parse_number(digits);
  if (digits.find_first_of("eE") == std::string::npos) {
    return parse_number(fmt::format("{}e{}", digits, exponent));
  }
  const std::optional<double> number = parse_number(digits);
  return number ? std::optional{*number * std::pow(10.0, exponent)} : std::nullopt;
}

struct Measured {
  double value;
  Measure measure;
};

// What follows the number: a multiple, then a unit or a currency.
struct Tail {
  int exponent{0};
  Suffix suffix{"", Measure::bare, 1};
};

Tail read_tail(std::string_view text, std::string_view currency) {
  Tail tail;
  for (const Multiple& multiple : multiples) {
    if (!text.starts_with(multiple.word)) continue;
    tail.exponent = multiple.exponent;
    text = trim(text.substr(multiple.word.size()));
    break;
  }
  const MoneyMark mark = money_mark(text, currency);
  if (mark.length > 0 && mark.length == text.size()) {
    tail.suffix.measure = mark.measure;
    return tail;
  }
  const auto* known = std::find_if(suffixes.begin(), suffixes.end(),
                                   [=](const Suffix& suffix) { return suffix.word == text; });
  tail.suffix = known == suffixes.end() ? Suffix{"", Measure::unknown, 1} : *known;
  if (tail.suffix.measure == Measure::percent) tail.exponent -= 2;
  return tail;
}

std::optional<Measured> measure(std::string_view text, std::string_view currency) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;  // "-$5"
  const MoneyMark front = money_mark(text.substr(sign), currency);
  const bool negative = sign > 0 && front.length > 0;
  if (front.length > 0) text = trim(text.substr(sign + front.length));
  if (negative && text.starts_with('-')) return std::nullopt;
  const std::size_t length = number_length(text);
  const Tail tail = read_tail(trim(text.substr(length)), currency);
  const std::optional<std::string> digits = without_groups(text.substr(0, length));
  const std::optional<double> number =
      digits ? shifted_number(*digits, tail.exponent) : std::nullopt;
  if (!number) return std::nullopt;
  Measure measure = tail.suffix.measure;
  if (front.length > 0) measure = measure == Measure::bare ? front.measure : Measure::unknown;
  return Measured{(negative ? -1 : 1) * *number * tail.suffix.scale, measure};
}

// Which written units a key's unit takes, and what turns days into that unit.
struct Conversion {
  Unit unit;
  Measure from;
  double scale;
};

constexpr std::array conversions{Conversion{Unit::share, Measure::percent, 1},
                                 Conversion{Unit::factor, Measure::percent, 1},
                                 Conversion{Unit::factor, Measure::times, 1},
                                 Conversion{Unit::money, Measure::money, 1},
                                 Conversion{Unit::days, Measure::time, 1},
                                 Conversion{Unit::seconds, Measure::time, 86400},
                                 Conversion{Unit::per_day, Measure::rate, 1},
                                 Conversion{Unit::per_year, Measure::rate, 365.25}};

std::optional<double> convert(const Measured& measured, Unit unit) {
  if (measured.measure == Measure::bare) return measured.value;
  const auto* known = std::find_if(
      conversions.begin(), conversions.end(),
      [&](const Conversion& one) { return one.unit == unit && one.from == measured.measure; });
  if (known == conversions.end()) return std::nullopt;
  return measured.value * known->scale;
}

std::string_view example(Unit unit) {
  switch (unit) {
    case Unit::share:
      return "0.012 or \"1.2%\"";
    case Unit::money:
      return "12.5 or \"$1200.50\"";
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
  const std::optional<Measured> measured = measure(trim(text), currency);
  if (!measured) return "is not a number; " + hint;
  if (measured->measure == Measure::foreign_money) {
    return fmt::format("is in another currency than the plan's {}; convert it first", currency);
  }
  const std::optional<double> converted = convert(*measured, unit);
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
