#include "core/error.hpp"

#include <algorithm>
#include <cstddef>

#include "core/error_text.hpp"

namespace flywheel {

namespace {

constexpr std::size_t longest_text_shown{80};

std::string place_text(const Place& place) {
  std::string text = escape_text(place.file);
  if (place.line > 0) text += ':' + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ':' + std::to_string(place.column);
  return text;
}

}  // namespace

std::string to_line(const Fault& fault) {
  std::string line = place_text(fault.place);
  if (!line.empty()) line += ": ";
  if (fault.kind == FaultKind::warning) line += "warning: ";
  if (!fault.key.empty()) {
    line += escape_text(cut_text(fault.key, 2 * longest_text_shown));
    if (!fault.value.empty())
      line += " = " + escape_text(cut_text(fault.value, longest_text_shown));
    line += ": ";
  } else if (!fault.value.empty()) {
    line += '"' + escape_text(cut_text(fault.value, longest_text_shown)) + "\": ";
  }
  line += escape_text(fault.message);
  if (!fault.nearest.empty()) line += "; the nearest known is " + escape_text(fault.nearest);
  return line;
}

}  // namespace flywheel
