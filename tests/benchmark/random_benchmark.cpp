#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

#include <benchmark/benchmark.h>

#include "random/alias_table.hpp"
#include "random/binomial.hpp"
#include "random/blocks.hpp"
#include "random/gamma.hpp"
#include "random/inverse_table.hpp"
#include "random/point_measure.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"
#include "random/trait_tables.hpp"

namespace flywheel::test {
namespace {

constexpr Key key = make_key(1, Level::shoppers, 0);
constexpr std::size_t batch = 4096;  ///< 64 kB of blocks: inside the L2 cache
using Blocks = std::vector<std::array<std::uint64_t, 2>>;

/// Leaves a benchmark out when the machine, or FLYWHEEL_INSTRUCTIONS, has no such instructions.
bool lacks(InstructionSet wanted, benchmark::State& state) {
  if (wanted <= instruction_set()) return false;
  state.SetLabel("this machine has no such instructions");
  for (auto _ : state) {
  }
  return true;
}

void count_items(benchmark::State& state, std::size_t for_each_iteration) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(for_each_iteration));
}

/// Successive blocks of one entity, as points of a cell and long streams are made.
void fill_in_order(benchmark::State& state, InstructionSet instructions) {
  if (lacks(instructions, state)) return;
  Blocks blocks(batch);
  std::uint64_t entity = 0;
  for (auto _ : state) {
    fill_blocks(key, {Purpose::candidate_point, ++entity, 0}, blocks, instructions);
    benchmark::DoNotOptimize(blocks.data());
    benchmark::ClobberMemory();
  }
  count_items(state, batch);
}
BENCHMARK_CAPTURE(fill_in_order, portable, InstructionSet::portable);
BENCHMARK_CAPTURE(fill_in_order, avx2, InstructionSet::avx2);
BENCHMARK_CAPTURE(fill_in_order, avx512, InstructionSet::avx512);

/// One block for each of many entities, as traits and decisions of a batch of shoppers are made.
void fill_by_entity(benchmark::State& state, InstructionSet instructions) {
  if (lacks(instructions, state)) return;
  Blocks blocks(batch);
  std::vector<std::uint64_t> entities(batch);
  std::iota(entities.begin(), entities.end(), std::uint64_t{1} << 40U);
  for (auto _ : state) {
    fill_blocks_of(key, {.purpose = Purpose::trait}, entities, blocks, instructions);
    benchmark::DoNotOptimize(blocks.data());
    benchmark::ClobberMemory();
  }
  count_items(state, batch);
}
BENCHMARK_CAPTURE(fill_by_entity, portable, InstructionSet::portable);
BENCHMARK_CAPTURE(fill_by_entity, avx2, InstructionSet::avx2);
BENCHMARK_CAPTURE(fill_by_entity, avx512, InstructionSet::avx512);

void read_inverse_table(benchmark::State& state, const InverseTable& table) {
  std::vector<double> uniforms(batch);
  Stream stream{key, Purpose::trait, 1};
  std::generate(uniforms.begin(), uniforms.end(), [&] { return stream.uniform(); });
  for (auto _ : state) {
    double sum = 0.0;
    for (const double u : uniforms) sum += table(u);
    benchmark::DoNotOptimize(sum);
  }
  count_items(state, batch);
}
BENCHMARK_CAPTURE(read_inverse_table, gamma, gamma_table(0.7));
BENCHMARK_CAPTURE(read_inverse_table, beta, beta_table(2.0, 98.0));
BENCHMARK_CAPTURE(read_inverse_table, lognormal, lognormal_table(0.0, 0.6));

/// A table of its own for one law: what a future costs whose trait has two uncertain shapes.
void make_inverse_table(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(gamma_table(0.7));
}
BENCHMARK(make_inverse_table)->Unit(benchmark::kMicrosecond);

/// The table of one shape out of those of a range: what each future costs with one uncertain shape.
void interpolate_inverse_table(benchmark::State& state) {
  const InverseTable2 tables = gamma_tables(0.3, 3.0);
  for (auto _ : state) benchmark::DoNotOptimize(tables.at(0.7));
}
BENCHMARK(interpolate_inverse_table)->Unit(benchmark::kMicrosecond);

/// Points of cells that expect this many, the layers' Poisson numbers included.
void visit_cells(benchmark::State& state) {
  const double expected = static_cast<double>(state.range(0));
  std::uint64_t cell = 0;
  std::uint64_t points = 0;
  for (auto _ : state) {
    double sum = 0.0;
    visit_points(key, {.identity = ++cell, .weight = expected}, 1.0, [&](const Point& point) {
      sum += point.mark;
      ++points;
    });
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(points));
}
BENCHMARK(visit_cells)->Arg(10)->Arg(1000)->Arg(100'000);

/// One number of a law, drawn from a long stream.
template <class Draw>
void sample(benchmark::State& state, Draw draw) {
  Stream stream{key, Purpose::visit, 1};
  for (auto _ : state) benchmark::DoNotOptimize(draw(stream));
  count_items(state, 1);
}
BENCHMARK_CAPTURE(sample, uniform, [](Stream& s) { return s.uniform(); });
BENCHMARK_CAPTURE(sample, exponential, [](Stream& s) { return s.exponential(); });
BENCHMARK_CAPTURE(sample, normal, [](Stream& s) { return s.normal(); });
BENCHMARK_CAPTURE(sample, poisson_of_one_half, [](Stream& s) { return draw_poisson(s, 0.5); });
BENCHMARK_CAPTURE(sample, poisson_of_50, [](Stream& s) { return draw_poisson(s, 50.0); });
BENCHMARK_CAPTURE(sample, binomial_of_20, [](Stream& s) { return draw_binomial(s, 20, 0.1); });
BENCHMARK_CAPTURE(sample, binomial_of_10000,
                  [](Stream& s) { return draw_binomial(s, 10'000, 0.3); });
BENCHMARK_CAPTURE(sample, gamma_below_1, [](Stream& s) { return draw_gamma(s, 0.55); });
BENCHMARK_CAPTURE(sample, gamma_above_1, [](Stream& s) { return draw_gamma(s, 4.0); });
BENCHMARK_CAPTURE(sample, beta, [](Stream& s) { return draw_beta(s, 2.0, 60.0); });

/// One of many outcomes by their weights, as the stratum of a candidate is picked.
void pick_from_alias_table(benchmark::State& state) {
  std::vector<double> weights(static_cast<std::size_t>(state.range(0)));
  Stream stream{key, Purpose::count_stratum, 1};
  std::generate(weights.begin(), weights.end(), [&] { return stream.uniform(); });
  const AliasTable table{weights};
  for (auto _ : state) benchmark::DoNotOptimize(table.pick(stream.next_bits()));
  count_items(state, 1);
}
BENCHMARK(pick_from_alias_table)->Arg(32)->Arg(4096);

}  // namespace
}  // namespace flywheel::test
