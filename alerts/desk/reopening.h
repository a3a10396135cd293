// An outcome (eindresultaat) taken back: within a short time, by whoever recorded it. The case is
// as it was before; each partner, who heard at once, hears that what it heard holds no more.
//
// Errors: of the store. Thread: the desk's; MayReopen() is pure.
#pragma once

#include <chrono>
#include <string>

#include "alerts/desk/context.h"

namespace vroegsein {

// Long enough to see a slip, short enough that no partner has acted on it.
inline constexpr std::chrono::minutes kOutcomeUndoTime{15};

// Not when a new case was opened since: a household has at most one that is open.
bool MayReopen(const std::string& worker, Instant now, const HouseholdRecord& household,
               const CaseRecord& case_record);

// REQUIRES: MayReopen().
Status ReopenCase(const StepContext& context, HouseholdRecord* household, CaseRecord* case_record);

}  // namespace vroegsein
