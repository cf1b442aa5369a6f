#include "random/variates.hpp"

#include <vector>

#include "random/stream.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/kernels.hpp"

namespace flywheel::test {

namespace {

constexpr Key key{0x1234567U, 0x89ABCDEFU};

/// Both ends, the edges of cells, the median and its neighbors, and many others.
std::vector<double> uniforms() {
  std::vector<double> all = {0.0, 0x1p-60, 0x1p-54, 0x1p-53,       0.25,         0.5 - 0x1p-54,
                             0.5, 0.75,    0.875,   1.0 - 0x1p-53, 0.5 + 0x1p-53};
  Stream draws{key, Purpose::visit, 1};
  for (int k = 0; k < 1000; ++k) all.push_back(draws.open_uniform());
  return all;
}

}  // namespace

TEST_CASE("every kernel gives the variates that are looked up one by one", "[random][variates]") {
  const std::vector<double> all = uniforms();
  for (const InverseTable& table : {beta_table(2.0, 98.0), gamma_table(0.4)}) {
    for (const InstructionSet set : kernels()) {
      for (const std::size_t count : {all.size(), std::size_t{3}, std::size_t{0}}) {
        INFO("instruction set " << static_cast<int>(set) << ", " << count << " numbers");
        std::vector<double> variates(count + 1, -1.0);
        fill_variates(table, {all.data(), count}, variates, set);
        for (std::size_t k = 0; k < count; ++k) {
          INFO("uniform " << all[k]);
          CHECK(variates[k] == table(all[k]));
        }
        CHECK(variates[count] == -1.0);
      }
    }
  }
}

}  // namespace flywheel::test
