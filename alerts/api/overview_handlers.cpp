#include "alerts/api/overview_handlers.h"

#include <algorithm>
#include <map>
#include <set>

#include "alerts/access/gate.h"
#include "alerts/api/case_answer.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/api/task_list.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"
#include "alerts/reading/json_writer.h"

namespace vroegsein {
namespace {

constexpr size_t kDistrictDigits = 4;  // of a postcode

struct Count {
  int64_t tasks = 0;
  int64_t unclaimed = 0;
  int64_t late = 0;
  int64_t near = 0;
  int64_t crisis = 0;
};

using PlaceName = std::pair<std::string, std::string>;  // municipality, and team, zone or user

// Counts tasks by everything that a coordinator divides by.
class Workload {
 public:
  explicit Workload(Date today) : today_(today) {}

  void Add(const TaskEntry& entry) {
    const std::string& code = entry.place.municipality;
    Add(entry, &total_);
    Add(entry, &teams_[{code, entry.place.team}]);
    if (!entry.task.zone().empty()) Add(entry, &zones_[{code, entry.task.zone()}]);
    const std::string& user = entry.task.assignee();
    if (user.empty()) return;
    Add(entry, &workers_[{code, user}]);
    worker_team_[{code, user}] = entry.place.team;
  }
  void AddTeam(const std::string& code, const Team& team) {
    names_[{code, team.code()}] = team.name();
    teams_[{code, team.code()}];
    for (const Worker& worker : team.workers()) {
      PlaceName key{code, worker.user()};
      worker_names_[key] = worker.name();
      worker_team_[key] = team.code();
      workers_[key];
    }
  }

  void Write(JsonWriter* json) {
    json->Object("totaal");
    WriteCount(total_, json);
    json->EndObject().Array("teams");
    for (const auto& [key, count] : teams_) {
      json->BeginObject().Text("gemeentecode", key.first).Text("team", key.second);
      json->Text("naam", names_[key]);
      WriteCount(count, json);
      json->EndObject();
    }
    json->EndArray().Array("zones");
    for (const auto& [key, count] : zones_) {
      json->BeginObject().Text("gemeentecode", key.first).Text("zone", key.second);
      WriteCount(count, json);
      json->EndObject();
    }
    json->EndArray().Array("medewerkers");
    for (const auto& [key, count] : workers_) {
      auto name = worker_names_.find(key);
      json->BeginObject().Text("gemeentecode", key.first).Text("gebruiker", key.second);
      json->Text("naam", name == worker_names_.end() ? key.second : name->second);
      json->Text("team", worker_team_[key]);
      WriteCount(count, json);
      json->EndObject();
    }
    json->EndArray();
  }

 private:
  void Add(const TaskEntry& entry, Count* count) {
    auto [left, fresh] = left_.try_emplace(entry.place.day);
    if (fresh) left->second = TimeUntil(DateOf(entry.place.day), today_);
    ++count->tasks;
    count->unclaimed += entry.task.assignee().empty() ? 1 : 0;
    count->late += left->second.late ? 1 : 0;
    count->near += left->second.near ? 1 : 0;
    count->crisis += entry.task.crisis() ? 1 : 0;
  }
  static void WriteCount(const Count& count, JsonWriter* json) {
    json->Integer("taken", count.tasks).Integer("nietOpgepakt", count.unclaimed);
    json->Integer("teLaat", count.late).Integer("bijnaTeLaat", count.near);
    json->Integer("crisis", count.crisis);
  }

  const Date today_;
  std::map<int32_t, TimeLeft> left_;  // counting working days takes a while; there are few days
  Count total_;
  std::map<PlaceName, Count> teams_, zones_, workers_;
  std::map<PlaceName, std::string> names_, worker_names_, worker_team_;
};

// Whoever asks, but of one municipality only when one is asked for.
struct Scope {
  Identity who;
  std::optional<HttpResponse> problem;
};
Scope ScopeOf(const Call& call) {
  QueryInput input(call.request);
  std::string code = input.Text("gemeentecode");
  Scope scope{call.who(), std::nullopt};
  if (!input.errors().empty()) scope.problem = InvalidInput(input.errors());
  if (code.empty()) return scope;
  if (!MaySeeMunicipality(scope.who, code)) {
    scope.problem = ForbiddenProblem("Dit is van een andere gemeente.");
  }
  scope.who.municipalities = {code};
  return scope;
}

// What lies together: cases of one kind in one street; without households, in one district.
struct Street {
  std::string municipality;
  std::string name;  // `8911AD Lange Marktstraat`, `8911`
  std::string sector;
  auto operator<=>(const Street&) const = default;
};

// Whoever steers gets numbers; the households themselves are for whoever helps them.
class Patterns {
 public:
  explicit Patterns(bool households) : households_(households) {}

