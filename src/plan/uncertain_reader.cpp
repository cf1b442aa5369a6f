#include "plan/uncertain_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/elementary.hpp"
#include "plan/nearest.hpp"
#include "tables/number_text.hpp"

namespace flywheel {

namespace {

constexpr double rare{1e-6};  // the probability with which a distribution may leave its range

using Values = std::array<double, 3>;

// What a field is written in.
enum class FieldUnit { plain, parameters };  // a bare number; the unit of the parameter

struct Field {
  std::string_view name;
  FieldUnit unit;
};

/// One way to write a distribution.
struct Form {
  std::string_view family;  // empty: recognized by its fields alone
  std::array<Field, 3> fields;
  Uncertain (*make)(const Values&, Domain);
};

constexpr Field no_field{"", FieldUnit::plain};
constexpr Field low{"low", FieldUnit::parameters};
constexpr Field mode{"mode", FieldUnit::parameters};
constexpr Field high{"high", FieldUnit::parameters};
constexpr Field mean{"mean", FieldUnit::parameters};
constexpr Field median{"median", FieldUnit::parameters};
constexpr Field spread{"s", FieldUnit::plain};
constexpr Field shape{"shape", FieldUnit::plain};

double logit(double p) { return portable_log(p) - portable_log1p(-p); }

Uncertain make_lognormal(const Values& v, Domain /*domain*/) { return lognormal(v[0], v[1]); }
Uncertain make_lognormal_of_mean(const Values& v, Domain /*domain*/) {
  return lognormal_of_mean(v[0], v[1]);
}
Uncertain make_interval(const Values& v, Domain domain) { return interval90(v[0], v[1], domain); }

constexpr std::array forms{
    Form{"", {low, high, no_field}, make_interval},
    Form{"", {median, spread, no_field}, make_lognormal},
    Form{"", {mean, spread, no_field}, make_lognormal_of_mean},
    Form{"lognormal", {median, spread, no_field}, make_lognormal},
    Form{"lognormal", {mean, spread, no_field}, make_lognormal_of_mean},
    Form{"logit_normal",
         {median, spread, no_field},
         [](const Values& v, Domain) {
           return Uncertain{Family::logit_normal, {logit(v[0]), v[1]}, {}, {}};
         }},
    Form{"logit_normal",
         {Field{"log_odds", FieldUnit::plain}, spread, no_field},
         [](const Values& v, Domain) {
           return Uncertain{Family::logit_normal, {v[0], v[1]}, {}, {}};
         }},
    Form{"beta",
         {mean, Field{"n", FieldUnit::plain}, no_field},
         [](const Values& v, Domain) { return beta_of_mean(v[0], v[1]); }},
    Form{"beta",
         {Field{"alpha", FieldUnit::plain}, Field{"beta", FieldUnit::plain}, no_field},
         [](const Values& v, Domain) { return beta(v[0], v[1]); }},
    Form{"gamma",
         {mean, shape, no_field},
         [](const Values& v, Domain) { return gamma(v[1], v[0] / v[1]); }},
    Form{"gamma",
         {shape, Field{"scale", FieldUnit::parameters}, no_field},
         [](const Values& v, Domain) { return gamma(v[0], v[1]); }},
    Form{"normal",
         {mean, Field{"sd", FieldUnit::parameters}, no_field},
         [](const Values& v, Domain) { return normal(v[0], v[1]); }},
    Form{"student_t",
         {Field{"df", FieldUnit::plain}, Field{"location", FieldUnit::parameters},
          Field{"scale", FieldUnit::parameters}},
         [](const Values& v, Domain) { return student_t(v[0], v[1], v[2]); }},
    Form{"uniform",
         {low, high, no_field},
         [](const Values& v, Domain) { return uniform(v[0], v[1]); }},
    Form{"triangular",
         {low, mode, high},
         [](const Values& v, Domain) { return triangular(v[0], v[1], v[2]); }},
    Form{"pert", {low, mode, high}, [](const Values& v, Domain) { return pert(v[0], v[1], v[2]); }},
};

std::size_t field_count(const Form& form) {
  return static_cast<std::size_t>(std::count_if(form.fields.begin(), form.fields.end(),
                                                [](const Field& f) { return !f.name.empty(); }));
}

// Do the table's keys, family apart, be exactly the form's fields?
bool matches(const Form& form, std::string_view family, const PlanTable& table) {
  if (form.family != family) return false;
  const std::size_t extra = family.empty() ? 0 : 1;
  if (table.entries.size() != field_count(form) + extra) return false;
  return std::all_of(form.fields.begin(), form.fields.end(), [&](const Field& field) {
    return field.name.empty() || find_entry(table, field.name) != nullptr;
  });
}

std::string form_text(const Form& form) {
  std::string text = form.family.empty() ? "" : fmt::format("family = \"{}\"", form.family);
  for (const Field& field : form.fields) {
    if (field.name.empty()) continue;
    text += fmt::format("{}{} = ..", text.empty() ? "" : ", ", field.name);
  }
  return "{ " + text + " }";
}

constexpr std::string_view discrete_form{
    "{ family = \"discrete\", values = [..], weights = [..] }"};

// How to write the family that was meant, or all of them.
std::string hint(std::string_view family) {
  std::string text;
  for (const Form& form : forms) {
    if (form.family == family) text += (text.empty() ? "" : " or ") + form_text(form);
  }
  if (family == "discrete") text = discrete_form;
  if (family.empty()) text += " or { posterior = \"column\" } or { family = .. }";
  return text;
}

std::vector<std::string> known_families() {
  std::vector<std::string> names{"discrete"};
  for (const Form& form : forms) {
    if (!form.family.empty()) names.emplace_back(form.family);
  }
  return names;
}

class UncertainReader {
 public:
  UncertainReader(const PlanNode& node, const PlanTable& table, const ValueRule& rule)
      : node_{node}, table_{table}, rule_{rule} {}

