#include "journey/media_totals.hpp"

#include <algorithm>
#include <utility>

#include "journey/buyer_means.hpp"
#include "journey/exposure.hpp"
#include "journey/rate_bands.hpp"
#include "journey/unclicked_means.hpp"
#include "random/binomial.hpp"
#include "random/hash.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// Somebody of the audience who was touched in the flight.
struct Touched {
  const Record& record;
  Days until{0};  ///< the order, if it came in the flight; ads end with it
  bool bought{false};
};

}  // namespace

/// One channel's totals in one segment.
class ChannelTotals {
 public:
  ChannelTotals(Block& block, const SegmentPeople& people, std::uint8_t channel)
      : block_{&block},
        people_{&people},
        channel_{channel},
        traits_{&(*block.world.channels)[channel]},
        days_{&block.world.channel_days[channel]} {}

  void make_bands(const AudienceTraits& audience) {
    weigh_strata(audience);
    if (groups_.empty()) return;
    bands_ = RateBands{groups_};
    taken_.resize(bands_.bands().size());
    buyers_ = {*days_, epochs_};
  }

  /// Takes a touched shopper out of their band's crowd: counted alone, or with those of whom as
  /// many impressions were played, `candidates`.
  void take(const Touched& one, std::size_t candidates) {
    if (groups_.empty()) return;
    if (!one.bought && candidates == 0) return;
    Taken& taken = taken_[bands_.band_of(one.record.stratum)];
    if (one.bought || capped()) {
      ++taken.alone;
      taken.mean_alone += count_alone(one, candidates);
      return;
    }
    if (taken.by_candidates.size() <= candidates) taken.by_candidates.resize(candidates + 1);
    ++taken.by_candidates[candidates];
  }

  /// The same for some who stay prospects and saw so many impressions that were played; without a
  /// cap.
  void take_prospects(std::uint16_t stratum, std::size_t impressions, std::uint64_t shoppers) {
    std::vector<std::uint64_t>& group = taken_[bands_.band_of(stratum)].by_candidates;
    if (group.size() <= impressions) group.resize(impressions + 1);
    group[impressions] += shoppers;
  }

  /// Draws what is left when everybody was taken who was touched.
  void draw() const {
    for (std::size_t day = 0; day < days_->intensity.size(); ++day) {
      book(day, static_cast<std::uint64_t>(block_->served[channel_][day]));
    }
    if (groups_.empty()) return count_unseen();
    std::uint64_t total = unclicked_alone_;
    std::vector<double> weights = buyers_.by_day();
    for (std::size_t b = 0; b < taken_.size(); ++b) {
      const RateBand crowd = crowd_of(b);
      if (crowd.count <= 0.0) continue;
      total += draw_band(crowd, b);
      add_days(weights, crowd);
    }
    spread_over_days(total, weights);
  }

 private:
  [[nodiscard]] bool capped() const { return traits_->frequency_cap > 0; }
  [[nodiscard]] Stream stream(std::uint64_t cell) const {
    return {people_->key, Purpose::media_total, mix(traits_->identity, people_->identity),
            cell << 20U};
  }
  [[nodiscard]] std::int64_t& shoppers_with(std::size_t impressions) const {
    constexpr std::size_t last = exposure_class_count - 1;
    Tally& tally = block_->tally;
    return tally
        .exposures[tally.classes(channel_, block_->world.number) + std::min(impressions, last)];
  }

  void book(std::size_t day, std::uint64_t count) const {
    if (count == 0) return;
    const World& world = block_->world;
    const std::size_t cell = block_->tally.cell(channel_, world.number);
    block_->tally.impressions[cell] += static_cast<std::int64_t>(count);
    if (traits_->pays_per_click) return;
    const Money cost = Money::units(world.price(channel_, day) * static_cast<double>(count));
    block_->books.book(Account::media, static_cast<double>(day), cost);
    block_->books.spend[cell] += cost;
  }

