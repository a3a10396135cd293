#include "alerts/api/case_handlers.h"

#include <algorithm>
#include <array>

#include "alerts/api/case_answer.h"
#include "alerts/api/case_changes.h"
#include "alerts/api/case_lookup.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/ddas/values.h"
#include "store/stable_hash.h"

namespace vroegsein {
namespace {

constexpr FieldSpec Field(std::string_view name, std::string_view pointer, FieldType type,
                          bool required) {
  return {"", name, name, pointer, type, required};
}

constexpr RecordShape ShapeOf(std::span<const FieldSpec> fields) { return {fields, {}, 0}; }

enum ContactField { kKind, kDay, kDayPart, kReached, kNextStep, kNextDay };
constexpr std::array<FieldSpec, 6> kContactFields = {
    Field("soort", "/soort", FieldType::kText, true),
    Field("datum", "/datum", FieldType::kText, true),
    Field("dagdeel", "/dagdeel", FieldType::kText, false),
    Field("bereikt", "/bereikt", FieldType::kBoolean, true),
    Field("volgendeStap", "/volgendeStap", FieldType::kText, false),
    Field("volgendeStapDatum", "/volgendeStapDatum", FieldType::kText, false)};
constexpr RecordShape kContactShape = ShapeOf(kContactFields);

enum OutcomeField { kOutcome, kOutcomeDay, kAftercareDay };
constexpr std::array<FieldSpec, 3> kOutcomeFields = {
    Field("eindresultaat", "/eindresultaat", FieldType::kText, true),
    Field("datum", "/datum", FieldType::kText, true),
    Field("nazorgdatum", "/nazorgdatum", FieldType::kText, false)};
constexpr RecordShape kOutcomeShape = ShapeOf(kOutcomeFields);

enum ColleagueField { kColleague, kExpected };
constexpr std::array<FieldSpec, 2> kAssignFields = {
    Field("behandelaar", "/behandelaar", FieldType::kText, true),
    Field("verwachteBehandelaar", "/verwachteBehandelaar", FieldType::kText, false)};
constexpr RecordShape kAssignShape = ShapeOf(kAssignFields);

constexpr std::array<FieldSpec, 1> kNoteFields = {Field("tekst", "/tekst", FieldType::kText, true)};
constexpr RecordShape kNoteShape = ShapeOf(kNoteFields);
constexpr size_t kNoteCharsMax = 2'000;

constexpr std::array<FieldSpec, 1> kLeadFields = {
    Field("regisseur", "/regisseur", FieldType::kText, true)};
constexpr RecordShape kLeadShape = ShapeOf(kLeadFields);

// The shape of an empty body: `id_field` names none, and nobody asks for it.
constexpr RecordShape kEmptyShape = {{}, {}, 0};

// Which request it is, as a number, by its Idempotency-Key (draft-ietf-httpapi-idempotency-key-
// header, section 2: a string, in quotes or not); 0 when it has none. One that comes again, because
// its answer was lost, is then known by it.
uint64_t RequestOf(const Call& call, std::vector<FieldError>* errors) {
  constexpr size_t kCharsMax = 100;
  auto header = call.request.Header("idempotency-key");
  if (!header) return 0;
  std::string_view key = *header;
  bool quoted = key.size() > 1 && key.starts_with('"') && key.ends_with('"');
  if (quoted) key = key.substr(1, key.size() - 2);
  bool plain = std::all_of(key.begin(), key.end(),
                           [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '\\'; });
  if (key.empty() || key.size() > kCharsMax || !plain) {
    errors->push_back({"sleutel-ongeldig", "",
                       "De header Idempotency-Key is 1 tot 100 letters, cijfers en tekens."});
    return 0;
  }
  StableHash hash;
  hash.Add(key);
  return std::max<uint64_t>(hash.value(), 1);
}

HttpResponse ChangeTaskOf(const ApiContext& api, const Call& call, const FoundCase& found,
                          TaskAction action, const std::string& assignee,
                          const std::string& expected = "") {
  Event event = EventFor(api, found);
  TaskChanged* change = event.mutable_task();
  change->set_case_id(found.id.Text());
  change->set_action(action);
  change->set_worker(call.who().name);
  change->set_assignee(assignee);
  if (!expected.empty()) change->set_expected_assignee(expected);
  change->set_undoable(action != TASK_UNDO);
  return Apply(api, call, std::move(event));
}

HttpResponse WithoutInput(const ApiContext& api, const Call& call, TaskAction action) {
  FoundCase found = FindCaseFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kEmptyShape, call.request.body, api.today());
  if (!input.errors().empty()) return InvalidInput(input.errors());
  return ChangeTaskOf(api, call, found, action, "");
}

HttpResponse ForColleague(const ApiContext& api, const Call& call, const RecordShape& shape,
                          TaskAction action) {
  FoundCase found = FindCaseFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(shape, call.request.body, api.today());
  std::string name = input.Text(kColleague);
  std::string expected = shape.fields.size() > kExpected ? input.Text(kExpected) : "";
  if (input.errors().empty()) {
    auto known = IsColleague(api, found.id.household.municipality, found.record->team(), name);
    if (!known.ok()) return FailureProblem(known.status());
    if (!*known) input.Fail(0, "medewerker-onbekend", "Dit is geen medewerker van dit team.");
  }
  if (!input.errors().empty()) return InvalidInput(input.errors());
  return ChangeTaskOf(api, call, found, action, name, expected);
}

}  // namespace

