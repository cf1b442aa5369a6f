// A result that is written piece by piece is the one that is built in memory, or none.
#include <csignal>
#include <fstream>
#include <numeric>
#include <sstream>

#include <fcntl.h>
#include <sys/resource.h>

#include "results/publish.hpp"
#include "results/result.hpp"
#include "results/sample_result.hpp"
#include "results/scratch_folder.hpp"
#include "results/seal.hpp"
#include "results/write_image.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// A limit on the size of files, as a disk that fills up; a test's own while it lives.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FileLimit(FileLimit&&) = delete;

 private:
  rlimit before_{};
};

/// 20,000 rows, so that there are many chunks, texts among them.
ResultSchema large_schema(const std::vector<double>& values) {
  ResultSchema schema{.identity = {.file_type = "run"}, .groups = {{.path = "replications"}}};
  std::vector<std::int64_t> numbers(values.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  ResultGroup& group = schema.groups.front();
  group.dimensions.push_back({.name = "replication",
                              .coordinates = std::move(numbers),
                              .meaning = {"1", "replication", "number"},
                              .attributes = {}});
  for (const char* name : {"first", "second", "third"}) {
    group.variables.push_back({.name = name,
                               .dimensions = {"replication"},
                               .meaning = {"1", name, "a figure"},
                               .values = std::span<const double>{values}});
  }
  group.variables.push_back({.name = "failure",
                             .type = StoredType::text,
                             .dimensions = {"replication"},
                             .meaning = {"", "failure", "why"},
                             .values = RowsOfTexts{[](std::size_t row) {
                               return row % 1'000 == 7 ? "row " + std::to_string(row)
                                                       : std::string{};
                             }}});
  return schema;
}

std::vector<double> noise() {
  std::vector<double> values(20'000);
  for (std::size_t k = 0; k < values.size(); ++k) {
    values[k] = static_cast<double>(k * 2'654'435'761U % 1'000'003U);
  }
  return values;
}

void publish_schema(const ResultSchema& schema, const std::filesystem::path& path) {
  publish_file({.write = [&](FileDescriptor& file) { write_file(schema, file, path); },
                .is_sound = is_sealed},
               path, Existing::keep);
}

}  // namespace

TEST_CASE("a file written piece by piece has the same bytes each time", "[results]") {
  const ScratchFolder folder;
  const std::vector<double> figures = noise();
  const ResultSchema schema = large_schema(figures);
  const auto written = [&](const char* name) {
    const std::filesystem::path path = folder.path() / name;
    publish_schema(schema, path);
    std::ifstream stream{path, std::ios::binary};
    return std::string{std::istreambuf_iterator<char>{stream}, {}};
  };
  const std::string once = written("once.h5");
  REQUIRE(once == written("again.h5"));
  // An image ends with what HDF5 keeps free for more, a file does not: they are as long as that.
  const std::size_t image = write_image(schema).size();
  REQUIRE(once.size() <= image);
  REQUIRE(once.size() + 4'096 > image);
}

TEST_CASE("a file written piece by piece has the values of the image", "[results]") {
  const ScratchFolder folder;
  const std::vector<double> figures = noise();
  const ResultSchema schema = large_schema(figures);
  const std::filesystem::path path = folder.path() / "result.h5";
  publish_schema(schema, path);
  const Result file = read_result(path);
  const Result image = read_image(write_image(schema), "image");
  for (const char* column : {"/replications/second", "/replications/third"}) {
    REQUIRE(file.doubles(column) == image.doubles(column));
  }
  REQUIRE(file.texts("/replications/failure") == image.texts("/replications/failure"));
}

TEST_CASE("a disk that fills up ends a file with its cause, wherever it is", "[results]") {
  const ScratchFolder folder;
  const std::vector<double> figures = noise();
  const ResultSchema schema = large_schema(figures);
  const std::size_t size = write_image(schema).size();
  const std::filesystem::path path = folder.path() / "result.h5";
  for (std::size_t limit = 0; limit < size; limit += size / 60) {
    const FileLimit full{limit};
    const std::string message = thrown_message([&] {
      publish_schema(schema, path);
      return 0;
    });
    INFO("at " << limit << " of " << size << ": " << message);
    REQUIRE(message.find("File too large") != std::string::npos);
    REQUIRE(folder.files().empty());
  }
  publish_schema(schema, path);
  REQUIRE(read_result(path).doubles("/replications/third") == figures);
}

TEST_CASE("rows of a result are read by themselves", "[results]") {
  const std::vector<double> figures = noise();
  const Result result = read_image(write_image(large_schema(figures)), "rows");
  const RowRange rows{.first = 8'000, .count = 500};
  const std::vector<double> part = result.doubles("/replications/second", rows);
  REQUIRE(std::equal(part.begin(), part.end(), figures.begin() + 8'000));
  REQUIRE(part.size() == 500);
  REQUIRE(result.integers("/replications/replication", rows).front() == 8'000);
  REQUIRE(result.texts("/replications/failure", rows).at(7) == "row 8007");
  REQUIRE(result.doubles("/replications/second", {.first = 19'990, .count = 500}).size() == 10);
  REQUIRE(result.texts("/replications/failure", {.first = 20'000, .count = 1}).empty());
}

}  // namespace flywheel::test
