#include "results/sha256.hpp"

#include <stdexcept>

#include <openssl/evp.h>

namespace flywheel {
namespace {

EVP_MD_CTX* as_context(void* context) { return static_cast<EVP_MD_CTX*>(context); }

void succeed(int status) {
  if (status != 1) throw std::runtime_error{"libcrypto cannot compute SHA-256"};
}

}  // namespace

void Sha256Hasher::Release::operator()(void* context) const {
  EVP_MD_CTX_free(as_context(context));
}

Sha256Hasher::Sha256Hasher() : context_{EVP_MD_CTX_new()} {
  if (!context_) throw std::bad_alloc{};
  begin();
}

void Sha256Hasher::begin() {
  succeed(EVP_DigestInit_ex(as_context(context_.get()), EVP_sha256(), nullptr));
}

void Sha256Hasher::add(std::span<const std::byte> bytes) {
  succeed(EVP_DigestUpdate(as_context(context_.get()), bytes.data(), bytes.size()));
}

Sha256 Sha256Hasher::finish() {
  Sha256 hash{};
  succeed(EVP_DigestFinal_ex(as_context(context_.get()),
                             reinterpret_cast<unsigned char*>(hash.data()), nullptr));
  begin();
  return hash;
}

Sha256 sha256(std::span<const std::byte> bytes) {
  Sha256Hasher hasher;
  hasher.add(bytes);
  return hasher.finish();
}

std::string hexadecimal(const Sha256& hash) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * hash.size());
  for (const std::byte byte : hash) {
    const auto value = std::to_integer<unsigned>(byte);
    text.push_back(digits[value >> 4U]);
    text.push_back(digits[value & 15U]);
  }
  return text;
}

}  // namespace flywheel
