#include "store/household/identity/text_distance.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace vroegsein::identity {
namespace {

constexpr size_t kPrefixMax = 4;       // Winkler's
constexpr double kPrefixWeight = 0.1;  // Winkler's
constexpr double kBoostFrom = 0.7;     // below it, a shared beginning says nothing

// A bit per letter.
static_assert(kComparedBytesMax <= 64);
constexpr uint64_t Bit(size_t place) { return uint64_t{1} << place; }

// The letters of `a` that stand near the same place in `b`; marks both sides.
size_t MarkMatches(std::string_view a, std::string_view b, uint64_t* in_a, uint64_t* in_b) {
  size_t longest = std::max(a.size(), b.size());
  size_t reach = longest < 4 ? 0 : longest / 2 - 1;
  size_t matches = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    size_t from = i > reach ? i - reach : 0;
    size_t to = std::min(b.size(), i + reach + 1);
    for (size_t j = from; j < to; ++j) {
      if (a[i] != b[j] || (*in_b & Bit(j)) != 0) continue;
      *in_a |= Bit(i);
      *in_b |= Bit(j);
      ++matches;
      break;
    }
  }
  return matches;
}

size_t OutOfOrder(std::string_view a, std::string_view b, uint64_t in_a, uint64_t in_b) {
  size_t count = 0;
  for (; in_a != 0; in_a &= in_a - 1, in_b &= in_b - 1) {
    if (a[size_t(std::countr_zero(in_a))] != b[size_t(std::countr_zero(in_b))]) ++count;
  }
  return count;
}

// What both begin and end with makes no difference to the number of edits.
void CutWhatIsShared(std::string_view* a, std::string_view* b) {
  while (!a->empty() && !b->empty() && a->front() == b->front()) {
    a->remove_prefix(1);
    b->remove_prefix(1);
  }
  while (!a->empty() && !b->empty() && a->back() == b->back()) {
    a->remove_suffix(1);
    b->remove_suffix(1);
  }
}

}  // namespace

double JaroWinkler(std::string_view a, std::string_view b) {
  a = a.substr(0, kComparedBytesMax);
  b = b.substr(0, kComparedBytesMax);
  if (a.empty() || b.empty()) return 0;
  if (a == b) return 1;
  uint64_t in_a = 0, in_b = 0;
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
  CutWhatIsShared(&a, &b);
  if (a.empty() || b.empty()) return gap;
  if (limit == 1) {  // all that is asked of most words
    bool replaced = a.size() == 1 && b.size() == 1;
    bool swapped = a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
    return replaced || swapped ? 1 : 2;
  }
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
