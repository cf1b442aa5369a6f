#include "momentum/marketplace.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

/// What was sold and visited in the rotation that ends, at least 1 each.
struct Turnover {
  double orders{1};
  double visits{1};
};

double price_at(const MarketplaceTraits& traits, double unit_cost, double rival_price) {
  const double own = 1.0 - traits.pass_on * (1.0 - unit_cost);
  return std::max(own * portable_pow(rival_price, traits.follow), traits.price_floor * unit_cost);
}

/// Sellers come and go with traffic, and what they offer with them; what sells poorly is pruned.
Marketplace turn_selection(const MarketplaceTraits& traits, Marketplace next, double traffic) {
  const double drawn = traits.sellers * portable_pow(traffic, traits.attraction);
  next.sellers += traits.entry * (drawn - next.sellers);
  const double offered = portable_pow(next.sellers / traits.sellers, traits.breadth);
  const double more = offered - next.offered;
  if (more >= 0.0) {
    next.good += more;
    next.poor += traits.poor_share * more;
  } else {
    next.good *= offered / next.offered;
    next.poor *= offered / next.offered;
  }
  next.poor *= 1.0 - traits.pruning;
  next.offered = offered;
  return next;
}

double delivery_at(const MarketplaceTraits& traits, double growth) {
  const double factor = portable_pow(growth, -traits.delivery_scale);
  return std::min(1.0 / traits.fastest, std::max(traits.fastest, factor));
}

/// What was sold leaves the stock, what was ordered long enough ago comes in, and as much is
/// ordered as shall last. Sales of a rotation in which visitors were turned away are no measure of
/// what they wanted.
Marketplace turn_stock(const MarketplaceTraits& traits, Marketplace next, double sold) {
  if (traits.first_stock <= 0.0) return next;
  const double least = next.availability < 1.0 ? next.demand : 1.0;
  next.demand = std::max(least, sold);
  next.stock -= sold;
  if (traits.lead_rotations > 0) {
    next.on_the_way.resize(static_cast<std::size_t>(traits.lead_rotations));
    next.stock += next.on_the_way.front();
    next.on_the_way.erase(next.on_the_way.begin());
  }
  const double coming = std::accumulate(next.on_the_way.begin(), next.on_the_way.end(), 0.0);
  const double ordered = std::max(0.0, traits.cover_rotations * next.demand - next.stock - coming);
  if (traits.lead_rotations > 0) {
    next.on_the_way.push_back(ordered);
  } else {
    next.stock += ordered;
  }
  next.availability = std::clamp(next.stock / next.demand, 0.0, 1.0);
  return next;
}

}  // namespace

double unit_cost_after(const MarketplaceTraits& traits, double orders) {
  return portable_pow(1.0 + orders / traits.prior_orders, traits.doubling_exponent);
}

Marketplace first_marketplace(const MarketplaceTraits& traits, double rival_price) {
  Marketplace first;
  first.rival_price = rival_price;
  first.sellers = traits.sellers;
  first.first_visits = traits.usual_visits;
  first.poor = traits.poor_share;
  first.stock = traits.first_stock;
  first.price = price_at(traits, 1.0, rival_price);
  return first;
}

Marketplace turn_marketplace(const MarketplaceTraits& traits, Marketplace before,
                             const Observed& observed) {
  Marketplace next = std::move(before);
  const Turnover sold{std::max(1.0, observed.orders - next.orders_before),
                      std::max(1.0, observed.visits - next.visits_before)};
  const double orders = observed.orders - next.orders_before;
  next.orders_before = observed.orders;
  next.visits_before = observed.visits;
  if (next.first_orders <= 0.0) next.first_orders = sold.orders;
  if (next.first_visits <= 0.0) next.first_visits = sold.visits;
  next.unit_cost = unit_cost_after(traits, observed.orders);
  next.rival_price = observed.rival_price;
  next.price = price_at(traits, next.unit_cost, next.rival_price);
  next.delivery = delivery_at(traits, sold.orders / next.first_orders);
  const double traffic = sold.visits / next.first_visits;
  next = turn_selection(traits, std::move(next), traffic);
  return turn_stock(traits, std::move(next), orders);
}

double selection_of(const MarketplaceTraits& traits, const Marketplace& marketplace) {
  return (1.0 - traits.poor_share) * marketplace.good + marketplace.poor;
}

MarketplaceEffect effect_of(const MarketplaceTraits& traits, const Marketplace& marketplace) {
  const double dearer = portable_log(marketplace.price / marketplace.rival_price);
  const double wider = portable_log(marketplace.good);
  const double clutter = marketplace.poor / selection_of(traits, marketplace);
  return {.conversion_effect = -traits.price_elasticity * dearer + traits.selection_effect * wider -
                               traits.clutter_effect * (clutter - traits.poor_share) -
                               traits.delivery_effect * portable_log(marketplace.delivery),
          .organic_factor =
              portable_exp(traits.selection_traffic * wider - traits.traffic_elasticity * dearer)};
}

}  // namespace flywheel
