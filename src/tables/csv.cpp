#include "tables/csv.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <variant>

#include "core/error_text.hpp"
#include "tables/number_text.hpp"
#include "tables/text_file.hpp"

namespace flywheel {

namespace {

constexpr std::size_t most_faults{50};
constexpr std::size_t most_cells{5'000'000};

// How often a delimiter stands outside quotes in the first line that is not empty.
std::ptrdiff_t count_in_header(std::string_view text, char delimiter) {
  const std::size_t begin = std::min(text.find_first_not_of("\r\n"), text.size());
  bool quoted = false;
  std::ptrdiff_t count = 0;
  for (const char letter : text.substr(begin)) {
    if (letter == '"') quoted = !quoted;
    if (!quoted && (letter == '\n' || letter == '\r')) break;
    if (!quoted && letter == delimiter) ++count;
  }
  return count;
}

char detect_delimiter(std::string_view text) {
  constexpr std::array candidates{',', ';', '\t'};
  return *std::max_element(candidates.begin(), candidates.end(), [&](char left, char right) {
    return count_in_header(text, left) < count_in_header(text, right);
  });
}

// Walks the text once; the only state is the position and where that is for people.
class CsvScanner {
 public:
  CsvScanner(std::string_view text, std::string name, char delimiter)
      : text_{text}, name_{std::move(name)}, delimiter_{delimiter} {}

  [[nodiscard]] bool at_end() const { return position_ >= text_.size(); }
  [[nodiscard]] const Faults& faults() const { return faults_; }

  // One record; empty for an empty line.
  std::vector<CsvCell> record() {
    std::vector<CsvCell> cells;
    bool more = true;
    while (more) {
      cells.push_back(next() == '"' ? quoted_cell() : plain_cell());
      more = next() == delimiter_ && !at_end();
      if (more) advance();
    }
    if (next() == '\r') advance();
    if (next() == '\n') advance();
    const bool empty_line = cells.size() == 1 && cells.front().text.empty();
    return empty_line ? std::vector<CsvCell>{} : cells;
  }

 private:
  [[nodiscard]] char next() const { return at_end() ? '\0' : text_[position_]; }

  [[nodiscard]] bool at_cell_end() const {
    return at_end() || next() == delimiter_ || next() == '\n' || next() == '\r';
  }

  void advance() {
    const CodePoint point = code_point_at(text_, position_);
    position_ += point.bytes;
    ++column_;
    if (point.value == '\n' || (point.value == '\r' && next() != '\n')) {
      ++line_;
      column_ = 1;
    }
  }

  void tell(const CsvCell& cell, std::string message) {
    faults_.push_back({.place = {.file = name_, .line = cell.line, .column = cell.column},
                       .key = {},
                       .value = cell.text,
                       .message = std::move(message)});
  }

  CsvCell plain_cell() {
    CsvCell cell{.text = {}, .line = line_, .column = column_};
    const std::size_t begin = position_;
    while (!at_cell_end()) advance();
    cell.text = trim(text_.substr(begin, position_ - begin));
    if (cell.text.find('"') != std::string::npos) {
      tell(cell, "a quote inside an unquoted cell; put the whole cell in quotes and double it");
    }
    return cell;
  }

  CsvCell quoted_cell() {
    CsvCell cell{.text = {}, .line = line_, .column = column_};
    advance();
    while (!at_end()) {
      const std::size_t begin = position_;
      const bool quote = next() == '"';
      advance();
      if (quote && next() != '"') return after_quote(std::move(cell));
      if (quote) advance();
      cell.text += text_.substr(begin, quote ? 1 : position_ - begin);
    }
    tell({.text = {}, .line = cell.line, .column = cell.column}, "this quote is never closed");
    return cell;
  }

  CsvCell after_quote(CsvCell cell) {
    const std::size_t begin = position_;
    while (!at_cell_end()) advance();
    if (!trim(text_.substr(begin, position_ - begin)).empty()) {
      tell(cell, "text after the closing quote; double a quote that belongs to the cell");
    }
    return cell;
  }

  std::string_view text_;
  std::string name_;
  char delimiter_;
  std::size_t position_{0};
  int line_{1};
  int column_{1};
  Faults faults_;
};

Faults header_faults(const CsvTable& table) {
  if (table.header.empty()) {
    return {{.place = {.file = table.name, .line = 1, .column = 1},
             .key = {},
             .value = {},
             .message = "the file is empty; its first line names the columns"}};
  }
  Faults faults;
  std::set<std::string> seen;
  for (const CsvCell& cell : table.header) {
    const bool again = !seen.insert(cell.text).second;
    if (!again && !cell.text.empty()) continue;
    faults.push_back({.place = place_of(table, cell),
                      .key = {},
                      .value = cell.text,
                      .message = again ? "two columns have this name" : "a column without a name"});
  }
  return faults;
}

Fault wrong_length(const CsvTable& table, const std::vector<CsvCell>& row) {
  return {.place = place_of(table, row.back()),
          .key = {},
          .value = {},
          .message = "the row has " + std::to_string(row.size()) + " cells, the header has " +
                     std::to_string(table.header.size()) +
                     " (delimiter: " + delimiter_word(table.delimiter) + ")"};
}

}  // namespace

CsvReading read_csv(std::string_view text, const std::string& name) {
  CsvReading reading{
      .table = {.name = name, .delimiter = detect_delimiter(text), .header = {}, .rows = {}},
      .faults = {}};
  CsvTable& table = reading.table;
  CsvScanner scanner{text, name, table.delimiter};
  while (table.header.empty() && !scanner.at_end()) table.header = scanner.record();
  reading.faults = header_faults(table);
  reading.has_header = reading.faults.empty() && scanner.faults().empty();
  std::size_t cells = 0;
  while (!scanner.at_end() && reading.faults.size() + scanner.faults().size() < most_faults) {
    const std::size_t faults_before = scanner.faults().size();
    std::vector<CsvCell> row = scanner.record();
    cells += row.size();
    if (cells > most_cells) {
      reading.faults.push_back({.place = place_of(table, row.back()),
                                .key = {},
                                .value = {},
                                .message = "more than five million cells, the most that is read"});
      break;
    }
    if (row.empty()) continue;
    const bool right_length = row.size() == table.header.size();
    if (!right_length) reading.faults.push_back(wrong_length(table, row));
    if (right_length && scanner.faults().size() == faults_before) {
      table.rows.push_back(std::move(row));
    } else {
      ++table.rows_left_out;
    }
  }
  reading.faults.insert(reading.faults.end(), scanner.faults().begin(), scanner.faults().end());
  return reading;
}

CsvReading read_csv_file(const std::filesystem::path& path, const std::string& name) {
  const TextReading text = read_text_file(path, name, csv_limits);
  if (const Fault* fault = std::get_if<Fault>(&text)) {
    return {.table = {.name = name, .header = {}, .rows = {}}, .faults = {*fault}};
  }
  return read_csv(std::get<std::string>(text), name);
}

std::optional<std::size_t> column_of(const CsvTable& table, std::string_view header) {
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    if (table.header[i].text == header) return i;
  }
  return std::nullopt;
}

Place place_of(const CsvTable& table, const CsvCell& cell) {
  return {.file = table.name, .line = cell.line, .column = cell.column};
}

std::string delimiter_word(char delimiter) {
  if (delimiter == ';') return "semicolon";
  return delimiter == '\t' ? "tab" : "comma";
}

}  // namespace flywheel
