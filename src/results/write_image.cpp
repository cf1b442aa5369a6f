#include "results/write_image.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "core/check.hpp"
#include "results/hdf5_image.hpp"
#include "results/seal.hpp"

namespace flywheel {
namespace {

/// Whole rows, hundreds at least, and about 256 kB where rows are narrow: one-row chunks cost
/// 100 times more, and a reader of one replication unpacks a whole chunk.
std::size_t rows_per_chunk(const std::vector<std::size_t>& shape) {
  constexpr std::size_t fewest = 256;
  constexpr std::size_t most = 8192;
  constexpr std::size_t values_per_chunk = 32'768;
  std::size_t row_size = 1;
  for (std::size_t axis = 1; axis < shape.size(); ++axis) row_size *= shape[axis];
  return std::clamp(values_per_chunk / row_size, fewest, most);
}

DatasetLayout layout_of(StoredType type, const std::vector<std::size_t>& shape) {
  const bool is_whole = type == StoredType::text || shape.empty();
  return {.type = type, .shape = shape, .rows_per_chunk = is_whole ? 0 : rows_per_chunk(shape)};
}

void describe(Hdf5Image& image, const std::string& path, const Meaning& meaning) {
  if (!meaning.units.empty()) image.set_attribute(path, {"units", meaning.units});
  image.set_attribute(path, {"long_name", meaning.long_name});
  image.set_attribute(path, {"description", meaning.description});
}

void set_attributes(Hdf5Image& image, const std::string& path,
                    const std::vector<ResultAttribute>& attributes) {
  for (const ResultAttribute& attribute : attributes) image.set_attribute(path, attribute);
}

void set_identity(Hdf5Image& image, const ResultIdentity& identity) {
  set_attributes(image, "/",
                 {{"Conventions", "CF-1.10"},
                  {"file_type", identity.file_type},
                  {"format_version", result_format_version},
                  {"program_version", identity.program_version},
                  {"git_commit", identity.git_commit},
                  {"seed", identity.seed},
                  {"plan_sha256", identity.plan_sha256},
                  {"complete", identity.complete}});
}

void write_coordinates(Hdf5Image& image, const std::string& path,
                       const ResultDimension& dimension) {
  const auto write = [&](const auto& values) {
    using Value = typename std::decay_t<decltype(values)>::value_type;
    if constexpr (std::is_same_v<Value, std::string>) {
      image.add_dataset(path, layout_of(StoredType::text, {values.size()}));
      image.write_texts(path, 0, values);
    } else {
      constexpr bool is_double = std::is_same_v<Value, double>;
      constexpr StoredType type = is_double ? StoredType::float64 : StoredType::int64;
      image.add_dataset(path, layout_of(type, {values.size()}));
      image.write_rows<Value>(path, 0, values);
    }
  };
  std::visit(write, dimension.coordinates);
}

/// Adds a dimension, which netCDF knows by its number within the whole file.
void add_dimension(Hdf5Image& image, const std::string& path, const ResultDimension& dimension,
                   std::int32_t number) {
  write_coordinates(image, path, dimension);
  describe(image, path, dimension.meaning);
  set_attributes(image, path, dimension.attributes);
  image.make_scale(path, dimension.name);
  image.set_attribute(path, {"_Netcdf4Dimid", number});
}

void set_flags(Hdf5Image& image, const std::string& path, const std::vector<Flag>& flags) {
  if (flags.empty()) return;
  std::vector<std::int8_t> values;
  std::string meanings;
  for (const Flag& flag : flags) {
    values.push_back(flag.value);
    meanings += (meanings.empty() ? "" : " ") + flag.meaning;
  }
  image.set_attribute(path, {"flag_values", values});
  image.set_attribute(path, {"flag_meanings", meanings});
}

/// A double as the integer it must be.
std::int64_t whole_number(double value, const ResultVariable& variable) {
  if (std::isnan(value)) {
    expect(variable.missing.has_value(), "NaN needs a missing value to be stored as an integer");
    return *variable.missing;
  }
  constexpr double bound = 9'223'372'036'854'775'808.0;
  expect(value == std::floor(value) && value >= -bound && value < bound,
         "a number stored as an integer is whole and in range");
  return static_cast<std::int64_t>(value);
}

template <class Number, class Source>
Number as_stored(Source value, const ResultVariable& variable) {
  if constexpr (std::is_same_v<Number, Source>) {
    return value;
  } else if constexpr (std::is_floating_point_v<Number>) {
    expect(!(std::abs(value) > std::numeric_limits<Number>::max()) || std::isinf(value),
           "a finite number is stored as one");
    return static_cast<Number>(value);
  } else {
    const std::int64_t whole = whole_number(value, variable);
    expect(std::in_range<Number>(whole), "a number fits the type it is stored as");
    return static_cast<Number>(whole);
  }
}

/// A variable on its way into the image.
struct Target {
  Hdf5Image& image;
  std::string path;
  const ResultVariable& variable;
  std::vector<std::size_t> lengths;

