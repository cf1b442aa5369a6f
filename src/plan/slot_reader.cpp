#include "plan/slot_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "plan/choice.hpp"
#include "plan/nearest.hpp"
#include "plan/trait_words.hpp"
#include "plan/uncertain_reader.hpp"
#include "random/hash.hpp"

namespace flywheel {

namespace {

constexpr Range trait_shape{.low = 0, .high = 1e6, .without_low = true};

std::vector<std::string> as_strings(std::span<const std::string_view> words) {
  return {words.begin(), words.end()};
}

Number make_number(WrittenUncertain written, const ValueRule& rule, Writer writer) {
  const double lowest =
      rule.range.without_low ? std::nextafter(rule.range.low, rule.range.high) : rule.range.low;
  return {.value = std::move(written.value),
          .identity = hash_text(rule.key),
          .column = std::move(written.column),
          .given = writer == Writer::planner,
          .lowest = lowest,
          .highest = rule.range.high};
}

class SlotReader {
 public:
  SlotReader(const PlanNode& node, const SlotTask& task) : node_{node}, task_{task} {}

  Faults operator()(Number* number) const {
    const Reading<WrittenUncertain> reading = read_uncertain(node_, task_.rule);
    return take(reading, [&](const WrittenUncertain& written) {
      *number = make_number(written, task_.rule, task_.writer);
    });
  }

  Faults operator()(double* value) const {
    const auto* word = std::get_if<std::string>(&node_.value);
    if (word != nullptr && !word->empty() && *word == task_.parameter.no_limit) {
      *value = std::numeric_limits<double>::infinity();
      return {};
    }
    return take(read_ranged(node_, task_.rule), [&](double read) { *value = read; });
  }

  Faults operator()(int* value) const {
    return take(read_integer(node_, task_.rule), [&](int read) { *value = read; });
  }

  Faults operator()(Date* date) const {
    // An end that nobody wrote is found from the start and the length of the flight.
    if (task_.writer == Writer::defaults) return {};
    return take(read_date(node_, task_.rule), [&](const Date& read) { *date = read; });
  }

  Faults operator()(std::string* text) const {
    return take(read_text(node_, task_.rule), [&](const std::string& read) { *text = read; });
  }

  template <typename Choice>
  requires std::is_enum_v<Choice> Faults operator()(Choice* choice) const {
    const auto& words = choice_words<Choice>;
    const auto* word = std::get_if<std::string>(&node_.value);
    const auto found = word == nullptr ? words.end() : std::find(words.begin(), words.end(), *word);
    if (found == words.end()) return {unknown_word(words, word)};
    *choice = static_cast<Choice>(found - words.begin());
    return {};
  }

  Faults operator()(TraitPlan* trait) const {
    PlanTable table;
    if (const auto* word = std::get_if<std::string>(&node_.value)) {
      table.entries.push_back(
          {.key = "family", .place = node_.place, .node = {.value = *word, .place = node_.place}});
    } else if (const auto* written = std::get_if<PlanTable>(&node_.value)) {
      table = *written;
    }
    return trait_from(table, *trait);
  }

  Faults operator()(std::span<Number> numbers) const {
    if (const auto* table = std::get_if<PlanTable>(&node_.value)) {
      return names_elements(*table) ? elements_into(*table, numbers) : dirichlet_into(numbers);
    }
    const auto* list = std::get_if<PlanList>(&node_.value);
    if (list == nullptr || list->items.size() != numbers.size()) {
      return {fault(fmt::format("must be a list of {} numbers: {}", numbers.size(),
                                fmt::join(task_.parameter.elements, ", ")))};
    }
    Faults faults;
    std::vector<Number> read(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const SlotTask element{.plan = task_.plan,
                             .parameter = task_.parameter,
                             .rule = element_rule(i),
                             .writer = task_.writer};
      const Faults wrong = SlotReader{list->items[i], element}(&read[i]);
      faults.insert(faults.end(), wrong.begin(), wrong.end());
    }
    if (faults.empty()) faults = sum_faults(read);
    if (faults.empty()) std::move(read.begin(), read.end(), numbers.begin());
    return faults;
  }

  Faults operator()(std::vector<std::string>* names) const {
    const auto* list = std::get_if<PlanList>(&node_.value);
    if (list == nullptr) return {fault("must be a list of names in quotes")};
    ValueRule rule = task_.rule;
    rule.range = name_characters;
    Faults faults;
    std::vector<std::string> read;
    for (const PlanNode& item : list->items) {
      const Reading<std::string> name = read_text(item, rule);
      const Faults wrong = take(name, [&](const std::string& text) { read.push_back(text); });
      faults.insert(faults.end(), wrong.begin(), wrong.end());
    }
    if (faults.empty()) *names = std::move(read);
    return faults;
  }

