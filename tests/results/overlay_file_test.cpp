#include "results/overlay_file.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <fcntl.h>

#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

std::vector<std::byte> bytes_of(const std::string& text) {
  std::vector<std::byte> bytes;
  for (const char letter : text) bytes.push_back(static_cast<std::byte>(letter));
  return bytes;
}

std::string read(OverlayFile& file, std::uint64_t place, std::size_t count) {
  std::vector<std::byte> bytes(count);
  file.read(place, bytes);
  std::string text;
  for (const std::byte one : bytes) text += static_cast<char>(one);
  return text;
}

/// A disk that takes nothing: the descriptor is open for reading alone.
struct FullDisk {
  explicit FullDisk(std::size_t size) { std::ofstream{path} << std::string(size, 'a'); }

  ScratchFolder folder;
  std::filesystem::path path{folder.path() / "file"};
};

}  // namespace

TEST_CASE("an overlay writes to its file as long as that can be", "[results][overlay]") {
  const ScratchFolder folder;
  FileDescriptor descriptor{folder.path() / "file", O_RDWR | O_CREAT};
  OverlayFile file{descriptor};
  file.write(3, bytes_of("house"));
  file.resize(10);
  CHECK_NOTHROW(file.rethrow());
  CHECK(read(file, 0, 12) == std::string{"\0\0\0house\0\0\0\0", 12});
  CHECK(descriptor.regular_file_bytes() == 10);
}

TEST_CASE("after a failure an overlay reads back what was written", "[results][overlay]") {
  const FullDisk disk{10'000};
  FileDescriptor descriptor{disk.path, O_RDONLY};
  OverlayFile file{descriptor};
  const std::string text(5'000, 'b');
  file.write(4'000, bytes_of(text));
  file.write(20'000, bytes_of("beyond the end"));
  file.write(5'000, bytes_of("c"));
  file.resize(30'000);
  CHECK(read(file, 3'998, 4) == "aabb");
  CHECK(read(file, 4'999, 3) == "bcb");
  CHECK(read(file, 8'998, 4) == "bbaa");
  CHECK(read(file, 20'000, 14) == "beyond the end");
  CHECK(read(file, 19'999, 1) == std::string(1, '\0'));
  CHECK(thrown_message([&] {
          file.rethrow();
          return 0;
        }) == disk.path.string() + ": write: Bad file descriptor");
}

}  // namespace flywheel::test
