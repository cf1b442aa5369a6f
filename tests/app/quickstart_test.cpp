#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <sys/wait.h>

#include "app/run_plan.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// A checkout with scripts/quickstart in it, where building does nothing and the program writes
/// down its calls; `run` ends with the code given.
class Checkout {
 public:
  explicit Checkout(int code) {
    namespace fs = std::filesystem;
    fs::create_directories(root() / "scripts" / "lib");
    fs::create_directories(root() / "build" / "quickstart");
    fs::create_directories(root() / "bin");
    fs::copy_file(fs::path{FLYWHEEL_SOURCE_DIR} / "scripts" / "quickstart",
                  root() / "scripts" / "quickstart");
    write_text(root() / "scripts" / "lib" / "packages.sh", "install_packages() { :; }\n");
    write_text(root() / "scripts" / "lib" / "build.sh",
               "announce() { :; }\nuse_compiler_cache() { :; }\nbuild_jobs() { echo 1; }\n");
    write_program(root() / "bin" / "cmake", "exit 0");
    write_program(root() / "build" / "quickstart" / "flywheel",
                  "echo \"$1\" >> calls\n[[ $1 != run ]] || exit " + std::to_string(code));
    write_text(root() / "three_to_one.h5", "what an earlier run left");
  }

  /// The exit status of the script.
  [[nodiscard]] int quickstart() const {
    const std::string command = "PATH='" + at("bin") + "':$PATH '" + at("scripts/quickstart") +
                                "' > '" + at("results") + "' 2> '" + at("messages") + "'";
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  [[nodiscard]] std::string content(const std::string& name) const {
    return bytes_of(root() / name);
  }

 private:
  [[nodiscard]] const std::filesystem::path& root() const { return folder_.path(); }
  [[nodiscard]] std::string at(const std::string& name) const { return (root() / name).string(); }

  static void write_program(const std::filesystem::path& path, const std::string& body) {
    write_text(path, "#!/usr/bin/env bash\n" + body + '\n');
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }

  ScratchFolder folder_;
};

TEST_CASE("quickstart runs the plan also when a result is there, which may be incomplete",
          "[app][scripts]") {
  const Checkout checkout{0};
  REQUIRE(checkout.quickstart() == 0);
  REQUIRE(checkout.content("calls") == "run\nsummary\n");
  REQUIRE(checkout.content("messages").empty());
}

TEST_CASE("quickstart says what to do about the result of another run", "[app][scripts]") {
  const Checkout checkout{3};
  REQUIRE(checkout.quickstart() == 3);
  REQUIRE(checkout.content("calls") == "run\n");
  const std::string messages = checkout.content("messages");
  REQUIRE(std::count(messages.begin(), messages.end(), '\n') == 1);
  REQUIRE(messages.starts_with(
      "three_to_one.h5 is of another plan or program: move it away or remove it, then run "));
}

TEST_CASE("quickstart ends as a failed run does", "[app][scripts]") {
  const Checkout checkout{5};
  REQUIRE(checkout.quickstart() == 5);
  REQUIRE(checkout.content("calls") == "run\n");
  REQUIRE(checkout.content("messages").empty());
}

}  // namespace
}  // namespace flywheel::test
