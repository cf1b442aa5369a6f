#include "random/blocks.hpp"

#include <cstdlib>
#include <string_view>

#include "core/check.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace flywheel {

namespace {

using Block = std::array<std::uint64_t, 2>;

constexpr std::uint32_t multiplier_0 = 0xD2511F53;
constexpr std::uint32_t multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t weyl_0 = 0x9E3779B9;
constexpr std::uint32_t weyl_1 = 0xBB67AE85;
constexpr int rounds = 10;

std::uint32_t last_word(const Address& address) {
  return static_cast<std::uint32_t>((address.ordinal >> 32U) & 0xFFFFU) |
         (static_cast<std::uint32_t>(address.purpose) << 16U);
}

InstructionSet detect() {
  InstructionSet best = InstructionSet::portable;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) best = InstructionSet::avx2;
  if (__builtin_cpu_supports("avx512f")) best = InstructionSet::avx512;
#endif
  const char* wanted = std::getenv("FLYWHEEL_INSTRUCTIONS");
  const std::string_view name = wanted == nullptr ? "" : wanted;
  if (name == "portable") return InstructionSet::portable;
  if (name == "avx2" && best == InstructionSet::avx512) return InstructionSet::avx2;
  return best;
}

#if defined(__x86_64__)

// Eight (four) blocks side by side: each 32-bit word of the counter stands in the low half of a
// 64-bit lane, where one multiplication gives both halves of the product.

__attribute__((target("avx512f"))) void eight_blocks(Key key, __m512i entity, __m512i ordinal,
                                                     __m512i last, Block* out) {
  const __m512i low_half = _mm512_set1_epi64(0xFFFFFFFF);
  const __m512i m0 = _mm512_set1_epi64(multiplier_0);
  const __m512i m1 = _mm512_set1_epi64(multiplier_1);
  __m512i c0 = _mm512_and_epi64(entity, low_half);
  __m512i c1 = _mm512_srli_epi64(entity, 32);
  __m512i c2 = ordinal;
  __m512i c3 = last;
  std::uint32_t k0 = key.low;
  std::uint32_t k1 = key.high;
  for (int round = 0; round < rounds; ++round) {
    const __m512i p0 = _mm512_mul_epu32(c0, m0);
    const __m512i p1 = _mm512_mul_epu32(c2, m1);
    const __m512i key0 = _mm512_set1_epi64(k0);
    const __m512i key1 = _mm512_set1_epi64(k1);
    c0 = _mm512_xor_epi64(_mm512_srli_epi64(p1, 32), _mm512_xor_epi64(c1, key0));
    c2 = _mm512_xor_epi64(_mm512_srli_epi64(p0, 32), _mm512_xor_epi64(c3, key1));
    c1 = _mm512_and_epi64(p1, low_half);
    c3 = _mm512_and_epi64(p0, low_half);
    k0 += weyl_0;
    k1 += weyl_1;
  }
  const __m512i first = _mm512_or_epi64(_mm512_slli_epi64(c1, 32), c0);
  const __m512i second = _mm512_or_epi64(_mm512_slli_epi64(c3, 32), c2);
  const __m512i low =
      _mm512_permutex2var_epi64(first, _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11), second);
  const __m512i high =
      _mm512_permutex2var_epi64(first, _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15), second);
  _mm512_storeu_si512(out, low);
  _mm512_storeu_si512(out + 4, high);
}

