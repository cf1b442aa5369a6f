#include "results/hdf5_file.hpp"

#include <array>
#include <map>
#include <utility>

#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include "results/file_descriptor.hpp"
#include "results/hdf5.hpp"
#include "results/hdf5_driver.hpp"
#include "results/overlay_file.hpp"
#include "results/sha256.hpp"

namespace flywheel {
namespace {

constexpr std::size_t most_links = 100'000;
constexpr int most_dimensions = 6;
constexpr hsize_t most_values = hsize_t{1} << 36U;

/// In place of each text stand its length, an address and an index (HDF5 file format, IV.A.2.d).
constexpr hsize_t bytes_of_stored_text = 16;

/// Deflate cannot shrink by more than this (zlib, "Maximum Compression Factor": 1032).
constexpr hsize_t greatest_compression = 1040;

struct Link {
  std::string path;
  H5L_type_t type;
};

herr_t collect_link(hid_t /*group*/, const char* name, const H5L_info_t* link, void* links) {
  auto& found = *static_cast<std::vector<Link>*>(links);
  found.push_back({std::string{"/"} + name, link->type});
  return found.size() > most_links ? -1 : 0;
}

StoredType stored_type(const Hdf5Place& place, Hdf5Id dataset) {
  const Hdf5Handle type{place, H5Dget_type(dataset), H5Tclose};
  const bool is_text = place(H5Tget_class(*type)) == H5T_STRING;
  if (is_text && place(H5Tis_variable_str(*type)) > 0) return StoredType::text;
  for (const StoredType candidate : {StoredType::float64, StoredType::float32, StoredType::int64,
                                     StoredType::int32, StoredType::int8}) {
    if (place(H5Tequal(*type, number_file_type(candidate))) > 0) return candidate;
  }
  place.demand(false, "the type of its values is none that a result file holds");
  return {};
}

std::vector<std::size_t> stored_shape(const Hdf5Place& place, Hdf5Id space) {
  place.demand(place(H5Sget_simple_extent_type(space)) != H5S_NULL, "it has no values");
  const int rank = place(H5Sget_simple_extent_ndims(space));
  place.demand(rank <= most_dimensions, "too many dimensions");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(rank));
  if (rank > 0) place(H5Sget_simple_extent_dims(space, lengths.data(), nullptr));
  hsize_t values = 1;
  for (const hsize_t length : lengths) {
    place.demand(length > 0 && length <= most_values / values, "it claims too many values or none");
    values *= length;
  }
  return {lengths.begin(), lengths.end()};
}

void check_filters(const Hdf5Place& place, Hdf5Id properties) {
  const int count = place(H5Pget_nfilters(properties));
  for (unsigned index = 0; index < static_cast<unsigned>(count); ++index) {
    std::size_t parameters = 0;
    unsigned flags = 0;
    const H5Z_filter_t filter =
        place(H5Pget_filter2(properties, index, &flags, &parameters, nullptr, 0, nullptr, nullptr));
    place.demand(filter == H5Z_FILTER_SHUFFLE || filter == H5Z_FILTER_DEFLATE ||
                     filter == H5Z_FILTER_FLETCHER32,
                 "a filter that result files do not use");
  }
}

/// Every chunk must be there, and small enough to be unpacked in memory.
void check_chunks(const Hdf5Place& place, Hdf5Id dataset, Hdf5Id properties,
                  const std::vector<std::size_t>& shape) {
  constexpr hsize_t most_chunk_bytes = hsize_t{1} << 28U;
  std::vector<hsize_t> chunk(shape.size());
  place.demand(place(H5Pget_chunk(properties, static_cast<int>(chunk.size()), chunk.data())) ==
                   static_cast<int>(shape.size()),
               "chunks have other dimensions than the values");
  hsize_t expected = 1;
  hsize_t values = 1;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    place.demand(chunk[axis] > 0 && chunk[axis] <= most_chunk_bytes / 8 / values,
                 "the size of its chunks is out of range");
    expected *= (shape[axis] + chunk[axis] - 1) / chunk[axis];
    values *= chunk[axis];
  }
  const Hdf5Handle space{place, H5Dget_space(dataset), H5Sclose};
  hsize_t present = 0;
  place(H5Dget_num_chunks(dataset, *space, &present));
  place.demand(present == expected, "some of its values are missing");
}

