#include <array>
#include <cstdio>

#include <sys/wait.h>

#include "results/publish.hpp"
#include "results/sample_result.hpp"
#include "results/scratch_folder.hpp"
#include "results/write_image.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

struct Ending {
  int status;
  std::string output;
};

/// Runs a command of the shell; both outputs together.
Ending run(const std::string& command) {
  std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 4096> part{};
  while (const std::size_t count = std::fread(part.data(), 1, part.size(), pipe)) {
    output.append(part.data(), count);
  }
  const int status = ::pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, output};
}

std::filesystem::path publish_sample(const ScratchFolder& folder) {
  const SampleValues values;
  std::filesystem::path path = folder.path() / "sample.h5";
  publish(write_image(sample_schema(values)), path, Existing::keep);
  return path;
}

TEST_CASE("notebook libraries read names, units, axes and values", "[results][netcdf]") {
  const ScratchFolder folder;
  const std::filesystem::path path = publish_sample(folder);
  const std::filesystem::path script =
      std::filesystem::path{FLYWHEEL_SOURCE_DIR} / "tests/results/check_netcdf.py";
  const std::string library = GENERATE("h5py", "netCDF4", "xarray");
  const Ending ending =
      run("/usr/bin/python3 '" + script.string() + "' '" + path.string() + "' " + library);
  constexpr int not_found = 127;
  constexpr int not_installed = 77;
  if (ending.status == not_found || ending.status == not_installed) {
    WARN("skipped: " << library << " is not installed: " << ending.output);
    return;
  }
  INFO(ending.output);
  REQUIRE(ending.status == 0);
}

TEST_CASE("ncdump shows dimensions, units and flags", "[results][netcdf]") {
  const ScratchFolder folder;
  const std::filesystem::path path = publish_sample(folder);
  if (run("command -v ncdump").status != 0) {
    WARN("skipped: ncdump is not installed");
    return;
  }
  const Ending ending = run("ncdump -h '" + path.string() + "'");
  INFO(ending.output);
  REQUIRE(ending.status == 0);
  for (const std::string line :
       {"group: replications {", "replication = 3 ;", "channel = 2 ;", "string channel(channel) ;",
        "double cohort_roas_180(replication) ;", "cohort_roas_180:_FillValue = NaN ;",
        "int orders_by_channel(replication, channel) ;", "failed:flag_values = 0b, 1b ;",
        "string failed:flag_meanings = \"no yes\" ;", "string failure(replication) ;",
        "float cash(replication, day) ;", "cash:_FillValue = NaNf ;",
        "string day:units = \"days since 2026-03-01\" ;", ":Conventions = \"CF-1.10\" ;",
        ":seed = 18446744073709551615ULL ;", "group: inputs {"}) {
    CAPTURE(line);
    CHECK(ending.output.find(line) != std::string::npos);
  }
}

}  // namespace
}  // namespace flywheel::test