  [[nodiscard]] Reading<WrittenUncertain> read() const {
    if (find_entry(table_, "posterior") != nullptr) return from_posterior();
    std::string family;
    if (const PlanEntry* entry = find_entry(table_, "family")) {
      const auto* word = std::get_if<std::string>(&entry->node.value);
      if (word == nullptr) return fault("its family must be a word in quotes");
      family = *word;
      const std::vector<std::string> known = known_families();
      if (std::find(known.begin(), known.end(), family) == known.end()) {
        Fault unknown = fault("unknown family; write " + join(known));
        unknown.nearest = nearest_word(family, known);
        return unknown;
      }
    }
    if (family == "discrete") return from_lists();
    for (const Form& form : forms) {
      if (matches(form, family, table_)) return from_form(form);
    }
    return fault("is no distribution; write " + hint(family));
  }

 private:
  [[nodiscard]] Fault fault(std::string message) const {
    return value_fault(node_, rule_.key, std::move(message));
  }

  static std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
      if (text.find(word) == std::string::npos) text += (text.empty() ? "" : ", ") + word;
    }
    return text;
  }

  [[nodiscard]] Reading<double> field_value(const PlanNode& node, FieldUnit unit) const {
    ValueRule rule = rule_;
    if (unit == FieldUnit::plain) rule.unit = Unit::real;
    return read_scalar(node, rule);
  }

  [[nodiscard]] Reading<WrittenUncertain> from_form(const Form& form) const {
    Values values{};
    for (std::size_t i = 0; i < field_count(form); ++i) {
      const PlanEntry* entry = find_entry(table_, form.fields.at(i).name);
      const Reading<double> value = field_value(entry->node, form.fields.at(i).unit);
      if (const Fault* wrong = std::get_if<Fault>(&value)) return *wrong;
      values.at(i) = std::get<double>(value);
    }
    if (const std::string problem = field_problem(form, values); !problem.empty()) {
      return fault(problem);
    }
    return WrittenUncertain{form.make(values, domain())};
  }

