#include "app/run_chain.hpp"

namespace flywheel {

namespace {

/// Of the outcomes that a preview is made from.
constexpr std::size_t preview_bytes = std::size_t{64} << 20U;

}  // namespace

RunChain::RunChain(const ChainSetting& setting, const ChainParts& parts,
                   const std::function<double()>& seconds)
    : outcomes_{parts.folder.shape(), preview_bytes},
      keeper_{{parts.folder.work(), parts.run, parts.folder.shape()},
              setting.keep,
              {.seconds = seconds, .kept = [this] { preview_.update(); }},
              outcomes_},
      counter_{parts.run.target_roas, keeper_},
      preview_{setting.preview, {parts.plan, counter_, outcomes_}, parts.run, seconds} {
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
