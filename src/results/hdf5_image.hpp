#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/file_descriptor.hpp"
#include "results/schema.hpp"

namespace flywheel {

struct Hdf5Place;

/// How a dataset lies in the file; numbers are little-endian on every machine.
struct DatasetLayout {
  StoredType type;
  std::vector<std::size_t> shape;         ///< empty for a scalar
  std::size_t rows_per_chunk{0};          ///< 0: in one piece, unfiltered (always so for text)
  std::optional<std::int64_t> missing{};  ///< for integers; floats always use NaN
};

/// A file that is built in memory and never touches a disk, or piece by piece on the disk.
///
/// The same calls give the same bytes: object times are off, creation order is tracked.
/// Paths are absolute, "/group/name"; "/" is the root.
class Hdf5Image {
 public:
  /// In memory.
  Hdf5Image();
  /// On the disk: `file` is new, open for reading and writing, and outlives the image. Memory does
  /// not grow with the file. A failure of the disk is a FileError of the call after it or of
  /// finish(), never one inside HDF5 (overlay_file.hpp).
  Hdf5Image(FileDescriptor& file, const std::filesystem::path& name);
  ~Hdf5Image();
  Hdf5Image(Hdf5Image&&) = delete;

  void add_group(const std::string& path);
  void add_dataset(const std::string& path, const DatasetLayout& layout);

  /// Writes whole rows (or the scalar) from `first_row` on; converts to the stored type.
  template <class Number>
  void write_rows(const std::string& path, std::size_t first_row, std::span<const Number> values);

  /// Writes texts of a one-dimensional dataset (or the scalar) from `first_row` on.
  void write_texts(const std::string& path, std::size_t first_row,
                   std::span<const std::string> values);

  void set_attribute(const std::string& path, const ResultAttribute& attribute);

  /// Makes a one-dimensional dataset a dimension scale, and ties an axis of another to it.
  void make_scale(const std::string& path, const std::string& name);
  void attach_scale(const std::string& path, std::size_t axis, const std::string& scale_path);

  /// The finished file in memory; room for `spare` more bytes is reserved behind it.
  [[nodiscard]] std::vector<std::byte> bytes(std::size_t spare);

  /// Ends the file on the disk; nothing can be added after it.
  void finish();

 private:
  struct State;
  [[nodiscard]] Hdf5Place writing(const std::string& path) const;

  std::unique_ptr<State> state_;
};

}  // namespace flywheel
