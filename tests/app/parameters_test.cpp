#include "app/parameters.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "app/called_program.hpp"
#include "plan/parameter.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("docs/parameters.md is what the program prints", "[app][docs]") {
  std::ostringstream page;
  page << std::ifstream{std::filesystem::path{FLYWHEEL_SOURCE_DIR} / "docs" / "parameters.md"}
              .rdbuf();
  const Called called = call_program({"parameters", "--markdown"});
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(called.results == page.str());
}

TEST_CASE("every parameter stands on every page", "[app][parameters]") {
  const Called text = call_program({"parameters"});
  const Called markdown = call_program({"parameters", "--markdown"});
  const auto json = nlohmann::json::parse(call_program({"parameters", "--json"}).results);
  std::size_t index = 0;
  for (const Section& section : sections()) {
    const auto& rows = json.at(index++);
    REQUIRE(rows.at("section") == section.name);
    REQUIRE(rows.at("parameters").size() == section.parameters.size());
    for (const Parameter& parameter : section.parameters) {
      INFO(section.name << '.' << parameter.key);
      const std::string key{parameter.key};
      REQUIRE(text.results.find("  " + key + ' ') != std::string::npos);
      REQUIRE(markdown.results.find("| `" + key + "` |") != std::string::npos);
    }
  }
}

TEST_CASE("the default of the last day is told by what it is found from", "[app][parameters]") {
  const std::string found = "start + flight_days - 1";
  REQUIRE(call_program({"parameters", "campaign"})
              .results.find("end                          -         " + found + "  [rule]\n") !=
          std::string::npos);
  const auto json =
      nlohmann::json::parse(call_program({"parameters", "campaign", "--json"}).results);
  REQUIRE(json.at(0).at("parameters").at(3).at("key") == "end");
  REQUIRE(json.at(0).at("parameters").at(3).at("default") == found);
  for (const char* form : {"--markdown", "--json"}) {
    REQUIRE(call_program({"parameters", form}).results.find("1970") == std::string::npos);
  }
}

TEST_CASE("one section can be asked for, and a wrong one is answered with the nearest",
          "[app][parameters]") {
  const Called one = call_program({"parameters", "money"});
  REQUIRE(one.code == ExitCode::done);
  REQUIRE(one.results.starts_with("[money]  "));
  REQUIRE(one.results.find("[market]") == std::string::npos);
  const Called wrong = call_program({"parameters", "monye"});
  REQUIRE(wrong.code == ExitCode::usage);
  REQUIRE(wrong.messages ==
          "flywheel parameters: a plan has no section monye; the nearest known is money\n");
}

}  // namespace flywheel::test
