#include "scenario/fingerprint.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

std::string fingerprint_text() { return fmt::format("{:016x}", numerics_fingerprint()); }

/// What a command prints.
std::string output_of(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe{popen(command.c_str(), "r"), pclose};
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 256> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) output += buffer.data();
  return output;
}

}  // namespace

TEST_CASE("this process prints its numerics fingerprint", "[.print_fingerprint]") {
  std::puts(fingerprint_text().c_str());
}

// glibc picks exp and log by what the processor can do; told that it can do less, the same program
// would give other bits wherever libm had a hand in.
TEST_CASE("the numerics fingerprint does not depend on what libm is chosen", "[scenario]") {
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string without =
      "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX2_Usable,-FMA_Usable '" +
      self + "' '[.print_fingerprint]'";
  REQUIRE(output_of(without).find(fingerprint_text()) != std::string::npos);
}

}  // namespace flywheel::test
