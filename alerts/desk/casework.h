// Casework: puts a signal into the household's case or takes it out, and then lets everything
// follow that follows from the case's signals: facts, decision, deadline, team, task.
//
// Errors: of the store. Thread: the desk's.
#pragma once

#include <optional>
#include <string>

#include "alerts/desk/context.h"

namespace vroegsein {

// The open case of the household, or a new one, gets this signal.
void JoinCase(const StepContext& context, HouseholdRecord* household, SignalRecord* record);

// The signal leaves its case, which is still open and untouched.
void LeaveCase(SignalRecord* record);

// Decides and routes the open case again when its facts have changed, and drops it when no signal
// is left in it. Does nothing when no case is open.
Status Reconsider(const StepContext& context, HouseholdRecord* household);

// Asks again which team goes to the door of the open case. REQUIRES: it is open and decided.
Status Reroute(const StepContext& context, HouseholdRecord* household);

// The same because the household moved: what goes to another team is nobody's yet there. REQUIRES:
// it is open and decided.
Status RerouteToAddress(const StepContext& context, HouseholdRecord* household);

// The task's own fields (status, assignee) have changed: brings the index along.
Status TaskChangedIn(const StepContext& context, const std::optional<std::string>& before,
                     HouseholdRecord* household, const CaseRecord& case_record);

}  // namespace vroegsein
