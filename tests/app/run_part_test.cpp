#include "app/run_part.hpp"

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

TEST_CASE("a part's folder has the part in its name", "[app][part]") {
  CHECK(folder_of("a/x.h5", {}) == "a/x.h5.run");
  CHECK(folder_of("a/x.h5", {.number = 2, .of = 4}) == "a/x.2-of-4.run");
  CHECK(folder_of("a/x.night", {.number = 2, .of = 4}) == "a/x.night.2-of-4.run");
}

}  // namespace flywheel::test
