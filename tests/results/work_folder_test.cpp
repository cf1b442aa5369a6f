#include "results/work_folder.hpp"

#include <fstream>
#include <string>
#include <vector>

#include <sys/stat.h>

#include "results/file_error.hpp"
#include "results/publish.hpp"
#include "results/scratch_folder.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// A run whose folder lies beside "out.h5".
struct Desk {
  ScratchFolder scratch;
  std::filesystem::path output{scratch.path() / "out.h5"};
  RunDescription run{synthetic_description()};
  OutcomeShape shape{synthetic_shape()};

  void keep(WorkFolder& folder, std::uint64_t first, std::uint64_t count) const {
    std::vector<Outcome> outcomes;
    for (std::uint64_t k = 0; k < count; ++k) outcomes.push_back(synthetic_outcome(first + k));
    folder.keep(outcomes, run, shape);
  }
  [[nodiscard]] std::vector<std::filesystem::path> files(const char* folder) const {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator{work_folder_of(output) / folder}) {
      found.push_back(entry.path());
    }
    return found;
  }
};

/// The bytes with one bit of one of them the other way.
void flip(const std::filesystem::path& file, std::streamoff place) {
  std::fstream stream{file, std::ios::binary | std::ios::in | std::ios::out};
  stream.seekg(place);
  const char letter = static_cast<char>(stream.get() ^ 4);
  stream.seekp(place);
  stream.put(letter);
}

}  // namespace

TEST_CASE("what a work folder keeps is there for the next process", "[results][work]") {
  const Desk desk;
  {
    WorkFolder folder{work_folder_of(desk.output)};
    CHECK(folder.path() == desk.output.string() + ".run");
    CHECK(folder.is_locked());
    CHECK_FALSE(folder.run_lines());
    folder.claim(desk.run.run_lines);
    CHECK(folder.list_shards().empty());
    desk.keep(folder, 0, 3);
    desk.keep(folder, 3, 2);
  }
  struct stat status {};
  REQUIRE(::stat(work_folder_of(desk.output).c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0700U);
  WorkFolder folder{work_folder_of(desk.output)};
  CHECK(folder.run_lines() == desk.run.run_lines);
  CHECK(folder.list_shards() == std::vector<std::uint64_t>{0, 3});
  const auto outcomes = folder.read(3, desk.run, desk.shape);
  REQUIRE(outcomes);
  CHECK(outcomes->size() == 2);
  CHECK(outcomes->back().replication == 4);
  CHECK_FALSE(folder.read(4, desk.run, desk.shape));
  CHECK(folder.set_aside().empty());
  folder.remove();
  CHECK_FALSE(std::filesystem::exists(work_folder_of(desk.output)));
}

TEST_CASE("one process at a time works in a folder", "[results][work]") {
  const Desk desk;
  const WorkFolder folder{work_folder_of(desk.output)};
  CHECK_THROWS_WITH(WorkFolder{work_folder_of(desk.output)},
                    Catch::Contains("process " + std::to_string(::getpid()) + " is at work here"));
}

TEST_CASE("whatever is damaged goes to quarantine and is not read", "[results][work][damage]") {
  const Desk desk;
  WorkFolder folder{work_folder_of(desk.output)};
  desk.keep(folder, 5, 3);
  const std::filesystem::path shard = desk.files("shards").front();
  const auto size = static_cast<std::streamoff>(std::filesystem::file_size(shard));
  const int damage = GENERATE(range(0, 12));
  if (damage < 8) {
    flip(shard, size * damage / 8);
  } else if (damage < 10) {
    std::filesystem::resize_file(shard, static_cast<std::uintmax_t>(size) * (damage - 8) / 2);
  } else if (damage == 10) {
    flip(shard, size - 3);  // the seal itself
  } else {
    std::filesystem::remove(shard);
    std::filesystem::create_symlink("/dev/zero", shard);
  }
  CHECK(folder.list_shards() == std::vector<std::uint64_t>{5});
  CHECK_FALSE(folder.read(5, desk.run, desk.shape));
  CHECK(desk.files("shards").empty());
  CHECK(desk.files("quarantine").size() == 1);
  CHECK(folder.set_aside().size() == 1);
  CHECK(folder.list_shards().empty());
}

TEST_CASE("shards of others, under others' names, or without a name are set aside",
          "[results][work][damage]") {
  const Desk desk;
  WorkFolder folder{work_folder_of(desk.output)};
  desk.keep(folder, 0, 2);
  const std::filesystem::path shard = desk.files("shards").front();
  const std::string hash = shard.filename().string().substr(12);
  std::filesystem::copy(shard, shard.parent_path() / ("000000000007" + hash));
  std::ofstream{shard.parent_path() / "notes.txt"} << "mine";
  std::ofstream{shard.parent_path() / (shard.filename().string() + ".12.0.tmp")} << "half";
  CHECK(folder.list_shards() == std::vector<std::uint64_t>{0, 7});
  CHECK(desk.files("shards").size() == 2);
  CHECK_FALSE(folder.read(7, desk.run, desk.shape));
  RunDescription other = desk.run;
  other.run_lines.front() = "seed 43";
  CHECK_FALSE(folder.read(0, other, desk.shape));
  CHECK(folder.set_aside().size() == 3);
  CHECK(folder.set_aside().back().find("is of another run") != std::string::npos);
  // Once more what was set aside before: both stay there.
  desk.keep(folder, 0, 2);
  CHECK(folder.list_shards() == std::vector<std::uint64_t>{0});
  CHECK_FALSE(folder.read(0, other, desk.shape));
  CHECK(desk.files("quarantine").size() == 4);
}

TEST_CASE("a folder in whose place a file or a link lies is refused", "[results][work]") {
  const Desk desk;
  std::ofstream{work_folder_of(desk.output)} << "a file";
  CHECK_THROWS_WITH(WorkFolder{work_folder_of(desk.output)}, Catch::Contains("is in the way"));
  std::filesystem::remove(work_folder_of(desk.output));
  std::filesystem::create_directory(desk.scratch.path() / "elsewhere");
  std::filesystem::create_symlink("elsewhere", work_folder_of(desk.output));
  CHECK_THROWS_WITH(WorkFolder{work_folder_of(desk.output)}, Catch::Contains("is in the way"));
}

}  // namespace flywheel::test
