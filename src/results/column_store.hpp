#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "results/file_descriptor.hpp"

namespace flywheel {

/// Entries of a row that lie together.
struct EntryRange {
  std::size_t begin;
  std::size_t count;
};

/// A table of doubles that is written by rows and read by columns.
///
/// Full blocks of rows lie column by column in memory, or in a scratch file without a name, which
/// the system removes however the process ends; then memory does not grow with the rows.
class ColumnStore {
 public:
  /// In memory where `scratch_folder` is empty; else FileError where that takes no file.
  ColumnStore(std::size_t width, const std::filesystem::path& scratch_folder);

  /// FileError when the disk fails.
  void append(std::span<const double> row);

  [[nodiscard]] std::size_t rows() const { return rows_; }

  /// One entry of all rows.
  [[nodiscard]] std::vector<double> column(std::size_t entry) const;

  /// Entries of a row; they stay until a row of another block is asked for or one is added. Quick
  /// where rows are asked for in their order, however many ranges of entries take turns.
  [[nodiscard]] std::span<const double> entries(EntryRange range, std::size_t row) const;

 private:
  /// Entries of all rows of a block, row by row.
  struct Window {
    EntryRange range;
    std::vector<double> values;
  };

  void put_away();
  /// Where the rows of a block have this entry: read into `piece` if they are on the disk.
  [[nodiscard]] std::span<const double> piece_of(std::size_t block, std::size_t entry,
                                                 std::vector<double>& piece) const;
  [[nodiscard]] Window read_window(std::size_t block, EntryRange range) const;

  std::size_t width_;
  std::size_t rows_{0};
  std::vector<double> block_;  ///< that is being filled: [entry, row]
  std::vector<std::vector<double>> blocks_;
  std::unique_ptr<FileDescriptor> scratch_;
  mutable std::size_t window_block_{0};
  mutable std::vector<Window> windows_;  ///< of that block
};

}  // namespace flywheel
