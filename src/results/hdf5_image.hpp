#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/schema.hpp"

namespace flywheel {

/// How a dataset lies in the file; numbers are little-endian on every machine.
struct DatasetLayout {
  StoredType type;
  std::vector<std::size_t> shape;         ///< empty for a scalar
  std::size_t rows_per_chunk{0};          ///< 0: in one piece, unfiltered (always so for text)
  std::optional<std::int64_t> missing{};  ///< for integers; floats always use NaN
};

/// A file that is built in memory and never touches a disk.
///
/// The same calls give the same bytes: object times are off, creation order is tracked.
/// Paths are absolute, "/group/name"; "/" is the root.
class Hdf5Image {
 public:
  Hdf5Image();
  ~Hdf5Image();
  Hdf5Image(Hdf5Image&&) = delete;

  void add_group(const std::string& path);
  void add_dataset(const std::string& path, const DatasetLayout& layout);

  /// Writes whole rows (or the scalar) from `first_row` on; converts to the stored type.
  template <class Number>
  void write_rows(const std::string& path, std::size_t first_row, std::span<const Number> values);

  /// Writes all values of a text dataset.
  void write_texts(const std::string& path, std::span<const std::string> values);

  void set_attribute(const std::string& path, const ResultAttribute& attribute);

  /// Makes a one-dimensional dataset a dimension scale, and ties an axis of another to it.
  void make_scale(const std::string& path, const std::string& name);
  void attach_scale(const std::string& path, std::size_t axis, const std::string& scale_path);

  /// The finished file; room for `spare` more bytes is reserved behind it.
  [[nodiscard]] std::vector<std::byte> bytes(std::size_t spare);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace flywheel
