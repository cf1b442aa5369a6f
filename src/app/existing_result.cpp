#include "app/existing_result.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "results/file_error.hpp"
#include "results/result.hpp"

namespace flywheel {

std::optional<ExistingResult> find_existing_result(const std::filesystem::path& path) {
  const auto type = std::filesystem::symlink_status(path).type();
  if (type == std::filesystem::file_type::not_found) return std::nullopt;
  const Result result = read_result(path);
  if (result.identity().file_type != "run" || !result.has("/provenance/run")) {
    throw FileError{path,
                    "is a result, but not of a run, and is left as it is: give another file "
                    "by -o, or remove this one"};
  }
  const std::vector<std::int64_t> numbers = result.integers("/replications/replication");
  if (!numbers.empty() && static_cast<std::size_t>(numbers.back()) + 1 != numbers.size()) {
    throw FileError{path,
                    "is a sample of a run, as previews are, from which none goes on: give another "
                    "file by -o, or remove this one"};
  }
  // A future without media has no ROAS and no part in its probability; a failed one has.
  std::vector<double> headline = result.doubles("/replications/cohort_roas_180");
  const std::vector<std::int64_t> failed = result.integers("/replications/failed");
  std::size_t kept = 0;
  for (std::size_t row = 0; row < headline.size(); ++row) {
    if (failed.at(row) != 0 || !std::isnan(headline[row])) headline[kept++] = headline[row];
  }
  headline.resize(kept);
  return ExistingResult{.run_lines = result.texts("/provenance/run"),
                        .complete = result.identity().complete != 0,
                        .replications = result.shape("/replications/replication").at(0),
                        .headline = std::move(headline)};
}

std::vector<std::string> run_differences(const std::vector<std::string>& there,
                                         const std::vector<std::string>& asked) {
  std::vector<std::string> lines;
  const auto add_missing = [&lines](const std::vector<std::string>& from,
                                    const std::vector<std::string>& in, const char* mark) {
    for (const std::string& line : from) {
      if (std::ranges::find(in, line) == in.end()) lines.push_back(mark + line);
    }
  };
  add_missing(there, asked, "- ");
  add_missing(asked, there, "+ ");
  return lines;
}

}  // namespace flywheel
