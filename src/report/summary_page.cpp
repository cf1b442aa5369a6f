#include "report/summary_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "report/chain_section.hpp"
#include "report/channel_section.hpp"
#include "report/headline_section.hpp"
#include "report/histogram_section.hpp"
#include "report/kpi_section.hpp"
#include "report/money_section.hpp"
#include "report/sensitivity_section.hpp"
#include "report/turns_section.hpp"
#include "report/wheel_section.hpp"

namespace flywheel {

namespace {

/// Its first twelve digits and whether the sources were changed since: "0123456789ab-dirty".
std::string short_commit(const std::string& commit) {
  const std::string mark{"-dirty"};
  constexpr std::size_t digits = 12;
  if (!commit.ends_with(mark)) return commit.substr(0, digits);
  return commit.substr(0, std::min(digits, commit.size() - mark.size())) + mark;
}

}  // namespace

std::string summary_page(const RunSummary& run, const PageStyle& style) {
  const std::string origin =
      fmt::format("seed {}, plan {}, flywheel {} ({})", run.identity.seed,
                  run.identity.plan_sha256.substr(0, 12), run.identity.program_version,
                  escape_text(short_commit(run.identity.git_commit)));
  return headline_section(run, style) + money_section(run, style) + histogram_section(run, style) +
         kpi_section(run, style) + channel_section(run, style) + turns_section(run, style) +
         wheel_section(run, style) + chain_section(run, style) + sensitivity_section(run, style) +
         '\n' + wrapped(origin, style);
}

}  // namespace flywheel
