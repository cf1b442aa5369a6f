#pragma once

#include <array>
#include <string_view>

#include "plan/plan.hpp"

namespace flywheel {

/// What the shape numbers of a trait's family are called in a plan; empty where it has none.
struct TraitWords {
  TraitFamily family;
  std::string_view first;
  std::string_view second;
};

/// In the order of TraitFamily.
inline constexpr std::array trait_words{
    TraitWords{TraitFamily::constant, "", ""}, TraitWords{TraitFamily::gamma, "shape", ""},
    TraitWords{TraitFamily::beta, "alpha", "beta"}, TraitWords{TraitFamily::lognormal, "s", ""}};

[[nodiscard]] constexpr const TraitWords& words_of(TraitFamily family) {
  return trait_words.at(static_cast<std::size_t>(family));
}

}  // namespace flywheel