__attribute__((target("avx2"))) void four_blocks(Key key, __m256i entity, __m256i ordinal,
                                                 __m256i last, Block* out) {
  const __m256i low_half = _mm256_set1_epi64x(0xFFFFFFFF);
  const __m256i m0 = _mm256_set1_epi64x(multiplier_0);
  const __m256i m1 = _mm256_set1_epi64x(multiplier_1);
  __m256i c0 = _mm256_and_si256(entity, low_half);
  __m256i c1 = _mm256_srli_epi64(entity, 32);
  __m256i c2 = ordinal;
  __m256i c3 = last;
  std::uint32_t k0 = key.low;
  std::uint32_t k1 = key.high;
  for (int round = 0; round < rounds; ++round) {
    const __m256i p0 = _mm256_mul_epu32(c0, m0);
    const __m256i p1 = _mm256_mul_epu32(c2, m1);
    const __m256i key0 = _mm256_set1_epi64x(k0);
    const __m256i key1 = _mm256_set1_epi64x(k1);
    c0 = _mm256_xor_si256(_mm256_srli_epi64(p1, 32), _mm256_xor_si256(c1, key0));
    c2 = _mm256_xor_si256(_mm256_srli_epi64(p0, 32), _mm256_xor_si256(c3, key1));
    c1 = _mm256_and_si256(p1, low_half);
    c3 = _mm256_and_si256(p0, low_half);
    k0 += weyl_0;
    k1 += weyl_1;
  }
  const __m256i first = _mm256_or_si256(_mm256_slli_epi64(c1, 32), c0);
  const __m256i second = _mm256_or_si256(_mm256_slli_epi64(c3, 32), c2);
  const __m256i even = _mm256_unpacklo_epi64(first, second);
  const __m256i odd = _mm256_unpackhi_epi64(first, second);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_permute2x128_si256(even, odd, 0x20));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + 2),
                      _mm256_permute2x128_si256(even, odd, 0x31));
}

__attribute__((target("avx512f"))) std::size_t fill_avx512(Key key, const Address& first,
                                                           std::span<Block> blocks) {
  const __m512i entity = _mm512_set1_epi64(static_cast<long long>(first.entity));
  const __m512i last = _mm512_set1_epi64(last_word(first));
  const auto start = static_cast<long long>(first.ordinal & 0xFFFFFFFFU);
  std::size_t done = 0;
  for (; done + 8 <= blocks.size(); done += 8) {
    const __m512i ordinal =
        _mm512_add_epi64(_mm512_set1_epi64(start + static_cast<long long>(done)),
                         _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
    eight_blocks(key, entity, ordinal, last, blocks.data() + done);
  }
  return done;
}

__attribute__((target("avx2"))) std::size_t fill_avx2(Key key, const Address& first,
                                                      std::span<Block> blocks) {
  const __m256i entity = _mm256_set1_epi64x(static_cast<long long>(first.entity));
  const __m256i last = _mm256_set1_epi64x(last_word(first));
  const auto start = static_cast<long long>(first.ordinal & 0xFFFFFFFFU);
  std::size_t done = 0;
  for (; done + 4 <= blocks.size(); done += 4) {
    const __m256i ordinal = _mm256_add_epi64(
        _mm256_set1_epi64x(start + static_cast<long long>(done)), _mm256_setr_epi64x(0, 1, 2, 3));
    four_blocks(key, entity, ordinal, last, blocks.data() + done);
  }
  return done;
}

__attribute__((target("avx512f"))) std::size_t fill_of_avx512(
    Key key, const Address& common, std::span<const std::uint64_t> entities,
    std::span<Block> blocks) {
  const __m512i ordinal = _mm512_set1_epi64(static_cast<long long>(common.ordinal & 0xFFFFFFFFU));
  const __m512i last = _mm512_set1_epi64(last_word(common));
  std::size_t done = 0;
  for (; done + 8 <= entities.size(); done += 8) {
    eight_blocks(key, _mm512_loadu_si512(entities.data() + done), ordinal, last,
                 blocks.data() + done);
  }
  return done;
}

__attribute__((target("avx2"))) std::size_t fill_of_avx2(Key key, const Address& common,
                                                         std::span<const std::uint64_t> entities,
                                                         std::span<Block> blocks) {
  const __m256i ordinal = _mm256_set1_epi64x(static_cast<long long>(common.ordinal & 0xFFFFFFFFU));
  const __m256i last = _mm256_set1_epi64x(last_word(common));
  std::size_t done = 0;
  for (; done + 4 <= entities.size(); done += 4) {
    four_blocks(key, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(entities.data() + done)),
                ordinal, last, blocks.data() + done);
  }
  return done;
}

