// CaseFact: what a report counts of a case, without anything about a person. The same for a case
// that is there and for one that was erased, so that a figure of last year stays what it was.
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

// What may stay of a fact after erasure: of a signal's day of receipt only the month. A report over
// whole months says the same before and after; one that begins halfway a month misses its erased
// signals.
CaseFact KeptAfterErasure(CaseFact fact);

// Prevented, per threat: a signal of the case carried it, the outcome is one in which the arrears
// are solved or help was accepted, and it did not come true (domain.md).
//
// It came true when a signal that carried it ended in an eviction, cut-off or end of insurance, or
// when another signal of the same partner in the case ended in the one it threatened with: a
// partner that reports the eviction on next month's signal reports it all the same. It is confirmed
// when every partner that carried it reported paid, an arrangement or a withdrawal on one of those
// signals at least.
std::vector<ThreatFact> ThreatsOf(const HouseholdRecord& household, const CaseRecord& case_record);

bool IsPrevented(ThreatResult result);
// Several threats as one result: what came true counts above all, then what is not known yet, then
// the weakest proof. REQUIRES: at least one.
ThreatResult Together(const std::vector<ThreatResult>& results);
// At least one of its threats was prevented, and none came true.
bool IsPrevented(const CaseFact& fact);

}  // namespace vroegsein
