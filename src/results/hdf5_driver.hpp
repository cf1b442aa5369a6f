#pragma once

#include "results/hdf5.hpp"
#include "results/overlay_file.hpp"

namespace flywheel {

/// A file driver by which HDF5 writes and reads an OverlayFile, so that no failure of the disk ever
/// happens inside the library. Layout and bytes are those of the library's own drivers.
///
/// https://docs.hdfgroup.org/hdf5/v1_14/group___h5_v_f_d.html
class Hdf5Driver {
 public:
  /// `file` must outlive what is opened by the driver.
  explicit Hdf5Driver(OverlayFile& file);

  /// Makes files that are opened with this list, whatever their name, that file.
  void use_in(const Hdf5Place& place, Hdf5Id access_list) const;

 private:
  OverlayFile& file_;
  Hdf5Handle driver_;
};

}  // namespace flywheel
