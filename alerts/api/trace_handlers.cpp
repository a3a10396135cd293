#include "alerts/api/trace_handlers.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "alerts/access/access_log.h"
#include "alerts/access/gate.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/reading/json_writer.h"

namespace vroegsein {
namespace {

constexpr int64_t kPageDefault = 50;
constexpr int64_t kPageMax = 200;

struct TraceQuestion {
  std::string subject;
  std::string user;
  size_t count = 0;
  uint64_t before = 0;
};

// Of the officer's own municipalities; what names no case is of all.
bool IsOwn(const Identity& who, const AccessRecord& record) {
  const auto& subjects = record.subjects();
  return subjects.empty() ||
         std::any_of(subjects.begin(), subjects.end(), [&](const std::string& subject) {
           return MaySeeMunicipality(who, subject.substr(0, 4));
         });
}

bool Passes(const TraceQuestion& question, const Identity& who, const AccessRecord& record) {
  if (!IsOwn(who, record)) return false;
  if (!question.user.empty() && record.user() != question.user) return false;
  const auto& subjects = record.subjects();
  return question.subject.empty() ||
         std::find(subjects.begin(), subjects.end(), question.subject) != subjects.end();
}

void AddRecord(const AccessRecord& record, const std::string& reason, JsonWriter* json) {
  json->BeginObject().Integer("nummer", static_cast<int64_t>(record.number()));
  json->Text("tijdstip", FormatInstant(InstantOf(record.at_ms()))).Text("gebruiker", record.user());
  json->Text("rol", record.role()).Text("handeling", record.operation()).Array("onderwerpen");
  for (const std::string& subject : record.subjects()) json->Text(subject);
  json->EndArray().Integer("status", record.status()).TextOrNull("reden", reason).EndObject();
}

std::string NextLink(const TraceQuestion& question, uint64_t before) {
  std::string link = "/v1/toegangslog?aantal=" + std::to_string(question.count);
  if (!question.subject.empty()) link += "&zaakId=" + question.subject;
  if (!question.user.empty()) link += "&gebruiker=" + question.user;
  return link + "&cursor=" + std::to_string(before);
}

}  // namespace

HttpResponse ShowAccessLog(const ApiContext& api, const Call& call) {
  QueryInput input(call.request);
  TraceQuestion question;
  question.subject = input.Text("zaakId");
  question.user = input.Text("gebruiker");
  question.count = static_cast<size_t>(input.Number("aantal", kPageDefault, 1, kPageMax));
  question.before =
      static_cast<uint64_t>(input.Number("cursor", 0, 0, std::numeric_limits<int64_t>::max()));
  if (!question.user.empty() && !IsUserName(question.user)) {
    input.Fail("gebruiker", "waarde-onbekend", "Dit is geen gebruikersnaam.");
  }
  bool known = CaseId::Parse(question.subject) || HouseholdId::Parse(question.subject);
  if (!question.subject.empty() && !known) {
    input.Fail("zaakId", "waarde-onbekend", "Dit is geen zaak en geen huishouden.");
  }
  if (!input.errors().empty()) return InvalidInput(input.errors());
  std::string body;
  JsonWriter json(&body);
  size_t shown = 0, looked_at = 0;
  uint64_t last = 0;
  json.BeginObject().Array("regels");
  Status read = api.access->ReadBack(
      question.before, [&](const AccessRecord& record, const std::string& reason) {
        if (shown == question.count || looked_at == kTraceLookedThrough) return false;
        ++looked_at;
        last = record.number();
        if (!Passes(question, call.who(), record)) return true;
        ++shown;
        AddRecord(record, reason, &json);
        return true;
      });
  if (!read.ok()) return FailureProblem(read);
  json.EndArray().Object("_links").Object("self").Text("href", "/v1/toegangslog").EndObject();
  if (last > 1) json.Object("next").Text("href", NextLink(question, last)).EndObject();
  json.EndObject().EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace vroegsein
