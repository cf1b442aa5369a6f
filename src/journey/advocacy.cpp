#include "journey/advocacy.hpp"

#include <algorithm>

#include "random/poisson.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

double review_chance(const AdvocacyTraits& advocacy, Answer answer) {
  switch (answer) {
    case Answer::promoter:
      return advocacy.review_promoter;
    case Answer::passive:
      return advocacy.review_passive;
    case Answer::detractor:
      return advocacy.review_detractor;
  }
  return 0.0;
}

constexpr std::uint64_t friends_after = 16;  ///< ordinals of the count; delays follow

}  // namespace

Opinion form_opinion(const AdvocacyTraits& advocacy, double satisfaction, Experience experience,
                     const OrderLuck& luck) {
  Stream draws{luck.key, Purpose::experience, luck.person.value,
               (std::uint64_t{1} << 40U) + luck.number};
  const double level = advocacy.trait_loading * satisfaction +
                       advocacy.noise_loading * draws.normal() -
                       (experience.bad ? advocacy.bad_effect : 0.0);
  Opinion opinion;
  if (level > advocacy.promoter_above) opinion.answer = Answer::promoter;
  if (level < advocacy.detractor_below) opinion.answer = Answer::detractor;
  opinion.writes_review = draws.bernoulli(review_chance(advocacy, opinion.answer));
  return opinion;
}

int draw_friends(const ReferralTraits& referral, PersonId person, Key key) {
  Stream draws{key, Purpose::referral, person.value};
  const bool shares = draws.bernoulli(referral.share_rate);
  if (!shares) return 0;
  if (referral.fixed_count) return static_cast<int>(referral.clicks_per_share + 0.5);
  return static_cast<int>(
      std::min<std::uint64_t>(draw_poisson(draws, referral.clicks_per_share), 1000));
}

Days draw_invitation_delay(const ReferralTraits& referral, PersonId person, Key key, int ordinal) {
  Stream draws{key, Purpose::referral, person.value,
               friends_after + static_cast<std::uint64_t>(ordinal)};
  return referral.delay_days * draws.exponential();
}

}  // namespace flywheel
