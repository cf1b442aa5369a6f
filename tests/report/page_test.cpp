#include "report/page.hpp"

#include "core/error_text.hpp"
#include "report/figure_text.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

std::size_t longest_line(const std::string& page) {
  std::size_t longest = 0;
  std::size_t begin = 0;
  for (std::size_t end = page.find('\n'); end != std::string::npos; end = page.find('\n', begin)) {
    longest = std::max(longest, count_characters(page.substr(begin, end - begin)));
    begin = end + 1;
  }
  return longest;
}

TEST_CASE("prose is broken at words and indented after the first line", "[report][page]") {
  CHECK(wrapped("one two three four", {.width = 9}, 2) == "one two\n  three\n  four\n");
  CHECK(wrapped("une journée à Zürich", {.width = 11}) == "une journée\nà Zürich\n");
}

TEST_CASE("columns are as wide as their widest cell", "[report][page]") {
  TextTable table{{{"name", Align::left}, {"n"}}};
  table.add({"ab", "1"});
  table.add({"c", "1,000"});
  CHECK(table.text({.width = 60}) == "name      n\nab        1\nc     1,000\n");
}

TEST_CASE("a table too wide for the page is broken in its widest left column alone",
          "[report][page]") {
  const auto text = [](const std::string& label) {
    TextTable table{{{"name", Align::left}, {"value"}}};
    table.add({label, std::string(38, '1')});
    table.add({"b", "2"});
    return table.text({.width = 60});
  };
  const std::string head = "name" + std::string(51, ' ') + "value\n";
  const std::string value = std::string(38, '1') + '\n';
  const std::string next = 'b' + std::string(58, ' ') + "2\n";
  // 20 characters are left: after a space or a dot, else an underscore, else anywhere.
  CHECK(text("conversion rate of all clicks") ==
        head + "conversion rate of    " + value + "  all clicks\n" + next);
  CHECK(text("channel.ads.click_rate_limit") ==
        head + "channel.ads.          " + value + "  click_rate_limit\n" + next);
  CHECK(text("pressure_half_life_in_days") ==
        head + "pressure_half_life_   " + value + "  in_days\n" + next);
  CHECK(text(std::string(19, 'x') + "\u00E4yyy") ==
        head + std::string(19, 'x') + "\u00E4  " + value + "  yyy\n" + next);
  CHECK(longest_line(text(std::string(300, 'x'))) == 60);
}

TEST_CASE("color is only where it is wanted", "[report][page]") {
  CHECK(heading("T", {.width = 80, .colored = false}) == "\nT\n");
  CHECK(heading("T", {.width = 80, .colored = true}) == "\n\x1b[1mT\x1b[0m\n");
}

TEST_CASE("bars are eighths of a character fine", "[report][page]") {
  CHECK(bar(0.0, 4).empty());
  CHECK(bar(0.5, 4) == "██");
  CHECK(bar(0.5625, 2) == "█▏");
  CHECK(bar(2.0, 3) == "███");
  CHECK(bar(-1.0, 3).empty());
}

TEST_CASE("figures are written by their kind", "[report][figures]") {
  CHECK(figure_text(2.345, FigureKind::ratio) == "2.35");
  CHECK(figure_text(0.012345, FigureKind::share) == "1.23 %");
  CHECK(figure_text(0.5, FigureKind::share) == "50.0 %");
  CHECK(figure_text(1.0, FigureKind::share) == "100 %");
  CHECK(figure_text(-1'234'567.8, FigureKind::money) == "-1,234,568");
  CHECK(figure_text(12.5, FigureKind::money) == "12.50");
  CHECK(counted(1, "future") == "1 future");
  CHECK(counted(0, "future") == "0 futures");
  CHECK(counted(2'000, "future") == "2,000 futures");
  CHECK(figure_text(999.6, FigureKind::count) == "1,000");
  CHECK(figure_text(0.0123, FigureKind::amount) == "0.0123");
  CHECK(figure_text(std::numeric_limits<double>::quiet_NaN(), FigureKind::money) == "-");
  CHECK(figure_text(-0.4, FigureKind::count) == "0");
}

TEST_CASE("the kind of a column follows from its unit and name", "[report][figures]") {
  CHECK(kind_of_column("media_spend", "USD") == FigureKind::money);
  CHECK(kind_of_column("cohort_roas_180", "1") == FigureKind::ratio);
  CHECK(kind_of_column("bounce_rate", "1") == FigureKind::share);
  CHECK(kind_of_column("cart_abandonment", "1") == FigureKind::share);
  CHECK(kind_of_column("abandonments_by_reason", "1") == FigureKind::count);
  CHECK(kind_of_column("repeat_rate_by_age", "1") == FigureKind::share);
  CHECK(kind_of_column("payback_day", "day") == FigureKind::days);
  CHECK(kind_of_column("referral_rewards", "EUR") == FigureKind::money);
}

TEST_CASE("long lines are broken at spaces and keep their columns", "[report][page]") {
  REQUIRE(broken_lines("  key      unit\n", {.width = 60}) == "  key      unit\n");
  const std::string words = "  12345678 12345678 12345678 12345678 12345678 12345678 12345";
  REQUIRE(words.size() == 61);
  REQUIRE(broken_lines(words + "\n", {.width = 60}) ==
          "  12345678 12345678 12345678 12345678 12345678 12345678\n      12345\n");
  REQUIRE(broken_lines(words + "\n", {.width = 61}) == words + "\n");
  // Characters count, not bytes; a word that is too long stands by itself.
  REQUIRE(broken_lines(std::string(59, 'x') + " \u00E4\n", {.width = 61}).find("x\n") ==
          std::string::npos);
  REQUIRE(broken_lines("a " + std::string(70, 'x') + " b\n", {.width = 60}) ==
          "a\n    " + std::string(70, 'x') + "\n    b\n");
}

}  // namespace
TEST_CASE("a table of numbers that is too wide stays as it is", "[report]") {
  TextTable table{{{"day"}, {"a long head of a column"}, {"a longer head of a column"}}};
  table.add({"1", "2", "3"});
  const std::string page = table.text({.width = 30});
  REQUIRE(page.starts_with("day  a long head of a column  a longer head of a column\n"));
}

}  // namespace flywheel::test
