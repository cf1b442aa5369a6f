#include "journey/media_totals.hpp"

#include <algorithm>
#include <cmath>

#include "core/elementary.hpp"
#include "journey/rate_bands.hpp"
#include "random/binomial.hpp"
#include "random/hash.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// A shopper of the audience who ordered during the flight: ads end with the order.
struct Buyer {
  ReachTraits traits;
  std::size_t stratum{0};
  Days until{0};
  PersonId id;
};

std::vector<Buyer> buyers_of(const Block& block, const SegmentPeople& people) {
  std::vector<std::size_t> place(std::size_t{1} << 16U, 0);
  for (std::size_t s = 0; s < people.strata.size(); ++s) place[people.strata[s].number()] = s;
  std::vector<Buyer> buyers;
  for (const Customer& customer : block.crowd.customers()) {
    const Record& record = block.crowd.records()[customer.person];
    const Days until = customer.first_order;
    if (!record.id.in_strata() || until >= block.world.flight) continue;
    const std::size_t stratum = place[(record.id.value >> 40U) & 0xFFFFU];
    buyers.push_back({people.traits.reach(record.id), stratum, until, record.id});
  }
  return buyers;
}

/// One channel's totals in one segment.
class ChannelTotals {
 public:
  ChannelTotals(Block& block, const AudienceTraits& audience, const SegmentPeople& people,
                std::uint8_t channel)
      : block_{&block},
        audience_{&audience},
        people_{&people},
        channel_{channel},
        traits_{&(*block.world.channels)[channel]},
        days_{&block.world.channel_days[channel]} {}

  void draw(const std::vector<Buyer>& buyers) {
    sum_intensity();
    const RateBands bands{*audience_, *people_, *traits_};
    if (traits_->frequency_cap == 0) {
      draw_uncapped(buyers);
    } else {
      draw_capped(bands, buyers);
    }
    draw_frequency(bands, buyers);
  }

 private:
  [[nodiscard]] Stream stream(Purpose purpose, std::uint64_t cell) const {
    return {people_->key, purpose, mix(traits_->identity, people_->identity), cell << 20U};
  }

  void book(std::size_t day, std::uint64_t count) {
    const World& world = block_->world;
    const std::size_t cell = block_->tally.cell(channel_, world.number);
    block_->tally.impressions[cell] += static_cast<std::int64_t>(count);
    if (traits_->pays_per_click) return;
    const Money cost = Money::units(world.price(channel_, day) * static_cast<double>(count));
    block_->books.book(Account::media, static_cast<double>(day), cost);
    block_->books.spend[cell] += cost;
  }

  /// Sum over the segment of w (1 - candidate share) for one click level, and of w itself.
  [[nodiscard]] double unclicked_weight(std::size_t day) const {
    double sum = 0.0;
    for (std::size_t s = 0; s < people_->strata.size(); ++s) {
      sum += stratum_weight_[s] * (1.0 - days_->candidate_share(liking_[s], day));
    }
    return sum;
  }

  void weigh_strata() {
    const TraitPowers weight{1.0, traits_->sharpness, traits_->intent_targeting};
    const TraitPowers liked{1.0, traits_->sharpness + traits_->affinity_exponent,
                            traits_->intent_targeting + traits_->click_intent};
    const TraitPowers square{2.0, 2.0 * traits_->sharpness, 2.0 * traits_->intent_targeting};
    const BandFactors mean = mean_factors(*audience_, *people_->bands, weight);
    const BandFactors product = mean_factors(*audience_, *people_->bands, liked);
    const BandFactors second = mean_factors(*audience_, *people_->bands, square);
    double total = 0.0;
    double variance = 0.0;
    for (const Stratum& stratum : people_->strata) {
      const double w = mean.of(stratum);
      const auto count = static_cast<double>(stratum.count);
      stratum_weight_.push_back(count * w);
      liking_.push_back(product.of(stratum) / w);
      total += count * w;
      variance += count * std::max(0.0, second.of(stratum) - w * w);
    }
    Stream draws{people_->key, Purpose::media_total, people_->identity};
    within_ = 1.0 + std::sqrt(variance) / total * draws.normal();
  }

  /// Unclicked impressions that buyers would still have seen, expected on each day.
  [[nodiscard]] std::vector<double> unseen_by_buyers(const std::vector<Buyer>& buyers) const {
    std::vector<double> less(days_->intensity.size(), 0.0);
    for (const Buyer& buyer : buyers) {
      const ChannelAppeal appeal = appeal_of(*traits_, buyer.traits);
      double level = -1.0;
      double weight = 0.0;
      for (auto day = static_cast<std::size_t>(buyer.until); day < less.size(); ++day) {
        if (days_->click[day] != level) {
          level = days_->click[day];
          weight = appeal.weight * (1.0 - days_->candidate_share(appeal.liking, day));
        }
        const double part = std::min(1.0, static_cast<double>(day) + 1.0 - buyer.until);
        less[day] += part * days_->intensity[day] * weight;
      }
    }
    return less;
  }

