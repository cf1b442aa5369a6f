#include "random/variates.hpp"

#include "core/check.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace flywheel {

namespace {

#if defined(__x86_64__)

// Eight (four) lookups side by side, each operation as in InverseTable::operator().

constexpr long long place_bits = 0x000FFFFFFFFFFFFF;
constexpr long long bits_of_one = 0x3FF0000000000000;
constexpr long long first_cell = (1023LL - 54) << 3U;
constexpr double least_tail = 0x1p-54;
constexpr double most_tail = 0.5 - 0x1p-54;

__attribute__((target("avx512f"))) __m512d look_up(const double* cells, __m512d u) {
  const __m512d one = _mm512_set1_pd(1.0);
  const __mmask8 upper = _mm512_cmp_pd_mask(u, _mm512_set1_pd(0.5), _CMP_GE_OQ);
  __m512d tail = _mm512_mask_sub_pd(u, upper, one, u);
  tail = _mm512_min_pd(_mm512_max_pd(tail, _mm512_set1_pd(least_tail)), _mm512_set1_pd(most_tail));
  const __m512i bits = _mm512_castpd_si512(tail);
  __m512i cell = _mm512_sub_epi64(_mm512_srli_epi64(bits, 49), _mm512_set1_epi64(first_cell));
  cell = _mm512_mask_add_epi64(cell, upper, cell, _mm512_set1_epi64(inverse_grid::cells_per_side));
  // Six coefficients a cell.
  const __m512i offset = _mm512_add_epi64(_mm512_slli_epi64(cell, 2), _mm512_slli_epi64(cell, 1));
  const __m512i mantissa =
      _mm512_and_epi64(_mm512_slli_epi64(bits, 3), _mm512_set1_epi64(place_bits));
  const __m512d place = _mm512_sub_pd(
      _mm512_castsi512_pd(_mm512_or_epi64(mantissa, _mm512_set1_epi64(bits_of_one))), one);
  __m512d sum = _mm512_i64gather_pd(offset, cells + 5, 8);
  for (int power = 4; power >= 0; --power) {
    sum = _mm512_add_pd(_mm512_i64gather_pd(offset, cells + power, 8), _mm512_mul_pd(place, sum));
  }
  return sum;
}

__attribute__((target("avx2"))) __m256d look_up(const double* cells, __m256d u) {
  const __m256d one = _mm256_set1_pd(1.0);
  const __m256d upper = _mm256_cmp_pd(u, _mm256_set1_pd(0.5), _CMP_GE_OQ);
  __m256d tail = _mm256_blendv_pd(u, _mm256_sub_pd(one, u), upper);
  tail = _mm256_min_pd(_mm256_max_pd(tail, _mm256_set1_pd(least_tail)), _mm256_set1_pd(most_tail));
  const __m256i bits = _mm256_castpd_si256(tail);
  __m256i cell = _mm256_sub_epi64(_mm256_srli_epi64(bits, 49), _mm256_set1_epi64x(first_cell));
  cell = _mm256_add_epi64(cell, _mm256_and_si256(_mm256_castpd_si256(upper),
                                                 _mm256_set1_epi64x(inverse_grid::cells_per_side)));
  const __m256i offset = _mm256_add_epi64(_mm256_slli_epi64(cell, 2), _mm256_slli_epi64(cell, 1));
  const __m256i mantissa =
      _mm256_and_si256(_mm256_slli_epi64(bits, 3), _mm256_set1_epi64x(place_bits));
  const __m256d place = _mm256_sub_pd(
      _mm256_castsi256_pd(_mm256_or_si256(mantissa, _mm256_set1_epi64x(bits_of_one))), one);
  __m256d sum = _mm256_i64gather_pd(cells + 5, offset, 8);
  for (int power = 4; power >= 0; --power) {
    sum = _mm256_add_pd(_mm256_i64gather_pd(cells + power, offset, 8), _mm256_mul_pd(place, sum));
  }
  return sum;
}

__attribute__((target("avx512f"))) std::size_t fill_avx512(const double* cells,
                                                           std::span<const double> uniforms,
                                                           std::span<double> variates) {
  std::size_t done = 0;
  for (; done + 8 <= uniforms.size(); done += 8) {
    _mm512_storeu_pd(variates.data() + done,
                     look_up(cells, _mm512_loadu_pd(uniforms.data() + done)));
  }
  return done;
}

__attribute__((target("avx2"))) std::size_t fill_avx2(const double* cells,
                                                      std::span<const double> uniforms,
                                                      std::span<double> variates) {
  std::size_t done = 0;
  for (; done + 4 <= uniforms.size(); done += 4) {
    _mm256_storeu_pd(variates.data() + done,
                     look_up(cells, _mm256_loadu_pd(uniforms.data() + done)));
  }
  return done;
}

#endif

}  // namespace

void fill_variates(const InverseTable& table, std::span<const double> uniforms,
                   std::span<double> variates, InstructionSet instructions) {
  expect(uniforms.size() <= variates.size(), "there is room for a variate of each uniform number");
  std::size_t done = 0;
#if defined(__x86_64__)
  const double* cells = table.coefficients().data();
  if (instructions == InstructionSet::avx512) done = fill_avx512(cells, uniforms, variates);
  if (instructions == InstructionSet::avx2) done = fill_avx2(cells, uniforms, variates);
#else
  (void)instructions;
#endif
  for (; done < uniforms.size(); ++done) variates[done] = table(uniforms[done]);
}

}  // namespace flywheel
