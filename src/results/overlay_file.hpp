#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <span>

#include "results/file_descriptor.hpp"

namespace flywheel {

/// A file whose writing never fails in the eyes of who writes: from the first failure on what is
/// written stays in memory, from where it is read back, and the failure waits to be asked for.
///
/// It exists for HDF5, which may crash when its file driver fails under it (1.10.8, full disk),
/// whose H5Fclose may report success after such a failure, and which passes over some failures to
/// read as if there were nothing. Memory after a failure grows with what is written, so ask often.
class OverlayFile {
 public:
  /// `file` is open for reading, and for writing if it is to be written, and lives as long.
  explicit OverlayFile(FileDescriptor& file) : file_{file} {}

  void write(std::uint64_t place, std::span<const std::byte> bytes) noexcept;
  /// Its length when asked; 0 where that cannot be told.
  [[nodiscard]] std::uint64_t bytes() noexcept;
  /// Zeros where nothing was written, or the file cannot be read.
  void read(std::uint64_t place, std::span<std::byte> bytes) noexcept;
  /// Cuts or lengthens the file.
  void resize(std::uint64_t bytes) noexcept;

  /// Throws the first failure, a FileError, if there was one.
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  static constexpr std::size_t page_bytes{4'096};
  using Page = std::array<std::byte, page_bytes>;

  void write_over(std::uint64_t place, std::span<const std::byte> bytes);
  Page& page_at(std::uint64_t number);

  FileDescriptor& file_;
  std::exception_ptr failure_{};
  std::map<std::uint64_t, Page> pages_;  ///< over the file, by number
};

}  // namespace flywheel
