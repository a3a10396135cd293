#include "store/household/identity/explanation.h"

#include <cmath>

namespace vroegsein::identity {
namespace {

void AddTurn(const Judge& judge, const Resident& a, const Resident& b, const Agreement& found,
             size_t field, Explanation* explanation) {
  auto names = LevelNames(static_cast<Field>(field));
  double nearest = INFINITY;
  Turn turn;
  for (size_t level = 1; level <= names.size(); ++level) {
    Agreement otherwise = found;
    otherwise[field] = static_cast<uint8_t>(level);
    double bits = judge.Weigh(a, b, otherwise).bits;
    bool turns = (bits >= 0) != (explanation->verdict.bits >= 0);
    if (!turns || std::abs(bits) >= nearest) continue;
    nearest = std::abs(bits);
    turn = {FieldName(static_cast<Field>(field)), names[found[field] - 1u], names[level - 1]};
  }
  if (std::isfinite(nearest)) explanation->turns.push_back(turn);
}

}  // namespace

Explanation Explain(const Judge& judge, const Resident& a, const Resident& b) {
  Agreement found = Compare(a, b);
  Explanation explanation;
  explanation.verdict = judge.Weigh(a, b, found);
  for (size_t f = 0; f < kFieldCount; ++f) {
    auto field = static_cast<Field>(f);
    if (found[f] == level::kNone) continue;
    explanation.fields.push_back(
        {FieldName(field), LevelNames(field)[found[f] - 1u], judge.ShareOf(field, a, b, found)});
    AddTurn(judge, a, b, found, f, &explanation);
  }
  return explanation;
}

}  // namespace vroegsein::identity
