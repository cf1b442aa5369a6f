// The marketplace wheel: docs/model.md 9.
#include "naive/marketplace.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace flywheel::test {

namespace {

void set_price(NaiveMarketplace& marketplace, const Scenario& scenario, int day) {
  const MarketplaceTraits& traits = scenario.momentum.marketplace;
  const std::vector<double>& rivals = scenario.market.rival_price;
  marketplace.rival_price = rivals.empty() ? 1.0 : rivals[static_cast<std::size_t>(day)];
  const double saved = 1.0 - marketplace.unit_cost;
  const double wanted =
      (1.0 - traits.pass_on * saved) * std::pow(marketplace.rival_price, traits.follow);
  marketplace.price = std::max(wanted, marketplace.unit_cost * traits.price_floor);
}

void move_sellers(NaiveMarketplace& marketplace, const MarketplaceTraits& traits,
                  const NaiveVolume& volume) {
  // The organic visits of the plan; without any, those of the first rotation.
  const double usual = traits.usual_visits > 0.0 ? traits.usual_visits : volume.first_visits;
  const double traffic = volume.last_visits / usual;
  const double attracted = traits.sellers * std::pow(traffic, traits.attraction);
  marketplace.sellers += traits.entry * (attracted - marketplace.sellers);
}

void move_selection(NaiveMarketplace& marketplace, const MarketplaceTraits& traits) {
  const double before = marketplace.offered;
  marketplace.offered = std::pow(marketplace.sellers / traits.sellers, traits.breadth);
  const double more = marketplace.offered - before;
  if (more > 0.0) {
    marketplace.good += (1.0 - traits.poor_share) * more;
    marketplace.poor += traits.poor_share * more;
  } else {
    marketplace.good *= marketplace.offered / before;
    marketplace.poor *= marketplace.offered / before;
  }
  marketplace.poor *= 1.0 - traits.pruning;
}

void move_stock(NaiveMarketplace& marketplace, const MarketplaceTraits& traits,
                const NaiveVolume& volume) {
  if (traits.first_stock == 0.0) return;
  std::vector<double>& arrivals = marketplace.arrivals;
  if (marketplace.availability == 1.0 || volume.last_orders > marketplace.wanted) {
    marketplace.wanted = volume.last_orders;
  }
  if (!arrivals.empty()) {
    marketplace.arrived += arrivals.front();
    arrivals.erase(arrivals.begin());
  }
  const auto stock = [&] { return traits.first_stock + marketplace.arrived - volume.all_orders; };
  const double held = std::accumulate(arrivals.begin(), arrivals.end(), stock());
  const double ordered = std::max(0.0, traits.cover_rotations * marketplace.wanted - held);
  if (traits.lead_rotations == 0) {
    marketplace.arrived += ordered;
  } else {
    arrivals.push_back(ordered);
  }
  marketplace.stock = stock();
  marketplace.availability = std::min(1.0, std::max(0.0, marketplace.stock / marketplace.wanted));
}

/// What sells well, against day 0.
double good_selection(const MarketplaceTraits& traits, const NaiveMarketplace& marketplace) {
  return marketplace.good / (1.0 - traits.poor_share);
}

}  // namespace

NaiveVolume volume_until(const NaiveTally& tally, int rotation) {
  const auto end = static_cast<std::size_t>(rotation);
  const auto& orders = tally.orders_by_rotation;
  const auto& visits = tally.visits_by_rotation;
  return {
      .all_orders = std::accumulate(orders.begin(), orders.begin() + static_cast<int>(end), 0.0),
      .first_orders = std::max(1.0, orders[0]),
      .last_orders = std::max(1.0, orders[end - 1]),
      .first_visits = std::max(1.0, visits[0]),
      .last_visits = std::max(1.0, visits[end - 1])};
}

NaiveMarketplace open_marketplace(const Scenario& scenario) {
  const MarketplaceTraits& traits = scenario.momentum.marketplace;
  if (!traits.enabled) return {};
  NaiveMarketplace marketplace{
      .sellers = traits.sellers,
      .good = 1.0 - traits.poor_share,
      .poor = traits.poor_share,
      .stock = traits.first_stock,
      .arrivals = std::vector<double>(static_cast<std::size_t>(traits.lead_rotations), 0.0)};
  set_price(marketplace, scenario, 0);
  return marketplace;
}

NaiveMarketplace turn_marketplace(NaiveMarketplace marketplace, const Scenario& scenario,
                                  const NaiveVolume& volume, int day) {
  const MarketplaceTraits& traits = scenario.momentum.marketplace;
  marketplace.unit_cost =
      std::pow(1.0 + volume.all_orders / traits.prior_orders, traits.doubling_exponent);
  set_price(marketplace, scenario, day);
  move_sellers(marketplace, traits, volume);
  move_selection(marketplace, traits);
  const double scaled = std::pow(volume.last_orders / volume.first_orders, -traits.delivery_scale);
  marketplace.delivery = std::min(1.0 / traits.fastest, std::max(traits.fastest, scaled));
  move_stock(marketplace, traits, volume);
  return marketplace;
}

double marketplace_lift(const MarketplaceTraits& traits, const NaiveMarketplace& marketplace) {
  const double poor_share = marketplace.poor / (marketplace.good + marketplace.poor);
  return -traits.price_elasticity * std::log(marketplace.price / marketplace.rival_price) +
         traits.selection_effect * std::log(good_selection(traits, marketplace)) -
         traits.clutter_effect * (poor_share - traits.poor_share) -
         traits.delivery_effect * std::log(marketplace.delivery);
}

double marketplace_visits(const MarketplaceTraits& traits, const NaiveMarketplace& marketplace) {
  return std::pow(marketplace.price / marketplace.rival_price, -traits.traffic_elasticity) *
         std::pow(good_selection(traits, marketplace), traits.selection_traffic);
}

}  // namespace flywheel::test
