#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "audience/strata.hpp"
#include "audience/traits.hpp"
#include "random/block.hpp"
#include "random/hash.hpp"
#include "random/key.hpp"
#include "random/normal_quantile.hpp"
#include "random/stream.hpp"

namespace flywheel {

/// Names a shopper for good: segment, stratum and index of somebody of the audience, or the hash of
/// who invited them.
struct PersonId {
  std::uint64_t value{0};

  /// Segment below 127, index below 2^40.
  [[nodiscard]] static PersonId of_audience(std::size_t segment, std::uint32_t stratum,
                                            std::uint64_t index) {
    return {(std::uint64_t{segment} << 56U) | (std::uint64_t{stratum} << 40U) | index};
  }

  /// An existing customer of a segment; the stratum number 2^16 - 1 holds nobody else.
  [[nodiscard]] static PersonId of_customer(std::size_t segment, std::uint64_t index) {
    return of_audience(segment, 0xFFFFU, index);
  }

  /// The friend who comes by an invitation of `referrer`.
  [[nodiscard]] static PersonId of_friend(PersonId referrer, std::uint64_t ordinal) {
    return {mix(referrer.value, ordinal) | (std::uint64_t{1} << 63U)};
  }

  [[nodiscard]] bool in_strata() const {
    return (value >> 63U) == 0 && ((value >> 40U) & 0xFFFFU) != 0xFFFFU;
  }

  /// The stratum of somebody who is in one, as if they were alone there.
  [[nodiscard]] Stratum stratum() const {
    return Stratum::of_number(static_cast<std::uint32_t>((value >> 40U) & 0xFFFFU), 1);
  }

  friend constexpr bool operator==(PersonId, PersonId) = default;
};

/// What decides whom ads reach.
struct ReachTraits {
  double exposure{1};
  double affinity{1};
  double intent{0};
};

/// People of the audience whose traits are read together, at most a batch: who they are, and each
/// one's place in the list of strata.
struct AudienceBatch {
  static constexpr std::size_t most = 256;

  std::span<const std::uint64_t> names;
  std::span<const std::uint32_t> places;
  std::span<const Stratum> strata;
};

/// A number for each of a batch.
template <class Number>
using Batch = std::array<Number, AudienceBatch::most>;

struct ReachBatch {
  Batch<double> exposure;
  Batch<double> affinity;
};

struct IntentBatch {
  Batch<double> intent;
  Batch<std::uint64_t> propensity;  ///< random bits; 0 where no trait needs them

  /// Moves somebody to an earlier place, whose own holder is given up.
  void keep(std::size_t to, std::size_t from) {
    intent[to] = intent[from];
    propensity[to] = propensity[from];
  }
};

/// Random bits of the traits that decide whom ads reach.
struct TraitBits {
  std::array<std::uint64_t, 2> reach{};
  std::uint64_t intent{0};
  std::uint64_t propensity{0};
};

/// Reads the traits of a shopper, which are a pure function of key and name: nobody is stored
/// before they are touched. Each trait has a fixed place in the blocks of Purpose::trait.
class TraitReader {
 public:
  TraitReader(const AudienceTraits& audience, const BandSet& bands, Key shoppers)
      : audience_{&audience}, bands_{&bands}, key_{shoppers} {}

  /// Exposure and affinity of many people of the audience.
  [[nodiscard]] ReachBatch reach_of(const AudienceBatch& people) const;
  /// Intent and propensity's random bits of many people of the audience.
  [[nodiscard]] IntentBatch intents_of(const AudienceBatch& people) const;

  /// Somebody of the audience, whose stratum bounds the uniform numbers.
  [[nodiscard]] ReachTraits reach(const TraitBits& bits, const Stratum& stratum) const {
    return {
        audience_->exposure.is_constant() ? 1.0
                                          : audience_->exposure(bands_->exposure.uniform(
                                                stratum.exposure, to_open_uniform(bits.reach[0]))),
        audience_->affinity.is_constant() ? 1.0
                                          : audience_->affinity(bands_->affinity.uniform(
                                                stratum.affinity, to_open_uniform(bits.reach[1]))),
        intent(bits, stratum)};
  }

  /// Purchase intent of somebody of the audience.
  [[nodiscard]] double intent(const TraitBits& bits, const Stratum& stratum) const {
    if (!audience_->has_intent) return 0.0;
    return normal_quantile(bands_->intent.uniform(stratum.intent, to_open_uniform(bits.intent)));
  }

  /// Anybody: a person of the audience through their stratum, others over the whole distributions.
  [[nodiscard]] ReachTraits reach(PersonId person) const;
  /// Affinity alone, for a fraction of the cost.
  [[nodiscard]] double affinity(PersonId person) const;

  /// By its random bits.
  [[nodiscard]] double propensity(std::uint64_t bits) const {
    return audience_->propensity(to_open_uniform(bits));
  }
  void fill_propensities(std::span<const double> uniforms, std::span<double> propensities) const {
    audience_->propensity.fill(uniforms, propensities);
  }
  [[nodiscard]] TraitBits bits(PersonId person) const {
    const auto second = block(person, 1);
    return {block(person, 0), second[0], second[1]};
  }
  [[nodiscard]] double price_sensitivity(PersonId person) const {
    if (audience_->price_sensitivity.is_constant()) return 1.0;
    return audience_->price_sensitivity(to_open_uniform(block(person, 2)[0]));
  }
  [[nodiscard]] double engagement(PersonId person) const {
    if (audience_->engagement.is_constant()) return 1.0;
    return audience_->engagement(to_open_uniform(block(person, 2)[1]));
  }
  [[nodiscard]] double purchase_rate(PersonId person) const {
    if (audience_->purchase_rate.is_constant()) return 1.0;
    return audience_->purchase_rate(to_open_uniform(block(person, 3)[0]));
  }
  [[nodiscard]] double dropout(PersonId person) const {
    if (audience_->dropout.is_constant()) return 1.0;
    return audience_->dropout(to_open_uniform(block(person, 3)[1]));
  }
  /// Joined with the purchase rate by a Gaussian copula.
  [[nodiscard]] double basket_level(PersonId person) const;

  /// Satisfaction that is the shopper's own: standard normal.
  [[nodiscard]] double satisfaction(PersonId person) const {
    return normal_quantile(to_open_uniform(block(person, 4)[1]));
  }

 private:
  [[nodiscard]] std::array<std::uint64_t, 2> block(PersonId person, std::uint64_t ordinal) const {
    return draw_block(key_, {Purpose::trait, person.value, ordinal});
  }

  const AudienceTraits* audience_;
  const BandSet* bands_;
  Key key_;
};

}  // namespace flywheel
