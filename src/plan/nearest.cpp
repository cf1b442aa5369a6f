#include "plan/nearest.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace flywheel {

namespace {

constexpr std::size_t longest_compared{64};  // names are no longer, and the work is quadratic

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before(right.size() + 1);
  std::vector<std::size_t> above(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      const bool swapped =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[right.size()];
}

std::string nearest_word(std::string_view unknown, std::span<const std::string> known) {
  const std::string_view compared = unknown.substr(0, longest_compared);
  std::string nearest;
  std::size_t smallest = std::numeric_limits<std::size_t>::max();
  for (const std::string& word : known) {
    const auto [shorter, longer] = std::minmax({compared.size(), word.size()});
    // A word with as many letters more or fewer cannot be nearer: most are not compared at all.
    if (longer - shorter >= smallest || 3 * (longer - shorter) > longer) continue;
    const std::size_t distance = edit_distance(compared, word);
    if (3 * distance > longer || distance >= smallest) continue;
    smallest = distance;
    nearest = word;
  }
  return nearest;
}

}  // namespace flywheel
