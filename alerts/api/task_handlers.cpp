#include "alerts/api/task_handlers.h"

#include <array>
#include <map>
#include <set>

#include "alerts/access/gate.h"
#include "alerts/api/case_answer.h"
#include "alerts/api/case_changes.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/api/task_list.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/case_json.h"
#include "alerts/reading/households.h"

namespace vroegsein {
namespace {

constexpr int64_t kPageDefault = 50;
constexpr int64_t kPageMax = 200;
constexpr size_t kCursorBytesMax = 200;
// How many of the best tasks a pull tries, when colleagues pull at the same moment.
constexpr size_t kPullTries = 50;
constexpr std::array<std::string_view, 2> kStatuses = {"open", "opgepakt"};
constexpr std::array<std::string_view, 2> kYesNo = {"ja", "nee"};

enum SearchField {
  kWords,
  kTeam,
  kStatus,
  kPriority,
  kZone,
  kAssignee,
  kSector,
  kCrisis,
  kLate,
  kCount,
  kCursor
};
constexpr FieldSpec SearchText(std::string_view name, std::string_view pointer) {
  return {"", name, name, pointer, FieldType::kText, false};
}
constexpr std::array<FieldSpec, 11> kSearchFields = {
    SearchText("zoek", "/zoek"),
    SearchText("team", "/team"),
    SearchText("status", "/status"),
    SearchText("prioriteit", "/prioriteit"),
    SearchText("zone", "/zone"),
    SearchText("behandelaar", "/behandelaar"),
    SearchText("soort", "/soort"),
    SearchText("crisis", "/crisis"),
    SearchText("teLaat", "/teLaat"),
    FieldSpec{"", "aantal", "aantal", "/aantal", FieldType::kInteger, false},
    SearchText("cursor", "/cursor")};
constexpr RecordShape kSearchShape = {kSearchFields, {}, 0};

enum NextField { kNextTeam, kNextZone };
constexpr std::array<FieldSpec, 2> kNextFields = {SearchText("team", "/team"),
                                                  SearchText("zone", "/zone")};
constexpr RecordShape kNextShape = {kNextFields, {}, 0};

std::optional<bool> YesNo(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text == "ja";
}

// The question of a query, or of a body: `field` gives a text, `one` one out of a list.
template <typename Field, typename OneOf>
TaskQuestion Read(const ApiContext& api, const Call& call, const Field& field, const OneOf& one) {
  TaskQuestion question;
  question.today = api.today();
  question.team = field("team", kTeam, 100);
  question.status = one("status", kStatus, kStatuses);
  question.priority = field("prioriteit", kPriority, 100);
  question.zone = field("zone", kZone, 100);
  question.assignee = field("behandelaar", kAssignee, 100);
  question.sector = field("soort", kSector, 100);
  question.crisis = YesNo(one("crisis", kCrisis, kYesNo));
  question.late = YesNo(one("teLaat", kLate, kYesNo));
  std::string cursor = field("cursor", kCursor, kCursorBytesMax);
  if (!cursor.empty()) question.after = ParseCursor(cursor);
  if (question.team.empty()) question.team = call.who().team;
  return question;
}

std::string FullName(const Client& client) {
  std::string name = client.initials();
  for (const std::string* part : {&client.prefix(), &client.surname()}) {
    if (!name.empty() && !part->empty()) name += ' ';
    name += *part;
  }
  return name;
}

// What a list shows of the household beyond the index.
void AddResident(const HouseholdRecord& household, const CaseRecord& record, JsonWriter* json) {
  auto signals = SignalsOf(household, record.number());
  Client client;
  if (!signals.empty()) client = signals.back()->signal().client();
  json->Text("naam", FullName(client)).Text("straatnaam", client.street());
  json->Text("plaatsnaam", client.town()).Array("soorten");
  std::set<std::string> sectors;
  for (const SignalRecord* one : signals) sectors.insert(one->signal().sector());
  for (const std::string& sector : sectors) json->Text(sector);
  json->EndArray().Key("laatsteContactpoging");
  if (record.attempts_size() == 0) {
    json->Null();
  } else {
    const ContactAttempt& last = record.attempts(record.attempts_size() - 1);
    json->BeginObject().Text("soort", last.kind()).Text("datum", FormatDate(DateOf(last.day())));
    json->Flag("bereikt", last.reached()).EndObject();
  }
  json->Key("volgendeStap");
  AddNextStep(record, json);
}

// The task with what a list needs of its case. What closed since is left out.
Status AddTask(const ApiContext& api, const Call& call, const TaskEntry& entry, Date today,
               JsonWriter* json) {
  CaseId id = entry.place.id();
  auto household = ReadHousehold(*api.database, id.household, Depth::kWhole);
  if (!household.ok()) return household.status();
  if (!household->has_value()) return Status::Ok();
  const CaseRecord* record = FindCase(std::as_const(**household), id.number);
  if (record == nullptr || record->has_closed_ms()) return Status::Ok();
  call.Saw(id.Text());
  json->BeginObject().Text("zaakId", id.Text()).Text("huishoudenId", id.household.Text());
  json->Text("gemeentecode", id.household.municipality).Text("team", entry.place.team);
  json->TextOrNull("zone", entry.task.zone()).Text("status", NameOf(entry.task.status()));
  json->TextOrNull("behandelaar", entry.task.assignee()).Flag("crisis", entry.task.crisis());
  json->Text("prioriteit", entry.task.priority()).Real("score", entry.task.score());
  json->Text("deadline", FormatDate(DateOf(entry.place.day)));
  AddTimeLeft(TimeUntil(DateOf(entry.place.day), today), json);
  AddAddress((*household)->address(), json);
  AddReasons(DecisionOf(*record), json);
  json->Integer("aantalContactpogingen", record->attempts_size());
  AddResident(**household, *record, json);
  json->Object("_links").Object("zaak").Text("href", "/v1/zaken/" + id.Text());
  json->EndObject().EndObject().EndObject();
  return Status::Ok();
}

std::string Encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (char c : text) {
    bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                 c == '-' || c == '.' || c == '_';
    if (plain) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kHex[(static_cast<unsigned char>(c) >> 4) & 15];
      encoded += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  return encoded;
}

// The same question, from behind the last task.
std::string NextLink(const Call& call, const std::string& cursor) {
  std::string link = "/v1/taken?";
  for (const auto& [name, value] : call.request.query) {
    if (name != "cursor") link += name + "=" + Encoded(value) + "&";
  }
  return link + "cursor=" + Encoded(cursor);
}

HttpResponse AnswerPage(const ApiContext& api, const Call& call, const TaskQuestion& question,
                        bool linked) {
  if (!MaySeeTeam(call.who(), question.team)) {
    return ForbiddenProblem("Dit is van een ander team.");
  }
  auto page = SelectTasks(api, call.who(), question);
  if (!page.ok()) return FailureProblem(page.status());
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Array("taken");
  for (const TaskEntry& entry : page->entries) {
    Status added = AddTask(api, call, entry, question.today, &json);
    if (!added.ok()) return FailureProblem(added);
  }
  std::string next = page->next ? CursorOf(*page->next) : "";
  json.EndArray().TextOrNull("volgende", next);
  json.Object("_links").Object("self").Text("href", "/v1/taken").EndObject();
  if (linked && page->next) {
    json.Object("next").Text("href", NextLink(call, next)).EndObject();
  }
  json.EndObject().EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace

HttpResponse ListTasks(const ApiContext& api, const Call& call) {
  QueryInput input(call.request);
  auto text = [&](std::string_view name, size_t, size_t max) { return input.Text(name, max); };
  auto one = [&](std::string_view name, size_t, std::span<const std::string_view> values) {
    return input.OneOf(name, values);
  };
  TaskQuestion question = Read(api, call, text, one);
  question.count = static_cast<size_t>(input.Number("aantal", kPageDefault, 1, kPageMax));
  if (call.request.Query("cursor") && !question.after) {
    input.Fail("cursor", "cursor-ongeldig", "Gebruik de link naar volgende.");
  }
  if (!input.errors().empty()) return InvalidInput(input.errors());
  return AnswerPage(api, call, question, true);
}

HttpResponse SearchTasks(const ApiContext& api, const Call& call) {
  BodyInput input(kSearchShape, call.request.body, api.today());
  auto text = [&](std::string_view, size_t field, size_t max) { return input.Text(field, max); };
  auto one = [&](std::string_view, size_t field, std::span<const std::string_view> values) {
    return input.OneOf(field, values);
  };
  TaskQuestion question = Read(api, call, text, one);
  question.words = SearchWords(input.Text(kWords));
  question.count = static_cast<size_t>(input.Number(kCount, kPageDefault, 1, kPageMax));
  if (!input.Text(kCursor, kCursorBytesMax).empty() && !question.after) {
    input.Fail(kCursor, "cursor-ongeldig", "Gebruik volgende van het vorige antwoord.");
  }
  if (!input.errors().empty()) return InvalidInput(input.errors());
  return AnswerPage(api, call, question, false);
}

// Whoever was first has it: the desk refuses the second, who then gets the next best.
HttpResponse TakeNextTask(const ApiContext& api, const Call& call) {
  BodyInput input(kNextShape, call.request.body, api.today());
  TaskQuestion question;
  question.today = api.today();
  question.team = input.Text(kNextTeam);
  question.zone = input.Text(kNextZone);
  question.status = NameOf(TASK_OPEN);
  question.count = kPullTries;
  if (question.team.empty()) question.team = call.who().team;
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (!MaySeeTeam(call.who(), question.team)) {
    return ForbiddenProblem("Dit is van een ander team.");
  }
  auto page = SelectTasks(api, call.who(), question);
  if (!page.ok()) return FailureProblem(page.status());
  for (const TaskEntry& entry : page->entries) {
    FoundCase found;
    found.id = entry.place.id();
    Event event = EventFor(api, found);
    TaskChanged* change = event.mutable_task();
    change->set_case_id(found.id.Text());
    change->set_action(TASK_CLAIM);
    change->set_worker(call.who().name);
    change->set_expected_assignee("");
    change->set_undoable(true);
    HttpResponse response = Apply(api, call, std::move(event));
    if (response.status != 409 && response.status != 404) return response;
  }
  return Problem(404, "geen-taak", "Er is geen taak meer", "Alles is opgepakt.");
}

}  // namespace vroegsein
