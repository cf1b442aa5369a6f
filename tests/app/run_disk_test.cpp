#include "app/run_disk.hpp"

#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("the disk that a run needs grows with its rows, and little with its details",
          "[app][disk]") {
  const OutcomeShape shape{
      .layout = OutcomeLayout{{.channels = 2, .segments = 1, .flows = 0, .rotations = 60}},
      .parameters = 3,
      .days = 100};
  const RowSplit split{shape.layout};
  const auto dense = static_cast<double>(split.dense_size() + 5);
  const auto detail = static_cast<double>(split.detail_size() + 100);
  CHECK(disk_need_bytes(shape, 10) == Approx(16e6 + 24.0 * 10.0 * (dense + detail)));
  CHECK(disk_need_bytes(shape, 1'000'000) ==
        Approx(16e6 + 24.0 * (1e6 * dense + 2'000.0 * detail)));
}

TEST_CASE("a run that the disk has no room for is told so with both sizes", "[app][disk]") {
  CHECK_FALSE(disk_shortage(5e9, 5e9));
  CHECK_FALSE(disk_shortage(5e9, std::nullopt));
  CHECK(disk_shortage(8.25e9, 512e6) ==
        "the run may put 8.2 GB on the disk, of which 512 MB are free: make room, give another "
        "place by -o, or play fewer replications");
  CHECK(disk_shortage(1.0, 0.0));
  CHECK(free_disk_bytes("x.h5").value() > 0.0);
  CHECK_FALSE(free_disk_bytes("/no/such/folder/x.h5"));
}

}  // namespace flywheel::test
