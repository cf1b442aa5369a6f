# How our own code is compiled; never imposed on others, so it is linked privately.
add_library(flywheel_options INTERFACE)

# Results must not depend on the compiler's mood: a*b+c keeps its two roundings on every machine.
# The two further flags give the vectorizer room and cannot change a value: nobody here reads errno
# or the floating-point status flags. Anything of -ffast-math that reorders or approximates stays off,
# and so does -march=native.
target_compile_options(
  flywheel_options INTERFACE -ffp-contract=off -fno-math-errno -fno-trapping-math)

target_compile_options(
  flywheel_options
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
            $<$<BOOL:${FLYWHEEL_WARNINGS_AS_ERRORS}>:-Werror>)

# False alarms of GCC 12: overlapping copies in "text" + std::string (bug 105651), and uninitialized
# values inside its own AVX-512 intrinsics (bug 105593).
target_compile_options(
  flywheel_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
                             $<$<CXX_COMPILER_ID:GNU>:-Wno-uninitialized>)

if(FLYWHEEL_ASSERTIONS)
  target_compile_definitions(flywheel_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()

if(FLYWHEEL_SANITIZE)
  target_compile_options(
    flywheel_options INTERFACE -fsanitize=${FLYWHEEL_SANITIZE} -fno-sanitize-recover=all
                               -fno-omit-frame-pointer)
  target_link_options(flywheel_options INTERFACE -fsanitize=${FLYWHEEL_SANITIZE})
  # The added code confuses GCC's analysis of what is initialized, in the standard library foremost.
  target_compile_options(
    flywheel_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()

if(FLYWHEEL_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "FLYWHEEL_FUZZ needs clang++ (-DCMAKE_CXX_COMPILER=clang++), "
                        "since libFuzzer is part of it")
  endif()
  target_compile_options(flywheel_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
