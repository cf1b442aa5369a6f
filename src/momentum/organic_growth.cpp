#include "momentum/organic_growth.hpp"

#include <cstddef>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

/// Money of content that is still read, after so many whole days of buying it.
double read_content(const OrganicGrowthTraits& traits, double days) {
  const double kept = traits.content_kept;
  if (kept >= 1.0) return traits.content_per_day * days;
  const double left = days > 0.0 ? portable_pow(kept, days) : 1.0;
  return traits.content_per_day * kept * (1.0 - left) / (1.0 - kept);
}

}  // namespace

OrganicGrowth grow_organic(const OrganicGrowthTraits& traits, const Observed& observed,
                           double now) {
  if (!traits.enabled) return {};
  const double found = portable_exp(-ln_two * observed.reviews / traits.seo_reviews);
  OrganicGrowth growth{.factor = 1.0 + traits.seo_gain * (1.0 - found),
                       .content_visits = traits.content_visits * read_content(traits, now),
                       .word_of_mouth = {}};
  for (std::size_t segment = 0; segment < observed.customers.size(); ++segment) {
    growth.word_of_mouth.push_back(traits.word_of_mouth * observed.customers[segment] /
                                   observed.shoppers[segment]);
  }
  return growth;
}

}  // namespace flywheel