  /// Nobody sees the channel beyond what was played.
  void count_unseen() const {
    for (const Stratum& stratum : people_->strata) {
      shoppers_with(0) += static_cast<std::int64_t>(stratum.count);
    }
  }

  /// Expected unclicked impressions of the mean shopper of each stratum over the flight, and how
  /// they differ within it: as they do where targeting is as sharp as on average.
  void weigh_strata(const AudienceTraits& audience) {
    if (seen_of_weight_one() <= 0.0) return;
    epochs_ = find_epochs(*days_);
    groups_.assign(people_->strata.size(), {});
    const UnclickedMeans means = expected_means(audience);
    shape_ = means.by_day();
    const double sharpness = mean_sharpness();
    const BandFactors mean = mean_factors(audience, *people_->bands, powers(1.0, sharpness));
    const BandFactors second = mean_factors(audience, *people_->bands, powers(2.0, sharpness));
    for (std::size_t s = 0; s < groups_.size(); ++s) {
      const Stratum& stratum = people_->strata[s];
      const double w = mean.of(stratum);
      const double unclicked = means.of_stratum(s);
      const double relative = std::max(0.0, second.of(stratum) / (w * w) - 1.0);
      groups_[s] = {static_cast<double>(stratum.count), std::max(unclicked, 1e-12),
                    relative * unclicked * unclicked};
    }
  }

  /// Over impressions.
  [[nodiscard]] double mean_sharpness() const {
    if (days_->sharpness.empty()) return 1.0;
    double sum = 0.0;
    for (std::size_t day = 0; day < days_->intensity.size(); ++day) {
      sum += days_->intensity[day] * days_->sharpness[day];
    }
    return sum / seen_of_weight_one();
  }

  /// Of w to this power.
  [[nodiscard]] TraitPowers powers(double power, double sharpness) const {
    return {power, power * sharpness * traits_->sharpness,
            power * sharpness * traits_->intent_targeting};
  }

  [[nodiscard]] UnclickedMeans expected_means(const AudienceTraits& audience) const {
    UnclickedMeans means;
    for (const Epoch& epoch : epochs_) {
      TraitPowers liked = powers(1.0, epoch.sharpness);
      AppealFactors factors{.weight = mean_factors(audience, *people_->bands, liked), .clicks = {}};
      liked.affinity += traits_->affinity_exponent;
      liked.intent += traits_->click_intent;
      factors.clicks = mean_factors(audience, *people_->bands, liked);
      if (epoch.begin == 0) {
        means = {people_->strata, factors.weight.exposure, days_->intensity.size()};
      }
      means.add(*days_, epoch, factors);
    }
    return means;
  }

  /// Returns how many unclicked impressions were expected of the shopper over the whole flight.
  double count_alone(const Touched& one, std::size_t candidates) {
    const ReachTraits person = people_->traits.reach(one.record.id);
    if (capped()) {
      const auto seen =
          seen_impressions(block_->world, block_->crowd, one.record, channel_, {0.0, one.until});
      for (const Days time : seen) book(day_index(time), 1);
      ++shoppers_with(seen.size());
      double expected = 0.0;
      const Appeals appeals{*traits_, person};
      for (const Epoch& epoch : epochs_) {
        const ChannelAppeal appeal = appeals.at(epoch.sharpness);
        expected += appeal.weight * unclicked_per_weight(*days_, epoch, appeal.liking);
      }
      return expected;
    }
    Stream draws{people_->key, Purpose::frequency, one.record.id.value,
                 (traits_->identity >> 48U) << 20U};
    const BuyerMeans::Expected expected = buyers_.add({*traits_, person}, one.until);
    const std::uint64_t unclicked = draw_poisson(draws, expected.until_order);
    unclicked_alone_ += unclicked;
    ++shoppers_with(candidates + unclicked);
    return expected.in_flight;
  }

