#include "app/run_part.hpp"

#include <map>

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("parts play every replication once", "[app][part]") {
  for (const std::uint64_t of : {1U, 2U, 3U, 7U, 64U}) {
    for (const std::uint64_t replications : {of, of + 1, 1'000UL, 1'023UL}) {
      std::uint64_t next = 0;
      for (std::uint64_t number = 1; number <= of; ++number) {
        const ReplicationRange range = range_of({.number = number, .of = of}, replications);
        REQUIRE(range.first == next);
        REQUIRE((range.count == replications / of || range.count == replications / of + 1));
        next = range.end();
      }
      REQUIRE(next == replications);
    }
  }
}

TEST_CASE("a part is its number and how many there are", "[app][part]") {
  const auto read = [](const char* text) { return read_part(text); };
  CHECK(std::get<RunPart>(read("")).is_whole());
  CHECK(std::get<RunPart>(read("2/4")).number == 2);
  CHECK(std::get<RunPart>(read("2/4")).text() == "2/4");
  for (const char* text :
       {"2", "/4", "2/", "0/4", "5/4", "1/1", "-1/4", "2/4/8", "2/10001", "a/b"}) {
    INFO(text);
    CHECK(std::holds_alternative<std::string>(read(text)));
  }
}

TEST_CASE("a task of a Slurm array is a part", "[app][part][slurm]") {
  struct Array {
    std::string id, lowest, highest, step, count;
  };
  const auto read = [](const std::string& text, const Array& array) {
    const std::map<std::string, std::string> set{{"SLURM_ARRAY_TASK_ID", array.id},
                                                 {"SLURM_ARRAY_TASK_MIN", array.lowest},
                                                 {"SLURM_ARRAY_TASK_MAX", array.highest},
                                                 {"SLURM_ARRAY_TASK_STEP", array.step},
                                                 {"SLURM_ARRAY_TASK_COUNT", array.count}};
    const auto part = read_part(text, [set](const std::string& name) -> std::optional<std::string> {
      const auto found = set.find(name);
      if (found == set.end() || found->second.empty()) return std::nullopt;
      return found->second;
    });
    const auto* right = std::get_if<RunPart>(&part);
    return right != nullptr ? right->text() : std::get<std::string>(part);
  };
  CHECK(read("slurm", {"3", "1", "8", "1", "8"}) == "3/8");
  CHECK(read("slurm", {"0", "0", "7", "1", "8"}) == "1/8");
  CHECK(read("slurm", {"7", "0", "7", "1", "8"}) == "8/8");
  CHECK(read("slurm", {"5", "1", "9", "4", "3"}) == "2/3");
  CHECK(read("slurm/8", {"3", "3", "5", "2", "2"}) == "3/8");
  CHECK(read("slurm", {"3", "1", "7", "1", "3"}).find("has gaps") != std::string::npos);
  CHECK(read("slurm", {"3", "3", "3", "1", "1"}).find("one task") != std::string::npos);
  CHECK(read("slurm/8", {"9", "9", "9", "1", "1"}).find("number 9") != std::string::npos);
  CHECK(read("slurm/8", {"0", "0", "7", "1", "8"}).find("--array=1-N") != std::string::npos);
  CHECK(read("slurm/x", {"1", "1", "8", "1", "8"}).find("--array=1-N") != std::string::npos);
  CHECK(read("slurm", {"", "", "", "", ""}).find("is not set") != std::string::npos);
  CHECK(read("2/4", {"3", "1", "8", "1", "8"}) == "2/4");
}

TEST_CASE("a part's folder has the part in its name", "[app][part]") {
  CHECK(folder_of("a/x.h5", {}) == "a/x.h5.run");
  CHECK(folder_of("a/x.h5", {.number = 2, .of = 4}) == "a/x.2-of-4.run");
  CHECK(folder_of("a/x.night", {.number = 2, .of = 4}) == "a/x.night.2-of-4.run");
}

}  // namespace flywheel::test
