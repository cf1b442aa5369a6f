#include "report/loops_page.hpp"

#include <algorithm>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/error_text.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

constexpr double never = std::numeric_limits<double>::quiet_NaN();

WorthRow worth(double value, double error) {
  return {{value, error}, {value - 2.0 * error, value + 2.0 * error}};
}

WorthSummary figure(std::string name, std::string head, FigureKind kind, double scale) {
  return {.name = std::move(name),
          .head = std::move(head),
          .kind = kind,
          .all = {100.0 * scale, 1.5 * scale},
          .none = {90.0 * scale, 1.25 * scale},
          .taken_away = {worth(6.0 * scale, 0.5 * scale), worth(-2.0 * scale, 0.25 * scale)},
          .alone = {worth(7.0 * scale, 0.5 * scale), worth(-1.0 * scale, 0.25 * scale)},
          .whole = worth(10.0 * scale, 0.75 * scale),
          .synergy = worth(4.0 * scale, 0.3 * scale)};
}

LoopsSummary sample_loops() {
  LoopsSummary loops{
      .campaign = "spring",
      .currency = "USD",
      .draws = 20,
      .failed = 0,
      .without_media = 0,
      .left_out = "offers (no offer)",
      .loops = {"page_tests", "referral"},
      .figures = {figure("cohort_roas_180", "net ROAS", FigureKind::ratio, 0.02),
                  figure("contribution", "contribution", FigureKind::money, 1'234.0),
                  figure("cohort_contribution", "of the cohort", FigureKind::money, 1'000.0),
                  figure("customers", "customers", FigureKind::amount, 3.0)},
      .turns = {},
      .kinds = {"all, by ads", "all, by a friend"},
      .brought = {0.0, 0.0, 0.25, 0.25},
      .spectral_radius = 0.25,
      .multiplier = 4.0 / 3.0};
  for (int turn = 0; turn < 40; ++turn) {
    loops.turns.push_back({7.0 * turn, {1.0 + 0.01 * turn, 0.012}, {1.1, 0.004}, {never, never}});
  }
  return loops;
}

std::string in_one_line(const LoopsSummary& loops) {
  std::string page = loops_page(loops, {});
  std::ranges::replace(page, '\n', ' ');
  return page;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("the page of loops tells both worths, the synergy and the whole", "[report][loops]") {
  const std::string page = loops_page(sample_loops(), {});
  INFO(page);
  CHECK(holds(page, "\npage tests     0.120         7,404          6,000       18.0\n"));
  CHECK(holds(page, "\n              ±0.010          ±617           ±500      ±1.50\n"));
  CHECK(holds(page, "\nreferral       -0.020        -1,234         -1,000      -3.00\n"));
  CHECK(holds(page, "\n+ synergy       0.080         4,936          4,000       12.0\n"));
  CHECK(holds(page, "\n= the whole     0.200        12,340         10,000       30.0\n"));
  CHECK(holds(page, "\nwith none       1.800 "));
  CHECK(holds(page, "\nwith all       2.000 "));
}

TEST_CASE("the page of loops says what counts where, and what was left out", "[report][loops]") {
  LoopsSummary loops = sample_loops();
  CHECK(holds(in_one_line(loops), "means of 20 draws, each played"));
  CHECK(holds(in_one_line(loops), "Left out, since they do nothing: offers (no offer)."));
  CHECK(holds(in_one_line(loops),
              "ROAS does not count what programs cost (messages, rewards, service); contribution "
              "does."));
  CHECK_FALSE(holds(in_one_line(loops), "spent nothing on media"));
  loops.left_out.clear();
  loops.failed = 2;
  loops.without_media = 3;
  for (WorthRow& row : loops.figures[0].alone) row = worth(never, never);
  const std::string page = in_one_line(loops);
  CHECK_FALSE(holds(page, "do nothing"));
  CHECK(holds(page, "means of 20 draws (2 more failed), each played"));
  CHECK(holds(page, "3 of the draws are left out for ROAS: a future of theirs spent nothing"));
  CHECK_FALSE(holds(page, "nan"));
}

TEST_CASE("gain by rotation takes twelve lines, the first and the last among them",
          "[report][loops]") {
  LoopsSummary loops = sample_loops();
  const auto rows = [&] {
    const std::string page = loops_page(loops, {});
    const std::size_t begin = page.find("from day");
    const std::size_t end = page.find("How customers");
    REQUIRE(end != std::string::npos);
    return std::count(page.begin() + static_cast<std::ptrdiff_t>(begin),
                      page.begin() + static_cast<std::ptrdiff_t>(end), '\n') -
           3;  // the head, the caption, and the line before the next heading
  };
  const std::string page = loops_page(loops, {});
  INFO(page);
  CHECK(rows() == 12);
  CHECK(holds(page, "Shown are 12 of 40 rotations.\n"));
  CHECK(holds(page, "\n       0    1.00 ±0.012"));
  CHECK(holds(page, "\n     273    1.39 ±0.012     1.10 ±0.004      -\n"));
  loops.turns.resize(5);
  CHECK(rows() == 5);
  loops.turns.resize(1);
  CHECK(rows() == 1);
}

TEST_CASE("the page says what the multiplier is, and warns of large ones", "[report][loops]") {
  LoopsSummary loops = sample_loops();
  CHECK(holds(in_one_line(loops), "directly brings 0.25 others"));
  CHECK(holds(in_one_line(loops), "stands for 1.333 in the end (multiplier)"));
  CHECK_FALSE(holds(in_one_line(loops), "Warning"));
  loops.spectral_radius = 0.81;
  loops.multiplier = 1.0 / 0.19;
  CHECK(holds(in_one_line(loops), "Warning: above 0.8"));
  loops.spectral_radius = 1.2;
  loops.multiplier = std::numeric_limits<double>::infinity();
  CHECK(holds(in_one_line(loops), "Customers would grow without end."));
  CHECK(holds(in_one_line(loops), "Warning"));
  CHECK_FALSE(holds(in_one_line(loops), "inf"));
}

TEST_CASE("the page of loops is 80 characters wide at most, also for large sums",
          "[report][loops]") {
  LoopsSummary loops = sample_loops();
  loops.figures[1] = figure("contribution", "contribution", FigureKind::money, -9.87e9);
  loops.figures[2] = figure("cohort_contribution", "of the cohort", FigureKind::money, -9.87e9);
  loops.figures[3] = figure("customers", "customers", FigureKind::amount, -1.2e7);
  loops.loops[0] = "a_loop_with_a_name_as_long_as_a_name_can_be_at_all";
  std::istringstream page{loops_page(loops, {})};
  for (std::string line; std::getline(page, line);) {
    CAPTURE(line);
    CHECK(count_characters(line) <= 80);
  }
}

TEST_CASE("loops as JSON have every number", "[report][loops]") {
  LoopsSummary loops = sample_loops();
  const auto page = nlohmann::json::parse(loops_json(loops));
  CHECK(page["draws"] == 20);
  CHECK(page["left_out"] == "offers (no offer)");
  REQUIRE(page["figures"].size() == 4);
  const auto& money = page["figures"][2];
  CHECK(money["figure"] == "cohort_contribution");
  CHECK(money["all"] == 100'000);
  CHECK(money["synergy"] == 4'000);
  CHECK(money["whole_error"] == 750);
  CHECK(money["whole_interval"] == nlohmann::json{8'500, 11'500});
  CHECK(money["loops"][0]["loop"] == "page_tests");
  CHECK(money["loops"][0]["taken_away"] == 6'000);
  CHECK(money["loops"][1]["alone_interval"] == nlohmann::json{-1'500, -500});
  REQUIRE(page["rotations"].size() == 40);
  CHECK(page["rotations"][1]["day"] == 7);
  CHECK(page["rotations"][1]["customers_gain_error"] == 0.012);
  CHECK(page["rotations"][1]["media_gain"].is_null());
  CHECK(page["next_generation"]["matrix"] == nlohmann::json{{0.0, 0.0}, {0.25, 0.25}});
  CHECK(page["next_generation"]["spectral_radius"] == 0.25);
  CHECK(page["next_generation"]["grows_without_end"] == false);
  loops.multiplier = std::numeric_limits<double>::infinity();
  const auto endless = nlohmann::json::parse(loops_json(loops));
  CHECK(endless["next_generation"]["multiplier"].is_null());
  CHECK(endless["next_generation"]["grows_without_end"] == true);
}

}  // namespace
}  // namespace flywheel::test
