#include "report/page.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/check.hpp"
#include "core/error_text.hpp"

namespace flywheel {

namespace {

constexpr std::string_view bold{"\x1b[1m"};
constexpr std::string_view yellow{"\x1b[33m"};
constexpr std::string_view plain{"\x1b[0m"};
constexpr std::size_t gap{2};

std::string in_color(std::string_view text, std::string_view color, const PageStyle& style) {
  if (!style.colored) return std::string{text};
  return std::string{color} + std::string{text} + std::string{plain};
}

std::string padded(const std::string& text, std::size_t width, Align align) {
  const std::size_t length = count_characters(text);
  const std::string space(length < width ? width - length : 0, ' ');
  return align == Align::left ? text + space : space + text;
}

std::size_t bytes_of(std::string_view text, std::size_t characters) {
  std::size_t bytes = 0;
  for (; characters > 0 && bytes < text.size(); --characters) {
    bytes += code_point_at(text, bytes).bytes;
  }
  return bytes;
}

/// Where to break a text of which so many bytes fit: behind a mark that is not among the first.
std::size_t break_of(std::string_view text, std::size_t first, std::size_t fits) {
  for (const char* marks : {" .", "_"}) {
    const std::size_t mark = text.find_last_of(marks, fits - 1);
    if (mark != std::string_view::npos && mark >= first) return mark + 1;
  }
  return fits;
}

/// Lines of at most `width` characters, each after the first indented.
std::vector<std::string> lines_of(std::string text, std::size_t width) {
  constexpr std::size_t indent = 2;
  std::vector<std::string> lines;
  while (count_characters(text) > width) {
    const std::size_t end = break_of(text, indent, bytes_of(text, width));
    lines.push_back(text.substr(0, end));
    text.replace(0, end, indent, ' ');
  }
  lines.push_back(std::move(text));
  return lines;
}

std::string broken_line(std::string_view text, std::size_t width) {
  const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
  std::string page;
  std::string line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t word = std::min(text.find_first_not_of(' ', begin), text.size());
    const std::size_t end = std::min(text.find(' ', word), text.size());
    const std::string part{text.substr(begin, end - begin)};  // a word and the space before it
    if (begin > 0 && count_characters(line) + count_characters(part) > width) {
      page += line + '\n';
      line = std::string(indent + 4, ' ') + std::string{text.substr(word, end - word)};
    } else {
      line += part;
    }
    begin = end;
  }
  return page + line + '\n';
}

std::string without_trailing_space(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string heading(std::string_view title, const PageStyle& style) {
  return '\n' + in_color(title, bold, style) + '\n';
}

std::string marked(std::string_view text, const PageStyle& style) {
  return in_color(text, yellow, style);
}

std::string wrapped(std::string_view text, const PageStyle& style, std::size_t indent) {
  std::string page;
  std::string line;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word{text.substr(begin, end - begin)};
    const bool fits = count_characters(line) + 1 + count_characters(word) <= style.width;
    if (!line.empty() && !fits) {
      page += line + '\n';
      line = std::string(indent, ' ') + word;
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
    begin = end + 1;
  }
  return page + line + '\n';
}

std::string broken_lines(std::string_view text, const PageStyle& style) {
  std::string page;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    page += broken_line(text.substr(0, end), style.width);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return page;
}

TextTable::TextTable(std::vector<TableColumn> columns) : columns_{std::move(columns)} {}

void TextTable::add(std::vector<std::string> cells) {
  expect(cells.size() == columns_.size(), "a row has a cell for each column");
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::widths(const PageStyle& style) const {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    std::size_t width = count_characters(columns_[column].head);
    for (const auto& row : rows_) width = std::max(width, count_characters(row[column]));
    widths.push_back(width);
  }
  const std::size_t total =
      std::accumulate(widths.begin(), widths.end(), gap * (columns_.size() - 1));
  if (total <= style.width) return widths;
  std::size_t widest = 0;
  for (std::size_t column = 1; column < columns_.size(); ++column) {
    const bool wider = widths[column] > widths[widest] || columns_[widest].align == Align::right;
    if (columns_[column].align == Align::left && wider) widest = column;
  }
  constexpr std::size_t narrowest = 12;
  const std::size_t excess = total - style.width;
  const std::size_t left = std::max(widths[widest], excess + narrowest) - excess;
  widths[widest] = std::min(widths[widest], left);
  return widths;
}

std::string TextTable::line(const std::vector<std::string>& cells,
                            const std::vector<std::size_t>& width) const {
  std::vector<std::vector<std::string>> parts;
  std::size_t height = 1;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    parts.push_back(lines_of(cells[column], width[column]));
    height = std::max(height, parts.back().size());
  }
  std::string text;
  for (std::size_t row = 0; row < height; ++row) {
    std::string one;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const std::string part = row < parts[column].size() ? parts[column][row] : std::string{};
      one += std::string(column > 0 ? gap : 0, ' ') +
             padded(part, width[column], columns_[column].align);
    }
    text += without_trailing_space(std::move(one)) + '\n';
  }
  return text;
}

std::string TextTable::text(const PageStyle& style) const {
  const std::vector<std::size_t> width = widths(style);
  std::vector<std::string> heads;
  for (const TableColumn& column : columns_) heads.push_back(column.head);
  std::string page = line(heads, width);
  for (const auto& row : rows_) page += line(row, width);
  return page;
}

std::string bar(double share, std::size_t width) {
  constexpr std::array<std::string_view, 8> parts{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const double length = std::clamp(share, 0.0, 1.0) * static_cast<double>(width);
  const auto eighths = static_cast<std::size_t>(std::floor(length * 8.0 + 0.5));
  std::string text;
  for (std::size_t full = 0; full < eighths / 8; ++full) text += "█";
  return text + std::string{parts.at(eighths % 8)};
}

}  // namespace flywheel
