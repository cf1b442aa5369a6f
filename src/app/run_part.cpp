#include "app/run_part.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "results/work_folder.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t most_parts = 10'000;

/// The whole number that a text is, or 0.
std::uint64_t number_in(const std::string& text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && rest == end ? number : 0;
}

}  // namespace

std::string RunPart::text() const { return is_whole() ? "" : fmt::format("{}/{}", number, of); }

std::variant<RunPart, std::string> read_part(const std::string& text) {
  if (text.empty()) return RunPart{};
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
