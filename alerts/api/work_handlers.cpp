#include "alerts/api/work_handlers.h"

#include <array>
#include <map>
#include <set>

#include "alerts/access/gate.h"
#include "alerts/api/case_changes.h"
#include "alerts/api/change_feed.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/api/task_list.h"
#include "alerts/api/work_input.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"
#include "alerts/reading/json_writer.h"

namespace vroegsein {
namespace {

constexpr size_t kHandOverMax = 1'000;

constexpr std::array<FieldSpec, 1> kHandOverFields = {
    {{"", "behandelaar", "behandelaar", "/behandelaar", FieldType::kText, false}}};
constexpr RecordShape kHandOverShape = {kHandOverFields, {}, 0};

// Gives many cases to somebody, or back to nobody; what became of each.
class ManyAssigned {
 public:
  ManyAssigned(const ApiContext& api, const Call& call, std::string assignee)
      : api_(api),
        call_(call),
        assignee_(std::move(assignee)),
        submission_(api.Submit(api.Deadline())) {}

  Status Add(const BulkAssignment::One& one) {
    results_.push_back({one.case_id, ""});
    auto why_not = WhyNot(one.case_id);
    if (!why_not.ok()) return why_not.status();
    results_.back().code = *why_not;
    if (!why_not->empty()) return Status::Ok();
    auto id = CaseId::Parse(one.case_id);
    FoundCase found;
    found.id = *id;
    call_.Saw(id->Text());
    Event event = EventFor(api_, found);
    TaskChanged* change = event.mutable_task();
    change->set_case_id(id->Text());
    change->set_action(assignee_.empty() ? TASK_RETURN : TASK_ASSIGN);
    change->set_worker(call_.who().name);
    change->set_assignee(assignee_);
    change->set_expected_assignee(one.expected);
    change->set_undoable(true);
    under_way_.push_back(results_.size() - 1);
    return submission_.Add(std::move(event));
  }

  HttpResponse Answer(bool more) {
    auto outcomes = submission_.Wait();
    if (!outcomes.ok()) return UnavailableProblem("Er kwam geen antwoord. Kijk eerst wat er is.");
    for (size_t i = 0; i < outcomes->size(); ++i) {
      const Outcome& outcome = (*outcomes)[i];
      if (outcome.status.ok()) continue;
      bool gone = outcome.status.code() == StatusCode::kNotFound;
      results_[under_way_[i]].code = gone ? "niet-gevonden" : outcome.code;
    }
    std::string body;
    JsonWriter json(&body);
    json.BeginObject().Array("resultaten");
    for (const Result& one : results_) {
      json.BeginObject().Text("zaakId", one.case_id);
      json.Text("status", one.code.empty() ? "toegewezen" : "geweigerd");
      json.TextOrNull("code", one.code).EndObject();
    }
    json.EndArray().Flag("meer", more).EndObject();
    return JsonResponse(200, std::move(body));
  }

 private:
  struct Result {
    std::string case_id;
    std::string code;  // empty: done
  };

  // The code of what stands in the way; empty when nothing does.
  vroegsein::Result<std::string> WhyNot(const std::string& text) {
    auto id = CaseId::Parse(text);
    if (!id) return std::string("niet-gevonden");
    if (!MaySeeMunicipality(call_.who(), id->household.municipality)) {
      return std::string("geen-toegang");
    }
    auto household = ReadHousehold(*api_.database, id->household, Depth::kCases);
    if (!household.ok()) return household.status();
    const CaseRecord* found =
        household->has_value() ? FindCase(std::as_const(**household), id->number) : nullptr;
    if (found == nullptr) return std::string("niet-gevonden");
    if (!MaySeeTeam(call_.who(), found->team())) return std::string("geen-toegang");
    if (found->has_closed_ms()) return std::string("zaak-gesloten");
    return MayDoIt(id->household.municipality, found->team());
  }

  vroegsein::Result<std::string> MayDoIt(const std::string& municipality, const std::string& team) {
    if (assignee_.empty()) return std::string();
    auto [known, fresh] = colleague_.try_emplace({municipality, team}, false);
    if (fresh) {
      auto colleague = IsColleague(api_, municipality, team, assignee_);
      if (!colleague.ok()) return colleague.status();
      known->second = *colleague;
    }
    return std::string(known->second ? "" : "medewerker-onbekend");
  }

