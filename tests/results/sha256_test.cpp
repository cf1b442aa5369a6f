#include "results/sha256.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"

namespace flywheel::test {
namespace {

std::span<const std::byte> as_bytes(const std::string& text) {
  return std::as_bytes(std::span{text});
}

TEST_CASE("SHA-256 meets the examples of its standard", "[results]") {
  // NIST, "Cryptographic Standards and Guidelines: Example Values", SHA256.pdf; FIPS 180-2, B.3.
  REQUIRE(hexadecimal(sha256(as_bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  REQUIRE(
      hexadecimal(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  REQUIRE(hexadecimal(sha256(as_bytes(std::string(1'000'000, 'a')))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a hash does not depend on how the bytes come, and a hasher can be used again",
          "[results]") {
  Sha256Hasher hasher;
  for (int round = 0; round < 2; ++round) {
    for (const std::string part : {"a", "", "b", "c"}) hasher.add(as_bytes(part));
    REQUIRE(hasher.finish() == sha256(as_bytes("abc")));
  }
}

}  // namespace
}  // namespace flywheel::test
