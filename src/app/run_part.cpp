#include "app/run_part.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "results/work_folder.hpp"

namespace flywheel {

namespace {

/// The whole number that a text is, or 0.
std::uint64_t number_in(const std::string& text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && rest == end ? number : 0;
}

std::string slurm_fault(const std::string& text, const std::string& what) {
  return fmt::format("--shard {}: {}", escape_text(text), what);
}

/// The number that a variable of Slurm's holds; 0 where it holds none.
std::uint64_t slurm_number(const Environment& environment, const std::string& name) {
  return number_in(environment("SLURM_ARRAY_TASK_" + name).value_or(""));
}

/// Part 3 of 8 for the third of eight tasks; arrays may begin anywhere, at 0 say, and have steps,
/// but no gaps.
std::variant<RunPart, std::string> part_of_array(const std::string& text,
                                                 const Environment& environment) {
  const std::uint64_t id = slurm_number(environment, "ID");
  const std::uint64_t lowest = slurm_number(environment, "MIN");
  const std::uint64_t step = std::max<std::uint64_t>(slurm_number(environment, "STEP"), 1);
  const std::uint64_t count = slurm_number(environment, "COUNT");
  const std::uint64_t last = lowest + step * (std::max<std::uint64_t>(count, 1) - 1);
  const bool fits = count >= 1 && lowest <= id && id <= last && (id - lowest) % step == 0;
  if (!fits || slurm_number(environment, "MAX") != last) {
    return slurm_fault(text, "the array has gaps, so its tasks cannot be counted: give slurm/N");
  }
  if (count == 1) return slurm_fault(text, "the array is of one task: give slurm/N");
  return RunPart{.number = (id - lowest) / step + 1, .of = count};
}

/// The part that this task of an array plays, or what is wrong.
std::variant<RunPart, std::string> read_array(const std::string& text,
                                              const Environment& environment) {
  if (!environment("SLURM_ARRAY_TASK_ID")) {
    return slurm_fault(text,
                       "this is no task of an array job of Slurm (SLURM_ARRAY_TASK_ID is not set): "
                       "submit it by sbatch --array=1-N, or give i/N");
  }
  if (text == "slurm") return part_of_array(text, environment);
  const RunPart part{.number = slurm_number(environment, "ID"),
                     .of = number_in(text.substr(std::string{"slurm/"}.size()))};
  if (part.number >= 1 && part.of >= 2 && part.of <= most_parts && part.number <= part.of) {
    return part;
  }
  return slurm_fault(
      text, fmt::format("the array's numbers are those of parts, sbatch --array=1-N for slurm/N, "
                        "N from 2 to {}; this task is number {}",
                        most_parts, escape_text(*environment("SLURM_ARRAY_TASK_ID"))));
}

}  // namespace

std::string RunPart::text() const { return is_whole() ? "" : fmt::format("{}/{}", number, of); }

std::variant<RunPart, std::string> read_part(const std::string& text,
                                             const Environment& environment) {
  if (text.empty()) return RunPart{};
  if (text == "slurm" || text.starts_with("slurm/")) return read_array(text, environment);
  const std::size_t slash = text.find('/');
  const bool has_two = slash != std::string::npos;
  const RunPart part{.number = has_two ? number_in(text.substr(0, slash)) : 0,
                     .of = has_two ? number_in(text.substr(slash + 1)) : 0};
  if (part.number == 0 || part.of < 2 || part.of > most_parts || part.number > part.of) {
    return fmt::format(
        "--shard {}: a part is its number and how many there are, 2/4 for example, from 2 to {}",
        escape_text(text), most_parts);
  }
  return part;
}

ReplicationRange range_of(const RunPart& part, std::uint64_t replications) {
  const std::uint64_t each = replications / part.of;
  const std::uint64_t more = replications % part.of;  // the first parts play one more
  const auto begin_of = [&](std::uint64_t number) {
    return (number - 1) * each + std::min(number - 1, more);
  };
  const std::uint64_t first = begin_of(part.number);
  return {.first = first, .count = begin_of(part.number + 1) - first};
}

std::string line_of(const RunPart& part, std::uint64_t replications) {
  if (part.is_whole()) return {};
  return fmt::format("part {} of {} replications", part.text(), replications);
}

std::filesystem::path part_stem(const std::filesystem::path& output) {
  std::filesystem::path stem = output;
  return stem.extension() == ".h5" ? stem.replace_extension() : stem;
}

std::filesystem::path folder_of(const std::filesystem::path& output, const RunPart& part) {
  if (part.is_whole()) return work_folder_of(output);
  return part_stem(output).string() + fmt::format(".{}-of-{}.run", part.number, part.of);
}

}  // namespace flywheel