/// Refuses storage outside the file, and sizes that the stored bytes cannot make.
void check_storage(const Hdf5Place& place, Hdf5Id dataset, const std::vector<std::size_t>& shape) {
  const Hdf5Handle properties{place, H5Dget_create_plist(dataset), H5Pclose};
  const Hdf5Handle type{place, H5Dget_type(dataset), H5Tclose};
  const H5D_layout_t layout = place(H5Pget_layout(*properties));
  place.demand(layout == H5D_CONTIGUOUS || layout == H5D_CHUNKED,
               "its values lie in another place or another way than result files have them");
  place.demand(place(H5Pget_external_count(*properties)) == 0, "its values lie in another file");
  check_filters(place, *properties);
  const bool is_text = place(H5Tget_class(*type)) == H5T_STRING;
  hsize_t wanted = is_text ? bytes_of_stored_text : H5Tget_size(*type);
  for (const std::size_t length : shape) wanted *= length;
  const hsize_t stored = H5Dget_storage_size(dataset);
  if (layout == H5D_CONTIGUOUS) {
    place.demand(stored == wanted, "some of its values are missing");
  } else {
    place.demand(wanted / greatest_compression <= stored, "its size is out of range");
    check_chunks(place, dataset, *properties, shape);
  }
}

#if H5_VERSION_GE(1, 12, 0)
using ObjectInfo = H5O_info1_t;
#else
using ObjectInfo = H5O_info_t;
#endif

/// Paths of scales by their address in the file. The library walks through the whole file for each
/// path that it is asked for, and a thousand datasets share a few scales.
using ScalePaths = std::map<haddr_t, std::string>;

/// The scale of a dimension; a path only where it was not known.
struct FoundScale {
  const ScalePaths* known;
  haddr_t address{HADDR_UNDEF};
  std::array<char, 256> path{};
};

herr_t find_scale(hid_t /*dataset*/, unsigned /*axis*/, hid_t scale, void* place) {
  auto& found = *static_cast<FoundScale*>(place);
  ObjectInfo info;
  if (H5Oget_info2(scale, &info, H5O_INFO_BASIC) < 0) return -1;
  found.address = info.addr;
  if (found.known->contains(info.addr)) return 1;
  const ssize_t length = H5Iget_name(scale, found.path.data(), found.path.size());
  return length <= 0 || static_cast<std::size_t>(length) >= found.path.size() ? -1 : 1;
}

std::vector<std::string> scale_names(const Hdf5Place& place, Hdf5Id dataset, std::size_t rank,
                                     ScalePaths& paths) {
  std::vector<std::string> names;
  if (place(H5DSis_scale(dataset)) > 0) return names;
  for (unsigned axis = 0; axis < rank; ++axis) {
    FoundScale found{.known = &paths};
    place(H5DSiterate_scales(dataset, axis, nullptr, find_scale, &found));
    place.demand(found.address != HADDR_UNDEF, "a dimension without a name");
    const std::string& path = paths.try_emplace(found.address, found.path.data()).first->second;
    names.push_back(path.substr(path.rfind('/') + 1));
  }
  return names;
}

StoredDataset describe(const Hdf5Place& place, Hdf5Id dataset, const std::string& path,
                       ScalePaths& paths) {
  const Hdf5Handle space{place, H5Dget_space(dataset), H5Sclose};
  const std::vector<std::size_t> shape = stored_shape(place, *space);
  const StoredType type = stored_type(place, dataset);
  check_storage(place, dataset, shape);
  return {path, type, shape, scale_names(place, dataset, shape.size(), paths)};
}

/// Values in these rows of a dataset; those beyond its end are none.
RowSelection select(const StoredDataset& dataset, RowRange rows) {
  if (dataset.shape.empty()) return {.first_row = 0, .values = 1};
  const std::size_t first = std::min(rows.first, dataset.shape.front());
  std::size_t size = std::min(rows.count, dataset.shape.front() - first);
  for (std::size_t axis = 1; axis < dataset.shape.size(); ++axis) size *= dataset.shape[axis];
  return {.first_row = first, .values = size};
}

/// The space of values that lie together in memory.
Hdf5Handle line_of(const Hdf5Place& place, std::size_t values) {
  const hsize_t length = values;
  return {place, H5Screate_simple(1, &length, nullptr), H5Sclose};
}

template <class Number>
std::vector<Number> read_rows(const Hdf5Place& place, Hdf5Id dataset, const RowSelection& rows) {
  std::vector<Number> values(rows.values);
  if (values.empty()) return values;
  const Hdf5Handle source = selected_rows(place, dataset, rows);
  const Hdf5Handle target = line_of(place, values.size());
  place(H5Dread(dataset, memory_type<Number>(), *target, *source, H5P_DEFAULT, values.data()));
  return values;
}