/// What the high ordinal bits and the purpose make of the counter's last word.
__attribute__((target("avx512f"))) __m512i last_of(__m512i ordinal, Purpose purpose) {
  return _mm512_or_epi64(
      _mm512_and_epi64(_mm512_srli_epi64(ordinal, 32), _mm512_set1_epi64(0xFFFF)),
      _mm512_set1_epi64(static_cast<long long>(purpose) << 16U));
}

__attribute__((target("avx2"))) __m256i last_of(__m256i ordinal, Purpose purpose) {
  return _mm256_or_si256(
      _mm256_and_si256(_mm256_srli_epi64(ordinal, 32), _mm256_set1_epi64x(0xFFFF)),
      _mm256_set1_epi64x(static_cast<long long>(purpose) << 16U));
}

__attribute__((target("avx512f"))) std::size_t fill_at_avx512(Key key, Purpose purpose,
                                                              const Places& places,
                                                              std::span<Block> blocks) {
  const __m512i low_half = _mm512_set1_epi64(0xFFFFFFFF);
  std::size_t done = 0;
  for (; done + 8 <= places.entities.size(); done += 8) {
    const __m512i ordinal = _mm512_loadu_si512(places.ordinals.data() + done);
    eight_blocks(key, _mm512_loadu_si512(places.entities.data() + done),
                 _mm512_and_epi64(ordinal, low_half), last_of(ordinal, purpose),
                 blocks.data() + done);
  }
  return done;
}

__attribute__((target("avx2"))) std::size_t fill_at_avx2(Key key, Purpose purpose,
                                                         const Places& places,
                                                         std::span<Block> blocks) {
  const __m256i low_half = _mm256_set1_epi64x(0xFFFFFFFF);
  std::size_t done = 0;
  for (; done + 4 <= places.entities.size(); done += 4) {
    const __m256i entity =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(places.entities.data() + done));
    const __m256i ordinal =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(places.ordinals.data() + done));
    four_blocks(key, entity, _mm256_and_si256(ordinal, low_half), last_of(ordinal, purpose),
                blocks.data() + done);
  }
  return done;
}

#endif

}  // namespace

InstructionSet instruction_set() {
  static const InstructionSet best = detect();
  return best;
}

void fill_blocks(Key key, const Address& first, std::span<Block> blocks,
                 InstructionSet instructions) {
  std::size_t done = 0;
#if defined(__x86_64__)
  if (instructions == InstructionSet::avx512) done = fill_avx512(key, first, blocks);
  if (instructions == InstructionSet::avx2) done = fill_avx2(key, first, blocks);
#else
  (void)instructions;
#endif
  for (; done < blocks.size(); ++done) {
    blocks[done] = draw_block(key, {first.purpose, first.entity, first.ordinal + done});
  }
}

void fill_blocks_of(Key key, const Address& common, std::span<const std::uint64_t> entities,
                    std::span<Block> blocks, InstructionSet instructions) {
  expect(entities.size() <= blocks.size(), "there is room for a block of each entity");
  std::size_t done = 0;
#if defined(__x86_64__)
  if (instructions == InstructionSet::avx512) done = fill_of_avx512(key, common, entities, blocks);
  if (instructions == InstructionSet::avx2) done = fill_of_avx2(key, common, entities, blocks);
#else
  (void)instructions;
#endif
  for (; done < entities.size(); ++done) {
    blocks[done] = draw_block(key, {common.purpose, entities[done], common.ordinal});
  }
}

void fill_blocks_at(Key key, Purpose purpose, const Places& places, std::span<Block> blocks,
                    InstructionSet instructions) {
  expect(
      places.entities.size() == places.ordinals.size() && places.entities.size() <= blocks.size(),
      "there is room for a block of each entity and ordinal");
  std::size_t done = 0;
#if defined(__x86_64__)
  if (instructions == InstructionSet::avx512) {
    done = fill_at_avx512(key, purpose, places, blocks);
  }
  if (instructions == InstructionSet::avx2) {
    done = fill_at_avx2(key, purpose, places, blocks);
  }
#else
  (void)instructions;
#endif
  for (; done < places.entities.size(); ++done) {
    blocks[done] = draw_block(key, {purpose, places.entities[done], places.ordinals[done]});
  }
}

}  // namespace flywheel
