#include "scenario/draw_scenario.hpp"

#include <cmath>
#include <utility>

#include "core/check.hpp"
#include "scenario/draw_momentum.hpp"
#include "scenario/parameter_level.hpp"

namespace flywheel {

namespace {

Key key_of(const Future& future, Level level) {
  switch (level) {
    case Level::parameters:
      return make_key(future.seed, level, future.parameters);
    case Level::market:
      return make_key(future.seed, level, future.market);
    case Level::shoppers:
      break;
  }
  return make_key(future.seed, level, future.frozen.shoppers ? 0 : future.shoppers);
}

}  // namespace

class ScenarioSource::Run {
 public:
  explicit Run(Plan plan)
      : plan_{std::move(plan)},
        numbers_{plan_},
        tables_{plan_},
        medians_{numbers_.medians()},
        middle_{draw_parameters(plan_, tables_, numbers_.by_number(medians_), 1.0)} {}

  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] std::span<const std::string> names() const { return numbers_.names(); }

  [[nodiscard]] std::vector<NumberBasis> bases() const { return numbers_.bases(); }

  [[nodiscard]] std::vector<double> drawn(const Future& future) const {
    if (stands_still(future)) return medians_;
    const Key key = key_of(future, Level::parameters);
    if (!future.kept) return numbers_.draw(key);
    const Key others = make_key(future.seed, Level::parameters, future.kept->others);
    return numbers_.draw_apart(future.kept->basis, {.kept = key, .others = others});
  }

  [[nodiscard]] Scenario draw(const Future& future) const {
    expect(future.media_factor > 0.0 && std::isfinite(future.media_factor),
           "a factor on the budgets is above 0 and finite");
    const double factor = future.media_factor;
    ParameterLevel level =
        stands_still(future) && factor == 1.0
            ? middle_
            : draw_parameters(plan_, tables_, numbers_.by_number(drawn(future)), factor);
    MarketPath market = future.frozen.market
                            ? expected_market(level.market)
                            : draw_market(level.market, key_of(future, Level::market));
    Scenario scenario = open_market(std::move(level), plan_, std::move(market));
    if (future.loops) scenario = stop_loops(*future.loops, std::move(scenario));
    scenario.shoppers = key_of(future, Level::shoppers);
    return scenario;
  }

 private:
  /// Where no uncertain number does anything every future has the parameters of the medians.
  [[nodiscard]] bool stands_still(const Future& future) const {
    return future.frozen.parameters || !numbers_.any_counts();
  }

  Plan plan_;
  NumberDraws numbers_;
  TraitTables tables_;
  std::vector<double> medians_;
  ParameterLevel middle_;
};

Future future_of(std::uint64_t seed, std::uint64_t replication, const Frozen& frozen) {
  return {.seed = seed,
          .parameters = replication,
          .market = replication,
          .shoppers = replication,
          .frozen = frozen};
}

ScenarioSource::ScenarioSource(Plan plan) : run_{std::make_unique<const Run>(std::move(plan))} {}
ScenarioSource::~ScenarioSource() = default;
ScenarioSource::ScenarioSource(ScenarioSource&&) noexcept = default;
ScenarioSource& ScenarioSource::operator=(ScenarioSource&&) noexcept = default;

const Plan& ScenarioSource::plan() const { return run_->plan(); }
Scenario ScenarioSource::draw(const Future& future) const { return run_->draw(future); }
std::span<const std::string> ScenarioSource::uncertain_names() const { return run_->names(); }
std::vector<NumberBasis> ScenarioSource::uncertain_bases() const { return run_->bases(); }
std::vector<double> ScenarioSource::drawn(const Future& future) const {
  return run_->drawn(future);
}

}  // namespace flywheel
