#include "results/hdf5.hpp"

#include <type_traits>
#include <utility>

#include <hdf5.h>

namespace flywheel {

static_assert(std::is_same_v<Hdf5Id, hid_t> && std::is_same_v<herr_t, int>,
              "hdf5.hpp spells the library's types without its header");

namespace {

herr_t append_message(unsigned /*depth*/, const H5E_error2_t* error, void* text) {
  auto& messages = *static_cast<std::string*>(text);
  if (error->desc != nullptr && *error->desc != '\0') {
    messages += (messages.empty() ? "" : "; ") + std::string{error->desc};
  }
  return 0;
}

}  // namespace

void Hdf5Place::fail() const {
  std::string messages;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, append_message, &messages);
  H5Eclear2(H5E_DEFAULT);
  throw FileError{file, step + ": HDF5: " + (messages.empty() ? "no message" : messages)};
}

Hdf5Handle::Hdf5Handle(const Hdf5Place& place, Hdf5Id identifier, Closer closer)
    : identifier_{place(identifier)}, closer_{closer} {}

Hdf5Handle::Hdf5Handle(Hdf5Handle&& other) noexcept
    : identifier_{std::exchange(other.identifier_, -1)}, closer_{other.closer_} {}

Hdf5Handle::~Hdf5Handle() {
  if (identifier_ >= 0) closer_(identifier_);
}

void Hdf5Handle::close(const Hdf5Place& place) { place(closer_(std::exchange(identifier_, -1))); }

void keep_hdf5_from_exit() { static_cast<void>(H5dont_atexit()); }

void prepare_hdf5(const Hdf5Place& place) {
  keep_hdf5_from_exit();
  place(H5open());
  place(H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr));
  place(H5PLset_loading_state(0));
}

Hdf5Handle property_list(const Hdf5Place& place, Hdf5Id kind) {
  return {place, H5Pcreate(kind), H5Pclose};
}

Hdf5Handle open_object(const Hdf5Place& place, Hdf5Id file, const std::string& path) {
  return {place, H5Oopen(file, path.c_str(), H5P_DEFAULT), H5Oclose};
}

Hdf5Handle open_dataset(const Hdf5Place& place, Hdf5Id file, const std::string& path) {
  return {place, H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose};
}

Hdf5Handle selected_rows(const Hdf5Place& place, Hdf5Id dataset, const RowSelection& rows) {
  Hdf5Handle space{place, H5Dget_space(dataset), H5Sclose};
  const int rank = place(H5Sget_simple_extent_ndims(*space));
  if (rank == 0) return space;
  std::vector<hsize_t> start(static_cast<std::size_t>(rank), 0);
  std::vector<hsize_t> count(start.size());
  place(H5Sget_simple_extent_dims(*space, count.data(), nullptr));
  hsize_t row_size = 1;
  for (std::size_t axis = 1; axis < count.size(); ++axis) row_size *= count[axis];
  start.front() = rows.first_row;
  count.front() = rows.values / row_size;
  place(H5Sselect_hyperslab(*space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr));
  return space;
}

Hdf5Handle text_type(const Hdf5Place& place) {
  Hdf5Handle type{place, H5Tcopy(H5T_C_S1), H5Tclose};
  place(H5Tset_size(*type, H5T_VARIABLE));
  place(H5Tset_cset(*type, H5T_CSET_UTF8));
  return type;
}

template <class Number>
Hdf5Id memory_type() {
  if constexpr (std::is_same_v<Number, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<Number, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<Number, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<Number, std::uint64_t>) return H5T_NATIVE_UINT64;
  if constexpr (std::is_same_v<Number, std::int32_t>) return H5T_NATIVE_INT32;
  if constexpr (std::is_same_v<Number, std::int8_t>) return H5T_NATIVE_INT8;
}

template <class Number>
Hdf5Id file_type() {
  if constexpr (std::is_same_v<Number, double>) return H5T_IEEE_F64LE;
  if constexpr (std::is_same_v<Number, float>) return H5T_IEEE_F32LE;
  if constexpr (std::is_same_v<Number, std::int64_t>) return H5T_STD_I64LE;
  if constexpr (std::is_same_v<Number, std::uint64_t>) return H5T_STD_U64LE;
  if constexpr (std::is_same_v<Number, std::int32_t>) return H5T_STD_I32LE;
  if constexpr (std::is_same_v<Number, std::int8_t>) return H5T_STD_I8LE;
}

template Hdf5Id memory_type<double>();
template Hdf5Id memory_type<float>();
template Hdf5Id memory_type<std::int64_t>();
template Hdf5Id memory_type<std::uint64_t>();
template Hdf5Id memory_type<std::int32_t>();
template Hdf5Id memory_type<std::int8_t>();
template Hdf5Id file_type<double>();
template Hdf5Id file_type<float>();
template Hdf5Id file_type<std::int64_t>();
template Hdf5Id file_type<std::uint64_t>();
template Hdf5Id file_type<std::int32_t>();
template Hdf5Id file_type<std::int8_t>();

Hdf5Id number_file_type(StoredType type) {
  return with_number_type(type, []<class Number>() { return file_type<Number>(); });
}

}  // namespace flywheel
