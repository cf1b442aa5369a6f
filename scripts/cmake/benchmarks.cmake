# Micro-benchmarks: build the release preset, then run build/release/flywheel_benchmarks.
find_package(benchmark 1.7 QUIET)
flywheel_require(benchmark_FOUND "Google Benchmark 1.7 or newer" libbenchmark-dev)
file(GLOB_RECURSE benchmark_sources CONFIGURE_DEPENDS tests/benchmark/*.cpp)
if(benchmark_sources)
  add_executable(flywheel_benchmarks ${benchmark_sources})
  target_include_directories(flywheel_benchmarks PRIVATE tests)
  target_link_libraries(flywheel_benchmarks PRIVATE flywheel flywheel_options
                                                    benchmark::benchmark_main)
else()
  message(WARNING "tests/benchmark is empty: flywheel_benchmarks is not built")
endif()