  void draw_uncapped(const std::vector<Buyer>& buyers) {
    weigh_strata();
    const std::vector<double> less = unseen_by_buyers(buyers);
    double level = -1.0;
    double weight = 0.0;
    for (std::size_t day = 0; day < days_->intensity.size(); ++day) {
      if (days_->click[day] != level) {
        level = days_->click[day];
        weight = unclicked_weight(day) * within_;
      }
      const double mean = std::max(0.0, days_->intensity[day] * weight - less[day]);
      Stream draws = stream(Purpose::media_total, 1 + day);
      const auto candidates = static_cast<std::uint64_t>(block_->served[channel_][day]);
      book(day, draw_poisson(draws, mean) + candidates);
    }
  }

  /// Impressions of weight 1 from the start of the flight to a time.
  [[nodiscard]] double seen_until(Days time) const {
    const auto day = static_cast<std::size_t>(time);
    if (day >= days_->intensity.size()) return seen_.back();
    return seen_[day] + (time - static_cast<double>(day)) * days_->intensity[day];
  }

  void sum_intensity() {
    seen_.assign(1, 0.0);
    for (const double intensity : days_->intensity) seen_.push_back(seen_.back() + intensity);
  }

  /// Expected impressions of a shopper of this weight by rotation, up to `until`.
  [[nodiscard]] std::vector<double> rotation_means(double weight, Days until) const {
    const Days length = block_->world.rotation_days;
    std::vector<double> means;
    for (Days begin = 0.0; begin < until; begin += length) {
      const double seen = seen_until(std::min(begin + length, until)) - seen_until(begin);
      means.push_back(weight * seen);
    }
    return means;
  }

  [[nodiscard]] ExposureChances band_chances(const RateBand& band, Days begin) const {
    const Days end = std::min(begin + block_->world.rotation_days, block_->world.flight);
    const double seen = seen_until(end) - seen_until(begin);
    ExposureChances mixed{};
    for (const auto& [weight, share] : weight_points(band)) {
      const double mean = weight * seen;
      const ExposureChances chances = exposure_chances({&mean, 1}, traits_->frequency_cap);
      for (std::size_t k = 0; k < mixed.size(); ++k) mixed[k] += share * chances[k];
    }
    return mixed;
  }

  /// Total of a multinomial over numbers of impressions.
  static std::uint64_t draw_total(Stream& draws, std::uint64_t shoppers,
                                  const ExposureChances& chances) {
    std::uint64_t total = 0;
    double left = 1.0;
    for (std::size_t k = 0; k + 1 < chances.size() && shoppers > 0; ++k) {
      const double chance = left > 0.0 ? std::clamp(chances[k] / left, 0.0, 1.0) : 1.0;
      const std::uint64_t here = draw_binomial(draws, shoppers, chance);
      total += k * here;
      shoppers -= here;
      left -= chances[k];
    }
    return total + shoppers * (chances.size() - 1);
  }

  void draw_capped(const RateBands& bands, const std::vector<Buyer>& buyers) {
    const auto length = static_cast<std::size_t>(block_->world.rotation_days);
    const std::size_t rotations = (days_->intensity.size() + length - 1) / length;
    for (std::size_t rotation = 0; rotation < rotations; ++rotation) {
      const Days begin = static_cast<double>(rotation * length);
      std::vector<std::uint64_t> gone(bands.bands().size(), 0);
      std::uint64_t total = 0;
      for (const Buyer& buyer : buyers) {
        if (buyer.until >= begin + static_cast<double>(length)) continue;
        ++gone[bands.band_of(buyer.stratum)];
        if (buyer.until > begin) total += seen_by_buyer(buyer, rotation);
      }
      for (std::size_t b = 0; b < bands.bands().size(); ++b) {
        const RateBand& band = bands.bands()[b];
        Stream draws = stream(Purpose::media_total, (rotation << 10U) + b + 1);
        const auto shoppers = static_cast<std::uint64_t>(band.count) - gone[b];
        total += draw_total(draws, shoppers, band_chances(band, begin));
      }
      spread_over_days(bands, rotation, total);
    }
  }

  /// Impressions that a buyer was served in one rotation before the order.
  [[nodiscard]] std::uint64_t seen_by_buyer(const Buyer& buyer, std::size_t rotation) const {
    const Days begin = static_cast<double>(rotation) * block_->world.rotation_days;
    const Days end = std::min(begin + block_->world.rotation_days, buyer.until);
    const double weight = appeal_of(*traits_, buyer.traits).weight;
    Stream draws{people_->key, Purpose::frequency, buyer.id.value,
                 ((traits_->identity >> 48U) << 20U) | (1 + rotation)};
    const std::uint64_t seen = draw_poisson(draws, weight * (seen_until(end) - seen_until(begin)));
    const auto cap = static_cast<std::uint64_t>(traits_->frequency_cap);
    return cap > 0 ? std::min(seen, cap) : seen;
  }