template <class Number>
AttributeValue read_number(const Hdf5Place& place, Hdf5Id attribute) {
  Number value{};
  place(H5Aread(attribute, memory_type<Number>(), &value));
  return value;
}

/// Takes over the strings that HDF5 allocated and gives their memory back.
std::vector<std::string> take_texts(const Hdf5Place& place, Hdf5Id type, Hdf5Id space,
                                    std::vector<char*> letters) {
  std::vector<std::string> texts;
  texts.reserve(letters.size());
  for (const char* text : letters) texts.emplace_back(text == nullptr ? "" : text);
  place(H5Dvlen_reclaim(type, space, H5P_DEFAULT, letters.data()));
  return texts;
}

AttributeValue read_value(const Hdf5Place& place, Hdf5Id attribute) {
  const Hdf5Handle type{place, H5Aget_type(attribute), H5Tclose};
  const Hdf5Handle space{place, H5Aget_space(attribute), H5Sclose};
  const std::vector<std::size_t> shape = stored_shape(place, *space);
  const auto is = [&](Hdf5Id candidate) { return place(H5Tequal(*type, candidate)) > 0; };
  if (shape.size() == 1 && shape.front() <= 256 && is(H5T_STD_I8LE)) {
    std::vector<std::int8_t> values(shape.front());
    place(H5Aread(attribute, H5T_NATIVE_INT8, values.data()));
    return values;
  }
  place.demand(shape.empty(), "an attribute that result files do not have");
  if (place(H5Tget_class(*type)) == H5T_STRING && place(H5Tis_variable_str(*type)) > 0) {
    const Hdf5Handle text = text_type(place);
    std::vector<char*> letters(1, nullptr);
    place(H5Aread(attribute, *text, letters.data()));
    return take_texts(place, *text, *space, letters).front();
  }
  if (is(H5T_IEEE_F64LE)) return read_number<double>(place, attribute);
  if (is(H5T_IEEE_F32LE)) return read_number<double>(place, attribute);
  if (is(H5T_STD_I64LE)) return read_number<std::int64_t>(place, attribute);
  if (is(H5T_STD_U64LE)) return read_number<std::uint64_t>(place, attribute);
  if (is(H5T_STD_I32LE)) return read_number<std::int32_t>(place, attribute);
  place.demand(is(H5T_STD_I8LE), "an attribute that result files do not have");
  return read_number<std::int8_t>(place, attribute);
}

}  // namespace

namespace {

/// A file on the disk, and the way to it.
struct ReadingWay {
  explicit ReadingWay(const std::filesystem::path& path)
      : descriptor{path, O_RDONLY | O_NONBLOCK | O_CLOEXEC}, file{descriptor}, driver{file} {}

  FileDescriptor descriptor;
  OverlayFile file;
  Hdf5Driver driver;
};

/// What `read` answers, or the first failure of the disk: the library may pass over one, or forget
/// the reason.
template <class Read>
auto read_by(const ReadingWay* way, const Read& read) {
  try {
    auto answer = read();
    if (way != nullptr) way->file.rethrow();
    return answer;
  } catch (const FileError&) {
    if (way != nullptr) way->file.rethrow();
    throw;
  }
}

}  // namespace

struct Hdf5File::State {
  std::filesystem::path name;
  std::unique_ptr<ReadingWay> way;  ///< outlives `file`; none in memory
  Hdf5Handle file;
  std::vector<std::string> groups{};
  std::vector<StoredDataset> datasets{};

  [[nodiscard]] Hdf5Place reading(const std::string& path) const { return {name, "read " + path}; }

  /// Lists what the file holds and refuses what no result file has.
  void check_layout();
};

void Hdf5File::State::check_layout() {
  std::vector<Link> links;
  // The index of creation order is in that order by nature. Asked to sort, the library makes a
  // table first, and crashes in releasing it where the file cannot be read on (1.10.8).
  reading("/")(H5Lvisit(*file, H5_INDEX_CRT_ORDER, H5_ITER_NATIVE, collect_link, &links));
  ScalePaths scales;
  for (const Link& link : links) {
    const Hdf5Place place = reading(link.path);
    place.demand(link.type == H5L_TYPE_HARD, "a link to another place or file");
    const Hdf5Handle object = open_object(place, *file, link.path);
    const H5I_type_t kind = place(H5Iget_type(*object));
    if (kind == H5I_GROUP) {
      groups.push_back(link.path);
    } else {
      place.demand(kind == H5I_DATASET, "neither a group nor a dataset");
      datasets.push_back(describe(place, *object, link.path, scales));
    }
  }
}

