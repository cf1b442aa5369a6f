#include "app/run_memory.hpp"

#include "support/catch.hpp"

namespace flywheel::test {
namespace {

bool holds(const std::optional<std::string>& text, const std::string& part) {
  return text && text->find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a run that needs more memory than there is says how many threads fit", "[app][run]") {
  // 300 bytes a journey: 1e7 journeys are 3 GB.
  CHECK_FALSE(memory_warning(1e7, 2, 8e9));
  CHECK(holds(memory_warning(1e7, 4, 8e9), "need 12 GB"));
  CHECK(holds(memory_warning(1e7, 4, 8e9), "--threads 2 fits"));
  CHECK(holds(memory_warning(1e7, 1, 2e9), "not even one future"));
}

TEST_CASE("a machine that does not tell its memory gets no warning", "[app][run]") {
  CHECK_FALSE(memory_warning(1e8, 64, 0.0));
  CHECK(machine_memory_bytes() > 1e8);
}

}  // namespace flywheel::test
