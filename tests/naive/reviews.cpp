// Feedback, reputation and organic growth: docs/model.md 8.3 to 8.5.
#include <algorithm>
#include <cmath>

#include "naive/loops.hpp"

namespace flywheel::test {

namespace {

/// What is left after `amount` of something that halves with each `half`.
double left_of(double amount, double half) { return std::exp2(-amount / half); }

/// Share of the reviews' lift that this many reviews bring.
double share_of_lift(const ReputationTraits& traits, double reviews) {
  return 1.0 - left_of(reviews, traits.products * traits.half_reviews);
}

double stars_above_first(const ReputationTraits& traits, const NaiveReviews& written) {
  return rating_of(traits, written) - rating_of(traits, {});
}

double audience_of(const Scenario& scenario) {
  double shoppers = 0.0;
  for (const SegmentTraits& segment : scenario.segments) {
    shoppers += static_cast<double>(segment.size);
  }
  return shoppers;
}

}  // namespace

NaiveReviews reviews_before(const NaiveTally& tally, double time) {
  NaiveReviews written;
  for (const NaiveReview& review : tally.written) {
    if (review.time >= time) continue;
    written.count += 1.0;
    written.stars += review.stars;
  }
  return written;
}

double contacts_before(const NaiveTally& tally, double time) {
  return static_cast<double>(std::count_if(tally.contact_times.begin(), tally.contact_times.end(),
                                           [=](double contact) { return contact < time; }));
}

NaiveMending mend(const FeedbackTraits& traits, double reviews_and_contacts) {
  const double left = left_of(reviews_and_contacts, traits.half_volume);
  return {.bad = traits.least_bad + (1.0 - traits.least_bad) * left,
          .return_odds = traits.least_returns + (1.0 - traits.least_returns) * left};
}

double rating_of(const ReputationTraits& traits, const NaiveReviews& written) {
  const double opinions = traits.prior_reviews + traits.first_reviews + written.count;
  if (opinions == 0.0) return traits.first_rating;
  return (traits.prior_reviews * traits.prior_rating + traits.first_reviews * traits.first_rating +
          written.stars) /
         opinions;
}

double reputation_lift(const ReputationTraits& traits, const NaiveReviews& written) {
  const double more = share_of_lift(traits, traits.first_reviews + written.count) -
                      share_of_lift(traits, traits.first_reviews);
  return traits.log_lift * more + traits.rating_effect * stars_above_first(traits, written);
}

double mean_spoken_visits(const Scenario& scenario, const NaiveConditions& conditions) {
  double visits = 0.0;
  for (std::size_t g = 0; g < scenario.segments.size(); ++g) {
    visits += conditions.spoken_visits[g] * static_cast<double>(scenario.segments[g].size);
  }
  return visits / audience_of(scenario);
}

void grow_organic(NaiveConditions& conditions, const Scenario& scenario, const NaiveTally& tally,
                  double time) {
  const OrganicGrowthTraits& growth = scenario.momentum.organic_growth;
  const ReputationTraits& reputation = scenario.momentum.reputation;
  const NaiveReviews written = reviews_before(tally, time);
  conditions.organic_factor = 1.0;
  if (reputation.enabled) {
    conditions.organic_factor =
        std::exp(reputation.organic_effect * stars_above_first(reputation, written));
  }
  if (scenario.momentum.marketplace.enabled) {
    conditions.organic_factor *=
        marketplace_visits(scenario.momentum.marketplace, conditions.marketplace);
  }
  if (growth.enabled) {
    conditions.organic_factor *=
        1.0 + growth.seo_gain * (1.0 - left_of(written.count, growth.seo_reviews));
    double read = 0.0;
    for (int age = 1; age <= time; ++age) {
      read += growth.content_per_day * std::pow(growth.content_kept, age);
    }
    conditions.content_visits = growth.content_visits * read;
    std::vector<double> won(scenario.segments.size(), 0.0);
    for (const NaiveWin& win : tally.wins) {
      if (win.time < time) won[static_cast<std::size_t>(win.segment)] += 1.0;
    }
    for (std::size_t g = 0; g < won.size(); ++g) {
      conditions.spoken_visits[g] =
          growth.word_of_mouth * won[g] / static_cast<double>(scenario.segments[g].size);
    }
  }
  const double planned = scenario.organic.visits_per_shopper_day;
  if (planned == 0.0) return;
  const double level = planned * conditions.organic_factor + conditions.content_visits +
                       mean_spoken_visits(scenario, conditions);
  conditions.brand_factor = std::min(1.0, planned / level);
}

}  // namespace flywheel::test
