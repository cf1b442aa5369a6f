#include "app/whole_option.hpp"

#include <charconv>
#include <system_error>

#include <fmt/format.h>

#include "core/error_text.hpp"

namespace flywheel {

WholeOption seed_option() { return {.name = "--seed", .meaning = "which futures; default 1"}; }

WholeOption threads_option() {
  return {.name = "--threads",
          .meaning = "default: as many as the machine has",
          .low = 1,
          .high = 1024};
}

std::uint64_t read_whole(const std::string& text, const WholeOption& option) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const bool whole = error == std::errc{} && rest == end;
  if (whole && number >= option.low && number <= option.high) return number;
  throw CLI::ValidationError{option.name, fmt::format("{} is no whole number from {} to {}",
                                                      escape_text(text), option.low, option.high)};
}

}  // namespace flywheel