  /// Expected impressions served within a rotation by the end of a day, over all bands.
  [[nodiscard]] double served_by(const RateBands& bands, std::size_t first, std::size_t end) const {
    const double per_weight = seen_[end] - seen_[first];
    double served = 0.0;
    for (const RateBand& band : bands.bands()) {
      for (const auto& [weight, share] : weight_points(band)) {
        const double mean = weight * per_weight;
        const ExposureChances chances = exposure_chances({&mean, 1}, traits_->frequency_cap);
        for (std::size_t k = 1; k < chances.size(); ++k) {
          served += band.count * share * static_cast<double>(k) * chances[k];
        }
      }
    }
    return served;
  }

  /// A rotation's impressions over its days: the cap bites late, so early days see more.
  void spread_over_days(const RateBands& bands, std::size_t rotation, std::uint64_t total) {
    const auto length = static_cast<std::size_t>(block_->world.rotation_days);
    const std::size_t first = rotation * length;
    const std::size_t last = std::min(first + length, days_->intensity.size());
    const double whole = served_by(bands, first, last);
    double before = 0.0;
    Stream draws = stream(Purpose::media_total, (rotation << 10U) + 1000);
    for (std::size_t day = first; day < last && total > 0; ++day) {
      const double until = served_by(bands, first, day + 1);
      const double chance = day + 1 == last || whole <= before
                                ? 1.0
                                : std::clamp((until - before) / (whole - before), 0.0, 1.0);
      const std::uint64_t here = draw_binomial(draws, total, chance);
      book(day, here);
      total -= here;
      before = until;
    }
  }

  void draw_frequency(const RateBands& bands, const std::vector<Buyer>& buyers) {
    std::vector<std::uint64_t> gone(bands.bands().size(), 0);
    std::int64_t* classes =
        block_->tally.exposures.data() + std::size_t{channel_} * exposure_class_count;
    for (const Buyer& buyer : buyers) {
      ++gone[bands.band_of(buyer.stratum)];
      ++classes[class_of_buyer(buyer)];
    }
    for (std::size_t b = 0; b < bands.bands().size(); ++b) {
      const RateBand& band = bands.bands()[b];
      ExposureChances chances{};
      for (const auto& [weight, share] : weight_points(band)) {
        const auto part =
            exposure_chances(rotation_means(weight, block_->world.flight), traits_->frequency_cap);
        for (std::size_t k = 0; k < chances.size(); ++k) chances[k] += share * part[k];
      }
      Stream draws = stream(Purpose::frequency, b);
      auto shoppers = static_cast<std::uint64_t>(band.count) - gone[b];
      double left = 1.0;
      for (std::size_t k = 0; k + 1 < chances.size() && shoppers > 0; ++k) {
        const double chance = left > 0.0 ? std::clamp(chances[k] / left, 0.0, 1.0) : 1.0;
        const std::uint64_t here = draw_binomial(draws, shoppers, chance);
        classes[k] += static_cast<std::int64_t>(here);
        shoppers -= here;
        left -= chances[k];
      }
      classes[chances.size() - 1] += static_cast<std::int64_t>(shoppers);
    }
  }

  /// Impressions of a buyer up to the order.
  [[nodiscard]] std::size_t class_of_buyer(const Buyer& buyer) const {
    std::uint64_t seen = 0;
    if (traits_->frequency_cap == 0) {
      const double weight = appeal_of(*traits_, buyer.traits).weight;
      Stream draws{people_->key, Purpose::frequency, buyer.id.value,
                   (traits_->identity >> 48U) << 20U};
      seen = draw_poisson(draws, weight * seen_until(buyer.until));
    } else {
      const auto rotations =
          static_cast<std::size_t>(std::ceil(buyer.until / block_->world.rotation_days));
      for (std::size_t rotation = 0; rotation < rotations; ++rotation) {
        seen += seen_by_buyer(buyer, rotation);
      }
    }
    return std::min<std::size_t>(seen, exposure_class_count - 1);
  }

  Block* block_;
  const AudienceTraits* audience_;
  const SegmentPeople* people_;
  std::uint8_t channel_;
  const ExposureTraits* traits_;
  const ChannelDays* days_;
  std::vector<double> seen_;  ///< sum of the intensity over the days before
  std::vector<double> stratum_weight_;
  std::vector<double> liking_;
  double within_{1.0};
};

}  // namespace

void draw_media_totals(Block& block, const AudienceTraits& audience, const SegmentPeople& people) {
  if (people.strata.empty()) return;
  const std::vector<Buyer> buyers = buyers_of(block, people);
  for (std::uint8_t channel = 0; channel < block.world.channel_count(); ++channel) {
    ChannelTotals{block, audience, people, channel}.draw(buyers);
  }
}

}  // namespace flywheel
