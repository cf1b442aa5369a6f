#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audience/strata.hpp"
#include "audience/stratum_picker.hpp"
#include "journey/channel_days.hpp"

namespace flywheel {

/// Days of the flight on which targeting is equally sharp.
struct Epoch {
  double sharpness{1};
  std::size_t begin{0};
  std::size_t end{0};
};

[[nodiscard]] std::vector<Epoch> find_epochs(const ChannelDays& days);

/// The days of one epoch on which a click is equally likely, at least one.
struct Stretch {
  std::size_t begin{0};
  std::size_t end{0};
  double intensity{0};  ///< impressions of a shopper of weight 1 over these days
};

/// The stretch that begins on this day of the epoch.
[[nodiscard]] Stretch stretch_at(const ChannelDays& days, const Epoch& epoch, std::size_t day);

/// Unclicked impressions expected over an epoch of a shopper of weight 1 and this liking.
[[nodiscard]] double unclicked_per_weight(const ChannelDays& days, const Epoch& epoch,
                                          double liking);

/// How one shopper meets a channel, for any sharpness of targeting: appeal_of, to the last bit,
/// with what all epochs share made once.
class Appeals {
 public:
  Appeals(const ExposureTraits& channel, const ReachTraits& person);

  [[nodiscard]] ChannelAppeal at(double sharpness) const;

 private:
  const ExposureTraits* channel_;
  ReachTraits person_;
  double log_affinity_{0};
  double liking_{1};
};

/// Means over the bands of affinity and intent during an epoch.
struct AppealFactors {
  BandFactors weight;  ///< w
  BandFactors clicks;  ///< w h: its mean over that of w is the liking of whoever sees the channel
};

/// Expected unclicked impressions of one channel: of the mean shopper of each stratum over the
/// flight, and of everybody on each day.
///
/// Exposure x multiplies what a shopper sees and nothing else, on every day alike. So strata that
/// differ in exposure alone share a cell, and epochs are summed by cell, of which there are far
/// fewer.
class UnclickedMeans {
 public:
  UnclickedMeans() = default;
  /// The strata are needed no longer; `exposure` holds the mean of x in each of its bands.
  UnclickedMeans(std::span<const Stratum> strata, std::span<const double> exposure,
                 std::size_t days);

  void add(const ChannelDays& days, const Epoch& epoch, const AppealFactors& factors);

  [[nodiscard]] double of_stratum(std::size_t stratum) const {
    const Place& place = places_[stratum];
    return place.exposure * cells_[place.cell].mean;
  }
  [[nodiscard]] const std::vector<double>& by_day() const { return by_day_; }

 private:
  /// Shoppers of one band of affinity and one of intent.
  struct Cell {
    std::uint8_t affinity{0};
    std::uint8_t intent{0};
    double exposure{0};  ///< sum of x
    double mean{0};      ///< unclicked impressions at x = 1
  };
  struct Place {
    double exposure{0};
    std::size_t cell{0};
  };
  /// A cell during an epoch.
  struct Appeal {
    double weight{1};
    double liking{1};
    double everybody{0};  ///< weight of all its shoppers
  };

  [[nodiscard]] std::vector<Appeal> appeals(const AppealFactors& factors) const;

  std::vector<Cell> cells_;
  std::vector<Place> places_;  ///< by stratum
  std::vector<double> by_day_;
};

}  // namespace flywheel
