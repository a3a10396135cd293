#include "alerts/desk/task_index.h"

#include "alerts/desk/case_file.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

TeamLoad* LoadOf(CountersRecord* counters, const std::string& team) {
  for (TeamLoad& load : *counters->mutable_loads()) {
    if (load.team() == team) return &load;
  }
  TeamLoad* load = counters->add_loads();
  load->set_team(team);
  return load;
}

Status ChangeLoad(const StepContext& context, const std::string& team, int by) {
  auto counters = context.state->Counters(context.code());
  if (!counters.ok()) return counters.status();
  TeamLoad* load = LoadOf(*counters, team);
  VROEGSEIN_CHECK(by > 0 || load->open_tasks() > 0);
  load->set_open_tasks(load->open_tasks() + static_cast<uint32_t>(by));
  return Status::Ok();
}

Result<uint64_t> NextChange(const StepContext& context) {
  auto counters = context.state->Counters(context.code());
  if (!counters.ok()) return counters.status();
  (*counters)->set_task_changes((*counters)->task_changes() + 1);
  return (*counters)->task_changes();
}

Status Unlist(const StepContext& context, const std::optional<std::string>& before) {
  if (!before) return Status::Ok();
  context.state->Delete(*before);
  return ChangeLoad(context, keys::TeamOfTaskKey(*before), -1);
}

TaskSummary Summarise(const HouseholdRecord& household, const CaseRecord& case_record) {
  const CaseDecision& decision = DecisionOf(case_record);
  TaskSummary summary;
  summary.set_household(household.number());
  summary.set_case_number(case_record.number());
  summary.set_priority(decision.priority());
  summary.set_score(decision.score());
  summary.set_status(case_record.task());
  summary.set_assignee(case_record.assignee());
  summary.set_zone(case_record.zone());
  summary.set_crisis(decision.facts().crisis());
  return summary;
}

void Tell(const StepContext& context, const CaseId& id, const std::string& key,
          const std::string& summary, uint64_t number) {
  if (context.tasks != nullptr) context.tasks->push_back({id, key, summary, number});
}

}  // namespace

std::optional<std::string> TaskKey(const HouseholdRecord& household,
                                   const CaseRecord& case_record) {
  if (case_record.has_closed_ms() || case_record.decisions_size() == 0) return std::nullopt;
  return keys::Task(case_record.team(), DateOf(case_record.deadline_day()),
                    IdOf(household, case_record));
}

Status RemoveTask(const StepContext& context, const CaseId& id,
                  const std::optional<std::string>& before, HouseholdRecord* household) {
  if (!before) return Status::Ok();
  VROEGSEIN_RETURN_IF_ERROR(Unlist(context, before));
  auto change = NextChange(context);
  if (!change.ok()) return change.status();
  household->set_task_ended(*change);
  Tell(context, id, "", "", *change);
  return Status::Ok();
}

Status MoveTask(const StepContext& context, const std::optional<std::string>& before,
                const HouseholdRecord& household, const CaseRecord& case_record) {
  auto after = TaskKey(household, case_record);
  VROEGSEIN_CHECK(after || !before);  // that is RemoveTask()
  if (before != after) {
    VROEGSEIN_RETURN_IF_ERROR(Unlist(context, before));
    if (after) VROEGSEIN_RETURN_IF_ERROR(ChangeLoad(context, case_record.team(), +1));
  }
  if (!after) return Status::Ok();
  auto change = NextChange(context);
  if (!change.ok()) return change.status();
  TaskSummary summary = Summarise(household, case_record);
  summary.set_change(*change);
  std::string bytes = summary.SerializeAsString();
  Tell(context, IdOf(household, case_record), *after, bytes, *change);
  context.state->Put(*after, std::move(bytes));
  return Status::Ok();
}

}  // namespace vroegsein
