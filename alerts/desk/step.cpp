#include "alerts/desk/step.h"

#include <algorithm>

#include "alerts/ddas/values.h"
#include "alerts/desk/case_file.h"
#include "alerts/desk/casework.h"
#include "alerts/desk/delivery_receipts.h"
#include "alerts/desk/erasure.h"
#include "alerts/desk/feedback.h"
#include "alerts/desk/household_decisions.h"
#include "alerts/desk/last_action.h"
#include "alerts/desk/receive.h"
#include "alerts/desk/reopening.h"
#include "alerts/desk/task_index.h"
#include "alerts/policy/versions.h"
#include "alerts/routing/routing.h"
#include "ingest/error_code.h"
#include "store/household/alias.h"
#include "store/keys.h"
#include "store/record_check.h"

namespace vroegsein {
namespace {

constexpr int kAftermathsPerSignalMax = 50;
constexpr int kAttemptsPerCaseMax = 500;
constexpr int kNotesPerCaseMax = 500;
constexpr size_t kTasksRerouted = 1'000'000;

Outcome Refused(Status status, std::string code) {
  Outcome outcome;
  outcome.status = std::move(status);
  outcome.code = std::move(code);
  return outcome;
}

// Whoever handed in a signal hears of it in a receipt, also that it was not taken.
Outcome NotTaken(const SignalReceived& signal, FieldError why, Outcome refused) {
  Receipt& receipt = refused.receipt.emplace();
  receipt.row = signal.row();
  receipt.id = signal.signal().id();
  receipt.status = ReceiptStatus::kRejected;
  receipt.errors.push_back(std::move(why));
  return refused;
}

Outcome NotServed(const Event& event) {
  Outcome outcome = Refused(Status::NotFound("this installation does not serve that municipality"),
                            "gemeente-onbekend");
  if (!event.has_signal()) return outcome;
  return NotTaken(event.signal(), MakeError(ErrorCode::kMunicipalityUnknown, "/gemeentecode"),
                  std::move(outcome));
}

Outcome NoPolicy(const SignalReceived& signal) {
  Outcome outcome = Refused(Status::NotFound("no policy"), "geen-beleid");
  FieldError why{outcome.code, "/gemeentecode",
                 "Voor deze gemeente is nog geen beleid in werking. Lever het signaal opnieuw aan "
                 "wanneer dat er is."};
  return NotTaken(signal, std::move(why), std::move(outcome));
}

Outcome Done(const CaseId& id) {
  Outcome outcome;
  outcome.case_id = id;
  return outcome;
}

Result<StepContext> ContextOf(State* state, const Event& event, std::vector<TaskChange>* tasks) {
  StepContext context;
  context.state = state;
  context.tasks = tasks;
  context.now = InstantOf(event.recorded_ms());
  context.today = DayInAmsterdam(context.now);
  auto municipality = state->FindMunicipality(event.municipality());
  if (!municipality.ok()) return municipality.status();
  context.municipality = *municipality;
  return context;
}

struct CaseAt {
  HouseholdRecord* household = nullptr;
  CaseRecord* record = nullptr;
  Outcome refusal;  // when record is nullptr
};

// The case, when it is there, and of the municipality that the event speaks for.
Result<CaseAt> FindCaseOf(State* state, const Event& event, const std::string& text) {
  CaseAt at;
  at.refusal = Refused(Status::NotFound("there is no such case"), "zaak-onbekend");
  auto id = CaseId::Parse(text);
  if (!id || id->household.municipality != event.municipality()) return at;
  auto current = CurrentName(state, *id);
  if (!current.ok()) return current.status();
  auto household = state->FindHousehold(current->household);
  if (!household.ok()) return household.status();
  if (*household == nullptr) return at;
  CaseRecord* found = FindCase(*household, current->number);
  at.household = *household;
  at.record = found;
  return at;
}

Outcome IsClosed() { return Refused(Status::Conflict("the case is closed"), "zaak-gesloten"); }

Outcome NothingToUndo() {
  return Refused(Status::Conflict("there is nothing to undo"), "niet-ongedaan-te-maken");
}

Result<CaseAt> FindOpenCase(State* state, const Event& event, const std::string& text) {
  auto at = FindCaseOf(state, event, text);
  if (!at.ok() || at->record == nullptr || !at->record->has_closed_ms()) return at;
  return CaseAt{nullptr, nullptr, IsClosed()};
}

void MarkTakenUp(HouseholdRecord* household, const CaseRecord& case_record) {
  for (SignalRecord* record : SignalsOf(household, case_record.number())) {
    record->set_status(SIGNAL_TAKEN_UP);
  }
}

void Claim(const std::string& worker, CaseRecord* case_record) {
  case_record->set_task(TASK_CLAIMED);
  case_record->set_assignee(worker);
}

// What a task action does to the case; a refusal when it cannot be.
std::optional<Outcome> ChangeTask(const TaskChanged& change, HouseholdRecord* household,
                                  CaseRecord* record) {
  if (change.has_expected_assignee() && change.expected_assignee() != record->assignee()) {
    return Refused(Status::Conflict("the task changed hands"), "taak-veranderd");
  }
  bool others = record->task() == TASK_CLAIMED && record->assignee() != change.worker();
  switch (change.action()) {
    case TASK_CLAIM:
      if (others) return Refused(Status::Conflict("a colleague was first"), "taak-al-opgepakt");
      Claim(change.worker(), record);
      return std::nullopt;
    case TASK_RELEASE:
      if (record->task() != TASK_CLAIMED) {
        return Refused(Status::Conflict("the task is nobody's"), "taak-niet-opgepakt");
      }
      if (others) return Refused(Status::Conflict("the task is a colleague's"), "taak-van-ander");
      record->set_task(TASK_OPEN);
      record->clear_assignee();
      return std::nullopt;
    case TASK_ASSIGN: Claim(change.assignee(), record); return std::nullopt;
    case TASK_LEAD: record->set_lead(change.assignee()); return std::nullopt;
    case TASK_RETURN:
      record->set_task(TASK_OPEN);
      record->clear_assignee();
      return std::nullopt;
    case TASK_UNDO:
      if (UndoLastAction(change.worker(), household, record)) return std::nullopt;
      return NothingToUndo();
    default: return Refused(Status::Invalid("unknown action"), "actie-onbekend");
  }
}

// What the keys of the store rely on: a code of four digits, names without a zero byte.
bool FitForKeys(const MunicipalitySettings& settings) {
  auto has_zero = [](const std::string& text) { return text.find('\0') != std::string::npos; };
  bool teams = std::none_of(settings.teams().begin(), settings.teams().end(),
                            [&](const Team& team) { return has_zero(team.code()); });
  bool partners = std::none_of(settings.partners().begin(), settings.partners().end(),
                               [&](const Partner& partner) { return has_zero(partner.id()); });
  return IsMunicipalityCode(settings.code()) && teams && partners;
}

// What a request that comes again brought the first time: its answer may have been lost on the way.
template <typename Made>
const Made* BroughtBefore(const google::protobuf::RepeatedPtrField<Made>& all, uint64_t request,
                          const std::string& worker) {
  if (request == 0) return nullptr;
  auto found = std::find_if(all.begin(), all.end(), [&](const Made& one) {
    return one.request() == request && one.worker() == worker;
  });
  return found == all.end() ? nullptr : &*found;
}

bool SayTheSame(ContactAttempt one, ContactAttempt other) {
  one.clear_recorded_ms();
  other.clear_recorded_ms();
  return one.SerializeAsString() == other.SerializeAsString();
}

Outcome KeyUsedForAnother() {
  return Refused(Status::Conflict("the request's key was used for another"), "sleutel-hergebruikt");
}

}  // namespace

Result<Outcome> Step::Apply(Event* event) {
  tasks_.clear();
  auto outcome = Dispatch(event);
  if (outcome.ok() && !tasks_.empty()) outcome->tasks = std::move(tasks_);
  return outcome;
}

Result<Outcome> Step::Dispatch(Event* given) {
  const Event& event = *given;
  auto municipality = state_->FindMunicipality(event.municipality());
  if (!municipality.ok()) return municipality.status();
  bool known = !(*municipality)->settings().code().empty();
  bool settles = event.has_settings();
  if (settles && !FitForKeys(event.settings().settings())) {
    return Refused(Status::Invalid("a code or name is not one"), "instellingen-ongeldig");
  }
  if (settles && event.settings().settings().code() != event.municipality()) {
    return Refused(Status::Invalid("these are another municipality's settings"), "gemeente-anders");
  }
  if (!known && !settles) return NotServed(event);
  switch (event.body_case()) {
    case Event::kSignal: return Receive(given);
    case Event::kRefused: return Refuse(event);
    case Event::kAftermath: return Follow(event);
    case Event::kContact: return Contact(event);
    case Event::kOutcome: return Close(event);
    case Event::kTask: return Reassign(event);
    case Event::kPolicy: return Activate(event);
    case Event::kWithdrawn: return Withdraw(event);
    case Event::kShadow: return Accompany(event);
    case Event::kSettings: return Settle(event);
    case Event::kTick: return Elapse(event);
    case Event::kNote: return Annotate(event);
    case Event::kJoined:
    case Event::kDivided:
    case Event::kAnswered: return Regroup(event);
    case Event::BODY_NOT_SET: break;
  }
  return Status::DataLoss("the log holds an event of a kind that this version does not know");
}

Result<StepContext> Step::Context(const Event& event) {
  return ContextOf(state_, event, tell_tasks_ ? &tasks_ : nullptr);
}

// With the policy in force; without one when there is none.
Result<StepContext> Step::DecidingContext(const Event& event) {
  auto context = Context(event);
  if (!context.ok()) return context;
  auto policy = policies_->InForce(state_, *context->municipality, context->today);
  if (policy.status().code() == StatusCode::kNotFound) return context;
  if (!policy.ok()) return policy.status();
  context->policy = *policy;
  return context;
}

Result<Outcome> Step::Receive(Event* event) {
  auto context = DecidingContext(*event);
  if (!context.ok()) return context.status();
  if (context->policy == nullptr) return NoPolicy(event->signal());
  SignalReceived* signal = event->mutable_signal();
  auto received = ReceiveSignal(*context, *matcher_, signal->mutable_signal());
  if (!received.ok()) return received.status();
  Receipt* receipt = &received->receipt;
  receipt->row = signal->row();
  if (!signal->delivery().empty()) {
    VROEGSEIN_RETURN_IF_ERROR(
        KeepReceipt(*context, signal->signal().partner(), signal->delivery(), RecordOf(*receipt)));
  }
  Outcome outcome;
  outcome.receipt = std::move(*receipt);
  outcome.regrouped = received->regrouped;
  return outcome;
}

Result<Outcome> Step::Refuse(const Event& event) {
  auto context = Context(event);
  if (!context.ok()) return context.status();
  const SignalRefused& refused = event.refused();
  VROEGSEIN_RETURN_IF_ERROR(
      KeepReceipt(*context, refused.partner(), refused.delivery(), refused.receipt()));
  Outcome outcome;
  outcome.receipt = ReceiptOf(refused.receipt());
  return outcome;
}

Result<Outcome> Step::Follow(const Event& event) {
  const Aftermath& aftermath = event.aftermath().aftermath();
  auto known = FindSignal(state_, event.municipality(), aftermath.partner(), aftermath.signal_id());
  if (!known.ok()) return known.status();
  if (known->record == nullptr) {
    return Refused(Status::NotFound("there is no such signal of this partner"), "signaal-onbekend");
  }
  Outcome outcome;
  if (known->record->case_number() != 0) {
    outcome.case_id = CaseId{IdOf(*known->household), known->record->case_number()};
  }
  auto* told = known->record->mutable_aftermaths();
  bool again = std::any_of(told->begin(), told->end(), [&](const Aftermath& earlier) {
    return earlier.kind() == aftermath.kind() && earlier.day() == aftermath.day();
  });
  if (again) return outcome;
  if (told->size() >= kAftermathsPerSignalMax) {
    return Refused(Status::Conflict("too many for one signal"), "te-veel-aflopen");
  }
  *told->Add() = aftermath;
  state_->Changed(*known->household);
  return outcome;
}

Result<Outcome> Step::Contact(const Event& event) {
  auto context = Context(event);
  if (!context.ok()) return context.status();
  auto at = FindOpenCase(state_, event, event.contact().case_id());
  if (!at.ok()) return at.status();
  if (at->record == nullptr) return at->refusal;
  const ContactAttempt& brought = event.contact().attempt();
  if (const auto* known =
          BroughtBefore(at->record->attempts(), brought.request(), brought.worker())) {
    bool same = SayTheSame(*known, brought);
    return same ? Done(IdOf(*at->household, *at->record)) : KeyUsedForAnother();
  }
  if (at->record->attempts_size() >= kAttemptsPerCaseMax) {
    return Refused(Status::Conflict("too many for one case"), "te-veel-contactpogingen");
  }
  auto before = TaskKey(*at->household, *at->record);
  ContactAttempt attempt = brought;
  attempt.set_recorded_ms(event.recorded_ms());
  if (event.contact().undoable()) {
    *at->record->mutable_last_action() =
        Remember(ACTION_CONTACT, attempt.worker(), *at->household, *at->record);
  }
  KeepNextStep(attempt.next_step(), attempt.has_next_day(), attempt.next_day(), at->record);
  if (at->record->task() == TASK_OPEN) Claim(attempt.worker(), at->record);
  // Whoever makes the first contact keeps the lead of the case, unless decided otherwise.
  if (at->record->lead().empty()) at->record->set_lead(attempt.worker());
  *at->record->add_attempts() = std::move(attempt);
  MarkTakenUp(at->household, *at->record);
  VROEGSEIN_RETURN_IF_ERROR(TaskChangedIn(*context, before, at->household, *at->record));
  return Done(IdOf(*at->household, *at->record));
}

Result<Outcome> Step::Close(const Event& event) {
  auto context = Context(event);
  if (!context.ok()) return context.status();
  auto at = FindOpenCase(state_, event, event.outcome().case_id());
  if (!at.ok()) return at.status();
  if (at->record == nullptr) return at->refusal;
  const OutcomeRecorded& ended = event.outcome();
  if (!ddas::IsOutcome(ended.outcome())) {
    return Refused(Status::Invalid("not a DDAS outcome"), "eindresultaat-onbekend");
  }
  VROEGSEIN_RETURN_IF_ERROR(RemoveTask(*context, IdOf(*at->household, *at->record),
                                       TaskKey(*at->household, *at->record), at->household));
  LastAction memory = Remember(ACTION_OUTCOME, ended.worker(), *at->household, *at->record);
  at->record->set_closed_ms(event.recorded_ms());
  at->record->set_task(TASK_DONE);
  at->record->set_outcome(ended.outcome());
  at->record->set_outcome_day(ended.day());
  at->record->set_outcome_worker(ended.worker());
  if (ended.has_aftercare_day()) at->record->set_aftercare_day(ended.aftercare_day());
  at->record->clear_last_action();
  if (ended.undoable()) *at->record->mutable_last_action() = std::move(memory);
  bool help_accepted = ddas::IsHelpAccepted(ended.outcome());
  for (SignalRecord* record : SignalsOf(at->household, at->record->number())) {
    record->set_status(ddas::StatusAfter(ended.outcome()));
    VROEGSEIN_RETURN_IF_ERROR(TellPartner(*context, help_accepted, record));
  }
  state_->Changed(*at->household);
  ScheduleErasure(*context, at->household);
  return Done(IdOf(*at->household, *at->record));
}

Result<Outcome> Step::Reassign(const Event& event) {
  auto context = Context(event);
  if (!context.ok()) return context.status();
  auto at = FindCaseOf(state_, event, event.task().case_id());
  if (!at.ok()) return at.status();
  if (at->record == nullptr) return at->refusal;
  if (at->record->has_closed_ms()) return TakeBackOutcome(event, at->household, at->record);
  auto before = TaskKey(*at->household, *at->record);
  const TaskChanged& change = event.task();
  LastAction memory =
      Remember(ActionOf(change.action()), change.worker(), *at->household, *at->record);
  if (auto refusal = ChangeTask(change, at->household, at->record)) return *refusal;
  if (change.undoable()) *at->record->mutable_last_action() = std::move(memory);
  VROEGSEIN_RETURN_IF_ERROR(TaskChangedIn(*context, before, at->household, *at->record));
  return Done(IdOf(*at->household, *at->record));
}

// All that can still be done with a closed case.
Result<Outcome> Step::TakeBackOutcome(const Event& event, HouseholdRecord* household,
                                      CaseRecord* record) {
  bool undoes = event.task().action() == TASK_UNDO;
  if (!undoes || record->last_action().kind() != ACTION_OUTCOME) return IsClosed();
  auto context = DecidingContext(event);
  if (!context.ok()) return context.status();
  if (!MayReopen(event.task().worker(), context->now, *household, *record)) return NothingToUndo();
  VROEGSEIN_RETURN_IF_ERROR(ReopenCase(*context, household, record));
  return Done(IdOf(*household, *record));
}

Result<Outcome> Step::Annotate(const Event& event) {
  auto at = FindOpenCase(state_, event, event.note().case_id());
  if (!at.ok()) return at.status();
  if (at->record == nullptr) return at->refusal;
  const NoteWritten& written = event.note();
  if (const auto* known = BroughtBefore(at->record->notes(), written.request(), written.worker())) {
    bool same = known->text() == written.text();
    return same ? Done(IdOf(*at->household, *at->record)) : KeyUsedForAnother();
  }
  if (at->record->notes_size() >= kNotesPerCaseMax) {
    return Refused(Status::Conflict("too many for one case"), "te-veel-notities");
  }
  *at->record->mutable_last_action() =
      Remember(ACTION_NOTE, written.worker(), *at->household, *at->record);
  Note* note = at->record->add_notes();
  note->set_text(written.text());
  note->set_worker(written.worker());
  note->set_recorded_ms(event.recorded_ms());
  note->set_request(written.request());
  state_->Changed(*at->household);
  return Done(IdOf(*at->household, *at->record));
}

// Whether the tests pass was asked at the door (alerts/policy/examination.h); that it is a model
// which the desk can ask is asked here too, since nothing behind this can do without.
Result<Outcome> Step::Activate(const Event& event) {
  auto context = Context(event);
  if (!context.ok()) return context.status();
  const PolicyActivated& activation = event.policy();
  Status learned = policies_->Learn(activation.model(), activation.hash());
  if (!learned.ok()) return Refused(learned, "beleid-ongeldig");
  auto municipality = state_->FindMunicipality(event.municipality());
  if (!municipality.ok()) return municipality.status();
  Outcome outcome = AddVersion(activation, context->now, context->today, *municipality);
  if (!outcome.status.ok()) return outcome;
  state_->Put(keys::Policy(activation.hash()), activation.model());
  if (!activation.tests().empty()) {
    state_->Put(keys::PolicyTests(activation.hash()), activation.tests());
  }
  state_->Changed(**municipality);
  return outcome;
}

Result<Outcome> Step::Withdraw(const Event& event) {
  auto context = Context(event);
  if (!context.ok()) return context.status();
  auto municipality = state_->FindMunicipality(event.municipality());
  if (!municipality.ok()) return municipality.status();
  Outcome outcome = WithdrawVersion(event.withdrawn(), context->now, context->today, *municipality);
  if (outcome.status.ok()) state_->Changed(**municipality);
  return outcome;
}

// Starts, replaces or stops the shadow.
Result<Outcome> Step::Accompany(const Event& event) {
  auto municipality = state_->FindMunicipality(event.municipality());
  if (!municipality.ok()) return municipality.status();
  const ShadowChanged& change = event.shadow();
  if (change.model().empty()) {
    if (!(*municipality)->has_shadow()) {
      return Refused(Status::NotFound("no shadow runs"), "schaduw-onbekend");
    }
    (*municipality)->clear_shadow();
  } else {
    Status learned = policies_->Learn(change.model(), change.hash());
    if (!learned.ok()) return Refused(learned, "beleid-ongeldig");
    state_->Put(keys::Policy(change.hash()), change.model());
    ShadowPolicy* shadow = (*municipality)->mutable_shadow();
    shadow->set_hash(change.hash());
    shadow->set_since_ms(event.recorded_ms());
    shadow->set_by(change.by());
  }
  state_->Changed(**municipality);
  return Outcome{};
}

Result<Outcome> Step::Settle(const Event& event) {
  auto municipality = state_->FindMunicipality(event.municipality());
  if (!municipality.ok()) return municipality.status();
  *(*municipality)->mutable_settings() = event.settings().settings();
  (*municipality)->set_version(kRecordVersion);
  state_->Changed(**municipality);
  auto context = Context(event);
  if (!context.ok()) return context.status();
  VROEGSEIN_RETURN_IF_ERROR(RerouteOrphans(*context));
  return Outcome{};
}

// Tasks of a team that is no more go where they would go now: never nowhere.
Status Step::RerouteOrphans(const StepContext& context) {
  std::string begin = keys::Tasks(context.code());
  auto tasks = state_->Keys(begin, keys::After(begin), kTasksRerouted);
  if (!tasks.ok()) return tasks.status();
  for (const std::string& key : *tasks) {
    if (TeamExists(context.settings(), keys::TeamOfTaskKey(key))) continue;
    auto summary = state_->Get(key);
    if (!summary.ok()) return summary.status();
    TaskSummary task;
    if (!task.ParseFromString(summary->value_or("")))
      return Status::DataLoss("a task cannot be read");
    auto household = state_->FindHousehold({context.code(), task.household()});
    if (!household.ok()) return household.status();
    if (*household == nullptr) return Status::DataLoss("a task names a household that is gone");
    VROEGSEIN_RETURN_IF_ERROR(Reroute(context, *household));
  }
  return Status::Ok();
}

Result<Outcome> Step::Regroup(const Event& event) {
  auto context = DecidingContext(event);
  if (!context.ok()) return context.status();
  if (context->policy == nullptr) return Refused(Status::NotFound("no policy"), "geen-beleid");
  if (event.has_joined()) return Join(*context, *matcher_, event.joined());
  if (event.has_divided()) return Divide(*context, *matcher_, event.divided());
  return Answer(*context, *matcher_, event.answered());
}

Result<Outcome> Step::Elapse(const Event& event) {
  auto context = Context(event);
  if (!context.ok()) return context.status();
  auto erased = EraseWhatIsDue(*context);
  if (!erased.ok()) return erased.status();
  erased_ = erased_ || *erased;
  return Outcome{};
}

}  // namespace vroegsein
