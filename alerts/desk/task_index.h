// The index of open tasks by team and deadline, and each team's load: always what the cases say.
//
// A case has one open task exactly while it is open and decided. Every change of a task has a
// number, in the order of the municipality's log: in its summary, or, when it is taken away, in the
// household. Errors: of the store. Thread: the desk's.
#pragma once

#include <optional>
#include <string>

#include "alerts/desk/context.h"

namespace vroegsein {

// The key under which the case's task stands now; nullopt when it has no open task.
std::optional<std::string> TaskKey(const HouseholdRecord& household, const CaseRecord& case_record);

// Brings index and loads from where the task stood (`before`, what TaskKey() said) to where it
// stands.
Status MoveTask(const StepContext& context, const std::optional<std::string>& before,
                const HouseholdRecord& household, const CaseRecord& case_record);

// Takes the task of the case away, which stood at `before`: the household has one less. The caller
// marks it as changed.
Status RemoveTask(const StepContext& context, const CaseId& id,
                  const std::optional<std::string>& before, HouseholdRecord* household);

}  // namespace vroegsein