  /// Chances of the number of unclicked impressions that are served over the flight.
  [[nodiscard]] CountChances chances_of(const RateBand& band) const {
    CountChances mixed;
    for (const auto& [mean, share] : mean_points(band)) {
      if (mean <= 0.0) {
        add_chances(mixed, share, {1.0});
      } else if (capped()) {
        add_chances(mixed, share, capped_chances(rotation_means(mean), traits_->frequency_cap));
      } else {
        add_chances(mixed, share, poisson_chances(mean));
      }
    }
    return mixed;
  }

  /// A band without those counted alone. Buyers, and whoever had a candidate, are not like the
  /// others: what was expected of them goes with them.
  [[nodiscard]] RateBand crowd_of(std::size_t number) const {
    RateBand crowd = bands_.bands()[number];
    const Taken& taken = taken_[number];
    const double sum = crowd.count * crowd.mean - taken.mean_alone;
    crowd.count -= static_cast<double>(taken.alone);
    crowd.mean = crowd.count > 0.0 ? std::max(0.0, sum / crowd.count) : 0.0;
    return crowd;
  }

  /// Everybody of a crowd. Returns the number of unclicked impressions.
  [[nodiscard]] std::uint64_t draw_band(const RateBand& crowd, std::size_t number) const {
    const CountChances chances = chances_of(crowd);
    Stream draws = stream(1 + number);
    auto untouched = static_cast<std::uint64_t>(crowd.count);  // a sum of whole numbers is one
    std::uint64_t total = 0;
    const std::vector<std::uint64_t>& groups = taken_[number].by_candidates;
    for (std::size_t candidates = 1; candidates < groups.size(); ++candidates) {
      untouched -= groups[candidates];
      total += draw_counts(draws, groups[candidates], candidates, chances);
    }
    return total + draw_counts(draws, untouched, 0, chances);
  }

  std::uint64_t draw_counts(Stream& draws, std::uint64_t shoppers, std::size_t candidates,
                            const CountChances& chances) const {
    std::uint64_t total = 0;
    double left = 1.0;
    for (std::size_t k = 0; k < chances.size() && shoppers > 0; ++k) {
      const bool last = k + 1 == chances.size() || left <= chances[k];
      const std::uint64_t here =
          last ? shoppers : draw_binomial(draws, shoppers, chances[k] / left);
      shoppers_with(k + candidates) += static_cast<std::int64_t>(here);
      total += k * here;
      shoppers -= here;
      left -= chances[k];
    }
    return total;
  }

  /// Share of a flight's mean that falls into each rotation.
  [[nodiscard]] std::vector<double> rotation_means(double mean) const {
    const auto length = static_cast<std::size_t>(block_->world.rotation_days);
    std::vector<double> means((days_->intensity.size() + length - 1) / length, 0.0);
    double whole = 0.0;
    for (std::size_t day = 0; day < days_->intensity.size(); ++day) {
      means[day / length] += shape_[day];
      whole += shape_[day];
    }
    // Where every impression might be clicked nothing is left over.
    for (double& part : means) part = whole > 0.0 ? part * mean / whole : 0.0;
    return means;
  }

  /// Adds the expected unclicked impressions that these shoppers of a band are served on each day:
  /// with a cap early days of a rotation see more of them, and soonest for those who see most.
  void add_days(std::vector<double>& weights, const RateBand& crowd) const {
    for (const auto& [mean, share] : mean_points(crowd)) {
      add_served(weights, mean, crowd.count * share);
    }
  }

  /// Adds what `shoppers` with this mean over the flight are served under the cap.
  void add_served(std::vector<double>& weights, double mean, double shoppers) const {
    const auto length = static_cast<std::size_t>(block_->world.rotation_days);
    double whole = 0.0;
    for (const double day : shape_) whole += day;
    if (whole <= 0.0) return;
    double before = 0.0;
    double since_start = 0.0;
    for (std::size_t day = 0; day < weights.size(); ++day) {
      if (day % length == 0) before = since_start = 0.0;
      since_start += mean * shape_[day] / whole;
      const double served =
          capped() ? capped_mean(since_start, traits_->frequency_cap) : since_start;
      weights[day] += shoppers * (served - before);
      before = served;
    }
  }

