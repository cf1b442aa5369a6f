#include "ledger/paths.hpp"

#include <cmath>
#include <vector>

#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// Whole units of one day.
struct Day {
  int earned;  ///< by the cohort, before media
  int media;
};

Books books_of(const std::vector<Day>& days) {
  Books books{{.channels = 1, .segments = 1}, static_cast<int>(days.size())};
  for (std::size_t day = 0; day < days.size(); ++day) {
    const auto noon = static_cast<double>(day) + 0.5;
    books.book(Account::cohort_contribution, noon, Money::units(days[day].earned));
    books.book(Account::media, noon, Money::units(days[day].media));
  }
  return books;
}

double payback_of(const std::vector<Day>& days, double agency_share = 0.0) {
  return payback_day(books_of(days), {.agency_share = agency_share});
}

}  // namespace

TEST_CASE("a cohort has paid back from the day after which its balance stays up", "[ledger]") {
  CHECK(payback_of({{0, 10}, {4, 0}, {6, 0}, {1, 0}}) == 2.0);    // to the unit is enough
  CHECK(payback_of({{12, 10}, {-3, 0}, {0, 0}, {2, 0}}) == 3.0);  // refunds take it below again
  CHECK(payback_of({{12, 10}, {0, 5}, {4, 0}, {0, 0}}) == 2.0);   // later media does
  CHECK(std::isnan(payback_of({{12, 10}, {0, 0}, {0, 0}, {-3, 0}})));  // on the last day too
}

TEST_CASE("nothing is paid back before media is bought", "[ledger]") {
  CHECK(payback_of({{5, 0}, {0, 0}, {0, 4}, {0, 0}}) == 2.0);
  CHECK(std::isnan(payback_of({{5, 0}, {5, 0}})));
}

TEST_CASE("the agency's fee is to be earned as well as media", "[ledger]") {
  // 10 and a tenth of it: 10 on day 1 are not enough, the eleventh comes on day 3.
  CHECK(payback_of({{0, 10}, {10, 0}, {0, 0}, {1, 0}}, 0.1) == 3.0);
  CHECK(payback_of({{0, 10}, {10, 0}, {0, 0}, {1, 0}}, 0.0) == 1.0);
  CHECK(agency_fee(books_of({{0, 10}}), {.agency_share = 0.15}, 0) == Money::cents(150));
}

TEST_CASE("suppliers were paid for usual goods of the first days, and for the stock", "[ledger]") {
  Books books{{.channels = 1, .segments = 1}, 5};
  for (const double day : {1.0, 2.0, 4.0}) books.book(Account::goods, day, Money::units(30));
  books.book(Account::cohort_goods, 1.0, Money::units(10));  // of these, the campaign's
  const auto path = [&](double stock, double lead) {
    std::vector<double> units;
    for (const Money cash : cash_path(books, {.supplier_lead_days = lead, .stock = stock})) {
      units.push_back(cash.in_units());
    }
    return units;
  };
  CHECK(path(0, 0) == std::vector<double>{0, -30, -60, -60, -90});
  CHECK(path(40, 0) == std::vector<double>{0, 0, -20, -20, -50});
  CHECK(path(0, 2) == std::vector<double>{-40, -40, -70, -70, -70});  // 10 and 30 on day 0
  CHECK(path(40, 2) == std::vector<double>{0, 0, -30, -30, -30});
  CHECK(path(1000, 2) == std::vector<double>(5, 0.0));
  CHECK(books.total(Account::goods) == Money::units(90));
}

}  // namespace flywheel::test
