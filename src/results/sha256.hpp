#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace flywheel {

/// SHA-256 of some bytes (FIPS 180-4); detects damage, not malice.
using Sha256 = std::array<std::byte, 32>;

/// Takes bytes piece by piece, so that a file need not fit into memory to be hashed.
class Sha256Hasher {
 public:
  Sha256Hasher();

  void add(std::span<const std::byte> bytes);

  /// The hash of all bytes added; the hasher then begins anew.
  [[nodiscard]] Sha256 finish();

 private:
  struct Release {
    void operator()(void* context) const;
  };
  void begin();
  std::unique_ptr<void, Release> context_;
};

[[nodiscard]] Sha256 sha256(std::span<const std::byte> bytes);

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string hexadecimal(const Sha256& hash);

}  // namespace flywheel
