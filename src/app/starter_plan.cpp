#include "app/starter_plan.hpp"

namespace flywheel {

std::string_view starter_plan() {
  return R"plan(# A first plan. Everything that is not written here has a default with a source:
# `flywheel validate starter.toml --full` prints all of it, `flywheel parameters` explains it.
#
# A number may be certain (0.012, "1.2%", "$4", "14 days") or a range: { low = .., high = .. } holds
# nine times in ten. Uncertain numbers are what the run draws anew for each future.

[campaign]
name = "spring sale"
currency = "USD"
start = 2027-03-01
flight_days = 60            # days with ads; revenue counts 180 days from a first order
target_roas = 3             # the headline says how likely this is

[segment.everybody]
size = 500_000              # people the ads can reach

[channel.search]            # the names search, shopping, social, display and video bring
budget = "$12,000"          # benchmark prices and rates with them

[channel.social]
budget = "$18,000"
pacing = "front_loaded"     # even, front_loaded, bursts, pulsing; or a media plan as CSV
click_rate = { low = "0.7%", high = "1.5%" }    # what you know better than the benchmark

# Retargeting, customer_ads, a subscription, loyalty and referral: each is off unless it has a
# section here.
[retargeting]
budget = "$3,000"           # "unlimited": as many ads as those who left take

[flow.thank_you]            # messages: these names bring their defaults, too
[flow.cart]
[flow.win_back]

[basket]
order_value = { low = 60, high = 85 }           # mean order, as far as you know it

[money]
gross_margin = { low = "50%", high = "60%" }

[day_zero]
customers = 2_000           # who already buys from you

# How published medians go together over five verticals (Triple Whale): dear ads are clicked more,
# and shops with dear goods sell to fewer of those who click.
[[correlation]]
first = "channel.social.price"
second = "channel.social.click_rate"
spearman = 0.6

[[correlation]]
first = "channel.social.conversion_rate"
second = "basket.order_value"
spearman = -0.6
)plan";
}

}  // namespace flywheel
