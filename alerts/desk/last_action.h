// The last action on a case, and how to undo it: one level deep, by whoever did it. How an
// outcome is taken back, which partners have heard of, is in reopening.h.
//
// Pure functions over records; thread: the desk's.
#pragma once

#include <string>

#include "store/event.pb.h"
#include "store/record.pb.h"

namespace vroegsein {

ActionKind ActionOf(TaskAction action);

// How things stand before somebody does something.
LastAction Remember(ActionKind kind, const std::string& worker, const HouseholdRecord& household,
                    const CaseRecord& case_record);

void KeepNextStep(const std::string& step, bool dated, int32_t day, CaseRecord* case_record);

// False, with nothing changed, when the last action is not this worker's to undo.
bool UndoLastAction(const std::string& worker, HouseholdRecord* household, CaseRecord* case_record);

}  // namespace vroegsein
