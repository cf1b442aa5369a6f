#include "core/money.hpp"

#include <cmath>
#include <stdexcept>

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("money beyond its range is refused, never wrapped", "[core]") {
  CHECK(Money::units(9.2e12).in_units() == 9.2e12);
  CHECK_THROWS_AS(Money::units(9.3e12), std::overflow_error);
  CHECK_THROWS_AS(Money::units(-9.3e12), std::overflow_error);
  CHECK_THROWS_AS(Money::units(std::nan("")), std::overflow_error);
  CHECK_THROWS_AS(Money::units(5e12) + Money::units(5e12), std::overflow_error);
  CHECK_THROWS_AS(Money::units(-5e12) - Money::units(5e12), std::overflow_error);
}

}  // namespace flywheel::test
