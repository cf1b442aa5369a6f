#include "results/utf8.hpp"

#include <cstddef>

namespace flywheel {
namespace {

constexpr unsigned byte_at(std::string_view text, std::size_t place) {
  return place < text.size() ? static_cast<unsigned char>(text[place]) : 0U;
}

struct LeadByte {
  std::size_t length;        ///< bytes in the sequence; 0 when no sequence begins so
  unsigned lowest, highest;  ///< allowed range of the second byte (RFC 3629, section 4)
};

LeadByte lead_byte(unsigned byte) {
  if (byte >= 0x01 && byte <= 0x7F) return {1, 0, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

/// Length of the well-formed sequence that begins here; 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t start) {
  const LeadByte lead = lead_byte(byte_at(text, start));
  for (std::size_t index = 1; index < lead.length; ++index) {
    const unsigned byte = byte_at(text, start + index);
    const unsigned lowest = index == 1 ? lead.lowest : 0x80;
    const unsigned highest = index == 1 ? lead.highest : 0xBF;
    if (byte < lowest || byte > highest) return 0;
  }
  return lead.length;
}

}  // namespace

std::string well_formed(std::string_view text) {
  constexpr std::string_view replacement{"\xEF\xBF\xBD"};
  std::string result;
  result.reserve(text.size());
  for (std::size_t place = 0; place < text.size();) {
    const std::size_t length = sequence_length(text, place);
    result += length > 0 ? text.substr(place, length) : replacement;
    place += length > 0 ? length : 1;
  }
  return result;
}

}  // namespace flywheel
