#include "results/whole_file.hpp"

#include <fcntl.h>

#include "results/file_descriptor.hpp"
#include "results/file_error.hpp"

namespace flywheel {

std::vector<std::byte> read_whole_file(const std::filesystem::path& path,
                                       std::uint64_t most_bytes) {
  // Without O_NONBLOCK a pipe under the name would be waited for.
  FileDescriptor file{path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK};
  const std::uint64_t size = file.regular_file_bytes();
  if (size > most_bytes) throw FileError{path, "is larger than such a file can be"};
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  file.read_all(bytes);
  return bytes;
}

}  // namespace flywheel
