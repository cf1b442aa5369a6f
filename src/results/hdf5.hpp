#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "results/file_error.hpp"
#include "results/schema.hpp"

/// What the two users of the HDF5 library (hdf5_image.cpp, hdf5_file.cpp) share; nobody else
/// includes this header or any of the library's.
///
/// HDF5 keeps global state and Debian's is built without locks: within a process only one thread
/// at a time may use anything that writes an image or reads a result. Errors are FileError with
/// the library's own stack of messages; nothing is printed, and plug-ins (filters loaded from
/// HDF5_PLUGIN_PATH) are switched off.
namespace flywheel {

/// The library's `hid_t`, without its header.
using Hdf5Id = std::int64_t;

/// Where an error happened: the file, and what was being done to what.
struct Hdf5Place {
  std::filesystem::path file;
  std::string step;

  /// Passes on a result of HDF5; the negative ones, which mean failure, become FileError.
  template <class Status>
  Status operator()(Status status) const {
    if (status < 0) fail();
    return status;
  }

  void demand(bool holds, const std::string& sentence) const {
    if (!holds) throw FileError{file, step + ": " + sentence};
  }

 private:
  [[noreturn]] void fail() const;
};

/// Owns an identifier of HDF5.
class Hdf5Handle {
 public:
  using Closer = int (*)(Hdf5Id);

  /// Takes the answer of the call that opened something, failed or not.
  Hdf5Handle(const Hdf5Place& place, Hdf5Id identifier, Closer closer);
  Hdf5Handle(Hdf5Handle&& other) noexcept;
  Hdf5Handle& operator=(Hdf5Handle&&) = delete;

  /// Ignores a failure, which loses nothing: whoever writes calls `close` first.
  ~Hdf5Handle();

  void close(const Hdf5Place& place);

  [[nodiscard]] Hdf5Id operator*() const { return identifier_; }

 private:
  Hdf5Id identifier_;
  Closer closer_;
};

/// Silences the library and switches plug-ins off; to be called before a file is opened.
void prepare_hdf5(const Hdf5Place& place);

/// Keeps the library from walking through what it has open at the end of the program, where it
/// crashes if a close failed before. Counts only before the first other call of the library.
void keep_hdf5_from_exit();

[[nodiscard]] Hdf5Handle property_list(const Hdf5Place& place, Hdf5Id kind);
[[nodiscard]] Hdf5Handle open_object(const Hdf5Place& place, Hdf5Id file, const std::string& path);
[[nodiscard]] Hdf5Handle open_dataset(const Hdf5Place& place, Hdf5Id file, const std::string& path);

/// Values of a dataset that lie together: whole rows.
struct RowSelection {
  std::size_t first_row;
  std::size_t values;  ///< of all rows together
};

/// The part of a dataset's space that holds them; all of it where it is a scalar.
[[nodiscard]] Hdf5Handle selected_rows(const Hdf5Place& place, Hdf5Id dataset,
                                       const RowSelection& rows);

/// Variable-length UTF-8, in memory and in the file.
[[nodiscard]] Hdf5Handle text_type(const Hdf5Place& place);

/// The library's names of a number type: in memory, and in the file (little-endian everywhere).
/// For double, float, std::int64_t, std::uint64_t, std::int32_t and std::int8_t.
template <class Number>
[[nodiscard]] Hdf5Id memory_type();
template <class Number>
[[nodiscard]] Hdf5Id file_type();

/// The file's type for numbers stored as `type`, which is not text.
[[nodiscard]] Hdf5Id number_file_type(StoredType type);

}  // namespace flywheel