  // Shares by segment: { NAME = share, ... }; segments that are not named get nothing.
  Faults operator()(std::vector<double>* shares) const {
    const auto* table = std::get_if<PlanTable>(&node_.value);
    if (table == nullptr) return {fault("must be a table, SEGMENT = share")};
    std::vector<std::string> segments;
    for (const SegmentPlan& segment : task_.plan.segments) segments.push_back(segment.name);
    std::vector<double> read(table->entries.empty() ? 0 : segments.size(), 0.0);
    Faults faults;
    for (const PlanEntry& entry : table->entries) {
      const auto at = std::find(segments.begin(), segments.end(), entry.key) - segments.begin();
      ValueRule rule = task_.rule;
      rule.key += '.' + key_text(entry.key);
      if (at == std::ssize(segments)) {
        Fault unknown = value_fault(entry.node, rule.key, "is no segment of this plan");
        unknown.place = entry.place;
        unknown.nearest = nearest_word(entry.key, segments);
        faults.push_back(std::move(unknown));
        continue;
      }
      const Faults wrong = take(read_ranged(entry.node, rule),
                                [&](double share) { read[static_cast<std::size_t>(at)] = share; });
      faults.insert(faults.end(), wrong.begin(), wrong.end());
    }
    const double sum = std::accumulate(read.begin(), read.end(), 0.0);
    if (faults.empty() && !read.empty() && std::abs(sum - 1) > 1e-3) {
      faults.push_back(fault(fmt::format("the shares sum to {:.4g}; they must sum to 1", sum)));
    }
    if (faults.empty()) *shares = std::move(read);
    return faults;
  }

 private:
  template <typename Value, typename Taker>
  static Faults take(const Reading<Value>& reading, const Taker& taker) {
    if (const Fault* fault = std::get_if<Fault>(&reading)) return {*fault};
    taker(std::get<Value>(reading));
    return {};
  }

  [[nodiscard]] Fault fault(std::string message) const {
    return value_fault(node_, task_.rule.key, std::move(message));
  }

  [[nodiscard]] Fault unknown_word(std::span<const std::string_view> words,
                                   const std::string* written) const {
    Fault unknown = fault(fmt::format("must be one of \"{}\"", fmt::join(words, "\", \"")));
    if (written != nullptr) unknown.nearest = nearest_word(*written, as_strings(words));
    return unknown;
  }

  // Some elements of the list that stands there, the defaults, by number: { 3 = 2 }, as a setting
  // market.price_months.3=2 writes it.
  Faults elements_into(const PlanTable& table, std::span<Number> numbers) const {
    std::vector<Number> read{numbers.begin(), numbers.end()};
    Faults faults;
    for (const PlanEntry& entry : table.entries) {
      const std::size_t number = element_number(entry.key);
      if (number > numbers.size()) {
        faults.push_back(
            fault(fmt::format("has no element {}; its elements are 1 to {}: {}", entry.key,
                              numbers.size(), fmt::join(task_.parameter.elements, ", "))));
        continue;
      }
      const SlotTask element{.plan = task_.plan,
                             .parameter = task_.parameter,
                             .rule = element_rule(number - 1),
                             .writer = task_.writer};
      const Faults wrong = SlotReader{entry.node, element}(&read[number - 1]);
      faults.insert(faults.end(), wrong.begin(), wrong.end());
    }
    if (faults.empty()) faults = sum_faults(read);
    if (faults.empty()) std::move(read.begin(), read.end(), numbers.begin());
    return faults;
  }

  [[nodiscard]] ValueRule element_rule(std::size_t i) const {
    ValueRule rule = task_.rule;
    rule.key += '.' + std::string{task_.parameter.elements[i]};
    return rule;
  }

  [[nodiscard]] Faults sum_faults(const std::vector<Number>& numbers) const {
    const bool certain = std::all_of(numbers.begin(), numbers.end(), [](const Number& number) {
      return number.value.family == Family::fixed;
    });
    if (!task_.parameter.sums_to_one || !certain) return {};
    double sum = 0;
    for (const Number& number : numbers) sum += number.value.parameters.front();
    if (std::abs(sum - 1) <= 1e-3) return {};
    return {fault(fmt::format("the shares sum to {:.4g}; they must sum to 1", sum))};
  }

  Faults trait_from(const PlanTable& table, TraitPlan& trait) const {
    const PlanEntry* family = find_entry(table, "family");
    const auto* word = family == nullptr ? nullptr : std::get_if<std::string>(&family->node.value);
    const auto& known = choice_words<TraitFamily>;
    const auto* found =
        word == nullptr ? known.end() : std::find(known.begin(), known.end(), *word);
    if (found == known.end()) return {unknown_word(known, word)};
    const TraitWords& words = trait_words.at(static_cast<std::size_t>(found - known.begin()));
    TraitPlan read{.family = words.family,
                   .shape = plain_shape(words.first),
                   .second_shape = plain_shape(words.second)};
    std::size_t expected = 1;
    Faults faults;
    for (const auto& [name, number] :
         {std::pair{words.first, &read.shape}, std::pair{words.second, &read.second_shape}}) {
      if (name.empty()) continue;
      ++expected;
      const PlanEntry* entry = find_entry(table, name);
      if (entry == nullptr) return {trait_form(words)};
      const SlotTask shape{.plan = task_.plan,
                           .parameter = task_.parameter,
                           .rule = shape_rule(name),
                           .writer = task_.writer};
      const Faults wrong = SlotReader{entry->node, shape}(number);
      faults.insert(faults.end(), wrong.begin(), wrong.end());
    }
    if (table.entries.size() != expected) return {trait_form(words)};
    if (faults.empty()) trait = std::move(read);
    return faults;
  }

