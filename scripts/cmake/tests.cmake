# The tests: one program for all of C++, one ctest test for each test case; Python tests for what
# is better asked from outside; and the checks of style, which are tests like any other.
# Labels: unit, statistical, parallel, python, faults, style, docs, benchmark. Try `ctest --preset ci -L style`.

# Debian's Python first, since it is the one that has the packages the tests read results with.
find_program(FLYWHEEL_PYTHON NAMES python3 HINTS /usr/bin)
mark_as_advanced(FLYWHEEL_PYTHON)
flywheel_require(FLYWHEEL_PYTHON "Python 3" python3)

set(FLYWHEEL_CATCH2_MAJOR "" CACHE STRING "2 or 3; empty takes the newest that is found")
set_property(CACHE FLYWHEEL_CATCH2_MAJOR PROPERTY STRINGS "" 2 3)
if(FLYWHEEL_CATCH2_MAJOR)
  find_package(Catch2 ${FLYWHEEL_CATCH2_MAJOR} QUIET)
else()
  find_package(Catch2 3 QUIET)
  if(NOT Catch2_FOUND)
    find_package(Catch2 2.13 QUIET)
  endif()
endif()
flywheel_require(Catch2_FOUND "Catch2 ${FLYWHEEL_CATCH2_MAJOR}" catch2)
if(Catch2_VERSION VERSION_GREATER_EQUAL 3)
  set(catch_target Catch2::Catch2WithMain)
else()
  set(catch_target Catch2::Catch2)
endif()

file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS tests/*.cpp)
list(FILTER test_sources EXCLUDE REGEX "/tests/(fuzz|benchmark)/")
add_executable(flywheel_tests ${test_sources})
target_include_directories(flywheel_tests PRIVATE tests)
target_compile_definitions(flywheel_tests
                           PRIVATE FLYWHEEL_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                   FLYWHEEL_PROGRAM="$<TARGET_FILE:flywheel_app>"
                                   FLYWHEEL_PYTHON="${FLYWHEEL_PYTHON}")
target_link_libraries(flywheel_tests PRIVATE flywheel flywheel_commands flywheel_options
                                             ${catch_target})
add_dependencies(flywheel_tests flywheel_app)

include(Catch)
# Four disjoint sets, since a label belongs to a set of test cases.
foreach(set "~[statistical]~[parallel]=unit" "[statistical]~[parallel]=statistical"
        "[parallel]~[statistical]=parallel" "[statistical][parallel]=statistical;parallel")
  string(REGEX MATCH "^[^=]+" spec "${set}")
  string(REGEX REPLACE "^[^=]+=" "" labels "${set}")
  catch_discover_tests(flywheel_tests TEST_SPEC "${spec}" PROPERTIES LABELS "${labels}" TIMEOUT 900)
endforeach()

# tests/**/*_test.py: each gets the folders and the program from its environment.
set(test_environment FLYWHEEL_SOURCE_DIR=${PROJECT_SOURCE_DIR}
                     FLYWHEEL_BUILD_DIR=${PROJECT_BINARY_DIR}
                     FLYWHEEL_PROGRAM=$<TARGET_FILE:flywheel_app> PYTHONDONTWRITEBYTECODE=1)
file(GLOB_RECURSE python_tests CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} tests/*_test.py)
foreach(script IN LISTS python_tests)
  add_test(NAME ${script} COMMAND ${FLYWHEEL_PYTHON} ${PROJECT_SOURCE_DIR}/${script})
  cmake_path(GET script PARENT_PATH folder)
  set(labels python)
  set(seconds 900)
  if(folder STREQUAL "tests/faults")
    list(APPEND labels faults)
    set(seconds 40000)  # the counts of a release; a start that hangs is told by the test itself
  endif()
  if(folder STREQUAL "tests/style")
    list(APPEND labels style)
  endif()
  set_tests_properties(${script} PROPERTIES LABELS "${labels}" ENVIRONMENT "${test_environment}"
                                            TIMEOUT ${seconds} SKIP_RETURN_CODE 77)
endforeach()

# A check is a script that prints what is wrong and fails; it takes no arguments here.
function(flywheel_add_check name label)
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${label} ENVIRONMENT "${test_environment}")
endfunction()
flywheel_add_check("folders include only what architecture.md allows" style
                   ${FLYWHEEL_PYTHON} scripts/check_layers.py)
flywheel_add_check("files and functions stay short" style
                   ${FLYWHEEL_PYTHON} scripts/check_lengths.py)
flywheel_add_check("links in the documents lead somewhere" docs
                   ${FLYWHEEL_PYTHON} scripts/check_links.py)
flywheel_add_check("shell scripts pass shellcheck" style scripts/check_shell)
flywheel_add_check("sources are formatted" style scripts/format --check)
flywheel_add_check("clang-tidy finds nothing" style scripts/tidy ${PROJECT_BINARY_DIR})
flywheel_add_check("each header compiles alone" style ${CMAKE_COMMAND} --build ${PROJECT_BINARY_DIR}
                   --target all_verify_interface_header_sets)
set_tests_properties("clang-tidy finds nothing" "each header compiles alone"
                     PROPERTIES PROCESSORS 2 TIMEOUT 3600 RUN_SERIAL ON)
