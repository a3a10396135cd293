#include "alerts/api/case_changes.h"

#include <algorithm>

#include "alerts/access/gate.h"
#include "alerts/api/case_answer.h"
#include "alerts/api/problem.h"
#include "alerts/session/door.h"

namespace vroegsein {
namespace {

// What the desk said of an event that changed nothing.
HttpResponse Refusal(const Outcome& outcome) {
  if (outcome.code == "taak-al-opgepakt") {
    return Problem(409, outcome.code, "De taak is al opgepakt", "Een collega was eerder.");
  }
  if (outcome.code == "sleutel-hergebruikt") {
    return Problem(409, outcome.code, "Deze sleutel is al gebruikt",
                   "Geef een ander verzoek een andere Idempotency-Key.");
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

bool Works(const Identity& identity, const std::string& municipality, const std::string& team) {
  bool role = identity.role == Role::kWorker || identity.role == Role::kCoordinator;
  return role && MaySeeMunicipality(identity, municipality) && MaySeeTeam(identity, team);
}

}  // namespace

HttpResponse CaseResponse(const ApiContext& api, const Call& call, const FoundCase& found) {
  std::string body;
  JsonWriter json(&body);
  CaseViewer viewer{call.who().name, found.outside_team,
                    SettingsOf(api, found.id.household.municipality), api.now()};
  AddCase(found.household, *found.record, api.today(), viewer, &json);
  return JsonResponse(200, std::move(body));
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
  FoundCase found =
      FindCaseFor(api, call, outcome.case_id ? outcome.case_id->Text() : call.path[0]);
  return found.problem ? std::move(*found.problem) : CaseResponse(api, call, found);
}

Result<bool> IsColleague(const ApiContext& api, const std::string& municipality,
                         const std::string& team, const std::string& name) {
  for (const Identity& identity : api.installation->identities) {
    if (identity.name == name && Works(identity, municipality, team)) return true;
  }
  if (api.door != nullptr) {
    auto people = api.door->accounts().Read();
    auto known = people->find(name);
    if (known != people->end()) return Works(known->second.identity, municipality, team);
  }
  auto record = ReadMunicipalityRecord(*api.database, municipality);
  if (!record.ok()) return record.status();
  for (const Team& one : record->settings().teams()) {
    if (one.code() != team) continue;
    const auto& workers = one.workers();
    return std::any_of(workers.begin(), workers.end(),
                       [&](const Worker& worker) { return worker.user() == name; });
  }
  return false;
}

}  // namespace vroegsein
