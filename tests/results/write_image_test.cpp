#include "results/write_image.hpp"

#include <cmath>
#include <limits>
#include <random>

#include "core/check.hpp"
#include "results/result.hpp"
#include "results/sample_result.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// Fills and frees memory, so that bytes nobody set would differ from one image to the next.
void stir_memory() {
  std::minstd_rand random{17};
  std::vector<std::vector<unsigned char>> blocks;
  for (std::size_t size = 64; size < (std::size_t{8} << 20U); size *= 2) {
    blocks.emplace_back(size, static_cast<unsigned char>(random()));
  }
}

TEST_CASE("what is written to an image is read back", "[results]") {
  const SampleValues values;
  const std::vector<std::byte> image = write_image(sample_schema(values));
  const Result result = read_image(image, "sample");

  const std::vector<double> roas = result.doubles("/replications/cohort_roas_180");
  REQUIRE(roas.size() == 3);
  REQUIRE(roas[0] == 2.5);
  REQUIRE(std::isnan(roas[1]));
  REQUIRE(roas[2] == 3.25);
  REQUIRE(result.doubles("/replications/orders_by_channel") == values.orders_by_channel);
  REQUIRE(result.integers("/replications/payback_day") == values.payback_day);
  REQUIRE(std::isnan(result.doubles("/replications/payback_day")[1]));
  REQUIRE(result.doubles("/replications/payback_day")[0] == 12);
  REQUIRE(result.integers("/replications/rotations") == std::vector<std::int64_t>{7, 8, 9});
  REQUIRE(result.integers("/replications/failed") == std::vector<std::int64_t>{0, 1, 0});
  REQUIRE(result.texts("/replications/failure") == values.failure);
  REQUIRE(result.doubles("/replications/spend") == std::vector<double>{1234.5});
  REQUIRE(result.doubles("/paths/cash") ==
          std::vector<double>(values.cash.begin(), values.cash.end()));
  REQUIRE(result.texts("/provenance/plan") == values.plan);
}

TEST_CASE("a result knows its groups, shapes, dimensions, types and identity", "[results]") {
  const SampleValues values;
  const std::vector<std::byte> image = write_image(sample_schema(values));
  const Result result = read_image(image, "sample");

  REQUIRE(result.groups() ==
          std::vector<std::string>{"/replications", "/paths", "/provenance", "/provenance/inputs"});
  REQUIRE(result.variables().front() == "/replications/replication");
  REQUIRE(result.shape("/replications/orders_by_channel") == std::vector<std::size_t>{3, 2});
  REQUIRE(result.dimensions("/replications/orders_by_channel") ==
          std::vector<std::string>{"replication", "channel"});
  REQUIRE(result.dimensions("/paths/day") == std::vector<std::string>{"day"});
  REQUIRE(result.dimensions("/replications/spend").empty());
  REQUIRE(result.type("/replications/failed") == StoredType::int8);
  REQUIRE(result.type("/paths/cash") == StoredType::float32);
  REQUIRE(std::get<std::string>(result.attribute("/paths/day", "units").value()) ==
          "days since 2026-03-01");
  REQUIRE_FALSE(result.attribute("/paths/day", "colour").has_value());

  const ResultIdentity identity = result.identity();
  REQUIRE(identity.file_type == "run");
  REQUIRE(identity.seed == std::numeric_limits<std::uint64_t>::max());
  REQUIRE(identity.plan_sha256 == std::string(64, 'a'));
  REQUIRE(identity.complete == 1);
}

TEST_CASE("asking a result for what it does not hold is an error", "[results]") {
  const SampleValues values;
  const std::vector<std::byte> image = write_image(sample_schema(values));
  const Result result = read_image(image, "sample");
  const auto refuses = [](auto action, const std::string& cause) {
    const std::string message = thrown_message(action);
    return message.find("sample: ") == 0 && message.find(cause) != std::string::npos;
  };
  REQUIRE(refuses([&] { return result.doubles("/replications/profit"); }, "replications/profit"));
  REQUIRE(refuses([&] { return result.doubles("/replications/failure"); }, "holds text"));
  REQUIRE(refuses([&] { return result.integers("/paths/cash"); }, "does not hold integers"));
  REQUIRE(refuses([&] { return result.texts("/paths/cash"); }, "does not hold text"));
  REQUIRE_FALSE(result.has("/replications/profit"));
  REQUIRE(result.has("/paths/cash"));
}

TEST_CASE("the same content gives the same bytes, at any time and whatever was in memory",
          "[results]") {
  const SampleValues values;
  const std::vector<std::byte> first = write_image(sample_schema(values));
  stir_memory();
  // Times in HDF5 count whole seconds.
  const timespec longer_than_a_second{1, 100'000'000};
  ::nanosleep(&longer_than_a_second, nullptr);
  REQUIRE(first == write_image(sample_schema(values)));

  SampleValues others;
  others.rotations[2] = 10;
  REQUIRE(first != write_image(sample_schema(others)));
}

TEST_CASE("long columns keep every row across chunks", "[results]") {
  constexpr std::size_t rows = 20'000;  // not a multiple of any chunk
  std::vector<std::int64_t> numbers(rows);
  std::vector<double> wide(rows * 3);
  for (std::size_t row = 0; row < rows; ++row) numbers[row] = static_cast<std::int64_t>(row);
  for (std::size_t index = 0; index < wide.size(); ++index) {
    wide[index] = std::sqrt(static_cast<double>(index));
  }
  const auto wide_row = [&](std::size_t row) {
    return std::span<const double>{wide}.subspan(3 * row, 3);
  };
  const Meaning meaning{"1", "name", "A sentence"};
  const ResultSchema schema{
      .identity = {.file_type = "run"},
      .groups = {{.path = "g",
                  .dimensions = {{"row", numbers, meaning, {}},
                                 {"side", std::vector<double>{-0.5, 0, 0.5}, meaning, {}}},
                  .variables = {{.name = "wide",
                                 .dimensions = {"row", "side"},
                                 .meaning = meaning,
                                 .values = RowsOfDoubles{wide_row}}}}}};
  const std::vector<std::byte> image = write_image(schema);
  const Result result = read_image(image, "long");
  REQUIRE(result.integers("/g/row") == numbers);
  REQUIRE(result.doubles("/g/wide") == wide);
  REQUIRE(result.doubles("/g/side") == std::vector<double>{-0.5, 0, 0.5});
}

TEST_CASE("numbers that the stored type cannot hold are refused, not bent", "[results]") {
  SampleValues values;
  const double bad = GENERATE(10.5, 3e9, -3e9, 1e300, std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity());
  values.orders_by_channel[3] = bad;
  REQUIRE_THROWS_AS(write_image(sample_schema(values)), ContractBroken);
}

TEST_CASE("text that no reader could take is made well-formed", "[results]") {
  SampleValues values;
  values.failure = {std::string{"a\0b", 3}, "\xC0\xAF \xED\xA0\x80", "fine \xF0\x9F\x9B\x92"};
  const std::vector<std::byte> image = write_image(sample_schema(values));
  const Result result = read_image(image, "sample");
  const std::string mark{"\xEF\xBF\xBD"};
  const std::vector<std::string> expected{"a" + mark + "b", mark + mark + " " + mark + mark + mark,
                                          "fine \xF0\x9F\x9B\x92"};
  REQUIRE(result.texts("/replications/failure") == expected);
}

}  // namespace
}  // namespace flywheel::test
