#include "alerts/desk/last_action.h"

#include <algorithm>

#include "alerts/desk/case_file.h"

namespace vroegsein {
namespace {

std::string NameOf(const SignalRecord& record) {
  return record.signal().partner() + "\n" + record.signal().id();
}

}  // namespace

ActionKind ActionOf(TaskAction action) {
  switch (action) {
    case TASK_CLAIM: return ACTION_CLAIM;
    case TASK_RELEASE:
    case TASK_RETURN: return ACTION_RELEASE;
    case TASK_ASSIGN: return ACTION_ASSIGN;
    case TASK_LEAD: return ACTION_LEAD;
    default: return ACTION_NONE;
  }
}

LastAction Remember(ActionKind kind, const std::string& worker, const HouseholdRecord& household,
                    const CaseRecord& case_record) {
  LastAction memory;
  memory.set_kind(kind);
  memory.set_worker(worker);
  memory.set_task(case_record.task());
  memory.set_assignee(case_record.assignee());
  memory.set_lead(case_record.lead());
  memory.set_next_step(case_record.next_step());
  if (case_record.has_next_day()) memory.set_next_day(case_record.next_day());
  if (kind != ACTION_CONTACT) return memory;
  for (const SignalRecord* record : SignalsOf(household, case_record.number())) {
    if (record->status() == SIGNAL_OPEN) memory.add_opened(NameOf(*record));
  }
  return memory;
}

void KeepNextStep(const std::string& step, bool dated, int32_t day, CaseRecord* case_record) {
  case_record->set_next_step(step);
  case_record->clear_next_day();
  if (dated) case_record->set_next_day(day);
}

bool UndoLastAction(const std::string& worker, HouseholdRecord* household,
                    CaseRecord* case_record) {
  if (!case_record->has_last_action()) return false;
  LastAction memory = case_record->last_action();
  if (memory.kind() == ACTION_NONE || memory.worker() != worker) return false;
  if (memory.kind() == ACTION_NOTE) {
    case_record->mutable_notes()->RemoveLast();
  } else {
    case_record->set_task(memory.task());
    case_record->set_assignee(memory.assignee());
    case_record->set_lead(memory.lead());
    KeepNextStep(memory.next_step(), memory.has_next_day(), memory.next_day(), case_record);
  }
  if (memory.kind() == ACTION_CONTACT) {
    case_record->mutable_attempts()->RemoveLast();
    for (SignalRecord* record : SignalsOf(household, case_record->number())) {
      const auto& opened = memory.opened();
      bool was_open = std::find(opened.begin(), opened.end(), NameOf(*record)) != opened.end();
      if (was_open && record->status() == SIGNAL_TAKEN_UP) record->set_status(SIGNAL_OPEN);
    }
  }
  case_record->clear_last_action();
  return true;
}

}  // namespace vroegsein
