// Catch2 3 brings its own main function; version 2 wants one file to hold it.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#include "support/catch.hpp"
#endif
