// Kernels beside their floors: the least that the same result could cost when it is made in the
// simplest loop over arrays, with nothing around it. scripts/benchmark prints their ratios.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include <Random123/philox.h>
#include <benchmark/benchmark.h>

#include "core/elementary.hpp"
#include "journey/landing_play.hpp"
#include "random/blocks.hpp"
#include "random/inverse_table.hpp"
#include "random/stream.hpp"
#include "random/trait_tables.hpp"

namespace flywheel::test {
namespace {

constexpr Key key = make_key(1, Level::shoppers, 0);
constexpr std::size_t batch = 4096;

std::vector<double> uniforms() {
  std::vector<double> numbers(batch);
  Stream stream{key, Purpose::trait, 1};
  std::generate(numbers.begin(), numbers.end(), [&] { return stream.uniform(); });
  return numbers;
}

std::vector<std::uint64_t> words() {
  std::vector<std::uint64_t> bits(batch);
  Stream stream{key, Purpose::visit, 1};
  std::generate(bits.begin(), bits.end(), [&] { return stream.next_bits(); });
  return bits;
}

/// Sums up what a function makes of each number; nanoseconds per number are 1e9 / items_per_second.
template <class Number, class Function>
void sum_over(benchmark::State& state, const std::vector<Number>& numbers, Function function) {
  for (auto _ : state) {
    double sum = 0.0;
    for (const Number number : numbers) sum += function(number);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers.size()));
}

/// One block of 128 random bits of Random123, its counter counted up.
void floor_block(benchmark::State& state) {
  const r123::Philox4x32 philox;
  const r123::Philox4x32::key_type philox_key{{1, 2}};
  std::vector<r123::Philox4x32::ctr_type> blocks(batch);
  std::uint32_t entity = 0;
  for (auto _ : state) {
    ++entity;
    for (std::uint32_t number = 0; number < batch; ++number) {
      blocks[number] = philox({{number, entity, 0, 0}}, philox_key);
    }
    benchmark::DoNotOptimize(blocks.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
}
BENCHMARK(floor_block);

void kernel_block(benchmark::State& state) {
  std::vector<std::array<std::uint64_t, 2>> blocks(batch);
  std::uint64_t entity = 0;
  for (auto _ : state) {
    fill_blocks(key, {Purpose::candidate_point, ++entity, 0}, blocks, instruction_set());
    benchmark::DoNotOptimize(blocks.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
}
BENCHMARK(kernel_block);

/// A uniform number from bits that are there, against one of a stream that makes its bits.
void floor_uniform(benchmark::State& state) {
  sum_over(state, words(),
           [](std::uint64_t word) { return static_cast<double>(word >> 11U) * 0x1p-53; });
}
BENCHMARK(floor_uniform);

void kernel_uniform(benchmark::State& state) {
  Stream stream{key, Purpose::visit, 1};
  sum_over(state, words(), [&](std::uint64_t) { return stream.uniform(); });
}
BENCHMARK(kernel_uniform);

/// libm's logarithm, whose last bit depends on the machine, against ours, whose does not.
void floor_log(benchmark::State& state) {
  sum_over(state, uniforms(), [](double u) { return std::log(u + 0x1p-54); });
}
BENCHMARK(floor_log);

void kernel_log(benchmark::State& state) {
  sum_over(state, uniforms(), [](double u) { return portable_log(u + 0x1p-54); });
}
BENCHMARK(kernel_log);

/// A straight line between two entries, against the variate of a law, exact in its tails.
void floor_table(benchmark::State& state) {
  const std::vector<double> entries = uniforms();
  sum_over(state, uniforms(), [&](double u) {
    const double place = u * static_cast<double>(batch - 1);
    const auto cell = static_cast<std::size_t>(static_cast<std::int64_t>(place));
    return entries[cell] +
           (place - static_cast<double>(cell)) * (entries[cell + 1] - entries[cell]);
  });
}
BENCHMARK(floor_table);

void kernel_table(benchmark::State& state) {
  sum_over(state, uniforms(), [table = gamma_table(0.7)](double u) { return table(u); });
}
BENCHMARK(kernel_table);

/// One comparison with a chance, against a whole visit: device, five steps and the address.
void floor_decision(benchmark::State& state) {
  sum_over(state, uniforms(), [](double u) { return u < 0.03 ? 1.0 : 0.0; });
}
BENCHMARK(floor_decision);

void kernel_decision(benchmark::State& state) {
  FunnelTraits funnel;
  funnel.form_rate = 0.02;
  StepOdds odds{};
  for (auto& device : odds) device.fill(1.0);
  VisitTerms terms;
  terms.mobile_share = 0.7;
  terms.odds_against = 1.1;
  sum_over(state, words(), [&](std::uint64_t word) {
    // One in forty orders, and draws another block for its delay.
    const VisitOutcome visit = play_visit(funnel, odds, terms, {key, {}, 0, {word, ~word}});
    return static_cast<double>(visit.depth);
  });
}
BENCHMARK(kernel_decision);

}  // namespace
}  // namespace flywheel::test
