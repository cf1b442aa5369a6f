#include "plan/unit.hpp"

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

double value(std::string_view text, Unit unit, std::string_view currency = "USD") {
  const Quantity quantity = read_quantity(text, unit, currency);
  INFO(text << ": " << (quantity.index() == 1 ? std::get<std::string>(quantity) : ""));
  REQUIRE(quantity.index() == 0);
  return std::get<double>(quantity);
}

bool refused(std::string_view text, Unit unit, std::string_view currency = "USD") {
  return read_quantity(text, unit, currency).index() == 1;
}

}  // namespace

TEST_CASE("a percentage is the double nearest to its fraction", "[plan][unit]") {
  REQUIRE(value("1.2%", Unit::share) == 0.012);
  REQUIRE(value("2.8%", Unit::share) == 0.028);  // 2.8 / 100 is one bit less
  REQUIRE(value("47 percent", Unit::share) == 0.47);
  REQUIRE(value("0.012", Unit::share) == 0.012);
  REQUIRE(value("120%", Unit::factor) == 1.2);
  REQUIRE(value("1.5e1%", Unit::share) == 0.15);
}

TEST_CASE("money may carry symbol, code and thousands", "[plan][unit]") {
  REQUIRE(value("$12", Unit::money) == 12);
  REQUIRE(value("USD 12", Unit::money) == 12);
  REQUIRE(value("12 USD", Unit::money) == 12);
  REQUIRE(value("$1,200.50", Unit::money) == 1200.5);
  REQUIRE(value("1,234,567", Unit::money) == 1234567);
  REQUIRE(value("$1.1 million", Unit::money) == 1.1e6);
  REQUIRE(value("12 thousand USD", Unit::money) == 12000);
  REQUIRE(value("€8", Unit::money, "EUR") == 8);
  REQUIRE(value("8 €", Unit::money, "EUR") == 8);
}

TEST_CASE("money of another currency than the plan's is refused", "[plan][unit]") {
  REQUIRE(refused("$12", Unit::money, "EUR"));
  REQUIRE(refused("EUR 12", Unit::money, "USD"));
  REQUIRE(std::get<std::string>(read_quantity("€12", Unit::money, "USD")) ==
          "is in another currency than the plan's USD; convert it first");
}

TEST_CASE("times and rates are turned into days", "[plan][unit]") {
  REQUIRE(value("14 days", Unit::days) == 14);
  REQUIRE(value("3 weeks", Unit::days) == 21);
  REQUIRE(value("36 hours", Unit::days) == 1.5);
  REQUIRE(value("1 day", Unit::days) == 1);
  REQUIRE_THAT(value("2 minutes", Unit::seconds), Catch::Matchers::WithinRel(120.0, 1e-14));
  REQUIRE(value("0.5 per day", Unit::per_day) == 0.5);
  REQUIRE_THAT(value("3.5/week", Unit::per_day), Catch::Matchers::WithinRel(0.5, 1e-14));
  REQUIRE_THAT(value("4 per year", Unit::per_year), Catch::Matchers::WithinRel(4.0, 1e-14));
}

TEST_CASE("large counts may be written in words", "[plan][unit]") {
  REQUIRE(value("2 million", Unit::count) == 2e6);
  REQUIRE(value("1,200", Unit::count) == 1200);
  REQUIRE(value("1.5x", Unit::factor) == 1.5);
}

TEST_CASE("a unit that does not fit is refused", "[plan][unit]") {
  REQUIRE(refused("14 days", Unit::money));
  REQUIRE(refused("$5", Unit::share));
  REQUIRE(refused("5%", Unit::days));
  REQUIRE(refused("5%", Unit::count));
  REQUIRE(refused("0.5 per day", Unit::days));
  REQUIRE(refused("3 weeks", Unit::per_day));
  REQUIRE(refused("1.2x", Unit::share));
  REQUIRE(refused("5 bananas", Unit::count));
  REQUIRE(refused("$5 USD", Unit::money));
  REQUIRE(refused("$5%", Unit::money));
}

TEST_CASE("what is no number is refused", "[plan][unit]") {
  for (const char* text : {"", "%", "abc", "1,2", "1,20", "12,00", "1,2000", "1,23,456", "1234,567",
                           ",200", "1.2.3", "--1", "1e", "$", "1,200,", "1.200,5", "1e400"}) {
    INFO(text);
    REQUIRE(refused(text, Unit::money));
  }
}

TEST_CASE("quantities are shown with their unit", "[plan][unit]") {
  REQUIRE(quantity_text(0.012, Unit::share, "USD") == "1.2%");
  REQUIRE(quantity_text(12.5, Unit::money, "EUR") == "EUR 12.5");
  REQUIRE(quantity_text(123456, Unit::money, "USD") == "USD 123456");
  REQUIRE(quantity_text(14, Unit::days, "USD") == "14 d");
}

}  // namespace flywheel::test
