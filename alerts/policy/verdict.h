// What two versions of a policy make of the same facts: the same, or not?
//
// The verdict is what somebody notices: crisis, admission and its reason; priority, score, contact
// ladder, specialism, terms, and the Dutch reasons. Names of tables and numbers of rules are not
// part of it. Both sides spelled out (store/texts.h). Pure functions; thread safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/record.pb.h"

namespace vroegsein {

bool SameVerdict(const SignalDecision& a, const SignalDecision& b);
bool SameVerdict(const CaseDecision& a, const CaseDecision& b);

// The Dutch sentences of the rules that fired, in order. Views into the decision.
std::vector<std::string_view> ReasonsOf(const CaseDecision& decision);

}  // namespace vroegsein