  void Add(const TaskEntry& entry, const HouseholdRecord& household, const CaseRecord& record) {
    std::string id = entry.place.id().Text();
    uint32_t earlier = DecisionOf(record).facts().earlier_cases();
    if (earlier > 0) returning_.push_back({id, record.team(), earlier, household.address()});
    std::set<Street> streets;
    for (const SignalRecord* signal : SignalsOf(household, record.number())) {
      streets.insert({household.municipality(), AreaOf(household, signal->signal().client()),
                      signal->signal().sector()});
    }
    for (const Street& street : streets) streets_[street].push_back(id);
  }

  void Write(const Call& call, JsonWriter* json) {
    auto more = [](const Returning& a, const Returning& b) { return a.earlier > b.earlier; };
    json->Integer("aantalTerugkerend", static_cast<int64_t>(returning_.size()));
    std::stable_sort(returning_.begin(), returning_.end(), more);
    returning_.resize(households_ ? std::min(returning_.size(), kPatternsShownMax) : 0);
    json->Array("terugkerend");
    for (const Returning& one : returning_) {
      call.Saw(one.case_id);
      json->BeginObject().Text("zaakId", one.case_id).Text("team", one.team);
      json->Integer("eerdereZaken", one.earlier);
      AddAddress(one.address, json);
      json->EndObject();
    }
    json->EndArray().Array("collectief");
    for (const auto& [street, cases] : Largest()) WriteStreet(call, street, *cases, json);
    json->EndArray();
  }

 private:
  struct Returning {
    std::string case_id;
    std::string team;
    uint32_t earlier = 0;
    AddressRecord address;
  };
  using Cases = std::vector<std::string>;

  std::string AreaOf(const HouseholdRecord& household, const Client& client) const {
    const std::string& postcode = household.address().postcode();
    if (!households_) return postcode.substr(0, kDistrictDigits);
    return client.street().empty() ? postcode : postcode + " " + client.street();
  }

  std::vector<std::pair<Street, const Cases*>> Largest() const {
    std::vector<std::pair<Street, const Cases*>> found;
    for (const auto& [street, cases] : streets_) {
      if (cases.size() >= kCollectiveCasesMin) found.emplace_back(street, &cases);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      return a.second->size() > b.second->size();
    });
    found.resize(std::min(found.size(), kPatternsShownMax));
    return found;
  }
  void WriteStreet(const Call& call, const Street& street, const Cases& cases,
                   JsonWriter* json) const {
    json->BeginObject().Text("gemeentecode", street.municipality).Text("gebied", street.name);
    json->Text("soort", street.sector).Integer("aantal", static_cast<int64_t>(cases.size()));
    json->Array("zaken");
    size_t shown = households_ ? std::min(cases.size(), kPatternsShownMax) : 0;
    for (size_t i = 0; i < shown; ++i) {
      call.Saw(cases[i]);
      json->Text(cases[i]);
    }
    json->EndArray().EndObject();
  }

  const bool households_;
  std::vector<Returning> returning_;
  std::map<Street, Cases> streets_;
};

}  // namespace

HttpResponse ShowWorkload(const ApiContext& api, const Call& call) {
  Scope scope = ScopeOf(call);
  if (scope.problem) return std::move(*scope.problem);
  Workload load(api.today());
  Status read = EachVisibleTeam(api, scope.who, [&](const std::string& code, const Team& team) {
    load.AddTeam(code, team);
    return ScanTasks(*api.database, code, team.code(), std::nullopt, [&](const TaskEntry& entry) {
      load.Add(entry);
      return true;
    });
  });
  if (!read.ok()) return FailureProblem(read);
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Text("peildatum", FormatDate(api.today()));
  load.Write(&json);
  json.EndObject();
  return JsonResponse(200, std::move(body));
}

HttpResponse ShowPatterns(const ApiContext& api, const Call& call) {
  Scope scope = ScopeOf(call);
  if (scope.problem) return std::move(*scope.problem);
  Patterns patterns(call.who().role == Role::kCoordinator);
  size_t looked_at = 0;
  Status failed;
  Status read = EachVisibleTeam(api, scope.who, [&](const std::string& code, const Team& team) {
    auto each = [&](const TaskEntry& entry) {
      auto household = ReadHousehold(*api.database, entry.place.id().household, Depth::kWhole);
      failed = household.status();
      if (!failed.ok()) return false;
      const CaseRecord* record = household->has_value()
                                     ? FindCase(std::as_const(**household), entry.place.case_number)
                                     : nullptr;
      if (record != nullptr) patterns.Add(entry, **household, *record);
      return ++looked_at < kPatternCasesMax;
    };
    if (looked_at >= kPatternCasesMax) return Status::Ok();
    VROEGSEIN_RETURN_IF_ERROR(ScanTasks(*api.database, code, team.code(), std::nullopt, each));
    return failed;
  });
  if (!read.ok()) return FailureProblem(read);
  std::string body;
  JsonWriter json(&body);
  json.BeginObject();
  patterns.Write(call, &json);
  json.EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace vroegsein
