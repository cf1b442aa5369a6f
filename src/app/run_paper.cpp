#include "app/run_paper.hpp"

#include <span>

#include <nlohmann/json.hpp>

#include "results/file_error.hpp"
#include "results/publish.hpp"
#include "results/whole_file.hpp"

namespace flywheel {

namespace {

constexpr const char* file_name = "plan.json";
constexpr std::uint64_t most_bytes = std::uint64_t{256} << 20U;

using Json = nlohmann::ordered_json;

Json json_of(const RunPaper& paper) {
  // Not from braces, which end the program where memory does (nlohmann-json 3.11).
  Json page;
  page["seed"] = paper.seed;
  page["frozen"]["parameters"] = paper.frozen.parameters;
  page["frozen"]["market"] = paper.frozen.market;
  page["frozen"]["shoppers"] = paper.frozen.shoppers;
  page["replications"] = paper.replications;
  page["part"]["number"] = paper.part.number;
  page["part"]["of"] = paper.part.of;
  page["settings"] = paper.settings;
  page["case"] = paper.sweep_case;
  page["files"] = Json::array();
  for (const PlanFile& file : paper.files) {
    Json& entry = page["files"].emplace_back();
    entry["name"] = file.name;
    entry["text"] = file.text;
  }
  return page;
}

RunPaper paper_of(const Json& page) {
  RunPaper paper{.seed = page.at("seed"),
                 .frozen = {.parameters = page.at("frozen").at("parameters"),
                            .market = page.at("frozen").at("market"),
                            .shoppers = page.at("frozen").at("shoppers")},
                 .replications = page.at("replications"),
                 .part = {.number = page.at("part").at("number"), .of = page.at("part").at("of")},
                 .settings = page.at("settings"),
                 .sweep_case = page.at("case"),
                 .files = {}};
  for (const Json& file : page.at("files")) {
    paper.files.push_back({.name = file.at("name"), .text = file.at("text")});
  }
  return paper;
}

}  // namespace

std::string paper_text(const RunPaper& paper) {
  return json_of(paper).dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

RunPaper paper_in(const std::string& text) { return paper_of(Json::parse(text)); }

PlanReading read_plan_of(const RunPaper& paper) {
  return read_plan_text(paper.files.front().text,
                        {.name = paper.files.front().name,
                         .folder = {},
                         .files = {paper.files.begin() + 1, paper.files.end()}},
                        paper.settings, paper.sweep_case);
}

void write_run_paper(const RunPaper& paper, const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / file_name;
  if (std::filesystem::exists(std::filesystem::symlink_status(file))) return;
  const std::string text = paper_text(paper);
  publish(std::as_bytes(std::span{text}), file, Existing::keep);
}

RunPaper read_run_paper(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / file_name;
  const std::vector<std::byte> bytes = read_whole_file(file, most_bytes);
  std::string text;
  text.reserve(bytes.size());
  for (const std::byte one : bytes) text += static_cast<char>(one);
  try {
    return paper_in(text);
  } catch (const nlohmann::json::exception&) {
    throw FileError{file, "does not say what was played here: copy the folder again"};
  }
}

}  // namespace flywheel
