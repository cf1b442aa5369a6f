#include "report/channel_section.hpp"

#include "core/error_text.hpp"
#include "report/figure_text.hpp"

namespace flywheel {

std::string channel_section(const RunSummary& run, const PageStyle& style) {
  const BreakdownSummary* impressions = run.breakdown("impressions_by_channel");
  const BreakdownSummary* clicks = run.breakdown("clicks_by_channel");
  const BreakdownSummary* spend = run.breakdown("spend_by_channel");
  const BreakdownSummary* reach = run.breakdown("reach_by_channel");
  const BreakdownSummary* orders = run.breakdown("first_orders_by_channel");
  const BreakdownSummary* tracked = run.breakdown("tracked_orders_by_channel");
  if (impressions == nullptr || clicks == nullptr || spend == nullptr || reach == nullptr ||
      orders == nullptr || tracked == nullptr) {
    return {};
  }
  TextTable table{{{"by channel", Align::left},
                   {"spend"},
                   {"impressions"},
                   {"reach"},
                   {"clicks"},
                   {"orders"},
                   {"tracked"},
                   {"CAC"}}};
  for (std::size_t channel = 0; channel < spend->labels.size(); ++channel) {
    const auto count = [&](const BreakdownSummary& one) {
      return figure_text(one.means[channel], FigureKind::count);
    };
    table.add({escape_text(spend->labels[channel]), count(*spend), count(*impressions),
               count(*reach), count(*clicks), count(*orders), count(*tracked),
               figure_text(spend->means[channel] / orders->means[channel], FigureKind::money)});
  }
  return heading("Channels", style) + table.text(style) +
         wrapped(
             "Means over the futures. orders: first orders credited by the plan's rule; tracked: "
             "credited on the touches that platforms see. Tracked may exceed orders: where the "
             "last "
             "touches are not seen, the credit goes to an earlier one's channel.",
             style);
}

}  // namespace flywheel
