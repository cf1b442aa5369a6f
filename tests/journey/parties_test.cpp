#include "journey/parties.hpp"

#include <map>
#include <set>

#include "random/hash.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// Each shopper's candidates, as the lists tell them; every candidate must come once.
std::map<std::uint64_t, std::set<std::size_t>> lists_of(const Parties& parties,
                                                        std::span<const Candidate> candidates) {
  std::map<std::uint64_t, std::set<std::size_t>> lists;
  std::size_t told = 0;
  for (std::size_t head = 0; head < candidates.size(); ++head) {
    if (!parties.is_head(head)) continue;
    REQUIRE_FALSE(lists.contains(candidates[head].person.value));
    std::set<std::size_t>& list = lists[candidates[head].person.value];
    list.insert(head);
    for (std::uint32_t next = parties.next(head); next != Parties::none;
         next = parties.next(next)) {
      CHECK(!parties.is_head(next));
      CHECK(candidates[next].person == candidates[head].person);
      list.insert(next);
    }
    told += list.size();
  }
  CHECK(told == candidates.size());
  return lists;
}

}  // namespace

TEST_CASE("candidates of one shopper form one list, headed by the first", "[journey][parties]") {
  // Few names for many candidates, with high and low bits alike in some of them.
  std::vector<Candidate> candidates(5000);
  std::map<std::uint64_t, std::set<std::size_t>> expected;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    const std::uint64_t name = mix(k, 1) % 1900;
    candidates[k].person = {name % 2 == 0 ? name : name << 40U};
    expected[candidates[k].person.value].insert(k);
  }
  Parties parties;
  parties.link(std::span{candidates}.first(100));  // an earlier use leaves nothing behind
  parties.link(candidates);
  CHECK(lists_of(parties, candidates) == expected);
  for (const auto& [name, numbers] : expected) CHECK(parties.is_head(*numbers.begin()));
}

TEST_CASE("nobody makes no list", "[journey][parties]") {
  Parties parties;
  parties.link({});
  CHECK(lists_of(parties, {}).empty());
}

}  // namespace flywheel::test
