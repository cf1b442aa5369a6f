#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace flywheel {

/// The types a result file may hold: those that every netCDF-4 reader understands.
///
/// Enums, compounds and booleans are dropped silently by netCDF readers.
enum class StoredType { float64, float32, int64, int32, int8, text };

/// Calls `action.template operator()<Number>()` with the C++ type of a stored number, which is
/// not text.
template <class Action>
auto with_number_type(StoredType type, Action action) {
  switch (type) {
    case StoredType::float32:
      return action.template operator()<float>();
    case StoredType::int64:
      return action.template operator()<std::int64_t>();
    case StoredType::int32:
      return action.template operator()<std::int32_t>();
    case StoredType::int8:
      return action.template operator()<std::int8_t>();
    default:
      return action.template operator()<double>();
  }
}

/// Rows of a table that lie together; as many of them as there are.
struct RowRange {
  std::size_t first{0};
  std::size_t count{std::numeric_limits<std::size_t>::max()};
};

/// The value of an attribute; text is UTF-8.
using AttributeValue = std::variant<std::string, double, std::int64_t, std::uint64_t, std::int32_t,
                                    std::int8_t, std::vector<std::int8_t>>;

struct ResultAttribute {
  std::string name;
  AttributeValue value;
};

/// What the values of a variable or coordinate mean.
struct Meaning {
  std::string units{};        ///< CF units, "1" for a share or a count; empty for text
  std::string long_name{};    ///< a few words, for an axis or a table head
  std::string description{};  ///< a sentence
};

/// A dimension of a group, which is also the variable that holds its coordinates.
///
/// Days use units "days since <date>": plain "days" would be read as durations. A time axis
/// needs the attribute `calendar` too, among `attributes`.
struct ResultDimension {
  std::string name;
  std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>>
      coordinates{};
  Meaning meaning{};
  std::vector<ResultAttribute> attributes{};

  [[nodiscard]] std::size_t size() const;
};

/// Values made row by row, a row being all values at one index of the first dimension.
///
/// Called once for each row, in order; the span must live until the next call. Doubles may be
/// stored as any number type: NaN becomes the missing value; a fraction, or a number out of
/// range, is a broken contract where the type is an integer.
using RowsOfDoubles = std::function<std::span<const double>(std::size_t row)>;
using RowsOfFloats = std::function<std::span<const float>(std::size_t row)>;
/// The same for text, of which a row is one.
using RowsOfTexts = std::function<std::string(std::size_t row)>;

/// All values, first dimension slowest, or rows on demand; must outlive the writing.
using VariableValues = std::variant<RowsOfDoubles, RowsOfFloats, RowsOfTexts,
                                    std::span<const double>, std::span<const float>,
                                    std::span<const std::int64_t>, std::span<const std::int32_t>,
                                    std::span<const std::int8_t>, std::span<const std::string>>;

/// One value of a flag variable and the word it stands for (no spaces: a CF rule).
struct Flag {
  std::int8_t value;
  std::string meaning;
};

struct ResultVariable {
  std::string name;
  StoredType type{StoredType::float64};
  std::vector<std::string> dimensions{};  ///< of the same group, slowest first; empty for a scalar
  Meaning meaning{};
  VariableValues values{};

  /// The integer that stands for "none"; floating types always use NaN. Readers turn integers
  /// with a missing value into floating numbers, so leave it out where none can be missing.
  std::optional<std::int64_t> missing{};

  std::vector<Flag> flags{};  ///< only for int8
  std::vector<ResultAttribute> attributes{};
};

/// A list of what is moved into it. One in braces is copied, and where memory ends meanwhile GCC 12
/// destroys what it has not made.
template <class First, class... More>
[[nodiscard]] std::vector<First> list_of(First first, More... more) {
  std::vector<First> list;
  list.reserve(1 + sizeof...(more));
  list.push_back(std::move(first));
  (list.push_back(std::move(more)), ...);
  return list;
}

/// A group; its path has no leading slash, and its parent, if any, stands before it.
struct ResultGroup {
  std::string path;
  std::vector<ResultDimension> dimensions{};
  std::vector<ResultVariable> variables{};
  std::vector<ResultAttribute> attributes{};
};

/// What the root says about the file.
struct ResultIdentity {
  std::string file_type{};  ///< what the groups are, "run" for example
  std::string program_version{};
  std::string git_commit{};
  std::uint64_t seed{0};
  std::string plan_sha256{};  ///< 64 hexadecimal digits
  std::int8_t complete{1};    ///< 1 when every replication asked for is in the file, else 0
};

/// Everything a result file says; the writer adds what netCDF-4 needs and decides nothing else.
struct ResultSchema {
  ResultIdentity identity;
  std::vector<ResultGroup> groups;
};

/// Raised when a change of the layout would mislead an older reader.
inline constexpr std::int32_t result_format_version{1};

/// Throws ContractBroken, naming the group and the variable, when the description contradicts
/// itself: unknown dimensions, wrong numbers of values, names that netCDF does not allow (letters,
/// digits and underscores, a letter first), empty dimensions, flags that are not int8.
void check_schema(const ResultSchema& schema);

/// Lengths of a variable's dimensions, in order.
[[nodiscard]] std::vector<std::size_t> shape(const ResultGroup& group,
                                             const ResultVariable& variable);

}  // namespace flywheel
