#pragma once

#include <cstddef>
#include <vector>

#include "core/days.hpp"
#include "journey/unclicked_means.hpp"

namespace flywheel {

/// Unclicked impressions of one channel expected of shoppers who are taken one by one, each until
/// their order.
///
/// As long as no chance reaches 1, what is left unclicked on a day is a straight line in the
/// liking: then a shopper costs a few sums an epoch, whatever its days.
class BuyerMeans {
 public:
  BuyerMeans() = default;
  /// The channel's days outlive this.
  BuyerMeans(const ChannelDays& days, std::vector<Epoch> epochs);

  /// Unclicked impressions expected of one shopper.
  struct Expected {
    double until_order{0};
    double in_flight{0};
  };

  /// Adds a shopper whose ads end at `until`.
  Expected add(const Appeals& shopper, Days until);

  /// Expected until the orders of all who were added, by day.
  [[nodiscard]] std::vector<double> by_day() const;

 private:
  /// Sums over the days before one.
  struct Before {
    double impressions{0};  ///< of a shopper of weight 1
    double candidates{0};   ///< of them, at liking 1 where nothing is certain
  };
  /// Sums over shoppers whose last whole day in the epoch is this one.
  struct Ending {
    double weight{0};
    double likings{0};  ///< times weight
  };

  [[nodiscard]] double candidates_per_liking(std::size_t day) const;
  [[nodiscard]] double between(const ChannelAppeal& appeal, std::size_t begin,
                               std::size_t end) const;
  Expected add_line(const Epoch& epoch, const ChannelAppeal& appeal, Days until);
  Expected add_days(const Epoch& epoch, const ChannelAppeal& appeal, Days until);

  const ChannelDays* days_{nullptr};
  std::vector<Epoch> epochs_;
  std::vector<double> most_likings_;  ///< by epoch: above it a chance reaches 1
  std::vector<Before> before_;        ///< by day, one more than there are
  std::vector<Ending> endings_;       ///< by day
  std::vector<double> others_;        ///< by day: expected besides
};

}  // namespace flywheel
