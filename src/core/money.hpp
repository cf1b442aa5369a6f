#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace flywheel {

/// An amount in the plan's currency, counted in millionths, so that sums are exact in any order.
///
/// Micro-units because a $0.0004 e-mail vanishes in cents. Range: +-9.2e12 units of currency.
class Money {
 public:
  constexpr Money() = default;

  [[nodiscard]] static constexpr Money micros(std::int64_t count) { return Money{count}; }
  [[nodiscard]] static constexpr Money cents(std::int64_t count) { return Money{count * 10'000}; }

  /// The amount nearest to `units` of the currency; halves away from zero.
  [[nodiscard]] static Money units(double units) {
    return Money{static_cast<std::int64_t>(units * 1e6 + (units < 0.0 ? -0.5 : 0.5))};
  }

  [[nodiscard]] constexpr std::int64_t micros() const { return micros_; }
  [[nodiscard]] constexpr double in_units() const { return static_cast<double>(micros_) * 1e-6; }

  constexpr Money& operator+=(Money other) {
    micros_ += other.micros_;
    return *this;
  }
  constexpr Money& operator-=(Money other) {
    micros_ -= other.micros_;
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
  std::int64_t micros_{0};
};

/// How many times `part` contains `whole`; not a number when `whole` is zero.
[[nodiscard]] inline double ratio(Money part, Money whole) {
  return static_cast<double>(part.micros()) / static_cast<double>(whole.micros());
}

}  // namespace flywheel
