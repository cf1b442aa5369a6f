#include "app/existing_result.hpp"

#include <fstream>

#include "results/file_error.hpp"
#include "results/scratch_folder.hpp"
#include "study/run_image.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// A result whose rows are every so manieth replication.
void write_result(const std::filesystem::path& path, std::size_t step) {
  OutcomeTable table{synthetic_shape()};
  for (std::size_t row = 0; row < 20; ++row) table.take(synthetic_outcome(row * step));
  const std::vector<std::byte> image = run_image(synthetic_plan(), synthetic_description(), table);
  std::ofstream file{path, std::ios::binary};
  for (const std::byte one : image) file.put(static_cast<char>(one));
}

}  // namespace

TEST_CASE("what a run goes on from has all of its replications", "[app]") {
  const ScratchFolder scratch;
  CHECK_FALSE(find_existing_result(scratch.path() / "none.h5"));
  write_result(scratch.path() / "all.h5", 1);
  CHECK(find_existing_result(scratch.path() / "all.h5")->replications == 20);
  const std::filesystem::path sample = scratch.path() / "sample.h5";
  write_result(sample, 2);
  CHECK_THROWS_WITH(find_existing_result(sample),
                    sample.string() +
                        ": is a sample of a run, as previews are, from which none goes on: give "
                        "another file by -o, or remove this one");
}

}  // namespace flywheel::test
