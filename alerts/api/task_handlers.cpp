#include "alerts/api/task_handlers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "alerts/access/gate.h"
#include "alerts/api/case_answer.h"
#include "alerts/api/case_lookup.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/case_json.h"
#include "alerts/reading/households.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr int64_t kPageDefault = 50;
constexpr int64_t kPageMax = 200;
constexpr std::array<std::string_view, 2> kStatuses = {"open", "opgepakt"};

// Where a task stands in the list.
struct Place {
  int32_t day = 0;
  std::string municipality;
  std::string team;
  uint64_t household = 0;
  uint32_t case_number = 0;

  auto operator<=>(const Place&) const = default;
};

struct Entry {
  Place place;
  TaskSummary task;
};

struct Question {
  std::string team;
  std::string status;
  std::string priority;
  std::string zone;
  std::string assignee;
  size_t count = 0;
  std::optional<Place> after;
};

// `20779.0080.123.1.centrum`: the place of the last task of the page before.
std::string CursorOf(const Place& place) {
  return std::to_string(place.day) + "." + place.municipality + "." +
         std::to_string(place.household) + "." + std::to_string(place.case_number) + "." +
         place.team;
}

template <typename Number>
bool TakeNumber(std::string_view* rest, Number* number) {
  auto [end, error] = std::from_chars(rest->data(), rest->data() + rest->size(), *number);
  if (error != std::errc() || end == rest->data() + rest->size() || *end != '.') return false;
  rest->remove_prefix(static_cast<size_t>(end - rest->data()) + 1);
  return true;
}

std::optional<Place> ParseCursor(std::string_view text) {
  Place place;
  if (!TakeNumber(&text, &place.day)) return std::nullopt;
  size_t dot = text.find('.');
  if (dot != 4) return std::nullopt;
  place.municipality = text.substr(0, dot);
  text.remove_prefix(dot + 1);
  if (!TakeNumber(&text, &place.household) || !TakeNumber(&text, &place.case_number)) {
    return std::nullopt;
  }
  place.team = text;
  return place;
}

Question Read(const Call& call, QueryInput* input) {
  Question question;
  question.team = input->Text("team");
  question.status = input->OneOf("status", kStatuses);
  question.priority = input->Text("prioriteit");
  question.zone = input->Text("zone");
  question.assignee = input->Text("behandelaar");
  question.count = static_cast<size_t>(input->Number("aantal", kPageDefault, 1, kPageMax));
  std::string cursor = input->Text("cursor", 200);
  if (!cursor.empty()) {
    question.after = ParseCursor(cursor);
    if (!question.after) input->Fail("cursor", "cursor-ongeldig", "Gebruik de link naar volgende.");
  }
  if (question.team.empty()) question.team = call.who().team;
  return question;
}

bool Passes(const Question& question, const TaskSummary& task) {
  return (question.status.empty() || NameOf(task.status()) == question.status) &&
         (question.priority.empty() || task.priority() == question.priority) &&
         (question.zone.empty() || task.zone() == question.zone) &&
         (question.assignee.empty() || task.assignee() == question.assignee);
}

// The first tasks of one team that come after the question's place, merged into `best`, which stays
// sorted and at most `keep` long.
class Merge {
 public:
  Merge(const Database& database, const Question& question, size_t keep)
      : database_(database), question_(question), keep_(keep) {}

  Status Add(const std::string& municipality, const std::string& team) {
    std::string end = keys::After(keys::TeamTasks(municipality, team));
    Status status;
    auto each = [&](std::string_view key, std::string_view value) {
      Entry entry;
      if (!entry.task.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
        status = Status::DataLoss("a task cannot be read");
        return false;
      }
      entry.place = {DaysOf(keys::DayOfTaskKey(key)), municipality, team, entry.task.household(),
                     entry.task.case_number()};
      return Take(std::move(entry));
    };
    VROEGSEIN_RETURN_IF_ERROR(database_.Scan(Begin(municipality, team), end, each));
    return status;
  }

  std::vector<Entry>& best() { return best_; }

 private:
  std::string Begin(const std::string& municipality, const std::string& team) const {
    if (!question_.after) return keys::TeamTasks(municipality, team);
    return keys::Task(team, DateOf(question_.after->day), CaseId{{municipality, 0}, 0});
  }

  // False when nothing behind it in this team can be among the best.
  bool Take(Entry entry) {
    if (question_.after && entry.place <= *question_.after) return true;
    bool full = best_.size() == keep_;
    if (full && entry.place > best_.back().place) return false;
    if (!Passes(question_, entry.task)) return true;
    auto at = std::lower_bound(best_.begin(), best_.end(), entry.place,
                               [](const Entry& a, const Place& b) { return a.place < b; });
    best_.insert(at, std::move(entry));
    if (best_.size() > keep_) best_.pop_back();
    return true;
  }

  const Database& database_;
  const Question& question_;
  size_t keep_;
  std::vector<Entry> best_;
};

// The task with what a list needs of its case. What closed since is left out.
Status AddTask(const ApiContext& api, const Entry& entry, Date today, JsonWriter* json) {
  CaseId id{{entry.place.municipality, entry.place.household}, entry.place.case_number};
  auto household = ReadHousehold(*api.database, id.household, Depth::kCases);
  if (!household.ok()) return household.status();
  if (!household->has_value()) return Status::Ok();
  const CaseRecord* record = FindCase(std::as_const(**household), id.number);
  if (record == nullptr || record->has_closed_ms()) return Status::Ok();
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
std::string NextLink(const Call& call, const Place& last) {
  std::string link = "/v1/taken?";
  for (const auto& [name, value] : call.request.query) {
    if (name != "cursor") link += name + "=" + Encoded(value) + "&";
  }
  return link + "cursor=" + Encoded(CursorOf(last));
}

Status Collect(const ApiContext& api, const Call& call, const Question& question, Merge* merge) {
  for (const std::string& code : call.who().municipalities) {
    auto municipality = ReadMunicipalityRecord(*api.database, code);
    if (!municipality.ok()) return municipality.status();
    for (const Team& team : municipality->settings().teams()) {
      if (!question.team.empty() && team.code() != question.team) continue;
      VROEGSEIN_RETURN_IF_ERROR(merge->Add(code, team.code()));
    }
  }
  return Status::Ok();
}

}  // namespace

HttpResponse ListTasks(const ApiContext& api, const Call& call) {
  QueryInput input(call.request);
  Question question = Read(call, &input);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (!MaySeeTeam(call.who(), question.team)) {
    return ForbiddenProblem("Dit is van een ander team.");
  }
  Merge merge(*api.database, question, question.count + 1);
  Status collected = Collect(api, call, question, &merge);
  if (!collected.ok()) return FailureProblem(collected);
  std::vector<Entry>& best = merge.best();
  bool more = best.size() > question.count;
  if (more) best.pop_back();
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Array("taken");
  for (const Entry& entry : best) {
    Status added = AddTask(api, entry, api.today(), &json);
    if (!added.ok()) return FailureProblem(added);
  }
  json.EndArray().Object("_links").Object("self").Text("href", "/v1/taken").EndObject();
  if (more) json.Object("next").Text("href", NextLink(call, best.back().place)).EndObject();
  json.EndObject().EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace vroegsein
