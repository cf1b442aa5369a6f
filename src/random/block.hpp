#pragma once

#include <array>
#include <cstdint>

#include <Random123/philox.h>

#include "random/key.hpp"
#include "random/purpose.hpp"

namespace flywheel {

/// Where a block of random bits stands within one key.
struct Address {
  Purpose purpose{};
  std::uint64_t entity{0};   ///< shopper, cell, parameter ...: whoever the number belongs to
  std::uint64_t ordinal{0};  ///< which number of this purpose; below 2^48

  friend constexpr bool operator==(const Address&, const Address&) = default;
};

/// Number of ordinals of one purpose of one entity; higher ones begin again at zero.
inline constexpr std::uint64_t ordinals_per_entity = std::uint64_t{1} << 48U;

/// 128 random bits: a pure function of key and address, the same on every machine.
///
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"),
/// called as the bijection it is. The counter is entity (words 0 and 1), the low 32 bits of the
/// ordinal (word 2), the next 16 bits of the ordinal and the purpose (word 3): injective, so two
/// addresses never share a block.
[[nodiscard]] inline std::array<std::uint64_t, 2> draw_block(Key key, const Address& address) {
  const r123::Philox4x32::ctr_type counter = {
      {static_cast<std::uint32_t>(address.entity),
       static_cast<std::uint32_t>(address.entity >> 32U),
       static_cast<std::uint32_t>(address.ordinal),
       static_cast<std::uint32_t>((address.ordinal >> 32U) & 0xFFFFU) |
           (static_cast<std::uint32_t>(address.purpose) << 16U)}};
  const r123::Philox4x32::key_type philox_key = {{key.low, key.high}};
  const r123::Philox4x32::ctr_type bits = r123::Philox4x32{}(counter, philox_key);
  return {(std::uint64_t{bits[1]} << 32U) | bits[0], (std::uint64_t{bits[3]} << 32U) | bits[2]};
}

}  // namespace flywheel