  [[nodiscard]] ValueRule shape_rule(std::string_view name) const {
    ValueRule rule = task_.rule;
    rule.key += '.' + std::string{name};
    rule.unit = Unit::real;
    rule.range = trait_shape;
    return rule;
  }

  // What a shape holds that the family does not use, or until it is read.
  [[nodiscard]] Number plain_shape(std::string_view name) const {
    return make_number({.value = fixed(1)}, shape_rule(name.empty() ? "unused" : name),
                       task_.writer);
  }

  [[nodiscard]] Fault trait_form(const TraitWords& words) const {
    std::string text = fmt::format("{{ family = \"{}\"", word_of(words.family));
    for (const std::string_view name : {words.first, words.second}) {
      if (!name.empty()) text += fmt::format(", {} = ..", name);
    }
    return fault("is no trait; write " + text + " }");
  }

  // The shares or weights as they were written, and how sure they are.
  struct WrittenDirichlet {
    std::vector<double> values;
    double n{0};
    bool sums_to_one{false};  // shares do, weights need not
  };

  [[nodiscard]] Reading<WrittenDirichlet> read_dirichlet(std::size_t size) const {
    const PlanTable& table = std::get<PlanTable>(node_.value);
    const PlanEntry* shares = find_entry(table, "shares");
    const PlanEntry* listed = shares != nullptr ? shares : find_entry(table, "weights");
    const PlanEntry* family = find_entry(table, "family");
    const PlanEntry* count = find_entry(table, "n");
    if (!task_.parameter.sums_to_one || listed == nullptr || family == nullptr ||
        count == nullptr || table.entries.size() != 3) {
      return dirichlet_form();
    }
    const auto* word = std::get_if<std::string>(&family->node.value);
    const auto* list = std::get_if<PlanList>(&listed->node.value);
    if (word == nullptr || *word != "dirichlet" || list == nullptr || list->items.size() != size) {
      return dirichlet_form();
    }
    const Reading<double> n = read_scalar(count->node, task_.rule);
    if (const Fault* wrong = std::get_if<Fault>(&n)) return *wrong;
    WrittenDirichlet written{
        .values = {}, .n = std::get<double>(n), .sums_to_one = shares != nullptr};
    for (const PlanNode& item : list->items) {
      const Reading<double> value = read_scalar(item, task_.rule);
      if (const Fault* wrong = std::get_if<Fault>(&value)) return *wrong;
      written.values.push_back(std::get<double>(value));
    }
    return written;
  }

  [[nodiscard]] Faults dirichlet_into(std::span<Number> numbers) const {
    const Reading<WrittenDirichlet> reading = read_dirichlet(numbers.size());
    if (const Fault* wrong = std::get_if<Fault>(&reading)) return {*wrong};
    const auto& [values, n, sums_to_one] = std::get<WrittenDirichlet>(reading);
    if (!(n > 0 && n <= 1e9)) return {dirichlet_form()};
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    const bool positive = std::all_of(values.begin(), values.end(), [](double v) { return v > 0; });
    if (!positive || !(sum <= 1e12)) return {fault("needs shares above 0")};
    if (sums_to_one && std::abs(sum - 1) > 1e-3) {
      return {fault(fmt::format("the shares sum to {:.4g}; they must sum to 1", sum))};
    }
    return fill_dirichlet(values, n, numbers);
  }

  [[nodiscard]] Faults fill_dirichlet(const std::vector<double>& values, double n,
                                      std::span<Number> numbers) const {
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double concentration = n * values[i] / sum;
      if (!(concentration >= 1e-3)) return {fault("needs n times every share above 0.001")};
      numbers[i] =
          make_number({.value = gamma(concentration, 1 / n)}, element_rule(i), task_.writer);
    }
    return {};
  }

  [[nodiscard]] Fault dirichlet_form() const {
    return fault(
        fmt::format("must be a list of {} numbers{}", task_.parameter.elements.size(),
                    task_.parameter.sums_to_one
                        ? " or { family = \"dirichlet\", shares = [..], n = .. } with n above 0"
                        : ""));
  }

  const PlanNode& node_;
  const SlotTask& task_;
};

}  // namespace

Faults read_slot(const PlanNode& node, const Slot& slot, const SlotTask& task) {
  return std::visit(SlotReader{node, task}, slot);
}

}  // namespace flywheel
