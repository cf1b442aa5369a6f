#include "plan/read_plan.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "plan/check_plan.hpp"
#include "plan/media_plan.hpp"
#include "plan/node.hpp"
#include "plan/pacing.hpp"
#include "plan/plan_binder.hpp"
#include "plan/plan_warnings.hpp"
#include "plan/settings.hpp"
#include "plan/sweep_choice.hpp"
#include "plan/toml_document.hpp"
#include "plan/value_reader.hpp"
#include "tables/csv.hpp"
#include "tables/text_file.hpp"

namespace flywheel {

namespace {

constexpr std::size_t most_faults{200};

// A CSV file of the plan; its faults have been told.
struct NamedTable {
  CsvTable table;
  bool usable{false};    // nothing is wrong with it
  bool readable{false};  // its rows, those without fault, can be read on
};

class PlanReader {
 public:
  PlanReader(const PlanTable& root, const PlanOrigin& origin)
      : origin_{origin}, binder_{root, origin.name} {}

  PlanReading read() {
    for (const Section& section : sections()) {
      binder_.bind(section);
      if (section.name == "campaign") complete_campaign();
      if (section.name == "posterior") read_posterior();
    }
    binder_.complete();
    binder_.tell_unknown_sections();
    read_correlations();
    read_budgets();
    for (Fault& fault : check_plan(binder_.plan(), binder_.given())) {
      if (fault.place.file.empty()) fault.place = binder_.place_of_table(fault.key + '.');
      if (!binder_.is_faulty(fault.key)) binder_.tell(std::move(fault));
    }
    Faults warnings = warn_about(binder_.plan(), binder_.given());
    // What cannot be read may well be the budget that seems to be missing.
    std::erase_if(warnings, [this](const Fault& one) { return binder_.is_faulty(one.key); });
    for (Fault& one : warnings) {
      if (one.place.file.empty()) one.place = binder_.place_of_table(one.key + '.');
    }
    std::move(media_warnings_.begin(), media_warnings_.end(), std::back_inserter(warnings));
    reading_.warnings = ordered(std::move(warnings));
    reading_.given = binder_.given();
    reading_.faults = ordered(binder_.faults());
    if (reading_.faults.empty()) reading_.plan = std::move(binder_.plan());
    return std::move(reading_);
  }

 private:
  [[nodiscard]] CampaignPlan& campaign() { return binder_.plan().campaign; }

  [[nodiscard]] bool is_given(const std::string& key) const {
    return binder_.given().contains(key);
  }

  // A fault about what was written for a key, else about the table where it is missing.
  [[nodiscard]] Fault about(const std::string& key, std::string message) const {
    const auto written = binder_.given().find(key);
    const bool is_written = written != binder_.given().end();
    return {.place = is_written ? written->second.place : binder_.place_of_table(key),
            .key = key,
            .value = is_written ? written->second.text : std::string{},
            .message = std::move(message)};
  }

