#include "alerts/api/case_handlers.h"

#include <algorithm>
#include <array>

#include "alerts/access/gate.h"
#include "alerts/api/case_answer.h"
#include "alerts/api/case_lookup.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/ddas/values.h"

namespace vroegsein {
namespace {

constexpr FieldSpec Field(std::string_view name, std::string_view pointer, FieldType type,
                          bool required) {
  return {"", name, name, pointer, type, required};
}

constexpr RecordShape ShapeOf(std::span<const FieldSpec> fields) { return {fields, {}, 0}; }

enum ContactField { kKind, kDay, kDayPart, kReached };
constexpr std::array<FieldSpec, 4> kContactFields = {
    Field("soort", "/soort", FieldType::kText, true),
    Field("datum", "/datum", FieldType::kText, true),
    Field("dagdeel", "/dagdeel", FieldType::kText, false),
    Field("bereikt", "/bereikt", FieldType::kBoolean, true)};
constexpr RecordShape kContactShape = ShapeOf(kContactFields);

enum OutcomeField { kOutcome, kOutcomeDay };
constexpr std::array<FieldSpec, 2> kOutcomeFields = {
    Field("eindresultaat", "/eindresultaat", FieldType::kText, true),
    Field("datum", "/datum", FieldType::kText, true)};
constexpr RecordShape kOutcomeShape = ShapeOf(kOutcomeFields);

constexpr std::array<FieldSpec, 1> kAssignFields = {
    Field("behandelaar", "/behandelaar", FieldType::kText, true)};
constexpr RecordShape kAssignShape = ShapeOf(kAssignFields);

constexpr std::array<FieldSpec, 1> kLeadFields = {
    Field("regisseur", "/regisseur", FieldType::kText, true)};
constexpr RecordShape kLeadShape = ShapeOf(kLeadFields);

// The shape of an empty body: `id_field` names none, and nobody asks for it.
constexpr RecordShape kEmptyShape = {{}, {}, 0};

HttpResponse CaseResponse(const ApiContext& api, const FoundCase& found) {
  std::string body;
  JsonWriter json(&body);
  AddCase(found.household, *found.record, api.today(), &json);
  return JsonResponse(200, std::move(body));
}

// What the desk said of an event that changed nothing.
HttpResponse Refusal(const Outcome& outcome) {
  if (outcome.code == "taak-al-opgepakt") {
    return Problem(409, outcome.code, "De taak is al opgepakt", "Een collega was eerder.");
  }
  switch (outcome.status.code()) {
    case StatusCode::kNotFound: return NotFoundProblem("Deze zaak");
    case StatusCode::kConflict:
      return Problem(409, outcome.code, "Dit kan nu niet",
                     "De zaak is intussen veranderd. Haal haar opnieuw op.");
    default:
      return Problem(400, outcome.code, "De invoer klopt niet", "Dit past niet bij de zaak.");
  }
}

Event EventFor(const ApiContext& api, const FoundCase& found) {
  Event event;
  event.set_recorded_ms(MillisOf(api.now()));
  event.set_municipality(found.id.household.municipality);
  return event;
}

HttpResponse Apply(const ApiContext& api, const Call& call, Event event) {
  Submission submission = api.Submit(api.Deadline());
  Status added = submission.Add(std::move(event));
  if (!added.ok()) return UnavailableProblem("Het is te druk. Probeer het zo opnieuw.");
  auto outcomes = submission.Wait();
  if (!outcomes.ok()) return UnavailableProblem("Er kwam geen antwoord. Haal de zaak opnieuw op.");
  const Outcome& outcome = outcomes->front();
  if (!outcome.status.ok()) return Refusal(outcome);
  FoundCase found = FindCaseFor(api, call.who(), call.path[0]);
  return found.problem ? std::move(*found.problem) : CaseResponse(api, found);
}

HttpResponse ChangeTaskOf(const ApiContext& api, const Call& call, const FoundCase& found,
                          TaskAction action, const std::string& assignee) {
  Event event = EventFor(api, found);
  TaskChanged* change = event.mutable_task();
  change->set_case_id(found.id.Text());
  change->set_action(action);
  change->set_worker(call.who().name);
  change->set_assignee(assignee);
  return Apply(api, call, std::move(event));
}

HttpResponse WithoutInput(const ApiContext& api, const Call& call, TaskAction action) {
  FoundCase found = FindCaseFor(api, call.who(), call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kEmptyShape, call.request.body, api.today());
  if (!input.errors().empty()) return InvalidInput(input.errors());
  return ChangeTaskOf(api, call, found, action, "");
}

// A worker of one of the municipality's teams, or somebody with a key who may work on this case.
Result<bool> IsColleague(const ApiContext& api, const FoundCase& found, const std::string& name) {
  const std::string& code = found.id.household.municipality;
  for (const Identity& identity : api.installation->identities) {
    bool works = identity.role == Role::kWorker || identity.role == Role::kCoordinator;
    bool here = works && MaySeeMunicipality(identity, code);
    if (here && identity.name == name) return MaySeeTeam(identity, found.record->team());
  }
  auto municipality = ReadMunicipalityRecord(*api.database, code);
  if (!municipality.ok()) return municipality.status();
  for (const Team& team : municipality->settings().teams()) {
    if (team.code() != found.record->team()) continue;
    const auto& workers = team.workers();
    return std::any_of(workers.begin(), workers.end(),
                       [&](const Worker& worker) { return worker.user() == name; });
  }
  return false;
}

HttpResponse ForColleague(const ApiContext& api, const Call& call, const RecordShape& shape,
                          TaskAction action) {
  FoundCase found = FindCaseFor(api, call.who(), call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(shape, call.request.body, api.today());
  std::string name = input.Text(0);
  if (input.errors().empty()) {
    auto known = IsColleague(api, found, name);
    if (!known.ok()) return FailureProblem(known.status());
    if (!*known) input.Fail(0, "medewerker-onbekend", "Dit is geen medewerker van dit team.");
  }
  if (!input.errors().empty()) return InvalidInput(input.errors());
  return ChangeTaskOf(api, call, found, action, name);
}

}  // namespace

HttpResponse ShowCase(const ApiContext& api, const Call& call) {
  FoundCase found = FindCaseFor(api, call.who(), call.path[0]);
  return found.problem ? std::move(*found.problem) : CaseResponse(api, found);
}

HttpResponse ShowHousehold(const ApiContext& api, const Call& call) {
  FoundHousehold found = FindHouseholdFor(api, call.who(), call.path[0]);
  if (found.problem) return std::move(*found.problem);
  std::string body;
  JsonWriter json(&body);
  AddHousehold(found.household, &json);
  return JsonResponse(200, std::move(body));
}

HttpResponse AddContactAttempt(const ApiContext& api, const Call& call) {
  FoundCase found = FindCaseFor(api, call.who(), call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kContactShape, call.request.body, api.today());
  std::string kind = input.OneOf(kKind, ddas::ContactKinds());
  auto day = input.PastDay(kDay);
  std::string day_part = input.OneOf(kDayPart, ddas::DayParts());
  if (!input.errors().empty()) return InvalidInput(input.errors());
  Event event = EventFor(api, found);
  event.mutable_contact()->set_case_id(found.id.Text());
  ContactAttempt* attempt = event.mutable_contact()->mutable_attempt();
  attempt->set_kind(kind);
  attempt->set_day(DaysOf(*day));
  attempt->set_day_part(day_part);
  attempt->set_reached(input.Flag(kReached));
  attempt->set_worker(call.who().name);
  return Apply(api, call, std::move(event));
}

HttpResponse RecordOutcome(const ApiContext& api, const Call& call) {
  FoundCase found = FindCaseFor(api, call.who(), call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kOutcomeShape, call.request.body, api.today());
  std::string outcome = input.OneOf(kOutcome, ddas::Outcomes());
  auto day = input.PastDay(kOutcomeDay);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  Event event = EventFor(api, found);
  OutcomeRecorded* ended = event.mutable_outcome();
  ended->set_case_id(found.id.Text());
  ended->set_outcome(outcome);
  ended->set_worker(call.who().name);
  ended->set_day(DaysOf(*day));
  return Apply(api, call, std::move(event));
}

HttpResponse ClaimTask(const ApiContext& api, const Call& call) {
  return WithoutInput(api, call, TASK_CLAIM);
}

HttpResponse ReleaseTask(const ApiContext& api, const Call& call) {
  return WithoutInput(api, call, TASK_RELEASE);
}

HttpResponse AssignTask(const ApiContext& api, const Call& call) {
  return ForColleague(api, call, kAssignShape, TASK_ASSIGN);
}

HttpResponse ChangeLead(const ApiContext& api, const Call& call) {
  return ForColleague(api, call, kLeadShape, TASK_LEAD);
}

}  // namespace vroegsein
