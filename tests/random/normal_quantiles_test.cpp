#include "random/normal_quantiles.hpp"

#include <vector>

#include "random/normal_quantile.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/kernels.hpp"

namespace flywheel::test {

TEST_CASE("every kernel gives the normal quantiles that are worked out one by one",
          "[random][variates]") {
  std::vector<double> all = {0x1p-54,   1e-12,         1.3e-11,       1.39e-11,     1.41e-11,
                             0.0749999, 0.075,         0.5,           0x1.fffp-2,   0.925,
                             0.925001,  1.0 - 1.3e-11, 1.0 - 1.5e-11, 1.0 - 0x1p-53};
  Stream draws{Key{7U, 11U}, Purpose::visit, 1};
  for (int k = 0; k < 1003; ++k) all.push_back(draws.open_uniform());
  for (const InstructionSet set : kernels()) {
    INFO("kernel " << static_cast<int>(set));
    std::vector<double> quantiles(all.size());
    fill_normal_quantiles(all, quantiles, set);
    for (std::size_t k = 0; k < all.size(); ++k) {
      INFO("at " << all[k]);
      CHECK(quantiles[k] == normal_quantile(all[k]));
    }
  }
}

}  // namespace flywheel::test
