# Writes core/version.hpp into the build folder at every build, so that the commit is the one that
# was compiled and not the one that was there when CMake last ran.
set(FLYWHEEL_GENERATED_DIR ${PROJECT_BINARY_DIR}/generated)
set(FLYWHEEL_VERSION_HEADER ${FLYWHEEL_GENERATED_DIR}/core/version.hpp)

set(write_version
    ${CMAKE_COMMAND} -D SOURCE_DIR=${PROJECT_SOURCE_DIR} -D HEADER=${FLYWHEEL_VERSION_HEADER} -D
    VERSION=${PROJECT_VERSION} -P ${CMAKE_CURRENT_LIST_DIR}/write_version.cmake)
# Once now, since a file set names only files that exist.
execute_process(COMMAND ${write_version} COMMAND_ERROR_IS_FATAL ANY)
add_custom_target(
  flywheel_version
  COMMAND ${write_version}
  BYPRODUCTS ${FLYWHEEL_VERSION_HEADER}
  COMMENT "Reading the commit"
  VERBATIM)
