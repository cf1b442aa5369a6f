#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace flywheel {

/// What a page is written on.
struct PageStyle {
  std::size_t width{80};  ///< characters in a line, at least 60
  bool colored{false};    ///< a terminal that wants escape sequences
};

/// A section's title on a line of its own, bold where there is color.
[[nodiscard]] std::string heading(std::string_view title, const PageStyle& style);

/// Text marked as worth looking at; as it is where there is no color.
[[nodiscard]] std::string marked(std::string_view text, const PageStyle& style);

/// Prose broken into lines of the page's width, each after the first indented.
[[nodiscard]] std::string wrapped(std::string_view text, const PageStyle& style,
                                  std::size_t indent = 0);

/// Lines longer than the page is wide, each broken at spaces; what follows a break is indented by
/// four characters more than its line. All other spaces stay.
[[nodiscard]] std::string broken_lines(std::string_view text, const PageStyle& style);

enum class Align { left, right };

struct TableColumn {
  std::string head;
  Align align{Align::right};
};

/// Rows of cells under heads. Columns are as wide as their widest cell; when the table is wider
/// than the page, the widest left-aligned column gets what is left, at least twelve characters, and
/// cells that do not fit go on below: broken after a space or the dot of a key, else after an
/// underscore, else anywhere.
class TextTable {
 public:
  explicit TextTable(std::vector<TableColumn> columns);

  /// As many cells as columns.
  void add(std::vector<std::string> cells);
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] std::string text(const PageStyle& style) const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths(const PageStyle& style) const;
  [[nodiscard]] std::string line(const std::vector<std::string>& cells,
                                 const std::vector<std::size_t>& width) const;

  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// A bar of block characters, an eighth of a character fine; `share` of `width` characters.
[[nodiscard]] std::string bar(double share, std::size_t width);

}  // namespace flywheel
