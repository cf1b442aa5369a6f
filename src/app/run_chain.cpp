#include "app/run_chain.hpp"

namespace flywheel {

RunChain::RunChain(const ChainSetting& setting, const Plan& plan, const RunDescription& run,
                   RunFolder& folder, OutcomeTable& table, const std::function<double()>& seconds)
    : preview_{setting.preview, plan, run, table, seconds},
      keeper_{folder.work(), run,     folder.shape(),
              setting.keep,  seconds, [this] { preview_.update(); },
              table},
      counter_{keeper_} {
  if (!setting.precision) return;
  precision_.emplace(PrecisionGoal{.half_width = *setting.precision}, run.target_roas, counter_);
}

OutcomeSink& RunChain::first() {
  if (precision_) return *precision_;
  return counter_;
}

std::optional<Look> RunChain::last_look() const {
  return precision_ ? precision_->last_look() : std::nullopt;
}

}  // namespace flywheel
