# The benchmarks: scripts/benchmark builds the release preset and runs flywheel_benchmarks.
find_package(benchmark 1.7 QUIET)
flywheel_require(benchmark_FOUND "Google Benchmark 1.7 or newer" libbenchmark-dev)
file(GLOB benchmark_sources CONFIGURE_DEPENDS tests/benchmark/*.cpp)
add_executable(flywheel_benchmarks ${benchmark_sources})
target_include_directories(flywheel_benchmarks PRIVATE tests)
target_compile_definitions(flywheel_benchmarks
                           PRIVATE FLYWHEEL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(flywheel_benchmarks PRIVATE flywheel_commands flywheel flywheel_options
                                                  benchmark::benchmark_main)

# Each of them once and briefly, so that none stops working unnoticed; what they measure is no matter
# of pass or fail. The shipped campaign is played by other tests.
if(BUILD_TESTING)
  add_test(NAME "benchmarks run"
           COMMAND flywheel_benchmarks --benchmark_min_time=0.001
                   "--benchmark_filter=-three_to_one|100000")
  set_tests_properties(
    "benchmarks run" PROPERTIES LABELS benchmark TIMEOUT 900
                                FAIL_REGULAR_EXPRESSION "ERROR OCCURRED")
endif()
