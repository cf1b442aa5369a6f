#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plan/plan.hpp"
#include "plan/unit.hpp"

namespace flywheel {

/// What a default rests on.
enum class Basis {
  sourced,         ///< [S] a published figure, seen at its source or in a copy that names it
  sourced_center,  ///< [S/J] a published center with a judged spread
  judgement,       ///< [J] no published figure was found
  rule,            ///< a definition of the tool, not an estimate: a horizon, a switch, a name
};

/// "[S]", "[S/J]", "[J]" or "[rule]".
[[nodiscard]] std::string_view basis_mark(Basis basis);

/// Where a default comes from.
struct Source {
  Basis basis{Basis::judgement};
  std::string_view text;  ///< who and where, with an address when the figure is sourced
};

/// The values a parameter may take.
struct Range {
  double low{0};
  double high{1};
  bool without_low{false};  ///< the lower end itself is not allowed

  friend bool operator==(const Range&, const Range&) = default;
};

/// The part of the plan that a parameter fills: where its value goes.
using Slot = std::variant<Number*, std::span<Number>, TraitPlan*, double*, int*, std::string*,
                          Date*, std::vector<double>*, std::vector<std::string>*, Pricing*,
                          ChannelKind*, Pacing*, FunnelModel*, BasketModel*, RepeatModel*,
                          AttributionRule*, InvitationLaw*, MessageMedium*, FlowTrigger*>;

/// Finds the slot in a plan; `entry` is the position within a list such as the channels.
using Reach = Slot (*)(Plan& plan, std::size_t entry);

/// A default for one kind of entry (a search channel, a cart flow) in place of the general one.
struct DefaultFor {
  std::string_view variant;  ///< one of the words Section::variants gives for the entry
  std::string_view text;
  Source source;
};

/// A condition under which a parameter has an effect; giving it otherwise is a fault.
struct Needs {
  std::string_view key;  ///< full key of a choice, or one of the same entry; empty: no condition
  std::string_view word;
};

/// One row of the table of parameters, from which the reader, the writer, the pages of
/// documentation and the schema are made.
struct Parameter {
  std::string_view key;  ///< within its section; may have parts, "creative.hit_rate"
  Reach reach;
  Unit unit;
  Range range;                    ///< of a number or of each in a list; of a text: its characters
  std::string_view default_text;  ///< as a plan would write it; empty: must be given
  Source source;                  ///< of the default
  std::string_view sentence;
  std::span<const DefaultFor> defaults_for{};
  Needs needs{};
  std::span<const std::string_view> elements{};  ///< names of a list's elements, in order
  bool sums_to_one{false};                       ///< a list of shares
  bool unwritten{
      false};  ///< the default means "found from other numbers": not the same as writing it
  std::string_view found_from{};  ///< how an unwritten default is found, shown in its place
  bool on_with_section{false};    ///< a switch that is true by default where its table is written
  std::string_view no_limit{};    ///< the word for infinity, of a value that may have no limit
  /// Key of a switch or quantity that has to be above 0 for the parameter to change anything:
  /// within the section, or a full one of a section that a plan has once; empty: as the section
  /// says.
  std::string_view idle_without{};
};

/// Which tables of the plan a section describes.
enum class SectionKind {
  single,  ///< [money]
  named,   ///< [channel.NAME], any number of them
};

/// A section of the plan: one table, or a family of named tables.
struct Section {
  std::string_view name;
  SectionKind kind{SectionKind::single};
  std::string_view sentence;
  std::span<const Parameter> parameters;

  std::size_t (*count)(const Plan&){nullptr};                 ///< named: how many there are
  void (*add)(Plan&, const std::string& name){nullptr};       ///< named: one more, in order
  std::string (*name_of)(const Plan&, std::size_t){nullptr};  ///< named: its name
  std::vector<std::string> (*variants)(const Plan&, std::size_t){nullptr};  ///< for DefaultFor
  std::string_view idle_without{};  ///< what all parameters are idle without, see Parameter
};

/// All sections in the order of a plan file.
[[nodiscard]] std::span<const Section> sections();

/// Which values a number of this unit and range can take; decides the family of { low, high }.
[[nodiscard]] Domain domain_of(Unit unit, const Range& range);

/// "0 to 1", "above 0", "at least 0", "any number".
[[nodiscard]] std::string range_text(const Range& range);
[[nodiscard]] bool contains(const Range& range, double value);

/// The full key of a parameter, under which it is drawn, correlated and reported.
[[nodiscard]] std::string full_key(const Section& section, std::string_view entry_name,
                                   std::string_view key);

/// Does the parameter have an effect in this plan? See Needs. The plan stays as it is; slots are
/// writable, hence no const.
[[nodiscard]] bool applies(const Section& section, const Parameter& parameter, Plan& plan,
                           std::size_t entry);

/// Is there nothing that the parameter could change in this plan, since it does not apply or its
/// program is off? See Parameter::idle_without. Giving an idle parameter is no fault.
[[nodiscard]] bool is_idle(const Section& section, const Parameter& parameter, Plan& plan,
                           std::size_t entry);

/// The word that a choice has at present; empty for anything else.
[[nodiscard]] std::string_view present_word(const Slot& slot);

/// The section of this name, which exists.
[[nodiscard]] const Section& section_named(std::string_view name);

/// The row with this key, or nothing.
[[nodiscard]] const Parameter* find_parameter(const Section& section, std::string_view key);

/// What a value's default is for one entry of its section.
[[nodiscard]] DefaultFor default_of(const Section& section, const Parameter& parameter,
                                    const Plan& plan, std::size_t entry);

/// The default as people read it: what it is found from, else its text; empty: must be given.
[[nodiscard]] std::string_view shown_default(const Parameter& parameter);

/// The words allowed in a choice; empty when the slot is none.
[[nodiscard]] std::span<const std::string_view> words_of(const Slot& slot);

}  // namespace flywheel
