#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "random/key.hpp"
#include "random/stream.hpp"

namespace flywheel::test {

/// The random numbers of one repeated study of a test; the seed tells tests apart.
[[nodiscard]] inline Stream study_stream(std::uint64_t seed, std::uint64_t study) {
  return Stream{make_key(seed, Level::parameters, study), Purpose::trait, 0};
}

template <typename Draw>
[[nodiscard]] std::vector<double> sample_of(std::size_t count, Draw draw) {
  std::vector<double> values(count);
  for (double& value : values) value = draw();
  return values;
}

}  // namespace flywheel::test
