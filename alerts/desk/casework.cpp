#include "alerts/desk/casework.h"

#include "alerts/desk/case_file.h"
#include "alerts/desk/task_index.h"
#include "alerts/routing/routing.h"
#include "store/decision_history.h"
#include "store/texts.h"

namespace vroegsein {
namespace {

CaseRecord* OpenNewCase(const StepContext& context, HouseholdRecord* household) {
  household->set_cases_given(household->cases_given() + 1);
  CaseRecord* opened = household->add_cases();
  opened->set_number(household->cases_given());
  opened->set_opened_ms(MillisOf(context.now));
  return opened;
}

// Nobody has begun on it: when it was opened last, its number can be given out again, as if it had
// never been.
Status DropCase(const StepContext& context, HouseholdRecord* household, CaseRecord* case_record) {
  VROEGSEIN_CHECK(!WorkHasBegun(*case_record));
  VROEGSEIN_RETURN_IF_ERROR(RemoveTask(context, IdOf(*household, *case_record),
                                       TaskKey(*household, *case_record), household));
  uint32_t number = case_record->number();
  auto* cases = household->mutable_cases();
  for (int i = cases->size() - 1; i >= 0; --i) {
    if (cases->Get(i).number() == number) cases->DeleteSubrange(i, 1);
  }
  if (number == household->cases_given()) household->set_cases_given(number - 1);
  return Status::Ok();
}

bool SameFacts(const CaseFacts& a, const CaseFacts& b) {
  return a.SerializeAsString() == b.SerializeAsString();
}

// A team keeps what it has, unless the case has become urgent or asks another specialism, and
// nobody has begun.
bool NeedsRoute(const CaseRecord& case_record) {
  int before = case_record.decisions_size() - 2;
  if (before < 0) return true;
  const CaseDecision &last = case_record.decisions(before), &decision = DecisionOf(case_record);
  bool changed = decision.facts().crisis() != last.facts().crisis() ||
                 decision.specialism() != last.specialism();
  return changed && !WorkHasBegun(case_record);
}

Status RouteTo(const StepContext& context, const HouseholdRecord& household,
               const CaseDecision& decision, CaseRecord* case_record) {
  auto loads = context.state->Counters(context.code());
  if (!loads.ok()) return loads.status();
  RoutingNeed need{household.address().postcode(), decision.specialism(),
                   decision.facts().crisis()};
  TeamRoute route = RouteCase(context.settings(), **loads, need);
  case_record->set_zone(route.zone);
  case_record->set_team(route.team);
  auto reason = context.state->NumberOfText(context.code(), route.reason);
  if (!reason.ok()) return reason.status();
  case_record->set_routing_text(*reason);
  return Status::Ok();
}

Status Decide(const StepContext& context, const CaseFacts& facts, HouseholdRecord* household,
              CaseRecord* open) {
  CaseDecision* decision = open->add_decisions();
  context.policy->DecideCase(facts, decision);
  *decision->mutable_facts() = facts;
  decision->set_decided_ms(MillisOf(context.now));
  VROEGSEIN_RETURN_IF_ERROR(
      Renumber(context.state, context.code(), context.policy->texts(), decision));
  open->set_deadline_day(DaysOf(DeadlineOf(*household, *open, *decision)));
  if (NeedsRoute(*open)) {
    VROEGSEIN_RETURN_IF_ERROR(RouteTo(context, *household, *decision, open));
  }
  PackEarlier(open);
  return Status::Ok();
}

}  // namespace

void JoinCase(const StepContext& context, HouseholdRecord* household, SignalRecord* record) {
  CaseRecord* open = OpenCase(household);
  if (open == nullptr) open = OpenNewCase(context, household);
  record->set_case_number(open->number());
  record->set_status(open->attempts_size() > 0 ? SIGNAL_TAKEN_UP : SIGNAL_OPEN);
}

void LeaveCase(SignalRecord* record) { record->set_case_number(0); }

Status Reconsider(const StepContext& context, HouseholdRecord* household) {
  context.state->Changed(*household);
  CaseRecord* open = OpenCase(household);
  if (open == nullptr) return Status::Ok();
  if (!HasSignals(*household, open->number())) {
    return DropCase(context, household, open);
  }
  CaseFacts facts = FactsOf(*household, *open);
  bool decided = open->decisions_size() > 0;
  if (decided && SameFacts(facts, DecisionOf(*open).facts())) return Status::Ok();
  auto before = TaskKey(*household, *open);
  VROEGSEIN_RETURN_IF_ERROR(Decide(context, facts, household, open));
  return MoveTask(context, before, *household, *open);
}

Status Reroute(const StepContext& context, HouseholdRecord* household) {
  CaseRecord* open = OpenCase(household);
  VROEGSEIN_CHECK(open != nullptr);
  auto before = TaskKey(*household, *open);
  VROEGSEIN_RETURN_IF_ERROR(RouteTo(context, *household, DecisionOf(*open), open));
  return TaskChangedIn(context, before, household, *open);
}

Status RerouteToAddress(const StepContext& context, HouseholdRecord* household) {
  CaseRecord* open = OpenCase(household);
  VROEGSEIN_CHECK(open != nullptr);
  auto before = TaskKey(*household, *open);
  std::string team = open->team();
  VROEGSEIN_RETURN_IF_ERROR(RouteTo(context, *household, DecisionOf(*open), open));
  if (open->team() != team && open->task() == TASK_CLAIMED) {
    open->set_task(TASK_OPEN);
    open->clear_assignee();
  }
  if (open->team() != team) open->clear_last_action();
  return TaskChangedIn(context, before, household, *open);
}

Status TaskChangedIn(const StepContext& context, const std::optional<std::string>& before,
                     HouseholdRecord* household, const CaseRecord& case_record) {
  context.state->Changed(*household);
  return MoveTask(context, before, *household, case_record);
}

}  // namespace vroegsein