  void complete_campaign() {
    CampaignPlan& plan = campaign();
    const bool is_code =
        plan.currency.size() == 3 && std::all_of(plan.currency.begin(), plan.currency.end(),
                                                 [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!is_code) {
      binder_.tell(about("campaign.currency", "must be a code of three capital letters like USD"));
    }
    if (!is_given("campaign.end") || binder_.is_faulty("campaign.end") ||
        binder_.is_faulty("campaign.start")) {
      plan.end = date_from_epoch(days_since_epoch(plan.start) + plan.flight_days - 1);
      return;
    }
    const int days = days_since_epoch(plan.end) - days_since_epoch(plan.start) + 1;
    if (days < 1) {
      binder_.tell(about("campaign.end", "lies before campaign.start, " + date_text(plan.start)));
    } else if (days > 730) {
      binder_.tell(about("campaign.end", "makes a flight of more than 730 days"));
    } else if (is_given("campaign.flight_days") && days != plan.flight_days) {
      binder_.tell(about("campaign.end",
                         fmt::format("makes a flight of {} days, but flight_days is {}; give one "
                                     "of the two",
                                     days, plan.flight_days)));
    } else {
      plan.flight_days = days;
    }
  }

  [[nodiscard]] TextReading table_text(const std::string& name) const {
    const auto at_hand = std::ranges::find(origin_.files, name, &PlanFile::name);
    if (at_hand != origin_.files.end()) return check_text(at_hand->text, name, csv_limits);
    return read_text_file(origin_.folder / name, name, csv_limits);
  }

  NamedTable read_table(const std::string& name, const std::string& key) {
    const TextReading text = table_text(name);
    if (const Fault* fault = std::get_if<Fault>(&text)) {
      binder_.tell(about(key, fault->message));
      return {};
    }
    reading_.files.push_back({.name = name, .text = std::get<std::string>(text)});
    CsvReading csv = read_csv(reading_.files.back().text, name);
    reading_.notes.push_back(fmt::format("{}: {} row{}, delimiter {}", name, csv.table.rows.size(),
                                         csv.table.rows.size() == 1 ? "" : "s",
                                         delimiter_word(csv.table.delimiter)));
    const bool usable = csv.faults.empty();
    for (Fault& fault : csv.faults) binder_.tell(std::move(fault));
    return {.table = std::move(csv.table), .usable = usable, .readable = csv.has_header};
  }

  void read_posterior() {
    const std::string& file = binder_.plan().posterior.file;
    if (file.empty()) return;
    posterior_ = read_table(file, "posterior.file");
    if (posterior_.usable) binder_.use_posterior(posterior_.table);
  }

  void read_correlations() {
    const PlanEntry* written = find_entry(binder_.root(), "correlation");
    if (written == nullptr) return;
    const auto* list = std::get_if<PlanList>(&written->node.value);
    if (list == nullptr) {
      binder_.tell(value_fault(written->node, "correlation", "write [[correlation]]"));
      return;
    }
    for (const PlanNode& item : list->items) read_correlation(item);
  }

  void read_correlation(const PlanNode& item) {
    const auto* table = std::get_if<PlanTable>(&item.value);
    const PlanEntry* first = table == nullptr ? nullptr : find_entry(*table, "first");
    const PlanEntry* second = table == nullptr ? nullptr : find_entry(*table, "second");
    const PlanEntry* spearman = table == nullptr ? nullptr : find_entry(*table, "spearman");
    if (first == nullptr || second == nullptr || spearman == nullptr ||
        table->entries.size() != 3) {
      binder_.tell(value_fault(item, "correlation",
                               "must have the keys first, second and spearman, and no others"));
      return;
    }
    const ValueRule name{.key = "correlation",
                         .unit = Unit::none,
                         .range = {.low = 1, .high = 1024},
                         .currency = {}};
    const ValueRule number{.key = "correlation.spearman",
                           .unit = Unit::real,
                           .range = {.low = -0.999, .high = 0.999},
                           .currency = {}};
    const Reading<std::string> left = read_text(first->node, name);
    const Reading<std::string> right = read_text(second->node, name);
    const Reading<double> value = read_ranged(spearman->node, number);
    if (const Fault* fault = std::get_if<Fault>(&left)) return binder_.tell(*fault);
    if (const Fault* fault = std::get_if<Fault>(&right)) return binder_.tell(*fault);
    if (const Fault* fault = std::get_if<Fault>(&value)) return binder_.tell(*fault);
    binder_.plan().correlations.push_back({.first = std::get<std::string>(left),
                                           .second = std::get<std::string>(right),
                                           .spearman = std::get<double>(value)});
    binder_.note_given(fmt::format("correlation.{}", binder_.plan().correlations.size()),
                       {.place = item.place, .text = node_text(item)});
  }

  // Daily budgets: from the media plan for the channels it names, else from number and pacing.
  void read_budgets() {
    Plan& plan = binder_.plan();
    std::vector<std::vector<double>> planned = read_planned_budgets();
    for (std::size_t i = 0; i < plan.channels.size(); ++i) {
      const ChannelPlan& channel = plan.channels[i];
      plan.daily_budget.push_back(planned[i].empty() ? pace_budget(channel.budget, channel.pacing,
                                                                   plan.campaign.flight_days)
                                                     : std::move(planned[i]));
    }
  }

  // By channel and day, as the media plan has them; empty for a channel that it does not name.
  std::vector<std::vector<double>> read_planned_budgets() {
    const Plan& plan = binder_.plan();
    MediaPlan media;
    media.daily_budget.resize(plan.channels.size());
    const std::string& file = plan.campaign.media_plan;
    const NamedTable table = file.empty() ? NamedTable{} : read_table(file, "campaign.media_plan");
    if (table.readable && has_dates()) media = read_media_plan(table.table, plan);
    for (const Fault& fault : media.faults) binder_.tell(fault);
    // What a faulty media plan does not name may well be what its faults are about.
    if (!file.empty() && !(table.usable && has_dates() && media.faults.empty())) {
      binder_.distrust("channel");
      return media.daily_budget;
    }
    media_warnings_ = std::move(media.warnings);
    for (std::size_t i = 0; i < plan.channels.size(); ++i) {
      const std::string& name = plan.channels[i].name;
      media.daily_budget[i].empty() ? check_own_budget(name) : check_planned_budget(name);
    }
    return media.daily_budget;
  }

  [[nodiscard]] bool has_dates() const {
    return !binder_.is_faulty("campaign.start") && !binder_.is_faulty("campaign.end") &&
           !binder_.is_faulty("campaign.flight_days");
  }

  // Of a channel that the media plan names.
  void check_planned_budget(const std::string& channel) {
    const std::string key = "channel." + key_text(channel) + ".budget";
    const std::string pacing = "channel." + key_text(channel) + ".pacing";
    if (is_given(key)) {
      binder_.tell(about(key,
                         "is given twice: the media plan names this channel too; leave one "
                         "of them out"));
    }
    if (is_given(pacing)) {
      binder_.tell(about(pacing, "has no effect: the media plan names this channel"));
    }
  }

  void check_own_budget(const std::string& channel) {
    const std::string key = "channel." + key_text(channel) + ".budget";
    if (is_given(key)) return;
    binder_.tell(about(key, "is missing; give the channel a budget or name it in the media plan"));
  }

  // The plan's own faults by line, then those of its CSV files; never more than fit a screenful of
  // pages.
  [[nodiscard]] Faults ordered(Faults faults) const {
    const auto order = [this](const Fault& fault) {
      const bool is_plan = fault.place.file == origin_.name;
      const int rank = fault.place.file == "--set" ? 0 : is_plan ? 1 : 2;
      return std::tuple{rank, fault.place.line, fault.place.column};
    };
    std::stable_sort(faults.begin(), faults.end(), [&](const Fault& left, const Fault& right) {
      return order(left) < order(right);
    });
    if (faults.size() > most_faults) {
      const std::size_t more = faults.size() - most_faults;
      faults.resize(most_faults);
      faults.push_back({.place = {.file = origin_.name, .line = 1, .column = 1},
                        .key = {},
                        .value = {},
                        .message = fmt::format("and {} more faults; mend these first", more)});
    }
    return faults;
  }

  const PlanOrigin& origin_;
  PlanBinder binder_;
  NamedTable posterior_;
  Faults media_warnings_;
  PlanReading reading_;
};

}  // namespace

PlanReading read_plan_text(const std::string& text, const PlanOrigin& origin,
                           std::span<const std::string> settings, const std::string& sweep_case) {
  PlanReading refused;
  const TextReading checked = check_text(text, origin.name, plan_limits);
  if (const Fault* fault = std::get_if<Fault>(&checked)) {
    refused.faults.push_back(*fault);
    return refused;
  }
  TomlDocument document = parse_toml(std::get<std::string>(checked), origin.name);
  SetTables tables = apply_settings(std::move(document.root), settings);
  refused.faults = std::move(tables.faults);
  refused.faults.insert(refused.faults.end(), document.faults.begin(), document.faults.end());
  if (!document.faults.empty()) return refused;
  PlanCase chosen = choose_case(std::move(tables.root), sweep_case, origin.name);
  std::ranges::move(chosen.faults, std::back_inserter(refused.faults));
  PlanReading reading = PlanReader{chosen.root, origin}.read();
  reading.case_values = std::move(chosen.values);
  reading.faults.insert(reading.faults.begin(), refused.faults.begin(), refused.faults.end());
  if (!reading.faults.empty()) reading.plan.reset();
  reading.files.insert(reading.files.begin(), {.name = origin.name, .text = text});
  return reading;
}

PlanReading read_plan(const std::filesystem::path& path, std::span<const std::string> settings,
                      const std::string& sweep_case) {
  const TextReading text = read_text_file(path, path.string(), plan_limits);
  if (const Fault* fault = std::get_if<Fault>(&text)) {
    PlanReading refused;
    refused.faults.push_back(*fault);
    return refused;
  }
  return read_plan_text(std::get<std::string>(text),
                        {.name = path.string(), .folder = path.parent_path()}, settings,
                        sweep_case);
}

Sweep list_cases(const std::filesystem::path& path, std::span<const std::string> settings) {
  const TextReading text = read_text_file(path, path.string(), plan_limits);
  if (std::holds_alternative<Fault>(text)) return {};
  TomlDocument document = parse_toml(std::get<std::string>(text), path.string());
  SetTables tables = apply_settings(std::move(document.root), settings);
  const PlanEntry* entry = find_entry(tables.root, "sweep");
  return entry == nullptr ? Sweep{} : read_sweep(*entry);
}

}  // namespace flywheel
