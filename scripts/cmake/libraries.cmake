# Every library we did not write, behind one target. Which of our folders may include which of them
# is written in docs/architecture.md and kept by scripts/check_layers.py.
add_library(flywheel_libraries INTERFACE)

# Ends the configuration with the name of the Debian package that is missing.
function(flywheel_require found what package)
  if(NOT ${found})
    message(FATAL_ERROR "${what} was not found. On Debian and Ubuntu: apt-get install ${package}\n"
                        "(scripts/packages.txt lists all packages, scripts/test installs them)")
  endif()
endfunction()

# Finds a header-only library that brings no CMake package.
function(flywheel_require_header variable header what package)
  find_path(${variable} ${header} ${ARGN})
  mark_as_advanced(${variable})
  flywheel_require(${variable} "${what} (${header})" ${package})
  target_include_directories(flywheel_libraries SYSTEM INTERFACE ${${variable}})
endfunction()

find_package(Threads REQUIRED)
find_package(fmt 9 QUIET)
flywheel_require(fmt_FOUND "fmt 9 or newer" libfmt-dev)
find_package(TBB 2021 QUIET)
flywheel_require(TBB_FOUND "oneTBB 2021 or newer" libtbb-dev)
find_package(CLI11 2.1 QUIET)
flywheel_require(CLI11_FOUND "CLI11 2.1 or newer" libcli11-dev)
find_package(nlohmann_json 3.11 QUIET)
flywheel_require(nlohmann_json_FOUND "nlohmann-json 3.11 or newer" nlohmann-json3-dev)
find_package(NLopt 2.7 QUIET)
flywheel_require(NLopt_FOUND "NLopt 2.7 or newer" libnlopt-dev)
find_package(OpenSSL 3 QUIET COMPONENTS Crypto)
flywheel_require(OPENSSL_FOUND "OpenSSL 3 (its libcrypto)" libssl-dev)
target_link_libraries(
  flywheel_libraries INTERFACE fmt::fmt TBB::tbb CLI11::CLI11 nlohmann_json::nlohmann_json
                               NLopt::nlopt OpenSSL::Crypto Threads::Threads)

flywheel_require_header(RANDOM123_INCLUDE_DIR Random123/philox.h "Random123" librandom123-dev)
flywheel_require_header(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h "toml++ 3.3" libtomlplusplus-dev)
flywheel_require_header(EIGEN3_INCLUDE_DIR Eigen/Core "Eigen 3.4" libeigen3-dev
                        PATH_SUFFIXES eigen3)
include(boost_headers)
include(hdf5_serial)
