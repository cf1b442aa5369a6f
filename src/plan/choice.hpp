#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "plan/plan.hpp"

namespace flywheel {

/// The words of a plan for each value of an enumeration, in the order of its enumerators.
template <typename Choice>
inline constexpr std::array<std::string_view, 0> choice_words{};

template <>
inline constexpr std::array<std::string_view, 2> choice_words<Pricing>{"cpm", "cpc"};
template <>
inline constexpr std::array<std::string_view, 6> choice_words<ChannelKind>{
    "search", "shopping", "social", "display", "video", "custom"};
template <>
inline constexpr std::array<std::string_view, 4> choice_words<TraitFamily>{"constant", "gamma",
                                                                           "beta", "lognormal"};
template <>
inline constexpr std::array<std::string_view, 2> choice_words<FunnelModel>{"steps", "propensity"};
template <>
inline constexpr std::array<std::string_view, 2> choice_words<BasketModel>{"gamma_gamma",
                                                                           "lognormal"};
template <>
inline constexpr std::array<std::string_view, 3> choice_words<RepeatModel>{"pareto_nbd", "bg_nbd",
                                                                           "none"};
template <>
inline constexpr std::array<std::string_view, 3> choice_words<AttributionRule>{
    "last_touch", "last_click", "first_click"};
template <>
inline constexpr std::array<std::string_view, 2> choice_words<InvitationLaw>{"poisson", "fixed"};
template <>
inline constexpr std::array<std::string_view, 4> choice_words<Pacing>{"even", "front_loaded",
                                                                      "bursts", "pulsing"};
template <>
inline constexpr std::array<std::string_view, 2> choice_words<MessageMedium>{"email", "sms"};
template <>
inline constexpr std::array<std::string_view, 6> choice_words<FlowTrigger>{
    "order", "delivery", "cart_abandoned", "browse_abandoned", "lapse", "calendar"};

/// The word of one value.
template <typename Choice>
[[nodiscard]] constexpr std::string_view word_of(Choice choice) {
  return choice_words<Choice>.at(static_cast<std::size_t>(choice));
}

/// The depths at which a visitor enters the retargeting pool, shallowest first.
inline constexpr std::array<std::string_view, 4> pool_words{"click", "engaged", "cart", "checkout"};

}  // namespace flywheel
