#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/file_error.hpp"
#include "results/schema.hpp"

namespace flywheel {

class Hdf5File;
struct StoredDataset;

/// A finished result file, open for reading.
///
/// Variables, coordinates and groups are named by absolute paths, "/replications/orders".
/// Asking for what is not there, or for text as numbers, is a FileError that says so. One thread
/// at a time may use this and any other result: HDF5 is not made for more.
class Result {
 public:
  explicit Result(std::unique_ptr<Hdf5File> file, std::filesystem::path name);
  ~Result();
  Result(Result&& other) noexcept;
  Result& operator=(Result&& other) noexcept;

  /// Where it was read from, for messages.
  [[nodiscard]] const std::filesystem::path& name() const { return name_; }

  /// Paths of all groups, and of all variables with their coordinates, in the order written.
  [[nodiscard]] std::vector<std::string> groups() const;
  [[nodiscard]] std::vector<std::string> variables() const;

  [[nodiscard]] bool has(const std::string& variable) const;
  [[nodiscard]] StoredType type(const std::string& variable) const;
  [[nodiscard]] std::vector<std::size_t> shape(const std::string& variable) const;

  /// Names of the dimensions, slowest first; a coordinate is its own dimension.
  [[nodiscard]] std::vector<std::string> dimensions(const std::string& variable) const;

  /// Values of whole rows, first dimension slowest, of any number type; missing integers become
  /// NaN.
  [[nodiscard]] std::vector<double> doubles(const std::string& variable, RowRange rows = {}) const;

  /// Values of an integer type, as they are stored.
  [[nodiscard]] std::vector<std::int64_t> integers(const std::string& variable,
                                                   RowRange rows = {}) const;

  [[nodiscard]] std::vector<std::string> texts(const std::string& variable,
                                               RowRange rows = {}) const;

  /// An attribute of the root ("/"), a group or a variable; nothing if there is none.
  [[nodiscard]] std::optional<AttributeValue> attribute(const std::string& path,
                                                        const std::string& name) const;

  /// What to throw where the file lacks something that a result of this format may have: says what,
  /// who wrote the file, and what to do.
  [[nodiscard]] FileError lacks(const std::string& what) const;

  /// What the root says about the file.
  [[nodiscard]] ResultIdentity identity() const;

 private:
  [[nodiscard]] const StoredDataset& find(const std::string& variable) const;

  std::filesystem::path name_;
  std::unique_ptr<Hdf5File> file_;
};

/// Opens a result file after checking its seal, its layout and its format version.
///
/// Throws FileError when the file is missing, not regular, damaged, changed by another program,
/// replaced while it was being opened, or of a newer format. Memory does not grow with the file.
/// The seal detects damage, not malice: open only files whose origin is trusted.
[[nodiscard]] Result read_result(const std::filesystem::path& path);

/// The same for bytes in memory, which are copied; `name` is for messages.
[[nodiscard]] Result read_image(std::span<const std::byte> image,
                                const std::filesystem::path& name);

}  // namespace flywheel
