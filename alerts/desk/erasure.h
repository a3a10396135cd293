// Erasure: after its retention term nothing of a person is left in the store (domain.md, the law,
// 8).
//
// A closed case with its signals goes a number of months after it closed, longer when it became
// debt help; a signal that was never taken up goes the same time after it came in; a household goes
// with its last signal, and with them every index entry, feedback, old name and review. What stays
// are CaseFacts: counts without a person. Errors: of the store. Thread: the desk's.
#pragma once

#include "alerts/desk/context.h"

namespace vroegsein {

// Notes on which day something in this household falls due.
void ScheduleErasure(const StepContext& context, HouseholdRecord* household);

// Erases what has fallen due by today, a bounded number of households a call: the next tick goes
// on. True when anything was erased.
Result<bool> EraseWhatIsDue(const StepContext& context);

}  // namespace vroegsein
