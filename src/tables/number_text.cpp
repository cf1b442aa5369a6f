#include "tables/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace flywheel {

std::optional<double> parse_number(std::string_view text) {
  // Only a minus is a sign to from_chars, and a plus must not hide one.
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string number_text(double value) {
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end};
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view white{" \t\r\n"};
  const std::size_t begin = text.find_first_not_of(white);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(white) - begin + 1);
}

}  // namespace flywheel
