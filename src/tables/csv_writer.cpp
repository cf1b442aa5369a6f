#include "tables/csv_writer.hpp"

#include <cmath>

#include "tables/number_text.hpp"

namespace flywheel {

namespace {

std::string quoted(std::string_view text) {
  std::string cell{'"'};
  for (const char letter : text) {
    if (letter == '"') cell += '"';
    cell += letter;
  }
  return cell + '"';
}

std::string text_cell(const std::string& text) {
  const bool formula =
      !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
  const std::string safe = formula ? '\'' + text : text;
  const bool needs_quotes =
      safe.find_first_of(",;\t\"\r\n") != std::string::npos || trim(safe).size() != safe.size();
  return needs_quotes ? quoted(safe) : safe;
}

}  // namespace

std::string csv_cell(const CsvValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text_cell(*text);
  const double number = std::get<double>(value);
  return std::isnan(number) ? std::string{} : number_text(number);
}

std::string csv_line(std::span<const CsvValue> values) {
  std::string line;
  for (const CsvValue& value : values) {
    if (!line.empty() || &value != values.data()) line += ',';
    line += csv_cell(value);
  }
  return line + '\n';
}

}  // namespace flywheel
