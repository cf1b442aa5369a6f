#include "app/cap_warnings.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "plan/node.hpp"
#include "plan/parameter.hpp"
#include "scenario/expected_clicks.hpp"

namespace flywheel {

namespace {

std::string sentence_of(const Plan& plan, double paid_share) {
  const double left = 100.0 * (1.0 - paid_share);
  return fmt::format(
      "in a rotation of {} days serves {:.0f} % of what the budget buys; {:.0f} % of the budget is "
      "expected to be left: raise the cap or size in [segment.NAME], or lower the budget",
      plan.campaign.rotation_days, 100.0 * paid_share, left);
}

}  // namespace

Faults warn_about_caps(const Plan& plan, const GivenValues& given) {
  constexpr double much = 0.05;
  const auto capped = [](const ChannelPlan& channel) { return channel.frequency_cap > 0; };
  if (std::none_of(plan.channels.begin(), plan.channels.end(), capped)) return {};
  const std::vector<MediaVolume> volumes = expect_media(plan);
  Faults warnings;
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    const ChannelPlan& channel = plan.channels[i];
    if (!capped(channel) || volumes[i].paid_share >= 1.0 - much) continue;
    const std::string key = full_key(section_named("channel"), channel.name, "frequency_cap");
    const auto written = given.find(key);
    warnings.push_back({.place = written == given.end() ? Place{} : written->second.place,
                        .key = key,
                        .value = written == given.end() ? std::string{} : written->second.text,
                        .message = sentence_of(plan, volumes[i].paid_share),
                        .kind = FaultKind::warning});
  }
  return warnings;
}

}  // namespace flywheel
