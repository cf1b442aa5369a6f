#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <stdexcept>

namespace flywheel {

/// An amount in the plan's currency, counted in millionths, so that sums are exact in any order.
///
/// Micro-units because a $0.0004 e-mail vanishes in cents. Range: +-9.2e12 units of currency; what
/// leaves it throws std::overflow_error, as wrapped money would be an answer.
class Money {
 public:
  constexpr Money() = default;

  [[nodiscard]] static constexpr Money micros(std::int64_t count) { return Money{count}; }
  [[nodiscard]] static constexpr Money cents(std::int64_t count) { return Money{count * 10'000}; }

  /// The amount nearest to `units` of the currency; halves away from zero.
  [[nodiscard]] static Money units(double units) {
    const double micros = units * 1e6 + (units < 0.0 ? -0.5 : 0.5);
    if (!(std::abs(micros) < 0x1p63)) refuse();
    return Money{static_cast<std::int64_t>(micros)};
  }

  [[nodiscard]] constexpr std::int64_t micros() const { return micros_; }
  [[nodiscard]] constexpr double in_units() const { return static_cast<double>(micros_) * 1e-6; }

  constexpr Money& operator+=(Money other) {
    if (__builtin_add_overflow(micros_, other.micros_, &micros_)) refuse();
    return *this;
  }
  constexpr Money& operator-=(Money other) {
    if (__builtin_sub_overflow(micros_, other.micros_, &micros_)) refuse();
    return *this;
  }
  friend constexpr Money operator+(Money left, Money right) { return left += right; }
  friend constexpr Money operator-(Money left, Money right) { return left -= right; }
  friend constexpr Money operator-(Money amount) { return Money{-amount.micros_}; }

  /// A share of an amount, rounded to the nearest micro-unit.
  friend Money operator*(Money amount, double share) { return units(amount.in_units() * share); }

  // clang-tidy 14 takes the zero of the comparison for a pointer.
  friend constexpr auto operator<=>(Money, Money) = default;  // NOLINT(modernize-use-nullptr)

 private:
  explicit constexpr Money(std::int64_t micros) : micros_{micros} {}

  [[noreturn]] static void refuse() {
    throw std::overflow_error{
        "an amount of money is beyond 9.2e12 units of the currency: give the plan's money in "
        "thousands"};
  }

  std::int64_t micros_{0};
};

/// How many times `part` contains `whole`; not a number when `whole` is zero.
[[nodiscard]] inline double ratio(Money part, Money whole) {
  return static_cast<double>(part.micros()) / static_cast<double>(whole.micros());
}

}  // namespace flywheel
