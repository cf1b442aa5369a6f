#include "app/run_chain.hpp"

namespace flywheel {

RunChain::RunChain(const ChainSetting& setting, const ChainParts& parts,
                   const std::function<double()>& seconds)
    : preview_{setting.preview, parts.plan, parts.run, parts.table, seconds},
      keeper_{{parts.folder.work(), parts.run, parts.folder.shape()},
              setting.keep,
              {.seconds = seconds, .kept = [this] { preview_.update(); }},
              parts.table},
      counter_{keeper_} {
  if (!setting.precision) return;
  precision_.emplace(PrecisionGoal{.half_width = *setting.precision}, parts.run.target_roas,
                     counter_);
}

OutcomeSink& RunChain::first() {
  if (precision_) return *precision_;
  return counter_;
}

std::optional<Look> RunChain::last_look() const {
  return precision_ ? precision_->last_look() : std::nullopt;
}

}  // namespace flywheel