  [[nodiscard]] double seen_of_weight_one() const {
    double sum = 0.0;
    for (const double intensity : days_->intensity) sum += intensity;
    return sum;
  }

  void spread_over_days(std::uint64_t total, const std::vector<double>& weights) const {
    double left = 0.0;
    for (const double weight : weights) left += weight;
    Stream draws = stream(0);
    for (std::size_t day = 0; day < weights.size() && total > 0; ++day) {
      const bool last = day + 1 == weights.size() || left <= weights[day];
      const std::uint64_t here = last ? total : draw_binomial(draws, total, weights[day] / left);
      book(day, here);
      total -= here;
      left -= weights[day];
    }
  }

  /// Shoppers of a band who are not in its untouched crowd.
  struct Taken {
    std::uint64_t alone{0};                    ///< counted one by one
    double mean_alone{0};                      ///< unclicked impressions expected of these
    std::vector<std::uint64_t> by_candidates;  ///< by the number of impressions played
  };

  Block* block_;
  const SegmentPeople* people_;
  std::uint8_t channel_;
  const ExposureTraits* traits_;
  const ChannelDays* days_;
  std::vector<Epoch> epochs_;
  std::vector<RateGroup> groups_;  ///< strata
  std::vector<double> shape_;      ///< by day: where unclicked impressions fall
  RateBands bands_;
  std::vector<Taken> taken_;          ///< by band
  std::uint64_t unclicked_alone_{0};  ///< impressions of those counted alone without a cap
  BuyerMeans buyers_;                 ///< where these are expected
};

MediaTotals::MediaTotals(Block& block, const SegmentPeople& people) : block_{&block} {
  if (people.strata.empty()) return;
  for (std::size_t channel = 0; channel < block.world.channel_count(); ++channel) {
    channels_.emplace_back(block, people, static_cast<std::uint8_t>(channel));
    once_.emplace_back(people.strata.size());
  }
}

MediaTotals::MediaTotals(MediaTotals&&) noexcept = default;
MediaTotals::~MediaTotals() = default;

void MediaTotals::make_bands(const AudienceTraits& audience) {
  for (ChannelTotals& channel : channels_) channel.make_bands(audience);
}

/// A walk along a shopper's impressions waits for memory at every step: once for all channels.
void MediaTotals::take_everybody() {
  const Days flight = block_->world.flight;
  std::vector<std::size_t> played(channels_.size() + 1);  // retargeting comes last
  for (const Record& record : block_->crowd.records()) {
    if (!record.id.in_strata()) continue;
    const bool customer = record.customer != nobody;
    const Days order = customer ? block_->crowd.customers()[record.customer].first_order : flight;
    const bool bought = order < flight;
    if (!bought && record.impressions == nobody) continue;
    std::fill(played.begin(), played.end(), 0);
    for (std::uint32_t number = record.impressions; number != nobody;) {
      const RememberedImpression& impression = block_->crowd.impression(number);
      if (impression.candidate) ++played[impression.channel];
      number = impression.earlier;
    }
    for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
      channels_[channel].take({record, std::min(order, flight), bought}, played[channel]);
    }
  }
}

void MediaTotals::take_impressions(std::uint8_t channel, std::uint16_t stratum,
                                   std::size_t impressions) {
  channels_[channel].take_prospects(stratum, impressions, 1);
}

void MediaTotals::draw() {
  for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
    const std::size_t strata = once_[channel].size();
    for (std::size_t stratum = 0; stratum < strata; ++stratum) {
      const std::uint64_t shoppers = once_[channel][stratum];
      if (shoppers == 0) continue;
      channels_[channel].take_prospects(static_cast<std::uint16_t>(stratum), 1, shoppers);
    }
    channels_[channel].draw();
  }
  once_.clear();
}

}  // namespace flywheel