Hdf5File::Hdf5File(const std::filesystem::path& path) {
  const Hdf5Place place{path, "open"};
  auto way = std::make_unique<ReadingWay>(path);
  const Hdf5Handle access = property_list(place, H5P_FILE_ACCESS);
  way->driver.use_in(place, *access);
  Hdf5Handle file = read_by(way.get(), [&] {
    return Hdf5Handle{place, H5Fopen(path.c_str(), H5F_ACC_RDONLY, *access), H5Fclose};
  });
  state_ = std::make_unique<State>(State{path, std::move(way), std::move(file)});
  read_by(state_->way.get(), [&] {
    state_->check_layout();
    return true;
  });
}

Hdf5File::Hdf5File(std::span<const std::byte> image, const std::filesystem::path& name) {
  const Hdf5Place place{name, "open"};
  prepare_hdf5(place);
  const Hdf5Handle access = property_list(place, H5P_FILE_ACCESS);
  // Not H5LTopen_file_image, which would spare the copy: it loses memory with every file.
  constexpr std::size_t growth_bytes = 4096;
  place(H5Pset_fapl_core(*access, growth_bytes, false));
  place(H5Pset_file_image(*access, const_cast<std::byte*>(image.data()), image.size()));
  // HDF5 takes files in memory of equal names for one, so the name is the content's hash.
  const std::string file = "flywheel-" + hexadecimal(sha256(image));
  state_ = std::make_unique<State>(State{
      name, nullptr, Hdf5Handle{place, H5Fopen(file.c_str(), H5F_ACC_RDONLY, *access), H5Fclose}});
  state_->check_layout();
}

Hdf5File::~Hdf5File() = default;

const std::vector<std::string>& Hdf5File::groups() const { return state_->groups; }

const std::vector<StoredDataset>& Hdf5File::datasets() const { return state_->datasets; }

std::vector<double> Hdf5File::doubles(const StoredDataset& dataset, RowRange rows) const {
  return read_by(state_->way.get(), [&] {
    const Hdf5Place place = state_->reading(dataset.path);
    const Hdf5Handle handle = open_dataset(place, *state_->file, dataset.path);
    return read_rows<double>(place, *handle, select(dataset, rows));
  });
}

std::vector<std::int64_t> Hdf5File::integers(const StoredDataset& dataset, RowRange rows) const {
  return read_by(state_->way.get(), [&] {
    const Hdf5Place place = state_->reading(dataset.path);
    const Hdf5Handle handle = open_dataset(place, *state_->file, dataset.path);
    return read_rows<std::int64_t>(place, *handle, select(dataset, rows));
  });
}

std::vector<std::string> Hdf5File::texts(const StoredDataset& dataset, RowRange rows) const {
  return read_by(state_->way.get(), [&] {
    const Hdf5Place place = state_->reading(dataset.path);
    const RowSelection selection = select(dataset, rows);
    if (selection.values == 0) return std::vector<std::string>{};
    const Hdf5Handle handle = open_dataset(place, *state_->file, dataset.path);
    const Hdf5Handle source = selected_rows(place, *handle, selection);
    const Hdf5Handle target = line_of(place, selection.values);
    const Hdf5Handle type = text_type(place);
    std::vector<char*> letters(selection.values, nullptr);
    place(H5Dread(*handle, *type, *target, *source, H5P_DEFAULT, letters.data()));
    return take_texts(place, *type, *target, std::move(letters));
  });
}

std::optional<AttributeValue> Hdf5File::attribute(const std::string& path,
                                                  const std::string& name) const {
  return read_by(state_->way.get(), [&]() -> std::optional<AttributeValue> {
    const Hdf5Place place = state_->reading(path + ":" + name);
    const Hdf5Handle object = open_object(place, *state_->file, path);
    if (place(H5Aexists(*object, name.c_str())) == 0) return std::nullopt;
    const Hdf5Handle attribute{place, H5Aopen(*object, name.c_str(), H5P_DEFAULT), H5Aclose};
    return read_value(place, *attribute);
  });
}

}  // namespace flywheel
