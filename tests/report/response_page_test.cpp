#include "report/response_page.hpp"

#include <cmath>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/error_text.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

constexpr double never = std::numeric_limits<double>::quiet_NaN();

FactorRow row_of(double factor, double spend, double revenue, double marginal) {
  return {.factor = factor,
          .spend = {spend, 21.5},
          .revenue = {revenue, 43.25},
          .roas = {revenue / spend, 0.015},
          .marginal = {marginal, std::isnan(marginal) ? never : 0.25},
          .customers = {revenue / 50.0, 7.0},
          .channels = {{"search", {spend, 21.5}, {1000.0 * factor, 3.0}, {40.0 * factor, 2.0}},
                       {"retargeting", {0.0, 0.0}, {never, never}, {0.0, 0.0}}}};
}

ResponseSummary sample_response() {
  return {.campaign = "spring",
          .currency = "USD",
          .draws = 20,
          .failed = 0,
          .without_media = 0,
          .factors = {row_of(0.5, 10'000, 50'000, never), row_of(1, 20'000, 80'000, 3.0),
                      row_of(1.5, 30'000, 95'000, 1.5), row_of(2, 40'000, 102'000, 0.7)},
          .curves = {{.name = "cohort_net_revenue",
                      .converged = true,
                      .top = {150'000, 900},
                      .half = {16'000, 120},
                      .slope = {1.25, 0.02},
                      .largest_deviation = 0.0123},
                     {.name = "channel.search.first_orders",
                      .converged = false,
                      .top = {never, never},
                      .half = {never, never},
                      .slope = {never, never},
                      .largest_deviation = never}}};
}

/// The page without its line breaks, to look for sentences in.
std::string in_one_line(const ResponseSummary& response) {
  std::string page = response_page(response, {});
  for (char& sign : page) sign = sign == '\n' ? ' ' : sign;
  return page;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("the page of a response tells every factor and the curve", "[report][response]") {
  const std::string page = response_page(sample_response(), {});
  INFO(page);
  CHECK(
      holds(page, "\nx 1.5         30,000       95,000    3.17           1.50           1,900\n"));
  CHECK(holds(page, "±21.50       ±43.25  ±0.015         ±0.250              ±7\n"));
  CHECK(holds(page, "response = top * spend^slope / (half^slope + spend^slope)\n"));
  CHECK(holds(page, "net revenue, all media  150,000   16,000    1.25  1.23 %\n"));
}

TEST_CASE("the page says what the next money brings against the mean", "[report][response]") {
  ResponseSummary response = sample_response();
  CHECK(holds(in_one_line(response),
              "At the plan's budget 1 USD brings 4.00 of net revenue on average; the next one, up "
              "to 1.5 times it, 1.50 ±0.250."));
  CHECK(holds(in_one_line(response),
              "half of the revenue that endless budgets would reach comes at 16,000 USD, 0.80 "
              "times the plan's spend."));
  CHECK(holds(in_one_line(response), "it is not incremental"));
  response.curves[0].half.value = 41'000;
  CHECK(holds(in_one_line(response), "2.05 times the plan's spend: farther than anything tried"));
  // The plan's budget may be the largest, or not be there.
  response.factors.resize(2);
  CHECK(holds(in_one_line(response), "the last one, from 0.5 times it, 3.00 ±0.250."));
  response.factors.resize(1);
  CHECK_FALSE(holds(in_one_line(response), "plan's budget 1 USD"));
  CHECK_FALSE(holds(in_one_line(response), "times the plan's spend"));
}

TEST_CASE("a curve that the points do not determine has no numbers on the page",
          "[report][response]") {
  ResponseSummary response = sample_response();
  CHECK(holds(in_one_line(response),
              "No curve, since no top is in sight (as good as straight, or "
              "bent as by a power of spend): search: first orders."));
  response.curves[0].converged = false;
  const std::string page = in_one_line(response);
  CHECK(holds(page, "net revenue, all media; search: first orders."));
  CHECK(holds(page, "No top of net revenue is in sight over what was tried."));
  CHECK_FALSE(holds(page, "150,000"));
  CHECK_FALSE(holds(page, "16,000"));
  response.curves.clear();
  CHECK_FALSE(holds(in_one_line(response), "Hill curves"));
}

TEST_CASE("the page of a response says what was left out", "[report][response]") {
  ResponseSummary response = sample_response();
  CHECK_FALSE(holds(in_one_line(response), "left out"));
  response.failed = 2;
  response.without_media = 3;
  const std::string page = in_one_line(response);
  CHECK(holds(page, "means of 20 draws (2 more failed)"));
  CHECK(holds(page, "3 more draws are left out: one of their futures spent nothing on media"));
}

TEST_CASE("the page of a response is 80 characters wide at most, also for large sums",
          "[report][response]") {
  ResponseSummary response = sample_response();
  for (FactorRow& row : response.factors) {
    row.spend = {1.234e9, 2.3e7};
    row.revenue = {4.567e9, 8.9e7};
    row.customers = {1.2e8, 1.1e6};
  }
  response.curves[0].top = {9.87e10, 1.2e9};
  response.curves[0].half = {3.21e9, 4.5e8};
  response.curves[1].name = "channel.a_channel_with_a_name_as_long_as_a_name_can_be.first_orders";
  response.curves.push_back(response.curves[0]);
  response.curves.back().name = response.curves[1].name;
  std::istringstream page{response_page(response, {})};
  for (std::string line; std::getline(page, line);) {
    CAPTURE(line);
    CHECK(count_characters(line) <= 80);
  }
}

TEST_CASE("a response as JSON has every number, and none of what is not determined",
          "[report][response]") {
  const auto page = nlohmann::json::parse(response_json(sample_response()));
  CHECK(page["draws"] == 20);
  CHECK(page["currency"] == "USD");
  REQUIRE(page["factors"].size() == 4);
  CHECK(page["factors"][0]["marginal_roas"].is_null());
  CHECK(page["factors"][2]["factor"] == 1.5);
  CHECK(page["factors"][2]["marginal_roas"] == 1.5);
  CHECK(page["factors"][2]["marginal_roas_error"] == 0.25);
  CHECK(page["factors"][3]["media_spend"] == 40'000);
  CHECK(page["factors"][3]["cohort_net_revenue_error"] == 43.25);
  CHECK(page["factors"][1]["channels"][0]["channel"] == "search");
  CHECK(page["factors"][1]["channels"][0]["reach"] == 1000);
  CHECK(page["factors"][1]["channels"][1]["reach"].is_null());
  CHECK(page["curves"][0]["half"] == 16'000);
  CHECK(page["curves"][0]["slope_error"] == 0.02);
  CHECK(page["curves"][0]["largest_deviation"] == 0.0123);
  CHECK(page["curves"][1]["shape"] == "open");
  CHECK_FALSE(page["curves"][1].contains("top"));
}

}  // namespace
}  // namespace flywheel::test
