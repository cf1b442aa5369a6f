#include "results/folder_entries.hpp"

#include <algorithm>
#include <fstream>

#include "results/file_error.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

void write_file(const std::filesystem::path& path) { std::ofstream{path} << "text"; }

}  // namespace

TEST_CASE("the names in a folder are files, folders and links", "[results]") {
  const ScratchFolder scratch;
  CHECK(names_in(scratch.path()).empty());
  write_file(scratch.path() / "a file");
  write_file(scratch.path() / ".hidden");
  std::filesystem::create_directory(scratch.path() / "folder");
  write_file(scratch.path() / "folder" / "below");
  std::filesystem::create_symlink("nowhere", scratch.path() / "link");
  std::vector<std::string> names = names_in(scratch.path());
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{".hidden", "a file", "folder", "link"});
}

TEST_CASE("a folder that is not there is told", "[results]") {
  const ScratchFolder scratch;
  const std::filesystem::path missing = scratch.path() / "missing";
  CHECK_THROWS_WITH(names_in(missing), missing.string() + ": list: No such file or directory");
  CHECK_THROWS_WITH(remove_folder(missing),
                    missing.string() + ": remove: No such file or directory");
  write_file(missing);
  CHECK_THROWS_AS(names_in(missing), FileError);
}

TEST_CASE("a folder is removed whole, and nothing behind its links", "[results]") {
  const ScratchFolder scratch;
  const std::filesystem::path folder = scratch.path() / "folder";
  const std::filesystem::path elsewhere = scratch.path() / "elsewhere";
  std::filesystem::create_directories(folder / "deep" / "deeper");
  std::filesystem::create_directory(elsewhere);
  write_file(folder / "deep" / "deeper" / "file");
  write_file(elsewhere / "kept");
  std::filesystem::create_directory_symlink(elsewhere, folder / "deep" / "link");
  remove_folder(folder);
  CHECK_FALSE(std::filesystem::exists(folder));
  CHECK(std::filesystem::exists(elsewhere / "kept"));
}

TEST_CASE("the bytes below a folder are those of its files", "[results]") {
  const ScratchFolder scratch;
  CHECK(bytes_below(scratch.path() / "missing") == 0);
  std::filesystem::create_directories(scratch.path() / "deep" / "deeper");
  write_file(scratch.path() / "one");
  write_file(scratch.path() / "deep" / "deeper" / "two");
  std::filesystem::create_symlink("one", scratch.path() / "link");
  CHECK(bytes_below(scratch.path()) == 8);
}

}  // namespace flywheel::test
