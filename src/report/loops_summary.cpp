#include "report/loops_summary.hpp"

#include <cmath>
#include <cstdint>

#include <nlohmann/json.hpp>

#include "report/stored_attribute.hpp"

namespace flywheel {

namespace {

const std::string group{"/loops"};

std::vector<Estimate> estimates_of(const Result& result, const std::string& path) {
  const std::vector<double> values = result.doubles(path);
  const std::vector<double> errors = result.doubles(path + "_error");
  std::vector<Estimate> estimates;
  for (std::size_t entry = 0; entry < values.size(); ++entry) {
    estimates.push_back({.value = values[entry], .standard_error = errors.at(entry)});
  }
  return estimates;
}

std::vector<WorthRow> worths_of(const Result& result, const std::string& path) {
  const std::vector<Estimate> estimates = estimates_of(result, path);
  const std::vector<double> low = result.doubles(path + "_low");
  const std::vector<double> high = result.doubles(path + "_high");
  std::vector<WorthRow> rows;
  for (std::size_t entry = 0; entry < estimates.size(); ++entry) {
    rows.push_back({estimates[entry], {low.at(entry), high.at(entry)}});
  }
  return rows;
}

WorthSummary read_figure(const Result& result, WorthSummary figure) {
  const std::string path = group + '/' + figure.name;
  figure.all = estimates_of(result, path + "_all").at(0);
  figure.none = estimates_of(result, path + "_none").at(0);
  figure.taken_away = worths_of(result, path + "_taken_away");
  figure.alone = worths_of(result, path + "_alone");
  figure.whole = worths_of(result, path + "_whole").at(0);
  figure.synergy = worths_of(result, path + "_synergy").at(0);
  return figure;
}

std::vector<WorthSummary> read_figures(const Result& result) {
  const std::vector<WorthSummary> figures{
      {.name = "cohort_roas_180", .head = "net ROAS", .kind = FigureKind::ratio},
      {.name = "contribution", .head = "contribution", .kind = FigureKind::money},
      {.name = "cohort_contribution", .head = "of the cohort", .kind = FigureKind::money},
      {.name = "customers", .head = "customers", .kind = FigureKind::amount}};
  std::vector<WorthSummary> read;
  for (const WorthSummary& figure : figures) read.push_back(read_figure(result, figure));
  return read;
}

std::vector<TurnRow> read_turns(const Result& result) {
  const std::vector<double> days = result.doubles("/loop_turns/rotation");
  const auto customers = estimates_of(result, "/loop_turns/customers_gain");
  const auto engaged = estimates_of(result, "/loop_turns/engaged_gain");
  const auto media = estimates_of(result, "/loop_turns/media_gain");
  std::vector<TurnRow> turns;
  for (std::size_t turn = 0; turn < days.size(); ++turn) {
    turns.push_back({days[turn], customers.at(turn), engaged.at(turn), media.at(turn)});
  }
  return turns;
}

using Json = nlohmann::ordered_json;

void put(Json& page, const std::string& name, const Estimate& estimate) {
  page[name] = estimate.value;
  page[name + "_error"] = estimate.standard_error;
}

void put(Json& page, const std::string& name, const WorthRow& row) {
  put(page, name, row.estimate);
  page[name + "_interval"] = {row.interval.low, row.interval.high};
}

Json figure_json(const WorthSummary& figure, const std::vector<std::string>& loops) {
  Json page{{"figure", figure.name}};
  put(page, "all", figure.all);
  put(page, "none", figure.none);
  put(page, "whole", figure.whole);
  put(page, "synergy", figure.synergy);
  for (std::size_t loop = 0; loop < loops.size(); ++loop) {
    Json entry{{"loop", loops[loop]}};
    put(entry, "taken_away", figure.taken_away.at(loop));
    put(entry, "alone", figure.alone.at(loop));
    page["loops"].push_back(std::move(entry));
  }
  return page;
}

Json turn_json(const TurnRow& turn) {
  Json page{{"day", turn.day}};
  put(page, "customers_gain", turn.customers);
  put(page, "engaged_gain", turn.engaged);
  put(page, "media_gain", turn.media);
  return page;
}

Json next_generation_json(const LoopsSummary& loops) {
  Json page{{"kinds", loops.kinds},
            {"matrix", Json::array()},
            {"spectral_radius", loops.spectral_radius},
            {"multiplier", loops.multiplier},
            {"grows_without_end", std::isinf(loops.multiplier)}};
  const std::size_t size = loops.kinds.size();
  for (std::size_t row = 0; row < size; ++row) {
    const auto begin = loops.brought.begin() + static_cast<std::ptrdiff_t>(row * size);
    page["matrix"].push_back(std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(size)));
  }
  return page;
}

}  // namespace

LoopsSummary read_loops_summary(const Result& result) {
  return {.campaign = attribute_or(result, group, "campaign", std::string{}),
          .currency = attribute_or(result, group, "currency", std::string{}),
          .draws = attribute_or(result, group, "draws", std::int64_t{0}),
          .failed = attribute_or(result, group, "draws_failed", std::int64_t{0}),
          .without_media = attribute_or(result, group, "draws_without_media", std::int64_t{0}),
          .left_out = attribute_or(result, group, "left_out", std::string{}),
          .loops = result.texts(group + "/loop"),
          .figures = read_figures(result),
          .turns = read_turns(result),
          .kinds = result.texts("/next_generation/brought"),
          .brought = result.doubles("/next_generation/matrix"),
          .spectral_radius = result.doubles("/next_generation/spectral_radius").at(0),
          .multiplier = result.doubles("/next_generation/multiplier").at(0)};
}

std::string loops_json(const LoopsSummary& loops) {
  Json page{{"campaign", loops.campaign},
            {"currency", loops.currency},
            {"draws", loops.draws},
            {"draws_failed", loops.failed},
            {"draws_without_media", loops.without_media},
            {"left_out", loops.left_out},
            {"figures", Json::array()},
            {"rotations", Json::array()},
            {"next_generation", next_generation_json(loops)}};
  for (const WorthSummary& figure : loops.figures) {
    page["figures"].push_back(figure_json(figure, loops.loops));
  }
  for (const TurnRow& turn : loops.turns) page["rotations"].push_back(turn_json(turn));
  return page.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace flywheel
