// CaseFact: what a report counts of a case, without anything about a person. The same for a case that is
// there and for one that was erased, so that a figure of last year stays what it was.
//
// Pure functions; thread safe.
#pragma once

#include <vector>

#include "store/record.pb.h"

namespace vroegsein {

// The cases of a household, and one fact without a case for the signals that were never taken up.
std::vector<CaseFact> FactsOfHousehold(const HouseholdRecord& household);
CaseFact FactOfCase(const HouseholdRecord& household, const CaseRecord& case_record);
SignalFact FactOfSignal(const SignalRecord& record);

// Prevented, per threat: a signal of the case carried it, the outcome is one in which the arrears are
// solved or help was accepted, and it did not come true (domain.md).
std::vector<ThreatFact> ThreatsOf(const HouseholdRecord& household, const CaseRecord& case_record);

bool IsPrevented(ThreatResult result);
// At least one of its threats was prevented, and none came true.
bool IsPrevented(const CaseFact& fact);

}  // namespace vroegsein
