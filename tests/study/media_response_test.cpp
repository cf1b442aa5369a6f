#include "study/media_response.hpp"

#include <cmath>
#include <functional>
#include <limits>

#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "results/result.hpp"
#include "study/response_image.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {
namespace {

const ResponseDesign design{};
constexpr double never = std::numeric_limits<double>::quiet_NaN();

/// A future of two channels and retargeting: the first has 3/5 of the spend, the second 2/5,
/// retargeting nothing.
struct Figures {
  double spend{0};
  double revenue{0};
  double reach{0};         ///< of the first channel; the second reaches 100 people
  double first_orders{0};  ///< of the second channel
};

Outcome outcome_of(const Figures& figures) {
  const OutcomeLayout layout{synthetic_sizes()};
  Outcome outcome;
  outcome.row.assign(layout.row_size(), 0.0);
  const auto set = [&](Column column, double value, std::size_t channel = 0) {
    outcome.row[layout.offset(column, channel)] = value;
  };
  set(Column::media_spend, figures.spend);
  set(Column::cohort_gross_revenue, figures.revenue + 50.0);
  set(Column::cohort_refunds, 50.0);
  set(Column::cohort_roas_180, figures.spend > 0.0 ? figures.revenue / figures.spend : never);
  set(Column::root_customers, figures.revenue / 40.0);
  set(Column::spend_by_channel, 0.6 * figures.spend, 0);
  set(Column::spend_by_channel, 0.4 * figures.spend, 1);
  set(Column::reach_by_channel, figures.reach, 0);
  set(Column::reach_by_channel, 100.0, 1);
  set(Column::reach_by_channel, never, 2);
  set(Column::first_orders_by_channel, figures.first_orders, 1);
  return outcome;
}

using FiguresOf = std::function<Figures(std::uint64_t draw, double factor)>;

void feed(ResponseCollector& collector, std::uint64_t draws, const FiguresOf& figures) {
  for (std::uint64_t index = 0; index < draws * design.futures(); ++index) {
    static_cast<void>(collector.take(
        outcome_of(figures(index / design.futures(), design.factors[index % design.futures()]))));
  }
}

ResponseCollector collector() { return {design, OutcomeLayout{synthetic_sizes()}}; }

MediaResponse response_to(std::uint64_t draws, const FiguresOf& figures) {
  ResponseCollector collected = collector();
  feed(collected, draws, figures);
  return collected.result();
}

const HillCurve revenue_curve{.top = 9e4, .half = 2.5e4, .slope = 1.2};
const HillCurve reach_curve{.top = 5e5, .half = 8e3, .slope = 0.8};
const HillCurve orders_curve{.top = 700.0, .half = 1e4, .slope = 1.0};

/// Every figure on a curve of its own.
Figures on_curves(std::uint64_t /*draw*/, double factor) {
  const double spend = 2e4 * factor;
  return {.spend = spend,
          .revenue = revenue_curve(spend),
          .reach = reach_curve(0.6 * spend),
          .first_orders = orders_curve(0.4 * spend)};
}

TEST_CASE("factors of a draw share all luck and draws none", "[study][response]") {
  for (std::uint64_t index = 0; index < 3 * design.futures(); ++index) {
    const Future future = response_future(9, index, design);
    const Future plain = future_of(9, index / design.futures());
    REQUIRE(future.seed == 9);
    REQUIRE(future.parameters == plain.parameters);
    REQUIRE(future.market == plain.market);
    REQUIRE(future.shoppers == plain.shoppers);
    REQUIRE(future.frozen == Frozen{});
    REQUIRE(future.media_factor == design.factors[index % design.futures()]);
  }
}

TEST_CASE("the Hill curves that outcomes lie on are found again", "[study][response]") {
  const MediaResponse response = response_to(5, on_curves);
  const auto found = [](const std::optional<ResponseCurve>& curve, const HillCurve& truth) {
    REQUIRE(curve);
    CHECK(curve->fit.converged);
    CHECK(curve->fit.curve.top == Approx(truth.top).epsilon(1e-6));
    CHECK(curve->fit.curve.half == Approx(truth.half).epsilon(1e-6));
    CHECK(curve->fit.curve.slope == Approx(truth.slope).epsilon(1e-6));
    CHECK(curve->largest_deviation < 1e-8);
  };
  found(response.revenue, revenue_curve);
  found(response.channels[0].reach, reach_curve);
  found(response.channels[1].first_orders, orders_curve);
  // Without orders, without spend and without a reach there is nothing to fit; the same reach at
  // every spend is fitted and has no curve.
  CHECK_FALSE(response.channels[0].first_orders);
  CHECK_FALSE(response.channels[2].reach);
  CHECK_FALSE(response.channels[2].first_orders);
  REQUIRE(response.channels[1].reach);
  CHECK_FALSE(response.channels[1].reach->fit.converged);
}

TEST_CASE("means and errors are those over draws, factor by factor", "[study][response]") {
  const MediaResponse response = response_to(3, [](std::uint64_t draw, double factor) {
    return Figures{.spend = 100.0 * factor,
                   .revenue = 80.0 * factor * static_cast<double>(draw + 1),
                   .reach = 10.0 * factor,
                   .first_orders = 2.0 * factor};
  });
  REQUIRE(response.factors.size() == design.factors.size());
  const FactorResponse& twice = response.factors[5];  // factor 2: revenues 160, 320 and 480
  CHECK(twice.spend.value == 200.0);
  CHECK(twice.spend.standard_error == 0.0);
  CHECK(twice.revenue.value == Approx(320.0));
  CHECK(twice.revenue.standard_error == Approx(160.0 / std::sqrt(3.0)));
  CHECK(twice.roas.value == Approx(1.6));
  CHECK(twice.customers.value == Approx(8.0));
  CHECK(twice.channels[0].spend.value == Approx(120.0));
  CHECK(twice.channels[0].reach.value == Approx(20.0));
  CHECK(twice.channels[1].first_orders.value == Approx(4.0));
  CHECK(std::isnan(twice.channels[2].reach.value));
}

TEST_CASE("the marginal ROAS of a straight line is its slope, without error", "[study][response]") {
  const MediaResponse response = response_to(6, [](std::uint64_t draw, double factor) {
    const double spend = factor * (1000.0 + 37.0 * static_cast<double>(draw));
    return Figures{.spend = spend,
                   .revenue = 5'000.0 * static_cast<double>(draw) + 2.5 * spend,
                   .reach = 1.0,
                   .first_orders = 1.0};
  });
  REQUIRE(response.marginal.size() == design.factors.size() - 1);
  for (const Estimate& marginal : response.marginal) {
    CHECK(marginal.value == Approx(2.5).epsilon(1e-12));
    CHECK(marginal.standard_error < 1e-12);
  }
}

TEST_CASE("the error of marginal ROAS is its spread over studies, whatever draws have in common",
          "[study][response][statistical]") {
  std::vector<double> values;
  std::vector<double> errors;
  for (std::uint64_t study = 0; study < 1000; ++study) {
    Stream stream = study_stream(91, study);
    double offset = 0.0;
    const MediaResponse response = response_to(40, [&](std::uint64_t, double factor) {
      if (factor == design.factors.front()) offset = 1e6 * stream.normal();
      const double spend = 100.0 * factor * (1.0 + 0.1 * stream.normal());
      return Figures{.spend = spend,
                     .revenue = offset + 3.0 * spend + 10.0 * stream.normal(),
                     .reach = 1.0,
                     .first_orders = 1.0};
    });
    values.push_back(response.marginal[4].value);  // from 1.5 to 2 times the budget
    errors.push_back(response.marginal[4].standard_error);
  }
  CHECK(plausible_mean(values, 3.0));
  // 10 sqrt(2) / (50 sqrt(40)); 1,000 studies know a spread to 2.2 %.
  CHECK(moments_of(values).deviation == Approx(std::sqrt(2.0 / 40.0) / 5.0).epsilon(0.12));
  CHECK(moments_of(errors).mean == Approx(moments_of(values).deviation).epsilon(0.12));
}

TEST_CASE("draws with a failed future, or one without media, are left out whole and counted",
          "[study][response]") {
  ResponseCollector collected = collector();
  const std::uint64_t futures = design.futures();
  for (std::uint64_t index = 0; index < 6 * futures + 3; ++index) {  // the last is cut short
    const std::uint64_t draw = index / futures;
    Outcome outcome = outcome_of(on_curves(draw, design.factors[index % futures]));
    if (index == futures) {
      outcome = {};
      outcome.failed = true;
    }
    if (index == 3 * futures + 6) outcome = outcome_of({});
    static_cast<void>(collected.take(outcome));
  }
  REQUIRE(collected.whole_draws() == 4);
  const MediaResponse response = collected.result();
  CHECK(response.draws.size() == 4);
  CHECK(response.failed == 1);
  CHECK(response.without_media == 1);
  CHECK(response.factors[3].revenue.value == Approx(revenue_curve(2e4)));
  CHECK(response.factors[3].revenue.standard_error < 1e-9);
}

TEST_CASE("factors that do not ascend, or are too few, are refused", "[study][response]") {
  for (const std::vector<double>& factors :
       {std::vector<double>{1, 2, 3}, {1, 3, 2, 4}, {1, 1, 2, 3}, {0, 1, 2, 3}}) {
    REQUIRE_THROWS_AS(ResponseCollector(ResponseDesign{factors}, OutcomeLayout{synthetic_sizes()}),
                      ContractBroken);
  }
}

TEST_CASE("a file of response holds means, curves and what they are made of", "[study][response]") {
  const MediaResponse response = response_to(4, on_curves);
  const Result result = read_image(response_image(synthetic_description(), response), "response");
  CHECK(result.identity().file_type == "response");
  CHECK(result.doubles("/response/factor") == design.factors);
  CHECK(result.texts("/response/channel") ==
        std::vector<std::string>{"ads", "more ads", "retargeting"});
  CHECK(result.doubles("/response/cohort_net_revenue")[5] == response.factors[5].revenue.value);
  CHECK(result.shape("/response/first_orders_by_channel") == std::vector<std::size_t>{7, 3});
  CHECK(result.doubles("/response/first_orders_by_channel")[3 * 3 + 1] ==
        response.factors[3].channels[1].first_orders.value);
  const std::vector<double> marginal = result.doubles("/response/marginal_roas");
  CHECK(std::isnan(marginal[0]));
  CHECK(marginal[4] == response.marginal[3].value);
  CHECK(result.doubles("/response/marginal_roas_error")[4] == response.marginal[3].standard_error);
  CHECK(result.texts("/response_curves/curve") ==
        std::vector<std::string>{"cohort_net_revenue", "channel.ads.reach",
                                 "channel.more ads.reach", "channel.more ads.first_orders"});
  CHECK(result.doubles("/response_curves/shape") == std::vector<double>{1, 1, 0, 1});
  CHECK(result.doubles("/response_curves/half")[0] == response.revenue->fit.half.value);
  CHECK(result.doubles("/response_curves/slope_error")[1] ==
        response.channels[0].reach->fit.slope.standard_error);
  // What did not converge has no numbers that somebody could take for a curve.
  for (const char* number : {"top", "half", "slope", "half_error", "largest_deviation"}) {
    CHECK(std::isnan(result.doubles(std::string{"/response_curves/"} + number)[2]));
  }
  CHECK(result.shape("/draws/media_spend") == std::vector<std::size_t>{4, 7});
  CHECK(result.doubles("/draws/cohort_roas_180")[2 * 7 + 6] == response.draws[2][6].roas);
}

TEST_CASE("without any revenue a file of response has no curves", "[study][response]") {
  const MediaResponse response =
      response_to(3, [](std::uint64_t, double factor) { return Figures{.spend = factor}; });
  MediaResponse bare = response;
  for (ChannelCurves& curves : bare.channels) curves = {};
  CHECK_FALSE(response.revenue);
  const Result result = read_image(response_image(synthetic_description(), bare), "response");
  CHECK_FALSE(result.has("/response_curves/shape"));
}

}  // namespace
}  // namespace flywheel::test
