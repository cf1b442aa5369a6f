#include "study/run_shape.hpp"

#include "simulation/run.hpp"

namespace flywheel {

OutcomeShape run_shape(const ScenarioSource& source) {
  const CampaignPlan& campaign = source.plan().campaign;
  return {.layout = outcome_layout(source),
          .parameters = source.uncertain_names().size(),
          .days = static_cast<std::size_t>(campaign.flight_days + campaign.conversion_days +
                                           campaign.cohort_days)};
}

}  // namespace flywheel
