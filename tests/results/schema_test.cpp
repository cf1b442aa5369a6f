#include "results/schema.hpp"

#include <functional>

#include "core/check.hpp"
#include "results/sample_result.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

struct Fault {
  std::string name;
  std::function<void(ResultSchema&)> make;
  std::string complaint;
};

ResultVariable& variable(ResultSchema& schema, std::size_t index) {
  return schema.groups[0].variables[index];
}

std::string complaint_about(const ResultSchema& schema) {
  try {
    check_schema(schema);
  } catch (const ContractBroken& broken) {
    return broken.what();
  }
  return {};
}

const std::vector<double> two_numbers{1, 2};

std::vector<Fault> faults() {
  return {
      {"no kind", [](auto& s) { s.identity.file_type.clear(); }, "file_type"},
      {"group twice", [](auto& s) { s.groups[1].path = "replications"; }, "described once"},
      {"orphan", [](auto& s) { s.groups[3].path = "nobody/inputs"; }, "parent stands before"},
      {"bad group name", [](auto& s) { s.groups[1].path = "2paths"; }, "names are letters"},
      {"rooted path", [](auto& s) { s.groups[1].path = "/paths"; }, "parent stands before"},
      {"bad name", [](auto& s) { variable(s, 0).name = "roas 180"; }, "names are letters"},
      {"name twice", [](auto& s) { variable(s, 0).name = "channel"; }, "described once"},
      {"no long name", [](auto& s) { variable(s, 0).meaning.long_name.clear(); }, "long_name"},
      {"no description", [](auto& s) { variable(s, 0).meaning.description.clear(); },
       "description"},
      {"no units", [](auto& s) { variable(s, 0).meaning.units.clear(); }, "numbers have units"},
      {"text with units", [](auto& s) { variable(s, 5).meaning.units = "euro"; }, "numbers have"},
      {"axis without units", [](auto& s) { s.groups[1].dimensions[1].meaning.units.clear(); },
       "numbers have units"},
      {"unknown dimension", [](auto& s) { variable(s, 0).dimensions = {"segment"}; },
       "dimension segment belongs"},
      {"dimension twice",
       [](auto& s) {
         variable(s, 0).dimensions = {"replication", "replication"};
       },
       "twice"},
      {"empty dimension",
       [](auto& s) { s.groups[0].dimensions[1].coordinates = std::vector<std::string>{}; },
       "not empty"},
      {"too few values",
       [](auto& s) { variable(s, 0).values = std::span<const double>{two_numbers}; }, "3 values"},
      {"no rows", [](auto& s) { variable(s, 1).values = RowsOfDoubles{}; }, "6 values"},
      {"number as text", [](auto& s) { variable(s, 0).type = StoredType::text; }, "units"},
      {"float32 from int32", [](auto& s) { variable(s, 3).type = StoredType::float32; },
       "suit the stored type"},
      {"float64 from floats", [](auto& s) { s.groups[1].variables[0].type = StoredType::float64; },
       "suit the stored"},
      {"missing float", [](auto& s) { variable(s, 0).missing = -1; }, "missing value"},
      {"missing too large", [](auto& s) { variable(s, 3).missing = 1LL << 40; }, "missing value"},
      {"flags of int32",
       [](auto& s) {
         variable(s, 3).meaning.units.clear(), variable(s, 3).flags = {{0, "no"}};
       },
       "int8"},
      {"flag of two words", [](auto& s) { variable(s, 4).flags[0].meaning = "not yet"; },
       "one word"},
      {"units by hand",
       [](auto& s) {
         variable(s, 0).attributes = {{"units", std::string{"1"}}};
       },
       "by hand"},
      {"attribute twice",
       [](auto& s) {
         s.groups[0].attributes.push_back({"sample", 1.0});
       },
       "given once"},
  };
}

TEST_CASE("a sound description passes", "[results]") {
  const SampleValues values;
  REQUIRE(complaint_about(sample_schema(values)).empty());
}

TEST_CASE("a description that contradicts itself is refused with the place and the rule",
          "[results]") {
  const SampleValues values;
  for (const Fault& fault : faults()) {
    ResultSchema schema = sample_schema(values);
    fault.make(schema);
    const std::string complaint = complaint_about(schema);
    INFO(fault.name << ": " << complaint);
    CHECK(complaint.find("contract broken: result ") == 0);
    CHECK(complaint.find(fault.complaint) != std::string::npos);
  }
}

TEST_CASE("a shape is the lengths of the dimensions in their order", "[results]") {
  const SampleValues values;
  const ResultSchema schema = sample_schema(values);
  REQUIRE(shape(schema.groups[0], schema.groups[0].variables[1]) == std::vector<std::size_t>{3, 2});
  REQUIRE(shape(schema.groups[0], schema.groups[0].variables[6]).empty());
}

}  // namespace
}  // namespace flywheel::test
