# Script mode: cmake -D SOURCE_DIR=.. -D HEADER=.. -D VERSION=.. -P write_version.cmake
# The commit comes from git; in a source archive, where there is no repository, from the line git
# wrote into archived_commit.txt when it made the archive; else it is "unknown".
set(COMMIT "")
if(EXISTS ${SOURCE_DIR}/.git)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env GIT_OPTIONAL_LOCKS=0
            git -C ${SOURCE_DIR} describe --always --dirty --abbrev=40 --exclude=*
    OUTPUT_VARIABLE COMMIT
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
else()
  file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/archived_commit.txt archived REGEX "^[0-9a-f]+$")
  set(COMMIT "${archived}")
endif()
if(NOT COMMIT)
  set(COMMIT unknown)
endif()
# Leaves the file alone when nothing changed, so that nothing is compiled again.
configure_file(${SOURCE_DIR}/src/core/version.hpp.in ${HEADER} @ONLY)
