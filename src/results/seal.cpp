#include "results/seal.hpp"

#include <algorithm>

namespace flywheel {

Seal make_seal(const Sha256& content_hash) {
  std::string text{seal_opening};
  text += hexadecimal(content_hash);
  text.push_back('\n');
  Seal seal{};
  std::ranges::transform(text, seal.begin(), [](char letter) { return std::byte(letter); });
  return seal;
}

std::span<const std::byte> sealed_content(std::span<const std::byte> bytes) {
  if (bytes.size() <= seal_bytes) return {};
  const auto content = bytes.first(bytes.size() - seal_bytes);
  const bool matches = std::ranges::equal(make_seal(sha256(content)), bytes.last(seal_bytes));
  return matches ? content : std::span<const std::byte>{};
}

bool is_sealed(FileDescriptor& file) {
  const std::uint64_t bytes = file.regular_file_bytes();
  if (bytes <= seal_bytes) return false;
  file.rewind();
  const Seal expected = make_seal(file.hash_next(bytes - seal_bytes));
  Seal found{};
  file.read_all(found);
  return found == expected;
}

}  // namespace flywheel