  // What would make no distribution at all before a function is asked to make one.
  [[nodiscard]] std::string field_problem(const Form& form, const Values& values) const {
    const bool is_probability = form.family == "beta" || form.family == "logit_normal";
    for (std::size_t i = 0; i < field_count(form); ++i) {
      const std::string_view name = form.fields.at(i).name;
      const double value = values.at(i);
      const bool is_size = name == "n" || name == "alpha" || name == "beta" || name == "shape" ||
                           name == "df" || name == "scale" || name == "sd";
      if (is_size && !(value >= 1e-3 && value <= 1e9)) {
        return fmt::format("needs {} between 0.001 and 1e9", name);
      }
      if (name == "s" && !(value >= 0 && value <= 10)) return "needs s between 0 and 10";
      const bool is_center = name == "mean" || name == "median";
      if (is_center && is_probability && !(value > 0 && value < 1)) {
        return fmt::format("needs a {} between 0 and 1, both excluded", name);
      }
    }
    if (!form.family.empty() || form.fields[0].name != "low") return {};
    return interval_problem(values);
  }

  [[nodiscard]] std::string interval_problem(const Values& values) const {
    if (!(values[0] < values[1])) return "needs low below high";
    if (domain() == Domain::positive && !(values[0] > 0)) return "needs low above 0";
    if (domain() == Domain::probability && !(values[0] > 0 && values[1] < 1)) {
      return "needs low above 0 and high below 1";
    }
    return {};
  }

  [[nodiscard]] Domain domain() const { return domain_of(rule_.unit, rule_.range); }

  [[nodiscard]] Reading<std::vector<double>> numbers(std::string_view name, FieldUnit unit) const {
    const PlanEntry* entry = find_entry(table_, name);
    const auto* list = entry == nullptr ? nullptr : std::get_if<PlanList>(&entry->node.value);
    if (list == nullptr) return fault("is no distribution; write " + std::string{discrete_form});
    std::vector<double> values;
    for (const PlanNode& item : list->items) {
      const Reading<double> value = field_value(item, unit);
      if (const Fault* wrong = std::get_if<Fault>(&value)) return *wrong;
      values.push_back(std::get<double>(value));
    }
    return values;
  }

  [[nodiscard]] Reading<WrittenUncertain> from_lists() const {
    const Reading<std::vector<double>> values = numbers("values", FieldUnit::parameters);
    if (const Fault* wrong = std::get_if<Fault>(&values)) return *wrong;
    const Reading<std::vector<double>> weights = numbers("weights", FieldUnit::plain);
    if (const Fault* wrong = std::get_if<Fault>(&weights)) return *wrong;
    if (table_.entries.size() != 3) {
      return fault("is no distribution; write " + std::string{discrete_form});
    }
    return WrittenUncertain{
        discrete(std::get<std::vector<double>>(values), std::get<std::vector<double>>(weights))};
  }

  [[nodiscard]] Reading<WrittenUncertain> from_posterior() const {
    const PlanEntry* entry = find_entry(table_, "posterior");
    const auto* column = std::get_if<std::string>(&entry->node.value);
    if (column == nullptr || table_.entries.size() != 1) {
      return fault("is no distribution; write { posterior = \"column\" } and nothing else");
    }
    if (rule_.posterior == nullptr) {
      return fault("needs a table of draws; give its CSV file as [posterior] file");
    }
    const CsvTable& draws = *rule_.posterior;
    const std::optional<std::size_t> at = column_of(draws, *column);
    if (!at) {
      std::vector<std::string> known;
      for (const CsvCell& cell : draws.header) known.push_back(cell.text);
      Fault unknown = fault("the file " + draws.name + " has no such column");
      unknown.nearest = nearest_word(*column, known);
      return unknown;
    }
    return column_draws(draws, *at);
  }

