# Boost, headers only. A machine with two versions may offer the CMake package of one and the
# headers of the other; the headers decide which functions exist, so they are read and compared.
set(Boost_NO_WARN_NEW_VERSIONS ON)
find_package(Boost 1.74 QUIET)
flywheel_require(Boost_FOUND "Boost 1.74 or newer" libboost-dev)

file(STRINGS ${Boost_INCLUDE_DIRS}/boost/version.hpp version_line REGEX "define BOOST_VERSION ")
string(REGEX REPLACE ".*BOOST_VERSION ([0-9]+).*" "\\1" header_number "${version_line}")
math(EXPR header_major "${header_number} / 100000")
math(EXPR header_minor "${header_number} / 100 % 1000")
if(NOT "${header_major}.${header_minor}" STREQUAL "${Boost_VERSION_MAJOR}.${Boost_VERSION_MINOR}")
  message(FATAL_ERROR
    "Two versions of Boost are mixed: the package is ${Boost_VERSION_STRING}, the headers in "
    "${Boost_INCLUDE_DIRS} are ${header_major}.${header_minor}. Keep one (apt-get install libboost-dev)")
endif()
target_link_libraries(flywheel_libraries INTERFACE Boost::headers)
