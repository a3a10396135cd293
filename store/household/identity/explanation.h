// Explanation: what made two residents one person or not, field by field. Pure; thread safe.
#pragma once

#include <string_view>
#include <vector>

#include "store/household/identity/weights.h"

namespace vroegsein::identity {

struct FieldReason {
  std::string_view field;
  std::string_view level;
  Judge::Share share;
};

// One field that, had it agreed otherwise, would have turned the outcome around.
struct Turn {
  std::string_view field;
  std::string_view is;
  std::string_view would_be;
};

struct Explanation {
  Verdict verdict;
  std::vector<FieldReason> fields;  // those that could be compared
  std::vector<Turn> turns;          // at most one per field: the smallest change that suffices
};

Explanation Explain(const Judge& judge, const Resident& a, const Resident& b);

}  // namespace vroegsein::identity
