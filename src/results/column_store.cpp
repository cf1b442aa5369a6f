#include "results/column_store.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/check.hpp"
#include "results/file_error.hpp"

namespace flywheel {

namespace {

constexpr std::size_t block_rows = 1'024;

/// The same where the file system knows no files without names.
std::unique_ptr<FileDescriptor> open_and_unlink(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / fmt::format("scratch.{}.tmp", ::getpid());
  // A process of our number that was killed in between may have left one.
  ::unlink(path.c_str());
  auto file = std::make_unique<FileDescriptor>(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW);
  if (::unlink(path.c_str()) != 0) throw system_failure(path, "unlink", errno);
  return file;
}

/// A file without a name, for this process alone.
std::unique_ptr<FileDescriptor> open_scratch(const std::filesystem::path& folder) {
  try {
    return std::make_unique<FileDescriptor>(folder, O_RDWR | O_TMPFILE);
  } catch (const FileError&) {
    return open_and_unlink(folder);
  }
}

}  // namespace

ColumnStore::ColumnStore(std::size_t width, const std::filesystem::path& scratch_folder)
    : width_{width} {
  if (!scratch_folder.empty() && width > 0) scratch_ = open_scratch(scratch_folder);
}

void ColumnStore::append(std::span<const double> row) {
  expect(row.size() == width_, "every row of a table has its length");
  if (block_.empty()) block_.resize(width_ * block_rows);
  const std::size_t place = rows_ % block_rows;
  for (std::size_t entry = 0; entry < width_; ++entry) {
    block_[entry * block_rows + place] = row[entry];
  }
  ++rows_;
  windows_.clear();
  if (rows_ % block_rows == 0) put_away();
}

void ColumnStore::put_away() {
  if (scratch_) {
    const std::size_t block = rows_ / block_rows - 1;
    scratch_->write_at(block * block_.size() * sizeof(double), std::as_bytes(std::span{block_}));
  } else {
    blocks_.push_back(std::move(block_));
    block_.clear();
  }
}

std::span<const double> ColumnStore::piece_of(std::size_t block, std::size_t entry,
                                              std::vector<double>& piece) const {
  const std::size_t begin = entry * block_rows;
  const std::size_t count = std::min(block_rows, rows_ - block * block_rows);
  if (block == rows_ / block_rows) return std::span{block_}.subspan(begin, count);
  if (!scratch_) return std::span{blocks_[block]}.subspan(begin, count);
  piece.resize(count);
  scratch_->read_at((block * width_ * block_rows + begin) * sizeof(double),
                    std::as_writable_bytes(std::span{piece}));
  return piece;
}

std::vector<double> ColumnStore::column(std::size_t entry) const {
  std::vector<double> values;
  std::vector<double> piece;
  values.reserve(rows_);
  for (std::size_t block = 0; block * block_rows < rows_; ++block) {
    const std::span<const double> part = piece_of(block, entry, piece);
    values.insert(values.end(), part.begin(), part.end());
  }
  return values;
}

ColumnStore::Window ColumnStore::read_window(std::size_t block, EntryRange range) const {
  const std::size_t rows = std::min(block_rows, rows_ - block * block_rows);
  Window window{.range = range, .values = std::vector<double>(rows * range.count)};
  std::vector<double> piece;
  for (std::size_t entry = 0; entry < range.count; ++entry) {
    const std::span<const double> part = piece_of(block, range.begin + entry, piece);
    for (std::size_t row = 0; row < rows; ++row) {
      window.values[row * range.count + entry] = part[row];
    }
  }
  return window;
}

std::span<const double> ColumnStore::entries(EntryRange range, std::size_t row) const {
  const std::size_t block = row / block_rows;
  if (block != window_block_) windows_.clear();
  window_block_ = block;
  auto window = std::ranges::find_if(windows_, [&](const Window& one) {
    return one.range.begin == range.begin && one.range.count == range.count;
  });
  if (window == windows_.end()) {
    windows_.push_back(read_window(block, range));
    window = windows_.end() - 1;
  }
  return std::span{window->values}.subspan(row % block_rows * range.count, range.count);
}

}  // namespace flywheel
