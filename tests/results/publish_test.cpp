#include "results/publish.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "results/file_error.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

std::vector<std::byte> bytes_of(const std::string& text) {
  std::vector<std::byte> bytes;
  for (const char letter : text) bytes.push_back(std::byte(letter));
  return bytes;
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string failure_of_publishing(const std::vector<std::byte>& bytes,
                                  const std::filesystem::path& path) {
  return thrown_message([&] {
    publish(bytes, path, Existing::keep);
    return 0;
  });
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Limits the size of files that this process may write, for a while.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(FileSizeLimit&&) = delete;

 private:
  rlimit before_{};
};

TEST_CASE("publishing puts the bytes under the name and leaves nothing else", "[results]") {
  const ScratchFolder folder;
  const std::string text(3'000'000, 'x');
  publish(bytes_of(text), folder.path() / "out.h5", Existing::keep);
  REQUIRE(content(folder.path() / "out.h5") == text);
  REQUIRE(folder.files() == std::vector<std::string>{"out.h5"});
}

TEST_CASE("publishing works for a bare name in the current folder", "[results]") {
  const ScratchFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  publish(bytes_of("here"), "bare.h5", Existing::keep);
  std::filesystem::current_path(before);
  REQUIRE(content(folder.path() / "bare.h5") == "here");
}

TEST_CASE("a name that is taken by the very same bytes is as asked", "[results]") {
  const ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "twice.h5";
  publish(bytes_of("the same"), path, Existing::keep);
  publish(bytes_of("the same"), path, Existing::keep);
  REQUIRE(folder.files().size() == 1);
  for (const char* other : {"the sane", "the same.", ""}) {
    REQUIRE(thrown_message([&] {
              publish(bytes_of(other), path, Existing::keep);
              return 0;
            }).find("File exists") != std::string::npos);
  }
  REQUIRE(folder.files().size() == 1);
}

TEST_CASE("a name that is taken is kept or replaced as asked", "[results]") {
  const ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "out.h5";
  publish(bytes_of("old"), path, Existing::keep);

  const std::string message = failure_of_publishing(bytes_of("new"), path);
  REQUIRE(holds(message, path.string()));
  REQUIRE(holds(message, "File exists"));
  REQUIRE(content(path) == "old");
  REQUIRE(folder.files() == std::vector<std::string>{"out.h5"});

  publish(bytes_of("new"), path, Existing::replace);
  REQUIRE(content(path) == "new");
  REQUIRE(folder.files() == std::vector<std::string>{"out.h5"});
}

TEST_CASE("a leftover of a killed process neither blocks nor is touched", "[results]") {
  const ScratchFolder folder;
  const std::string leftover = "out.h5." + std::to_string(::getpid()) + ".0.tmp";
  std::ofstream{folder.path() / leftover} << "precious";
  publish(bytes_of("new"), folder.path() / "out.h5", Existing::keep);
  REQUIRE(content(folder.path() / "out.h5") == "new");
  REQUIRE(content(folder.path() / leftover) == "precious");
}

TEST_CASE("a limit on the size of files is an error, not a signal", "[results]") {
  const ScratchFolder folder;
  const std::vector<std::byte> bytes(1'000'000, std::byte{7});
  std::string message;
  {
    const FileSizeLimit limit{500'000};
    message = failure_of_publishing(bytes, folder.path() / "out.h5");
  }
  REQUIRE(holds(message, (folder.path() / "out.h5").string()));
  REQUIRE(holds(message, "write: File too large"));
  REQUIRE(folder.files().empty());
}

TEST_CASE("a folder that is missing or no folder is named with the cause", "[results]") {
  const ScratchFolder folder;
  const std::filesystem::path missing = folder.path() / "nowhere" / "out.h5";
  const std::string message = failure_of_publishing(bytes_of("new"), missing);
  REQUIRE(holds(message, missing.string()));
  REQUIRE(holds(message, "No such file or directory"));

  publish(bytes_of("a file"), folder.path() / "file", Existing::keep);
  REQUIRE(holds(failure_of_publishing(bytes_of("new"), folder.path() / "file" / "out.h5"),
                "Not a directory"));
}

enum TmpfsEnd { as_expected = 0, other_end = 1, no_tmpfs = 77 };

/// Publishes more than a tmpfs of 64 kB holds, then what fits; runs in a process of its own
/// because it leaves the mount namespace.
TmpfsEnd publish_on_full_disk(const std::filesystem::path& folder) {
  const bool is_own = ::unshare(CLONE_NEWNS) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
  if (!is_own || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=64k") != 0) {
    return no_tmpfs;
  }
  const std::filesystem::path path = folder / "out.h5";
  const std::string message =
      failure_of_publishing(std::vector<std::byte>(200'000, std::byte{1}), path);
  const bool is_named =
      holds(message, path.string()) && holds(message, "write: No space left on device");
  if (!is_named || !std::filesystem::is_empty(folder)) return other_end;
  publish(bytes_of("fits"), path, Existing::keep);
  return content(path) == "fits" ? as_expected : other_end;
}

TEST_CASE("a full disk is named with the cause and keeps no part of the file", "[results]") {
  const ScratchFolder folder;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    TmpfsEnd end = other_end;
    try {
      end = publish_on_full_disk(folder.path());
    } catch (...) {
      end = other_end;
    }
    ::_exit(end);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == no_tmpfs) {
    WARN("skipped: this machine does not let tests mount a small disk");
    return;
  }
  REQUIRE(WEXITSTATUS(status) == as_expected);
}

TEST_CASE("whether a file can be published is known without leaving one", "[results][publish]") {
  const ScratchFolder folder;
  check_publishable(folder.path() / "r.h5");
  CHECK(std::filesystem::is_empty(folder.path()));
  CHECK_THROWS_AS(check_publishable(folder.path() / "no" / "r.h5"), FileError);
  CHECK_THROWS_AS(check_publishable("/proc/r.h5"), FileError);
}

}  // namespace
}  // namespace flywheel::test
