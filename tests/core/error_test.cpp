#include "core/error.hpp"

#include "core/error_text.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("a fault is one line with place, key, value, message and nearest key", "[core][error]") {
  const Fault fault{.place = {.file = "plan.toml", .line = 12, .column = 7},
                    .key = "channel.search.clik_rate",
                    .value = "0.02",
                    .message = "unknown key",
                    .nearest = "click_rate"};
  REQUIRE(to_line(fault) ==
          "plan.toml:12:7: channel.search.clik_rate = 0.02: unknown key; the nearest known is "
          "click_rate");
}

TEST_CASE("a fault of a whole file has no line, one of a cell no key", "[core][error]") {
  REQUIRE(to_line({.place = {.file = "a.toml"}, .key = {}, .value = {}, .message = "is empty"}) ==
          "a.toml: is empty");
  const Place cell{.file = "a.csv", .line = 3, .column = 1};
  REQUIRE(to_line({.place = cell, .key = {}, .value = "x", .message = "is no number"}) ==
          "a.csv:3:1: \"x\": is no number");
}

TEST_CASE("a fault stays one line that reorders nothing, whatever the plan says", "[core][error]") {
  const Fault fault{.place = {.file = "p"},
                    .key = "channel.a\nb",
                    .value = "\xE2\x80\xAEgnp",  // right-to-left override
                    .message = "m\x1B[31m"};
  REQUIRE(to_line(fault) == "p: channel.a\\u{0A}b = \\u{202E}gnp: m\\u{1B}[31m");
}

TEST_CASE("long text of the user's is cut and says so", "[core][error]") {
  const std::string line = to_line(
      {.place = {.file = "p"}, .key = "k", .value = std::string(5000, 'x'), .message = "m"});
  REQUIRE(line == "p: k = " + std::string(80, 'x') + "...: m");
}

TEST_CASE("escaping leaves printable text of any language as it is", "[core][error]") {
  REQUIRE(escape_text("Käufer, 顧客, 🙂") == "Käufer, 顧客, 🙂");
}

TEST_CASE("escaping shows bytes that are no UTF-8", "[core][error]") {
  // RFC 3629: a lone continuation byte, an overlong slash, a surrogate, a cut sequence.
  REQUIRE(escape_text("a\x80") == "a\\x{80}");
  REQUIRE(escape_text("\xC0\xAF") == "\\x{C0}\\x{AF}");
  REQUIRE(escape_text("\xE0\x80\xAF") == "\\x{E0}\\x{80}\\x{AF}");
  REQUIRE(escape_text("\xED\xA0\x80") == "\\x{ED}\\x{A0}\\x{80}");
  REQUIRE(escape_text("\xE2\x82") == "\\x{E2}\\x{82}");
  REQUIRE(escape_text("\xF4\x90\x80\x80") == "\\x{F4}\\x{90}\\x{80}\\x{80}");  // above U+10FFFF
}

TEST_CASE("code points have the values of the Unicode standard", "[core][error]") {
  const std::string text = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x99\x82";  // a, a umlaut, euro, smile
  const std::uint32_t expected[] = {0x61, 0xE4, 0x20AC, 0x1F642};
  std::size_t position = 0;
  for (const std::uint32_t value : expected) {
    const CodePoint point = code_point_at(text, position);
    REQUIRE(point.valid);
    REQUIRE(point.value == value);
    position += point.bytes;
  }
  REQUIRE(position == text.size());
  REQUIRE(code_point_at(text, position).bytes == 0);
  REQUIRE(count_characters(text) == 4);
}

TEST_CASE("text is cut between characters, never inside one", "[core][error]") {
  REQUIRE(cut_text("äöü", 2) == "äö...");
  REQUIRE(cut_text("äöü", 3) == "äöü");
}

}  // namespace flywheel::test