  [[nodiscard]] Reading<WrittenUncertain> column_draws(const CsvTable& table,
                                                       std::size_t at) const {
    std::vector<double> draws;
    for (const std::vector<CsvCell>& row : table.rows) {
      const std::optional<double> value = parse_number(row[at].text);
      const bool inside = value && contains(rule_.range, *value);
      if (!inside) {
        return Fault{
            .place = place_of(table, row[at]),
            .key = rule_.key,
            .value = row[at].text,
            .message = (value ? "is out of range; " : "is not a number; ") + range_sentence(rule_)};
      }
      draws.push_back(*value);
    }
    if (draws.size() < 2) return fault("needs at least two draws in " + table.name);
    return WrittenUncertain{posterior(std::move(draws), table.name), table.header[at].text};
  }

  const PlanNode& node_;
  const PlanTable& table_;
  const ValueRule& rule_;
};

// Is the distribution inside the range but for rare draws?
std::string domain_problem(const Uncertain& number, const ValueRule& rule) {
  if (std::string problem = fault_of(number); !problem.empty()) return problem;
  const auto [lowest, highest] = number.support();
  const bool bounded = lowest >= rule.range.low && highest <= rule.range.high;
  if (bounded && !(rule.range.without_low && number.family == Family::discrete)) return {};
  const double first = number.quantile(rare);
  const double last = number.quantile(1 - rare);
  if (contains(rule.range, first) && contains(rule.range, last)) return {};
  const double outside = contains(rule.range, first) ? last : first;
  return fmt::format(
      "leaves its range (one draw in a million is {} {:.4g}); {}; choose a family "
      "that stays inside, or a smaller spread",
      outside == last ? "above" : "below", outside, range_sentence(rule));
}

std::string list_text(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "" : ", ") + number_text(value);
  return '[' + text + ']';
}

}  // namespace

Reading<WrittenUncertain> read_uncertain(const PlanNode& node, const ValueRule& rule) {
  const auto* table = std::get_if<PlanTable>(&node.value);
  if (table == nullptr) {
    const Reading<double> value = read_ranged(node, rule);
    if (const Fault* fault = std::get_if<Fault>(&value)) return *fault;
    return WrittenUncertain{fixed(std::get<double>(value))};
  }
  Reading<WrittenUncertain> reading = UncertainReader{node, *table, rule}.read();
  const auto* written = std::get_if<WrittenUncertain>(&reading);
  if (written == nullptr || written->value.family == Family::posterior) return reading;
  const std::string problem = domain_problem(written->value, rule);
  if (problem.empty()) return reading;
  return value_fault(node, rule.key, problem);
}

std::string uncertain_text(const Uncertain& number, const std::string& column) {
  const std::vector<double>& p = number.parameters;
  const auto text = [&](std::size_t i) { return number_text(p.at(i)); };
  switch (number.family) {
    case Family::fixed:
      return text(0);
    case Family::normal:
      return fmt::format("{{ family = \"normal\", mean = {}, sd = {} }}", text(0), text(1));
    case Family::lognormal:
      return fmt::format("{{ median = {}, s = {} }}", text(0), text(1));
    case Family::logit_normal:
      return fmt::format("{{ family = \"logit_normal\", log_odds = {}, s = {} }}", text(0),
                         text(1));
    case Family::beta:
      return fmt::format("{{ family = \"beta\", alpha = {}, beta = {} }}", text(0), text(1));
    case Family::gamma:
      return fmt::format("{{ family = \"gamma\", shape = {}, scale = {} }}", text(0), text(1));
    case Family::student_t:
      return fmt::format("{{ family = \"student_t\", df = {}, location = {}, scale = {} }}",
                         text(0), text(1), text(2));
    case Family::uniform:
      return fmt::format("{{ family = \"uniform\", low = {}, high = {} }}", text(0), text(1));
    case Family::triangular:
    case Family::pert:
      return fmt::format("{{ family = \"{}\", low = {}, mode = {}, high = {} }}",
                         number.family == Family::pert ? "pert" : "triangular", text(0), text(1),
                         text(2));
    case Family::discrete:
      return fmt::format("{{ family = \"discrete\", values = {}, weights = {} }}", list_text(p),
                         list_text(number.weights));
    case Family::posterior:
      return fmt::format("{{ posterior = {} }}", quoted_text(column));
  }
  return {};
}

}  // namespace flywheel
