#include "results/result.hpp"

#include <fstream>
#include <random>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

#include "results/file_descriptor.hpp"
#include "results/publish.hpp"
#include "results/sample_result.hpp"
#include "results/scratch_folder.hpp"
#include "results/write_image.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

std::vector<std::byte> sample_image() {
  const SampleValues values;
  return write_image(sample_schema(values));
}

void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  std::ofstream file{path, std::ios::binary | std::ios::trunc};
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

std::string failure_of_reading(const std::filesystem::path& path) {
  return thrown_message([&] { return read_result(path); });
}

std::string failure_of_reading(std::span<const std::byte> image) {
  return thrown_message([&] { return read_image(image, "image"); });
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::filesystem::path hostile_file(const std::string& name) {
  return std::filesystem::path{FLYWHEEL_SOURCE_DIR} / "tests/results/hostile" / (name + ".hdf5");
}

TEST_CASE("a published result is read from its file", "[results]") {
  const ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "out.h5";
  publish(sample_image(), path, Existing::keep);
  Result first = read_result(path);
  const Result result = std::move(first);
  REQUIRE(result.doubles("/replications/spend") == std::vector<double>{1234.5});
  // A result that is open goes on reading what it opened when a newer one takes the name.
  publish(sample_image(), path, Existing::replace);
  REQUIRE(result.integers("/replications/rotations") == std::vector<std::int64_t>{7, 8, 9});
}

TEST_CASE("a file cut short anywhere is refused by name", "[results][damage]") {
  const ScratchFolder folder;
  const std::vector<std::byte> image = sample_image();
  const std::filesystem::path path = folder.path() / "out.h5";
  for (std::size_t size = 0; size < image.size(); size += size < 200 ? 1 : 97) {
    write_file(path, std::span{image}.first(size));
    const std::string message = failure_of_reading(path);
    CAPTURE(size, message);
    REQUIRE(holds(message, path.string() + ": not a result file, or damaged"));
  }
}

TEST_CASE("any flipped bit is noticed before HDF5 sees a byte", "[results][damage]") {
  std::vector<std::byte> image = sample_image();
  std::minstd_rand random{23};
  for (int round = 0; round < 3000; ++round) {
    const std::size_t place = random() % image.size();
    const auto bit = std::byte(1U << (random() % 8U));
    image[place] ^= bit;
    CAPTURE(place);
    REQUIRE(holds(failure_of_reading(image), "its seal"));
    image[place] ^= bit;
  }
  REQUIRE(failure_of_reading(image).empty());
}

TEST_CASE("a file that somebody added to is refused", "[results][damage]") {
  std::vector<std::byte> image = sample_image();
  image.push_back(std::byte{0});
  REQUIRE(holds(failure_of_reading(image), "changed by another program"));
}

TEST_CASE("what is no regular file is refused at once", "[results][damage]") {
  const ScratchFolder folder;
  REQUIRE(holds(failure_of_reading(folder.path() / "none.h5"), "No such file"));
  REQUIRE(holds(failure_of_reading(folder.path()), "not a regular file"));
  const std::filesystem::path pipe = folder.path() / "pipe.h5";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  REQUIRE(holds(failure_of_reading(pipe), "not a regular file"));
}

TEST_CASE("a sealed file with the layout of a result is accepted", "[results][hostile]") {
  REQUIRE(read_result(hostile_file("harmless")).doubles("/g/values") ==
          std::vector<double>{0, 1, 2, 3});
}

TEST_CASE("a sealed file that no run has written is refused for its layout", "[results][hostile]") {
  using Case = std::pair<std::string, std::string>;
  const auto [name, complaint] = GENERATE(table<std::string, std::string>({
      Case{"external_link", "/g/values: a link to another place or file"},
      Case{"soft_link", "/g/again: a link to another place or file"},
      Case{"virtual_dataset", "/g/values: its values lie in another place"},
      Case{"compact_storage", "/g/values: its values lie in another place"},
      Case{"external_storage", "/g/values: its values lie in another file"},
      Case{"missing_chunks", "/g/values: some of its values are missing"},
      Case{"huge_shape", "/g/values: it claims too many values"},
      Case{"huge_for_its_bytes", "/g/values: its size is out of range"},
      Case{"foreign_filter", "/g/values: a filter that result files do not use"},
      Case{"compound_type", "/g/values: the type of its values"},
      Case{"fixed_text", "/g/values: the type of its values"},
      Case{"named_type", "/g/values: neither a group nor a dataset"},
      Case{"empty_space", "/g/values: it has no values"},
      Case{"unnamed_dimension", "/g/values: a dimension without a name"},
      Case{"no_version", "it has no format_version"},
      Case{"newer_version",
           "in format 2, but this program reads format 1: run the plan again, or read it with the "
           "program that wrote it"},
  }));
  const std::filesystem::path path = hostile_file(name);
  REQUIRE(std::filesystem::exists(path));
  const std::string message = failure_of_reading(path);
  CAPTURE(message);
  REQUIRE(holds(message, path.string() + ": "));
  REQUIRE(holds(message, complaint));
}

TEST_CASE("an open file knows when its name went to another", "[results]") {
  const ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "out.h5";
  publish(std::vector<std::byte>(10), path, Existing::keep);
  const FileDescriptor file{path, O_RDONLY};
  REQUIRE(file.is_still(path));
  // The newcomer has the same size and age: only what the system calls the file tells them apart.
  const auto age = std::filesystem::last_write_time(path);
  publish(std::vector<std::byte>(10), path, Existing::replace);
  std::filesystem::last_write_time(path, age);
  REQUIRE_FALSE(file.is_still(path));
}

}  // namespace
}  // namespace flywheel::test
