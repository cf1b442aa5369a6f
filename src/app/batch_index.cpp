#include "app/batch_index.hpp"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <exception>
#include <span>

#include "results/folder_entries.hpp"
#include "results/publish.hpp"

namespace flywheel {

namespace {

constexpr const char* file_name = "index.csv";

/// Of "index.csv.4711.0.tmp" the process, which is no longer there.
bool is_left_behind(const std::string& name) {
  const std::string begin = std::string{file_name} + '.';
  if (!name.starts_with(begin) || !name.ends_with(".tmp")) return false;
  pid_t process = 0;
  const char* first = name.data() + begin.size();
  const auto [end, error] = std::from_chars(first, name.data() + name.size(), process);
  if (error != std::errc{} || *end != '.' || process <= 0) return false;
  return ::kill(process, 0) != 0 && errno == ESRCH;
}

void remove_left_behind(const std::filesystem::path& folder) {
  try {
    for (const std::string& name : names_in(folder)) {
      if (is_left_behind(name)) std::filesystem::remove(folder / name);
    }
  } catch (const std::exception&) {
    // It is in nobody's way.
  }
}

}  // namespace

std::filesystem::path batch_index_of(const std::filesystem::path& folder) {
  return folder / file_name;
}

void write_batch_index(const std::vector<BatchRow>& rows, const std::filesystem::path& folder) {
  remove_left_behind(folder);
  const std::string text = batch_csv(rows);
  publish(std::as_bytes(std::span{text}), batch_index_of(folder), Existing::replace);
}

}  // namespace flywheel
