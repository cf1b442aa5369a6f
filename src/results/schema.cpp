#include "results/schema.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <type_traits>

#include "core/check.hpp"

namespace flywheel {
namespace {

void demand(bool holds, const std::string& place, const std::string& sentence) {
  if (!holds) throw ContractBroken{"contract broken: result " + place + ": " + sentence};
}

bool is_letter(char sign) { return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z'); }

bool is_name(const std::string& name) {
  return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, [](char sign) {
    return is_letter(sign) || sign == '_' || (sign >= '0' && sign <= '9');
  });
}

enum class Measured { number, word };  ///< words, and flags that stand for words, have no unit

void check_meaning(const Meaning& meaning, Measured what, const std::string& place) {
  demand(!meaning.long_name.empty(), place, "has a long_name");
  demand(!meaning.description.empty(), place, "has a description");
  demand(meaning.units.empty() == (what == Measured::word), place,
         "numbers have units, text and flags none");
}

void check_attributes(const std::vector<ResultAttribute>& attributes, const std::string& place) {
  std::set<std::string> seen{"units",       "long_name",     "description",  "_FillValue",
                             "flag_values", "flag_meanings", "missing_value"};
  for (const ResultAttribute& attribute : attributes) {
    demand(is_name(attribute.name), place, "attribute names are letters, digits, underscores");
    demand(seen.insert(attribute.name).second, place,
           "attribute " + attribute.name + " is given once, and not by hand if the writer adds it");
  }
}

void check_dimension(const ResultDimension& dimension, const std::string& place) {
  demand(dimension.size() > 0, place, "a dimension is not empty");
  const bool is_text = std::holds_alternative<std::vector<std::string>>(dimension.coordinates);
  check_meaning(dimension.meaning, is_text ? Measured::word : Measured::number, place);
  check_attributes(dimension.attributes, place);
}

bool is_integer(StoredType type) {
  return type == StoredType::int64 || type == StoredType::int32 || type == StoredType::int8;
}

/// May values of this C++ type be stored as that type of the file?
bool is_storable(const VariableValues& values, StoredType type) {
  const auto can = [type](const auto& source) {
    using Source = std::decay_t<decltype(source)>;
    if constexpr (std::is_same_v<Source, std::span<const std::string>> ||
                  std::is_same_v<Source, RowsOfTexts>) {
      return type == StoredType::text;
    } else if constexpr (std::is_same_v<Source, RowsOfDoubles> ||
                         std::is_same_v<Source, std::span<const double>>) {
      return type != StoredType::text;
    } else if constexpr (std::is_same_v<Source, RowsOfFloats> ||
                         std::is_same_v<Source, std::span<const float>>) {
      return type == StoredType::float32;
    } else if constexpr (std::is_same_v<Source, std::span<const std::int64_t>>) {
      return type == StoredType::int64;
    } else if constexpr (std::is_same_v<Source, std::span<const std::int32_t>>) {
      return type == StoredType::int32;
    } else {
      return type == StoredType::int8;
    }
  };
  return std::visit(can, values);
}

/// True where the number of values is right or, for rows on demand, not yet known.
bool has_size(const VariableValues& values, std::size_t size) {
  const auto fits = [size](const auto& source) {
    if constexpr (requires { source.size(); }) {
      return source.size() == size;
    } else {
      return static_cast<bool>(source);
    }
  };
  return std::visit(fits, values);
}

bool is_in_range(std::int64_t value, StoredType type) {
  if (type == StoredType::int32) return std::in_range<std::int32_t>(value);
  if (type == StoredType::int8) return std::in_range<std::int8_t>(value);
  return type == StoredType::int64;
}

void check_flags(const ResultVariable& variable, const std::string& place) {
  demand(variable.flags.empty() || variable.type == StoredType::int8, place, "flags are int8");
  for (const Flag& flag : variable.flags) {
    demand(is_name(flag.meaning), place, "a flag's meaning is one word");
  }
}

void check_variable(const ResultGroup& group, const ResultVariable& variable,
                    const std::string& place) {
  const bool has_units = variable.type != StoredType::text && variable.flags.empty();
  check_meaning(variable.meaning, has_units ? Measured::number : Measured::word, place);
  check_attributes(variable.attributes, place);
  check_flags(variable, place);
  const std::set<std::string> distinct(variable.dimensions.begin(), variable.dimensions.end());
  demand(distinct.size() == variable.dimensions.size(), place, "no dimension comes twice");
  std::size_t size = 1;
  for (const std::size_t length : shape(group, variable)) size *= length;
  demand(is_storable(variable.values, variable.type), place, "the values suit the stored type");
  demand(has_size(variable.values, size), place,
         "has " + std::to_string(size) + " values, as its dimensions say");
  demand(!variable.missing ||
             (is_integer(variable.type) && is_in_range(*variable.missing, variable.type)),
         place, "a missing value is an integer of the variable's own type");
}

void check_path(const std::string& path, std::set<std::string>& seen) {
  const std::size_t slash = path.rfind('/');
  const std::string parent = slash == std::string::npos ? "" : path.substr(0, slash);
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  demand(is_name(name), "group " + path, "names are letters, digits and underscores");
  demand(parent.empty() ? slash == std::string::npos : seen.contains(parent), "group " + path,
         "its parent stands before it");
  demand(seen.insert(path).second, "group " + path, "is described once");
}

void check_group(const ResultGroup& group) {
  std::set<std::string> names;
  const auto claim = [&](const std::string& name) {
    std::string place = group.path + "/" + name;
    demand(is_name(name), place, "names are letters, digits and underscores");
    demand(names.insert(name).second, place, "is described once");
    return place;
  };
  check_attributes(group.attributes, group.path);
  for (const ResultDimension& dimension : group.dimensions) {
    check_dimension(dimension, claim(dimension.name));
  }
  for (const ResultVariable& variable : group.variables) {
    check_variable(group, variable, claim(variable.name));
  }
}

}  // namespace

std::size_t ResultDimension::size() const {
  return std::visit([](const auto& values) { return values.size(); }, coordinates);
}

std::vector<std::size_t> shape(const ResultGroup& group, const ResultVariable& variable) {
  std::vector<std::size_t> lengths;
  for (const std::string& name : variable.dimensions) {
    const auto found = std::ranges::find(group.dimensions, name, &ResultDimension::name);
    demand(found != group.dimensions.end(), group.path + "/" + variable.name,
           "its dimension " + name + " belongs to the group");
    lengths.push_back(found->size());
  }
  return lengths;
}

void check_schema(const ResultSchema& schema) {
  demand(!schema.identity.file_type.empty(), "identity", "has a file_type");
  std::set<std::string> paths;
  for (const ResultGroup& group : schema.groups) {
    check_path(group.path, paths);
    check_group(group);
  }
}

}  // namespace flywheel
