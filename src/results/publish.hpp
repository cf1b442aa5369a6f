#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>

#include "results/file_descriptor.hpp"

namespace flywheel {

/// What happens to a file that already has the name.
enum class Existing { keep, replace };

/// Puts bytes under a name, wholly or not at all, and so that a power cut cannot undo it.
///
/// A reader of `destination` sees the old file or the new one, never a part. The steps: write
/// `<destination>.<pid>.<n>.tmp`, or in the folder for temporary files, which must be of the same
/// file system (O_EXCL, nobody else's), fsync, read it back (from the disk where the system forgets
/// what it holds in memory) and compare its SHA-256, rename, fsync of the folder. With
/// `Existing::keep` the rename refuses a name that is taken, also when another program took it just
/// now, unless what it put there are the very same bytes.
///
/// Throws FileError, which names file, step and cause; the temporary file is then gone. If the
/// last step alone fails, the new file is in place but may not survive a power cut. A limit on
/// the size of files (ulimit -f) is an error like any other: its signal is held back.
void publish(std::span<const std::byte> bytes, const std::filesystem::path& destination,
             Existing existing, const std::filesystem::path& temporary_folder = {});

/// What a file shall hold, for one that is too large for memory.
struct FileContent {
  std::function<void(FileDescriptor&)> write;     ///< into a new file, open to be read too
  std::function<bool(FileDescriptor&)> is_sound;  ///< reads it back, from its first byte on
};

/// The same, piece by piece.
void publish_file(const FileContent& content, const std::filesystem::path& destination,
                  Existing existing, const std::filesystem::path& temporary_folder = {});

/// Throws FileError when there is no such folder as `destination` would lie in.
void check_parent(const std::filesystem::path& destination);

/// Makes the temporary file of `destination` and removes it again: what can be known of a later
/// publish() before there are bytes.
///
/// Throws FileError when there is no such folder or no file can be made in it. Permissions alone do
/// not tell: /proc can be written to, and holds no new file.
void check_publishable(const std::filesystem::path& destination);

}  // namespace flywheel
