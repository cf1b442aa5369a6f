#include <array>

#include "plan/parameters.hpp"
#include "plan/reach.hpp"
#include "plan/sources.hpp"

namespace flywheel {

namespace {

template <auto... members>
constexpr Reach marketplace = once<&Plan::marketplace, members...>;

constexpr std::array marketplace_parameters{
    Parameter{"progress_ratio", marketplace<&MarketplacePlan::progress_ratio>, Unit::share,
              above(0, 1), "{ low = 0.85, high = 0.98 }",
              judgement("aircraft 0.8 (Wright 1936), less where goods are bought"),
              "Cost of goods after all orders ever have doubled, over that before."},
    Parameter{"prior_orders", marketplace<&MarketplacePlan::prior_orders>, Unit::count,
              above(0, 1e12), "{ low = 5_000, high = 50_000 }", judgement(within_three),
              "Orders before the first day, from which doublings are counted."},
    Parameter{"pass_on", marketplace<&MarketplacePlan::pass_on>, Unit::share, a_share,
              "{ low = \"30%\", high = \"80%\" }", judgement(),
              "Share of what falling cost saves that lowers prices."},
    Parameter{"follow", marketplace<&MarketplacePlan::follow>, Unit::share, a_share,
              "{ low = \"10%\", high = \"60%\" }", judgement(),
              "Weight of the rivals' prices in the shop's own (repricing by rule)."},
    Parameter{"least_margin", marketplace<&MarketplacePlan::least_margin>, Unit::share,
              closed(0, 0.99), "0.1", judgement(), "Gross margin below which no price goes."},
    Parameter{"rival_volatility", marketplace<&MarketplacePlan::rival_volatility>, Unit::real,
              closed(0, 2), "{ low = 0.02, high = 0.1 }", judgement(),
              "Stationary standard deviation of the logarithm of the rivals' prices."},
    Parameter{"rival_reversion", marketplace<&MarketplacePlan::rival_reversion>, Unit::per_day,
              closed(0, 100), "0.05", judgement(), "Speed at which they return to their mean."},
    Parameter{"price_elasticity", marketplace<&MarketplacePlan::price_elasticity>, Unit::real,
              closed(0, 20), "{ low = 0.5, high = 3 }", judgement(within_three),
              "Elasticity of the conversion rate by the shop's price over its rivals', taken as "
              "negative."},
    Parameter{"traffic_elasticity", marketplace<&MarketplacePlan::traffic_elasticity>, Unit::real,
              closed(0, 10), "{ low = 0.1, high = 1 }", judgement(within_three),
              "Elasticity of organic visits likewise."},
    Parameter{"sellers", marketplace<&MarketplacePlan::sellers>, Unit::count, above(0, 1e9), "100",
              judgement(), "Outside sellers on the first day."},
    Parameter{"entry", marketplace<&MarketplacePlan::entry>, Unit::share, a_share,
              "{ low = \"5%\", high = \"20%\" }", judgement(within_two),
              "Share of the way to the number that traffic draws which sellers go in a rotation."},
    Parameter{"attraction", marketplace<&MarketplacePlan::attraction>, Unit::real, closed(0, 10),
              "{ low = 0.3, high = 1 }", judgement(),
              "Elasticity of the number of sellers by visits."},
    Parameter{"breadth", marketplace<&MarketplacePlan::breadth>, Unit::real, closed(0, 10),
              "{ low = 0.3, high = 0.9 }", judgement(),
              "Elasticity of the selection by the number of sellers."},
    Parameter{"poor_share", marketplace<&MarketplacePlan::poor_share>, Unit::share, closed(0, 0.99),
              "{ low = \"20%\", high = \"60%\" }", judgement(),
              "Share of what sellers offer that sells poorly."},
    Parameter{"pruning", marketplace<&MarketplacePlan::pruning>, Unit::share, a_share,
              "{ low = \"2%\", high = \"15%\" }", judgement(),
              "Share of what sells poorly that is taken out in a rotation."},
    Parameter{"selection_effect", marketplace<&MarketplacePlan::selection_effect>, Unit::real,
              closed(-10, 10), "{ low = 0.05, high = 0.3 }", judgement(),
              "Elasticity of the conversion rate by the selection that sells."},
    Parameter{"selection_traffic", marketplace<&MarketplacePlan::selection_traffic>, Unit::real,
              closed(-10, 10), "{ low = 0.05, high = 0.4 }", judgement(),
              "Elasticity of organic visits by it."},
    Parameter{"clutter_effect", marketplace<&MarketplacePlan::clutter_effect>, Unit::real,
              closed(0, 10), "{ low = 0.02, high = 0.2 }", judgement(),
              "Logarithm of the conversion rate lost where everything sells poorly."},
    Parameter{"delivery_scale", marketplace<&MarketplacePlan::delivery_scale>, Unit::real,
              closed(0, 10), "{ low = 0.02, high = 0.2 }", judgement(),
              "Elasticity of the speed of delivery by orders."},
    Parameter{"fastest", marketplace<&MarketplacePlan::fastest>, Unit::factor, above(0, 1), "0.5",
              judgement(), "Least factor on the time of delivery; its inverse is the largest."},
    Parameter{"delivery_effect", marketplace<&MarketplacePlan::delivery_effect>, Unit::real,
              closed(0, 10), "{ low = 0.03, high = 0.3 }", judgement(),
              "Elasticity of the conversion rate by the time of delivery, taken as negative."},
    Parameter{"first_stock", marketplace<&MarketplacePlan::first_stock>, Unit::count,
              closed(0, 1e12), "0", rule(),
              "Orders that the stock of the first day serves; 0: stock never runs out."},
    Parameter{"lead_rotations", marketplace<&MarketplacePlan::lead_rotations>, Unit::count,
              closed(0, 100), "4", judgement(),
              "Rotations from ordering goods until they are in stock."},
    Parameter{"cover_rotations", marketplace<&MarketplacePlan::cover_rotations>, Unit::real,
              closed(0, 1000), "6", judgement(),
              "Rotations of sales that stock and goods on their way shall last."},
};

}  // namespace

Section marketplace_section() {
  return {.name = "marketplace",
          .sentence = "The second wheel: volume, cost, price, sellers, selection, speed, stock.",
          .parameters = marketplace_parameters,
          .idle_without = "loops.marketplace"};
}

}  // namespace flywheel
