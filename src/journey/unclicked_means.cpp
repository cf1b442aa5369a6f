#include "journey/unclicked_means.hpp"

#include <cstdint>
#include <limits>

namespace flywheel {

std::vector<Epoch> find_epochs(const ChannelDays& days) {
  std::vector<Epoch> epochs;
  for (std::size_t day = 0; day < days.intensity.size(); ++day) {
    const double sharpness = days.sharpness_on(day);
    if (epochs.empty() || epochs.back().sharpness != sharpness) {
      epochs.push_back({sharpness, day, day});
    }
    epochs.back().end = day + 1;
  }
  return epochs;
}

Stretch stretch_at(const ChannelDays& days, const Epoch& epoch, std::size_t day) {
  Stretch stretch{day, day, 0.0};
  while (stretch.end < epoch.end && days.click[stretch.end] == days.click[day]) {
    stretch.intensity += days.intensity[stretch.end++];
  }
  return stretch;
}

double unclicked_per_weight(const ChannelDays& days, const Epoch& epoch, double liking) {
  double sum = 0.0;
  for (std::size_t day = epoch.begin; day < epoch.end;) {
    const Stretch stretch = stretch_at(days, epoch, day);
    sum += stretch.intensity * (1.0 - days.candidate_share(liking, day));
    day = stretch.end;
  }
  return sum;
}

Appeals::Appeals(const ExposureTraits& channel, const ReachTraits& person)
    : channel_{&channel},
      person_{person},
      log_affinity_{portable_log(person.affinity)},
      liking_{appeal_of(channel, person, 0.0).liking} {}

ChannelAppeal Appeals::at(double sharpness) const {
  const double power = sharpness * channel_->sharpness;
  const double targeting = sharpness * channel_->intent_targeting;
  const double liked = power == 0.0 || power == 1.0 || person_.affinity <= 0.0
                           ? raised(person_.affinity, power)
                           : portable_exp(power * log_affinity_);
  const double intent = targeting == 0.0 ? 1.0 : portable_exp(targeting * person_.intent);
  return {person_.exposure * liked * intent, liking_};
}

UnclickedMeans::UnclickedMeans(std::span<const Stratum> strata, std::span<const double> exposure,
                               std::size_t days)
    : by_day_(days, 0.0) {
  constexpr std::size_t intents = 64;  // bands at most
  constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> cell_of(32 * intents, none);
  places_.reserve(strata.size());
  for (const Stratum& stratum : strata) {
    std::size_t& cell = cell_of[stratum.affinity * intents + stratum.intent];
    if (cell == none) {
      cell = cells_.size();
      cells_.push_back({stratum.affinity, stratum.intent, 0.0, 0.0});
    }
    const double x = exposure[stratum.exposure];
    cells_[cell].exposure += static_cast<double>(stratum.count) * x;
    places_.push_back({x, cell});
  }
}

std::vector<UnclickedMeans::Appeal> UnclickedMeans::appeals(const AppealFactors& factors) const {
  const auto& [weight, clicks] = factors;
  std::vector<Appeal> appeals;
  appeals.reserve(cells_.size());
  for (const Cell& cell : cells_) {
    const double w = weight.affinity[cell.affinity] * weight.intent[cell.intent];
    const double clicked = clicks.affinity[cell.affinity] * clicks.intent[cell.intent];
    appeals.push_back({w, clicked / w, cell.exposure * w});
  }
  return appeals;
}

void UnclickedMeans::add(const ChannelDays& days, const Epoch& epoch,
                         const AppealFactors& factors) {
  const std::vector<Appeal> appealed = appeals(factors);
  for (std::size_t first = epoch.begin; first < epoch.end;) {
    const Stretch stretch = stretch_at(days, epoch, first);
    double everybody = 0.0;
    for (std::size_t number = 0; number < cells_.size(); ++number) {
      const Appeal& appeal = appealed[number];
      const double unclicked = 1.0 - days.candidate_share(appeal.liking, first);
      cells_[number].mean += stretch.intensity * appeal.weight * unclicked;
      everybody += appeal.everybody * unclicked;
    }
    for (std::size_t day = first; day < stretch.end; ++day) {
      by_day_[day] = days.intensity[day] * everybody;
    }
    first = stretch.end;
  }
}

}  // namespace flywheel
