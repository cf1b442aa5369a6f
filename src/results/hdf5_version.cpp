#include "results/hdf5_version.hpp"

#include <hdf5.h>

#include "results/hdf5.hpp"

namespace flywheel {

std::string hdf5_version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  keep_hdf5_from_exit();
  if (H5get_libversion(&major, &minor, &release) < 0) return "unknown";
  return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(release);
}

}  // namespace flywheel
