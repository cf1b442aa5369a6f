#include "results/hdf5_driver.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <new>

#include <hdf5.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

namespace flywheel {

namespace {

/// What an access list carries to `open`.
struct DriverInfo {
  OverlayFile* file;
};

/// The library knows it by its first member.
struct OpenFile {
  H5FD_t base{};
  OverlayFile* file{nullptr};
  haddr_t allocated{0};  ///< bytes the library has given away
  haddr_t written{0};    ///< end of the last byte written
};

OpenFile& ours(H5FD_t* file) { return *reinterpret_cast<OpenFile*>(file); }
const OpenFile& ours(const H5FD_t* file) { return *reinterpret_cast<const OpenFile*>(file); }

H5FD_t* open_file(const char* /*name*/, unsigned /*flags*/, hid_t access, haddr_t /*most*/) {
  const auto* info = static_cast<const DriverInfo*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  // No exception may pass through the library.
  std::unique_ptr<OpenFile> file{new (std::nothrow) OpenFile{}};
  if (file == nullptr) return nullptr;
  file->file = info->file;
  file->written = info->file->bytes();
  return &file.release()->base;
}

herr_t close_file(H5FD_t* file) {
  const std::unique_ptr<OpenFile> last{&ours(file)};
  return 0;
}

int compare_files(const H5FD_t* left, const H5FD_t* right) {
  if (ours(left).file == ours(right).file) return 0;
  return std::less<>{}(ours(left).file, ours(right).file) ? -1 : 1;
}

herr_t query_features(const H5FD_t* /*file*/, unsigned long* flags) {
  if (flags != nullptr) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  }
  return 0;
}

haddr_t allocated_end(const H5FD_t* file, H5FD_mem_t /*type*/) { return ours(file).allocated; }

herr_t set_allocated_end(H5FD_t* file, H5FD_mem_t /*type*/, haddr_t end) {
  ours(file).allocated = end;
  return 0;
}

haddr_t written_end(const H5FD_t* file, H5FD_mem_t /*type*/) { return ours(file).written; }

// NOLINTNEXTLINE(readability-function-size): as the library calls it
herr_t read_file(H5FD_t* file, H5FD_mem_t /*type*/, hid_t /*list*/, haddr_t place,
                 std::size_t count, void* bytes) {
  ours(file).file->read(place, {static_cast<std::byte*>(bytes), count});
  return 0;
}

// NOLINTNEXTLINE(readability-function-size): as the library calls it
herr_t write_file(H5FD_t* file, H5FD_mem_t /*type*/, hid_t /*list*/, haddr_t place,
                  std::size_t count, const void* bytes) {
  OpenFile& open = ours(file);
  open.file->write(place, {static_cast<const std::byte*>(bytes), count});
  open.written = std::max(open.written, place + count);
  return 0;
}

herr_t fit_file(H5FD_t* file, hid_t /*list*/, hbool_t /*is_closing*/) {
  OpenFile& open = ours(file);
  if (open.written == open.allocated) return 0;
  open.file->resize(open.allocated);
  open.written = open.allocated;
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t driver{};
#if H5_VERSION_GE(1, 13, 0)
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(511);  // of those nobody registers
#endif
  driver.name = "flywheel";
  driver.maxaddr = static_cast<haddr_t>(std::numeric_limits<std::int64_t>::max());
  driver.fc_degree = H5F_CLOSE_WEAK;
  driver.fapl_size = sizeof(DriverInfo);
  driver.open = open_file;
  driver.close = close_file;
  driver.cmp = compare_files;
  driver.query = query_features;
  driver.get_eoa = allocated_end;
  driver.set_eoa = set_allocated_end;
  driver.get_eof = written_end;
  driver.read = read_file;
  driver.write = write_file;
  driver.truncate = fit_file;
  // All kinds of metadata in one list, raw data in another, as in the library's own drivers.
  for (H5FD_mem_t& kind : driver.fl_map) kind = H5FD_MEM_SUPER;
  driver.fl_map[H5FD_MEM_DRAW] = H5FD_MEM_DRAW;
  driver.fl_map[H5FD_MEM_GHEAP] = H5FD_MEM_DRAW;
  return driver;
}

}  // namespace

Hdf5Driver::Hdf5Driver(OverlayFile& file)
    : file_{file}, driver_{[] {
        const Hdf5Place place{"HDF5", "register a file driver"};
        prepare_hdf5(place);
        const H5FD_class_t driver = driver_class();
        return Hdf5Handle{place, H5FDregister(&driver), H5FDunregister};
      }()} {}

void Hdf5Driver::use_in(const Hdf5Place& place, Hdf5Id access_list) const {
  const DriverInfo info{&file_};
  place(H5Pset_driver(access_list, *driver_, &info));
}

}  // namespace flywheel
