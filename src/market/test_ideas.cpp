#include "market/test_ideas.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "random/stream.hpp"

namespace flywheel {

namespace {

/// Normal over the root of a third of a chi-square with 3 degrees of freedom.
double draw_student_of_three(Stream& stream) {
  const double normal = stream.normal();
  double squares = 0.0;
  for (int k = 0; k < 3; ++k) {
    const double one = stream.normal();
    squares += one * one;
  }
  return normal / std::sqrt(squares / 3.0);
}

}  // namespace

std::vector<TestIdea> draw_ideas(const TestIdeaTraits& traits, Key market) {
  std::vector<TestIdea> ideas;
  for (int number = 0; number < traits.count; ++number) {
    Stream stream{market, Purpose::test_idea, static_cast<std::uint64_t>(number)};
    const bool at_checkout = stream.bernoulli(traits.checkout_share);
    ideas.push_back({traits.effect_scale * draw_student_of_three(stream), at_checkout});
  }
  return ideas;
}

std::vector<TestIdea> expected_ideas(const TestIdeaTraits& traits) {
  return std::vector<TestIdea>(static_cast<std::size_t>(traits.count));
}

}  // namespace flywheel
