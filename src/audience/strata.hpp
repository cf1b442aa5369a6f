#pragma once

#include <cstdint>
#include <vector>

#include "audience/bands.hpp"
#include "audience/traits.hpp"
#include "random/key.hpp"

namespace flywheel {

/// The bands of the three traits that decide whom ads and organic visits reach.
struct BandSet {
  Bands exposure;
  Bands affinity;
  Bands intent;
};

[[nodiscard]] BandSet make_band_set(const AudienceTraits& audience);

/// The shoppers of a segment who share a band of exposure, of affinity and of intent.
struct Stratum {
  std::uint8_t exposure{0};  ///< number of the band
  std::uint8_t affinity{0};
  std::uint8_t intent{0};
  std::uint64_t count{0};  ///< shoppers, at least 1

  /// Names the stratum within its segment; below 2^16.
  [[nodiscard]] std::uint32_t number() const {
    return (std::uint32_t{exposure} << 11U) | (std::uint32_t{affinity} << 6U) | intent;
  }
  [[nodiscard]] static Stratum of_number(std::uint32_t number, std::uint64_t count) {
    return {static_cast<std::uint8_t>(number >> 11U),
            static_cast<std::uint8_t>((number >> 6U) & 31U),
            static_cast<std::uint8_t>(number & 63U), count};
  }
};

/// How many shoppers of a segment lie in each stratum: one keyed multinomial draw, since fixed
/// sizes would make traits stratified instead of independent. Strata with nobody are left out.
[[nodiscard]] std::vector<Stratum> count_strata(const BandSet& bands, const SegmentTraits& segment,
                                                Key shoppers);

}  // namespace flywheel
