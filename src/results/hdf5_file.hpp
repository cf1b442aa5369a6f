#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/schema.hpp"

namespace flywheel {

/// A dataset that passed the layout check.
struct StoredDataset {
  std::string path;
  StoredType type;
  std::vector<std::size_t> shape;
  std::vector<std::string> dimensions;  ///< names of the scales; empty for a scale itself
};

/// A finished file, open for reading; its layout was checked before any data are read.
///
/// Refused: links other than plain ones, external and virtual storage, filters or types that we
/// never write, more than 6 dimensions, sizes that the file cannot hold, missing chunks (HDF5
/// would read them as fill values without a word).
class Hdf5File {
 public:
  /// Opens a file on disk, without locking it: published files never change.
  explicit Hdf5File(const std::filesystem::path& path);

  /// Opens a copy of bytes in memory; `name` is for messages.
  Hdf5File(std::span<const std::byte> image, const std::filesystem::path& name);

  ~Hdf5File();
  Hdf5File(Hdf5File&&) = delete;

  /// All groups (without the root) and datasets, each in order of creation.
  [[nodiscard]] const std::vector<std::string>& groups() const;
  [[nodiscard]] const std::vector<StoredDataset>& datasets() const;

  [[nodiscard]] std::vector<double> doubles(const StoredDataset& dataset, RowRange rows) const;
  [[nodiscard]] std::vector<std::int64_t> integers(const StoredDataset& dataset,
                                                   RowRange rows) const;
  [[nodiscard]] std::vector<std::string> texts(const StoredDataset& dataset, RowRange rows) const;

  /// The attribute of a group or dataset; nothing if there is none of that name.
  [[nodiscard]] std::optional<AttributeValue> attribute(const std::string& path,
                                                        const std::string& name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace flywheel
