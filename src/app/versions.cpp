#include "app/versions.hpp"

#include <fmt/format.h>
#include <tbb/version.h>

#include "results/hdf5_version.hpp"

namespace flywheel {

std::string library_versions() {
  return fmt::format("compiler {}\nfmt {}.{}.{}\noneTBB {}\nHDF5 {}", __VERSION__,
                     FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100,
                     TBB_runtime_version(), hdf5_version());
}

}  // namespace flywheel
