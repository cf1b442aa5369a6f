#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace flywheel {

/// One cell and where it begins.
struct CsvCell {
  std::string text;
  int line{0};
  int column{0};  ///< character within the line, from 1
};

/// A table with a header line; every row has as many cells as the header.
struct CsvTable {
  std::string name;     ///< the file, as faults call it
  char delimiter{','};  ///< comma, semicolon or tab: whichever the header uses most
  std::vector<CsvCell> header;
  std::vector<std::vector<CsvCell>> rows;
  std::size_t rows_left_out{0};  ///< read, but faulty and hence not among the rows
};

/// A table, or everything that is wrong with it (then the table holds the rows that are right).
struct CsvReading {
  CsvTable table;
  Faults faults;
  bool has_header{
      false};  ///< every column has a name of its own: the rows that are right can be used
};

/// Reads CSV by RFC 4180: quoted cells may hold delimiters, line ends and doubled quotes; lines
/// end with LF, CRLF or CR; empty lines are skipped; white space around unquoted cells is dropped.
///
/// Faults: no header, a header name twice or empty, a row of another length than the header, a
/// quote out of place or never closed, more than five million cells. At most 50 are told.
[[nodiscard]] CsvReading read_csv(std::string_view text, const std::string& name);

/// The same for a file, checked by csv_limits.
[[nodiscard]] CsvReading read_csv_file(const std::filesystem::path& path, const std::string& name);

/// The position of the column with this header.
[[nodiscard]] std::optional<std::size_t> column_of(const CsvTable& table, std::string_view header);

/// Where a cell stands.
[[nodiscard]] Place place_of(const CsvTable& table, const CsvCell& cell);

/// "comma", "semicolon" or "tab": a reader that detects a delimiter also says which.
[[nodiscard]] std::string delimiter_word(char delimiter);

}  // namespace flywheel
