#include "store/household/identity/text_distance.h"

#include <algorithm>
#include <array>

namespace vroegsein::identity {
namespace {

constexpr size_t kPrefixMax = 4;       // Winkler's
constexpr double kPrefixWeight = 0.1;  // Winkler's
constexpr double kBoostFrom = 0.7;     // below it, a shared beginning says nothing

using Flags = std::array<bool, kComparedBytesMax>;

// The letters of `a` that stand near the same place in `b`; marks both sides.
size_t MarkMatches(std::string_view a, std::string_view b, Flags* in_a, Flags* in_b) {
  size_t longest = std::max(a.size(), b.size());
  size_t reach = longest < 4 ? 0 : longest / 2 - 1;
  size_t matches = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    size_t from = i > reach ? i - reach : 0;
    size_t to = std::min(b.size(), i + reach + 1);
    for (size_t j = from; j < to; ++j) {
      if ((*in_b)[j] || a[i] != b[j]) continue;
      (*in_a)[i] = (*in_b)[j] = true;
      ++matches;
      break;
    }
  }
  return matches;
}

size_t OutOfOrder(std::string_view a, std::string_view b, const Flags& in_a, const Flags& in_b) {
  size_t count = 0, j = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!in_a[i]) continue;
    while (!in_b[j]) ++j;
    if (a[i] != b[j]) ++count;
    ++j;
  }
  return count;
}

}  // namespace

double JaroWinkler(std::string_view a, std::string_view b) {
  a = a.substr(0, kComparedBytesMax);
  b = b.substr(0, kComparedBytesMax);
  if (a.empty() || b.empty()) return 0;
  if (a == b) return 1;
  Flags in_a{}, in_b{};
  auto matches = static_cast<double>(MarkMatches(a, b, &in_a, &in_b));
  if (matches == 0) return 0;
  double swaps = static_cast<double>(OutOfOrder(a, b, in_a, in_b)) / 2;
  double jaro = (matches / static_cast<double>(a.size()) + matches / static_cast<double>(b.size()) +
                 (matches - swaps) / matches) /
                3;
  if (jaro < kBoostFrom) return jaro;
  size_t shared = 0, bound = std::min({a.size(), b.size(), kPrefixMax});
  while (shared < bound && a[shared] == b[shared]) ++shared;
  return jaro + static_cast<double>(shared) * kPrefixWeight * (1 - jaro);
}

size_t Edits(std::string_view a, std::string_view b, size_t limit) {
  a = a.substr(0, kComparedBytesMax);
  b = b.substr(0, kComparedBytesMax);
  size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > limit) return limit + 1;
  std::array<std::array<size_t, kComparedBytesMax + 1>, 3> rows{};
  for (size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& above_that = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], above_that[j - 2] + 1);
    }
  }
  return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

}  // namespace vroegsein::identity
