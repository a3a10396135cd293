#include "alerts/desk/reopening.h"

#include <algorithm>

#include "alerts/desk/case_file.h"
#include "alerts/desk/casework.h"
#include "alerts/desk/erasure.h"
#include "alerts/desk/feedback.h"
#include "alerts/desk/task_index.h"
#include "alerts/routing/routing.h"

namespace vroegsein {

bool MayReopen(const std::string& worker, Instant now, const HouseholdRecord& household,
               const CaseRecord& case_record) {
  const LastAction& last = case_record.last_action();
  if (last.kind() != ACTION_OUTCOME || last.worker() != worker) return false;
  if (!case_record.has_closed_ms()) return false;
  if (now - InstantOf(case_record.closed_ms()) > kOutcomeUndoTime) return false;
  return std::all_of(household.cases().begin(), household.cases().end(),
                     [](const CaseRecord& one) { return one.has_closed_ms(); });
}

Status ReopenCase(const StepContext& context, HouseholdRecord* household, CaseRecord* case_record) {
  LastAction memory = case_record->last_action();
  case_record->set_task(memory.task());
  case_record->clear_closed_ms();
  case_record->clear_outcome();
  case_record->clear_outcome_day();
  case_record->clear_outcome_worker();
  case_record->clear_aftercare_day();
  case_record->clear_last_action();
  bool taken_up = case_record->attempts_size() > 0;
  for (SignalRecord* record : SignalsOf(household, case_record->number())) {
    record->set_status(taken_up ? SIGNAL_TAKEN_UP : SIGNAL_OPEN);
    VROEGSEIN_RETURN_IF_ERROR(CorrectPartner(context, record));
  }
  VROEGSEIN_RETURN_IF_ERROR(TaskChangedIn(context, std::nullopt, household, *case_record));
  // Its team may be gone since, and others may have come into the household.
  if (!TeamExists(context.settings(), case_record->team())) {
    VROEGSEIN_RETURN_IF_ERROR(Reroute(context, household));
  }
  if (context.policy != nullptr) VROEGSEIN_RETURN_IF_ERROR(Reconsider(context, household));
  ScheduleErasure(context, household);
  return Status::Ok();
}

}  // namespace vroegsein
