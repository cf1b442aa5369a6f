#include "results/hdf5_image.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <hdf5.h>
#include <hdf5_hl.h>

#include "results/hdf5.hpp"
#include "results/hdf5_driver.hpp"
#include "results/utf8.hpp"

namespace flywheel {
namespace {

Hdf5Handle dataspace(const Hdf5Place& place, const std::vector<std::size_t>& shape) {
  if (shape.empty()) return {place, H5Screate(H5S_SCALAR), H5Sclose};
  const std::vector<hsize_t> lengths(shape.begin(), shape.end());
  return {place, H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), nullptr),
          H5Sclose};
}

/// The fill value that HDF5 and, as `_FillValue`, every reader of the file sees.
template <class Number>
Number fill_value(const DatasetLayout& layout) {
  if constexpr (std::is_floating_point_v<Number>) {
    return std::numeric_limits<Number>::quiet_NaN();
  } else {
    return static_cast<Number>(*layout.missing);
  }
}

bool has_fill_value(const DatasetLayout& layout) {
  return layout.type == StoredType::float64 || layout.type == StoredType::float32 ||
         layout.missing.has_value();
}

Hdf5Handle dataset_properties(const Hdf5Place& place, const DatasetLayout& layout) {
  constexpr unsigned fast_deflate = 1;
  Hdf5Handle list = property_list(place, H5P_DATASET_CREATE);
  place(H5Pset_obj_track_times(*list, false));
  place(H5Pset_attr_creation_order(*list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  if (layout.rows_per_chunk > 0) {
    std::vector<hsize_t> chunk(layout.shape.begin(), layout.shape.end());
    chunk.front() = std::min<hsize_t>(chunk.front(), layout.rows_per_chunk);
    place(H5Pset_chunk(*list, static_cast<int>(chunk.size()), chunk.data()));
    // Not H5Pset_shuffle and H5Pset_deflate, whose filters are left out where memory is short: the
    // same values would have other bytes.
    place(H5Pset_filter(*list, H5Z_FILTER_SHUFFLE, H5Z_FLAG_MANDATORY, 0, nullptr));
    place(H5Pset_filter(*list, H5Z_FILTER_DEFLATE, H5Z_FLAG_MANDATORY, 1, &fast_deflate));
    place(H5Pset_fletcher32(*list));
  }
  return list;
}

// NOLINTNEXTLINE(readability-function-size): what the library asks for, each once
void write_attribute(const Hdf5Place& place, Hdf5Id object, const std::string& name, Hdf5Id type,
                     Hdf5Id stored_type, const void* value, const std::vector<std::size_t>& shape) {
  const Hdf5Handle space = dataspace(place, shape);
  Hdf5Handle attribute{
      place, H5Acreate2(object, name.c_str(), stored_type, *space, H5P_DEFAULT, H5P_DEFAULT),
      H5Aclose};
  place(H5Awrite(*attribute, type, value));
  attribute.close(place);
}

void write_value(const Hdf5Place& place, Hdf5Id object, const std::string& name,
                 const AttributeValue& value) {
  const auto write = [&](const auto& item) {
    using Item = std::decay_t<decltype(item)>;
    if constexpr (std::is_same_v<Item, std::string>) {
      const std::string text = well_formed(item);
      const char* const letters = text.c_str();
      const Hdf5Handle type = text_type(place);
      write_attribute(place, object, name, *type, *type, &letters, {});
    } else if constexpr (std::is_same_v<Item, std::vector<std::int8_t>>) {
      write_attribute(place, object, name, memory_type<std::int8_t>(), file_type<std::int8_t>(),
                      item.data(), {item.size()});
    } else {
      write_attribute(place, object, name, memory_type<Item>(), file_type<Item>(), &item, {});
    }
  };
  std::visit(write, value);
}

Hdf5Handle create_file(const Hdf5Place& place, const Hdf5Handle& access) {
  // Later superblocks give images that 1.10.8 cannot open again.
  place(H5Pset_libver_bounds(*access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V110));
  const Hdf5Handle creation = property_list(place, H5P_FILE_CREATE);
  place(H5Pset_link_creation_order(*creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  place(H5Pset_attr_creation_order(*creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  place(H5Pset_obj_track_times(*creation, false));
  return {place, H5Fcreate("flywheel-image", H5F_ACC_TRUNC, *creation, *access), H5Fclose};
}

Hdf5Handle create_file_in_memory(const Hdf5Place& place) {
  constexpr std::size_t growth_bytes = std::size_t{4} << 20U;
  prepare_hdf5(place);
  const Hdf5Handle access = property_list(place, H5P_FILE_ACCESS);
  place(H5Pset_fapl_core(*access, growth_bytes, false));
  return create_file(place, access);
}

Hdf5Handle create_file_by(const Hdf5Driver& driver, const Hdf5Place& place) {
  const Hdf5Handle access = property_list(place, H5P_FILE_ACCESS);
  driver.use_in(place, *access);
  return create_file(place, access);
}

/// An object that stays open until another is asked for: describing one asks ten times, and opening
/// it costs more than what is done to it.
class KeptObject {
 public:
  Hdf5Id open(const Hdf5Place& place, Hdf5Id file, const std::string& path) {
    if (object_ && path_ == path) return **object_;
    close(place);
    object_.emplace(open_object(place, file, path));
    path_ = path;
    return **object_;
  }

  void close(const Hdf5Place& place) {
    if (object_) object_->close(place);
    object_.reset();
  }

 private:
  std::string path_{};
  std::optional<Hdf5Handle> object_{};
};

/// A file on the disk, and the way to it.
struct DiskWay {
  explicit DiskWay(FileDescriptor& descriptor) : file{descriptor}, driver{file} {}

  OverlayFile file;
  Hdf5Driver driver;
};

}  // namespace

struct Hdf5Image::State {
  std::filesystem::path name;
  std::unique_ptr<DiskWay> disk;  ///< outlives `file`; none in memory
  Hdf5Handle file;
  KeptObject object{};  ///< what is described or written
  KeptObject scale{};   ///< what it is tied to

  Hdf5Id open(const Hdf5Place& place, const std::string& path) {
    return object.open(place, *file, path);
  }
  void leave_objects(const Hdf5Place& place) {
    object.close(place);
    scale.close(place);
  }
};

Hdf5Place Hdf5Image::writing(const std::string& path) const {
  if (state_->disk) state_->disk->file.rethrow();
  return {state_->name, "write " + path};
}

Hdf5Image::Hdf5Image() {
  const std::filesystem::path name = "result image in memory";
  state_ = std::make_unique<State>(State{name, nullptr, create_file_in_memory({name, "write /"})});
}

Hdf5Image::Hdf5Image(FileDescriptor& file, const std::filesystem::path& name) {
  auto disk = std::make_unique<DiskWay>(file);
  Hdf5Handle handle = create_file_by(disk->driver, {name, "write /"});
  state_ = std::make_unique<State>(State{name, std::move(disk), std::move(handle)});
}

Hdf5Image::~Hdf5Image() = default;

void Hdf5Image::add_group(const std::string& path) {
  const Hdf5Place place = writing(path);
  const Hdf5Handle list = property_list(place, H5P_GROUP_CREATE);
  place(H5Pset_link_creation_order(*list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  place(H5Pset_attr_creation_order(*list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  place(H5Pset_obj_track_times(*list, false));
  Hdf5Handle group{place, H5Gcreate2(*state_->file, path.c_str(), H5P_DEFAULT, *list, H5P_DEFAULT),
                   H5Gclose};
  group.close(place);
}

void Hdf5Image::add_dataset(const std::string& path, const DatasetLayout& layout) {
  const Hdf5Place place = writing(path);
  const bool is_text = layout.type == StoredType::text;
  const Hdf5Handle text = text_type(place);
  const Hdf5Id type = is_text ? *text : number_file_type(layout.type);
  const Hdf5Handle list = dataset_properties(place, layout);
  const Hdf5Handle space = dataspace(place, layout.shape);
  const auto create = [&] {
    return Hdf5Handle{
        place,
        H5Dcreate2(*state_->file, path.c_str(), type, *space, H5P_DEFAULT, *list, H5P_DEFAULT),
        H5Dclose};
  };
  if (!has_fill_value(layout)) return create().close(place);
  with_number_type(layout.type, [&]<class Number>() {
    const auto fill = fill_value<Number>(layout);
    place(H5Pset_fill_value(*list, memory_type<Number>(), &fill));
    Hdf5Handle dataset = create();
    write_attribute(place, *dataset, "_FillValue", memory_type<Number>(), file_type<Number>(),
                    &fill, {});
    dataset.close(place);
  });
}

template <class Number>
void Hdf5Image::write_rows(const std::string& path, std::size_t first_row,
                           std::span<const Number> values) {
  const Hdf5Place place = writing(path);
  const Hdf5Id dataset = state_->open(place, path);
  const Hdf5Handle target = selected_rows(place, dataset, {first_row, values.size()});
  const Hdf5Handle source = dataspace(place, {values.size()});
  place(H5Dwrite(dataset, memory_type<Number>(), *source, *target, H5P_DEFAULT, values.data()));
}

template void Hdf5Image::write_rows(const std::string&, std::size_t, std::span<const double>);
template void Hdf5Image::write_rows(const std::string&, std::size_t, std::span<const float>);
template void Hdf5Image::write_rows(const std::string&, std::size_t, std::span<const std::int64_t>);
template void Hdf5Image::write_rows(const std::string&, std::size_t, std::span<const std::int32_t>);
template void Hdf5Image::write_rows(const std::string&, std::size_t, std::span<const std::int8_t>);

void Hdf5Image::write_texts(const std::string& path, std::size_t first_row,
                            std::span<const std::string> values) {
  const Hdf5Place place = writing(path);
  std::vector<std::string> texts;
  std::ranges::transform(values, std::back_inserter(texts),
                         [](const std::string& text) { return well_formed(text); });
  std::vector<const char*> letters;
  std::ranges::transform(texts, std::back_inserter(letters),
                         [](const std::string& text) { return text.c_str(); });
  const Hdf5Handle type = text_type(place);
  const Hdf5Id dataset = state_->open(place, path);
  const Hdf5Handle target = selected_rows(place, dataset, {first_row, letters.size()});
  const Hdf5Handle source = dataspace(place, {letters.size()});
  place(H5Dwrite(dataset, *type, *source, *target, H5P_DEFAULT, letters.data()));
}

void Hdf5Image::set_attribute(const std::string& path, const ResultAttribute& attribute) {
  const Hdf5Place place = writing(path + ":" + attribute.name);
  write_value(place, state_->open(place, path), attribute.name, attribute.value);
}

void Hdf5Image::make_scale(const std::string& path, const std::string& name) {
  const Hdf5Place place = writing(path);
  place(H5DSset_scale(state_->open(place, path), name.c_str()));
}

void Hdf5Image::attach_scale(const std::string& path, std::size_t axis,
                             const std::string& scale_path) {
  const Hdf5Place place = writing(path);
  const Hdf5Id dataset = state_->open(place, path);
  const Hdf5Id scale = state_->scale.open(place, *state_->file, scale_path);
  place(H5DSattach_scale(dataset, scale, static_cast<unsigned>(axis)));
}

std::vector<std::byte> Hdf5Image::bytes(std::size_t spare) {
  const Hdf5Place place = writing("/");
  state_->leave_objects(place);
  place(H5Fflush(*state_->file, H5F_SCOPE_GLOBAL));
  const auto size = static_cast<std::size_t>(place(H5Fget_file_image(*state_->file, nullptr, 0)));
  std::vector<std::byte> image;
  image.reserve(size + spare);
  image.resize(size);
  place(H5Fget_file_image(*state_->file, image.data(), image.size()));
  return image;
}

void Hdf5Image::finish() {
  const Hdf5Place place = writing("/");
  state_->leave_objects(place);
  state_->file.close(place);
  state_->disk->file.rethrow();
}

}  // namespace flywheel