  [[nodiscard]] std::size_t rows() const { return lengths.empty() ? 1 : lengths.front(); }
  [[nodiscard]] std::size_t row_size() const {
    std::size_t size = 1;
    for (std::size_t axis = 1; axis < lengths.size(); ++axis) size *= lengths[axis];
    return size;
  }
};

/// Writes rows of `Source` as `Number`, a chunk at a time, so that no column is held twice.
template <class Number, class Source>
void write_rows(const Target& target,
                const std::function<std::span<const Source>(std::size_t)>& row) {
  const std::size_t batch = target.lengths.empty() ? 1 : rows_per_chunk(target.lengths);
  std::vector<Number> values;
  for (std::size_t first = 0; first < target.rows(); first += batch) {
    values.clear();
    for (std::size_t index = first; index < std::min(target.rows(), first + batch); ++index) {
      const std::span<const Source> source = row(index);
      expect(source.size() == target.row_size(), "a row has as many values as its dimensions say");
      std::ranges::transform(source, std::back_inserter(values), [&](Source value) {
        return as_stored<Number>(value, target.variable);
      });
    }
    target.image.write_rows<Number>(target.path, first, values);
  }
}

/// Doubles are stored as the variable's type; other numbers already have it.
template <class Source>
void write_numbers(const Target& target,
                   const std::function<std::span<const Source>(std::size_t)>& row) {
  if constexpr (!std::is_same_v<Source, double>) {
    write_rows<Source, Source>(target, row);
  } else {
    with_number_type(target.variable.type,
                     [&]<class Number>() { write_rows<Number, double>(target, row); });
  }
}

void write_texts(const Target& target, const RowsOfTexts& row) {
  constexpr std::size_t batch = 8192;
  std::vector<std::string> texts;
  for (std::size_t first = 0; first < target.rows(); first += batch) {
    texts.clear();
    for (std::size_t index = first; index < std::min(target.rows(), first + batch); ++index) {
      texts.push_back(row(index));
    }
    target.image.write_texts(target.path, first, texts);
  }
}

void write_values(const Target& target) {
  const auto write = [&](const auto& source) {
    using Source = std::decay_t<decltype(source)>;
    if constexpr (std::is_same_v<Source, std::span<const std::string>>) {
      target.image.write_texts(target.path, 0, source);
    } else if constexpr (std::is_same_v<Source, RowsOfTexts>) {
      write_texts(target, source);
    } else if constexpr (requires { source.size(); }) {
      using Number = typename Source::value_type;
      const std::size_t size = target.row_size();
      write_numbers<Number>(target,
                            [&](std::size_t index) { return source.subspan(index * size, size); });
    } else {
      using Number = typename Source::result_type::value_type;
      write_numbers<Number>(target, source);
    }
  };
  std::visit(write, target.variable.values);
}

void add_variable(Hdf5Image& image, const ResultGroup& group, const ResultVariable& variable) {
  const std::string path = "/" + group.path + "/" + variable.name;
  const Target target{image, path, variable, shape(group, variable)};
  DatasetLayout layout = layout_of(variable.type, target.lengths);
  layout.missing = variable.missing;
  image.add_dataset(path, layout);
  describe(image, path, variable.meaning);
  set_flags(image, path, variable.flags);
  set_attributes(image, path, variable.attributes);
  for (std::size_t axis = 0; axis < variable.dimensions.size(); ++axis) {
    image.attach_scale(path, axis, "/" + group.path + "/" + variable.dimensions[axis]);
  }
  write_values(target);
}

void write_schema(Hdf5Image& image, const ResultSchema& schema) {
  check_schema(schema);
  set_identity(image, schema.identity);
  std::int32_t dimension_number = 0;
  for (const ResultGroup& group : schema.groups) {
    const std::string path = "/" + group.path;
    image.add_group(path);
    set_attributes(image, path, group.attributes);
    for (const ResultDimension& dimension : group.dimensions) {
      add_dimension(image, path + "/" + dimension.name, dimension, dimension_number++);
    }
    for (const ResultVariable& variable : group.variables) add_variable(image, group, variable);
  }
}

}  // namespace

std::vector<std::byte> write_image(const ResultSchema& schema) {
  Hdf5Image image;
  write_schema(image, schema);
  std::vector<std::byte> bytes = image.bytes(seal_bytes);
  const Seal seal = make_seal(sha256(bytes));
  bytes.insert(bytes.end(), seal.begin(), seal.end());
  return bytes;
}

void write_file(const ResultSchema& schema, FileDescriptor& file,
                const std::filesystem::path& name) {
  Hdf5Image image{file, name};
  write_schema(image, schema);
  image.finish();
  const std::uint64_t size = file.regular_file_bytes();
  file.rewind();
  file.write_all(make_seal(file.hash_next(size)));
}

}  // namespace flywheel