HttpResponse ShowCase(const ApiContext& api, const Call& call) {
  FoundCase found = FindCaseFor(api, call, call.path[0]);
  return found.problem ? std::move(*found.problem) : CaseResponse(api, call, found);
}

HttpResponse ShowHousehold(const ApiContext& api, const Call& call) {
  FoundHousehold found = FindHouseholdFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  std::string body;
  JsonWriter json(&body);
  CaseViewer viewer;
  viewer.settings = SettingsOf(api, found.household.municipality());
  AddHousehold(found.household, viewer, &json);
  return JsonResponse(200, std::move(body));
}

HttpResponse AddContactAttempt(const ApiContext& api, const Call& call) {
  FoundCase found = FindCaseFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kContactShape, call.request.body, api.today());
  std::string kind = input.OneOf(kKind, ddas::ContactKinds());
  auto day = input.PastDay(kDay);
  std::string day_part = input.OneOf(kDayPart, ddas::DayParts());
  std::string next_step = input.OneOf(kNextStep, ddas::ContactKinds());
  auto next_day = input.Day(kNextDay);
  if (input.errors().empty() && next_step.empty() == next_day.has_value()) {
    input.Fail(next_day ? kNextStep : kNextDay, "veld-ontbreekt",
               "Een volgende stap heeft een soort en een dag.");
  }
  std::vector<FieldError> errors = input.errors();
  uint64_t request = RequestOf(call, &errors);
  if (!errors.empty()) return InvalidInput(errors);
  Event event = EventFor(api, found);
  event.mutable_contact()->set_undoable(true);
  event.mutable_contact()->set_case_id(found.id.Text());
  ContactAttempt* attempt = event.mutable_contact()->mutable_attempt();
  attempt->set_kind(kind);
  attempt->set_day(DaysOf(*day));
  attempt->set_day_part(day_part);
  attempt->set_reached(input.Flag(kReached));
  attempt->set_worker(call.who().name);
  attempt->set_next_step(next_step);
  if (next_day) attempt->set_next_day(DaysOf(*next_day));
  attempt->set_request(request);
  return Apply(api, call, std::move(event));
}

HttpResponse RecordOutcome(const ApiContext& api, const Call& call) {
  FoundCase found = FindCaseFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kOutcomeShape, call.request.body, api.today());
  std::string outcome = input.OneOf(kOutcome, ddas::Outcomes());
  auto day = input.PastDay(kOutcomeDay);
  auto aftercare = input.Day(kAftercareDay);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  Event event = EventFor(api, found);
  OutcomeRecorded* ended = event.mutable_outcome();
  ended->set_undoable(true);
  ended->set_case_id(found.id.Text());
  ended->set_outcome(outcome);
  ended->set_worker(call.who().name);
  ended->set_day(DaysOf(*day));
  if (aftercare) ended->set_aftercare_day(DaysOf(*aftercare));
  return Apply(api, call, std::move(event));
}

HttpResponse ClaimTask(const ApiContext& api, const Call& call) {
  return WithoutInput(api, call, TASK_CLAIM);
}

HttpResponse ReleaseTask(const ApiContext& api, const Call& call) {
  return WithoutInput(api, call, TASK_RELEASE);
}

HttpResponse UndoAction(const ApiContext& api, const Call& call) {
  return WithoutInput(api, call, TASK_UNDO);
}

HttpResponse AddNote(const ApiContext& api, const Call& call) {
  FoundCase found = FindCaseFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kNoteShape, call.request.body, api.today());
  std::string text = input.Text(0, kNoteCharsMax);
  std::vector<FieldError> errors = input.errors();
  uint64_t request = RequestOf(call, &errors);
  if (!errors.empty()) return InvalidInput(errors);
  Event event = EventFor(api, found);
  NoteWritten* note = event.mutable_note();
  note->set_case_id(found.id.Text());
  note->set_text(text);
  note->set_worker(call.who().name);
  note->set_request(request);
  return Apply(api, call, std::move(event));
}

HttpResponse AssignTask(const ApiContext& api, const Call& call) {
  return ForColleague(api, call, kAssignShape, TASK_ASSIGN);
}

HttpResponse ChangeLead(const ApiContext& api, const Call& call) {
  return ForColleague(api, call, kLeadShape, TASK_LEAD);
}

}  // namespace vroegsein