  const ApiContext& api_;
  const Call& call_;
  const std::string assignee_;
  Submission submission_;
  std::vector<Result> results_;
  std::vector<size_t> under_way_;  // of each event, its place in results_
  std::map<std::pair<std::string, std::string>, bool> colleague_;
};

// Who works for a team: in the settings, and by account.
std::map<std::string, std::string> WorkersOf(const AccountBook::People& people,
                                             const std::string& municipality, const Team& team) {
  std::map<std::string, std::string> workers;
  for (const Worker& worker : team.workers()) workers[worker.user()] = worker.name();
  for (const auto& [user, known] : people) {
    const Identity& identity = known.identity;
    bool works = (identity.role == Role::kWorker || identity.role == Role::kCoordinator) &&
                 MaySeeMunicipality(identity, municipality) && MaySeeTeam(identity, team.code());
    if (works) workers[user] = known.name;
  }
  return workers;
}

void AddTeam(const AccountBook::People& people, const MunicipalitySettings& settings,
             const Team& team, JsonWriter* json) {
  json->BeginObject().Text("gemeentecode", settings.code()).Text("team", team.code());
  json->Text("naam", team.name()).Array("zones");
  std::set<std::string> zones;
  for (const ZoneRange& range : settings.zones()) {
    if (range.team() == team.code()) zones.insert(range.zone());
  }
  for (const std::string& zone : zones) json->Text(zone);
  json->EndArray().Array("medewerkers");
  for (const auto& [user, name] : WorkersOf(people, settings.code(), team)) {
    json->BeginObject().Text("gebruiker", user).Text("naam", name).EndObject();
  }
  json->EndArray().EndObject();
}

}  // namespace

HttpResponse AssignMany(const ApiContext& api, const Call& call) {
  std::vector<FieldError> errors;
  BulkAssignment asked = ReadBulkAssignment(call.request.body, &errors);
  if (!errors.empty()) return InvalidInput(errors);
  ManyAssigned many(api, call, asked.assignee);
  for (const BulkAssignment::One& one : asked.cases) {
    Status added = many.Add(one);
    if (!added.ok()) return FailureProblem(added);
  }
  return many.Answer(false);
}

HttpResponse HandOver(const ApiContext& api, const Call& call) {
  BodyInput input(kHandOverShape, call.request.body, api.today());
  std::string assignee = input.Text(0);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  const std::string& absent = call.path[0];
  ManyAssigned many(api, call, assignee);
  TaskQuestion question;
  question.today = api.today();
  question.team = call.who().team;
  question.assignee = absent;
  question.count = kHandOverMax;
  auto page = SelectTasks(api, call.who(), question);
  if (!page.ok()) return FailureProblem(page.status());
  for (const TaskEntry& entry : page->entries) {
    Status added = many.Add({entry.place.id().Text(), absent});
    if (!added.ok()) return FailureProblem(added);
  }
  return many.Answer(page->next.has_value());
}

HttpResponse ListTeams(const ApiContext& api, const Call& call) {
  auto people = api.door->accounts().Read();
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Array("teams");
  for (const std::string& code : call.who().municipalities) {
    auto municipality = ReadMunicipalityRecord(*api.database, code);
    if (!municipality.ok()) return FailureProblem(municipality.status());
    for (const Team& team : municipality->settings().teams()) {
      AddTeam(*people, municipality->settings(), team, &json);
    }
  }
  json.EndArray().EndObject();
  return JsonResponse(200, std::move(body));
}

HttpResponse FollowChanges(const ApiContext& api, const Call& call) {
  std::function<bool()> lives = [] { return true; };
  if (call.visitor.session != nullptr) {
    lives = [door = api.door, token = call.visitor.token, now = api.now] {
      return door->sessions().Find(token, now(), false) != nullptr;
    };
  }
  auto stream = api.feed->Listen(call.who(), lives);
  if (stream == nullptr) {
    HttpResponse refused = Problem(429, "te-druk", "Te veel schermen open",
                                   "Sluit een ander tabblad en laad de pagina opnieuw.");
    refused.headers.emplace_back("Retry-After", "30");
    return refused;
  }
  HttpResponse response;
  response.content_type = "text/event-stream";
  response.stream = std::move(stream);
  // A proxy that saves it up would make it late.
  response.headers.emplace_back("X-Accel-Buffering", "no");
  return response;
}

}  // namespace vroegsein
