#include "journey/buyer_means.hpp"

#include <algorithm>
#include <utility>

namespace flywheel {

BuyerMeans::BuyerMeans(const ChannelDays& days, std::vector<Epoch> epochs)
    : days_{&days},
      epochs_{std::move(epochs)},
      before_(days.intensity.size() + 1),
      endings_(days.intensity.size()),
      others_(days.intensity.size(), 0.0) {
  for (std::size_t day = 0; day < days.intensity.size(); ++day) {
    const double intensity = days.intensity[day];
    before_[day + 1] = {before_[day].impressions + intensity,
                        before_[day].candidates + intensity * candidates_per_liking(day)};
  }
  most_likings_.reserve(epochs_.size());
  for (const Epoch& epoch : epochs_) {
    double click = 0.0;
    for (std::size_t day = epoch.begin; day < epoch.end; ++day) {
      click = std::max(click, days.click[day]);
    }
    most_likings_.push_back(1.0 / (click + days.view_rate));
  }
}

double BuyerMeans::candidates_per_liking(std::size_t day) const {
  return days_->click[day] * days_->largest_response + days_->view_rate;
}

/// Unclicked impressions on these days of an epoch, on the line.
double BuyerMeans::between(const ChannelAppeal& appeal, std::size_t begin, std::size_t end) const {
  const double impressions = before_[end].impressions - before_[begin].impressions;
  const double candidates = before_[end].candidates - before_[begin].candidates;
  return appeal.weight * (impressions - appeal.liking * candidates);
}

BuyerMeans::Expected BuyerMeans::add(const Appeals& shopper, Days until) {
  Expected sum;
  for (std::size_t number = 0; number < epochs_.size(); ++number) {
    const Epoch& epoch = epochs_[number];
    const ChannelAppeal appeal = shopper.at(epoch.sharpness);
    const Expected part = appeal.liking < most_likings_[number] ? add_line(epoch, appeal, until)
                                                                : add_days(epoch, appeal, until);
    sum.until_order += part.until_order;
    sum.in_flight += part.in_flight;
  }
  return sum;
}

BuyerMeans::Expected BuyerMeans::add_line(const Epoch& epoch, const ChannelAppeal& appeal,
                                          Days until) {
  const std::size_t last = day_index(until);
  const std::size_t whole = std::clamp(last, epoch.begin, epoch.end);
  Expected expected{between(appeal, epoch.begin, whole), between(appeal, epoch.begin, epoch.end)};
  if (whole > epoch.begin) {
    endings_[whole - 1].weight += appeal.weight;
    endings_[whole - 1].likings += appeal.weight * appeal.liking;
  }
  if (epoch.begin <= last && last < epoch.end) {
    const double part = (until - start_of(last)) * between(appeal, last, last + 1);
    others_[last] += part;
    expected.until_order += part;
  }
  return expected;
}

BuyerMeans::Expected BuyerMeans::add_days(const Epoch& epoch, const ChannelAppeal& appeal,
                                          Days until) {
  const std::size_t last = day_index(until);
  Expected expected;
  for (std::size_t day = epoch.begin; day < epoch.end; ++day) {
    const double unclicked = 1.0 - days_->candidate_share(appeal.liking, day);
    const double mean = days_->intensity[day] * (appeal.weight * unclicked);
    expected.in_flight += mean;
    if (day > last) continue;
    const double before = day < last ? mean : (until - start_of(day)) * mean;
    others_[day] += before;
    expected.until_order += before;
  }
  return expected;
}

std::vector<double> BuyerMeans::by_day() const {
  std::vector<double> days = others_;
  for (const Epoch& epoch : epochs_) {
    Ending staying;
    for (std::size_t day = epoch.end; day-- > epoch.begin;) {
      staying.weight += endings_[day].weight;
      staying.likings += endings_[day].likings;
      days[day] +=
          days_->intensity[day] * (staying.weight - candidates_per_liking(day) * staying.likings);
    }
  }
  return days;
}

}  // namespace flywheel
