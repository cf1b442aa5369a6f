#include "core/error_text.hpp"

#include <algorithm>
#include <array>

namespace flywheel {

namespace {

struct Span {
  std::uint32_t first;
  std::uint32_t last;
};

constexpr std::array unprintable_spans{
    Span{0x00, 0x1F},     Span{0x7F, 0x9F},     Span{0xAD, 0xAD},      Span{0x61C, 0x61C},
    Span{0x180E, 0x180E}, Span{0x200B, 0x200F}, Span{0x2028, 0x202E},  Span{0x2060, 0x206F},
    Span{0xFEFF, 0xFEFF}, Span{0xFFF9, 0xFFFB}, Span{0xE0000, 0xE007F}};

// How many bytes a leading byte announces, and the bits of the value that it holds.
CodePoint announced(unsigned char lead) {
  if (lead < 0x80U) return {lead, 1};
  if (lead >= 0xC2U && lead < 0xE0U) return {lead & 0x1FU, 2};
  if (lead >= 0xE0U && lead < 0xF0U) return {lead & 0x0FU, 3};
  if (lead >= 0xF0U && lead < 0xF5U) return {lead & 0x07U, 4};
  return {lead, 1, false};
}

bool is_allowed(const CodePoint& point) {
  constexpr std::array<std::uint32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point.value >= 0xD800U && point.value < 0xE000U;
  return point.value >= smallest.at(point.bytes) && point.value <= 0x10FFFFU && !surrogate;
}

std::string hexadecimal(std::uint32_t value) {
  constexpr std::string_view digits{"0123456789ABCDEF"};
  std::string text;
  do {
    text.insert(text.begin(), digits[value & 0xFU]);
    value >>= 4U;
  } while (value > 0);
  return text.size() < 2 ? '0' + text : text;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t position) {
  if (position >= text.size()) return {};
  const auto lead = static_cast<unsigned char>(text[position]);
  CodePoint point = announced(lead);
  if (!point.valid || position + point.bytes > text.size()) return {lead, 1, false};
  for (std::size_t i = 1; i < point.bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[position + i]);
    if ((next & 0xC0U) != 0x80U) return {lead, 1, false};
    point.value = (point.value << 6U) | (next & 0x3FU);
  }
  return is_allowed(point) ? point : CodePoint{lead, 1, false};
}

bool is_unprintable(std::uint32_t code_point) {
  return std::any_of(unprintable_spans.begin(), unprintable_spans.end(), [=](const Span& span) {
    return code_point >= span.first && code_point <= span.last;
  });
}

std::string escape_text(std::string_view text) {
  std::string escaped;
  for (std::size_t position = 0; position < text.size();) {
    const CodePoint point = code_point_at(text, position);
    if (!point.valid) {
      escaped += "\\x{" + hexadecimal(point.value) + '}';
    } else if (is_unprintable(point.value)) {
      escaped += "\\u{" + hexadecimal(point.value) + '}';
    } else {
      escaped += text.substr(position, point.bytes);
    }
    position += point.bytes;
  }
  return escaped;
}

std::string cut_text(std::string_view text, std::size_t longest) {
  std::size_t position = 0;
  for (std::size_t count = 0; count < longest && position < text.size(); ++count) {
    position += code_point_at(text, position).bytes;
  }
  std::string cut{text.substr(0, position)};
  return position < text.size() ? cut + "..." : cut;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t position = 0; position < text.size(); ++count) {
    position += code_point_at(text, position).bytes;
  }
  return count;
}

}  // namespace flywheel
