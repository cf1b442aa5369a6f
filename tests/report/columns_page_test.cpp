#include "report/columns_page.hpp"

#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "outcome/columns.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

TEST_CASE("docs/results_format.md is what the program prints", "[report][columns]") {
  std::ifstream file{std::string{FLYWHEEL_SOURCE_DIR} + "/docs/results_format.md"};
  std::ostringstream text;
  text << file.rdbuf();
  // When this fails: flywheel columns --markdown > docs/results_format.md
  REQUIRE(text.str() == columns_markdown());
}

TEST_CASE("every column is on every page of columns", "[report][columns]") {
  const std::string text = columns_text();
  const auto json = nlohmann::json::parse(columns_json());
  REQUIRE(json.size() == column_count);
  for (const ColumnSpec& spec : column_specs()) {
    CHECK(text.find("\n  " + std::string{spec.name} + " [") != std::string::npos);
    CHECK(columns_markdown().find("| `" + std::string{spec.name} + "` |") != std::string::npos);
    CHECK(json[static_cast<std::size_t>(spec.column)]["name"] == std::string{spec.name});
  }
}

TEST_CASE("rows of a Markdown table have the columns of its head", "[report][columns]") {
  std::istringstream page{columns_markdown()};
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| `") || line.starts_with("| `/")) continue;
    INFO(line);
    CHECK(std::count(line.begin(), line.end(), '|') == 6);
  }
}

}  // namespace
}  // namespace flywheel::test
