#include "alerts/api/dead_letter_handlers.h"

#include <algorithm>
#include <deque>

#include "alerts/access/gate.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/reading/json_writer.h"
#include "alerts/topics/dead_letters.h"

namespace vroegsein {
namespace {

constexpr int64_t kPageDefault = 50;
constexpr int64_t kPageMax = 200;
constexpr size_t kIdCharsMax = 300;

enum { kId };
constexpr FieldSpec kFields[] = {{"", "id", "id", "/id", FieldType::kText, true}};
constexpr RecordShape kShape = {kFields, {}, 0};

HttpResponse NoTopicsProblem() {
  return Problem(404, "niet-gevonden", "Niet gevonden",
                 "Deze installatie neemt geen signalen van topics aan.");
}

// A record that was refused may be of any municipality of its partner; of one that is no partner
// any more, of any that there is.
bool MaySeeLetter(const ApiContext& api, const Identity& who, const DeadLetter& letter) {
  std::vector<std::string> codes;
  for (const Identity& identity : api.installation->identities) {
    bool sent = identity.role == Role::kPartner && identity.name == letter.partner;
    if (sent) codes = identity.municipalities;
  }
  if (codes.empty()) {
    for (const auto& config : api.installation->municipalities) {
      codes.push_back(config.settings.code());
    }
  }
  return std::all_of(codes.begin(), codes.end(),
                     [&](const std::string& code) { return MaySeeMunicipality(who, code); });
}

}  // namespace

HttpResponse ListRefused(DeadLetters* letters, const ApiContext& api, const Call& call) {
  QueryInput input(call.request);
  std::string partner = input.Text("partner");
  auto count = static_cast<size_t>(input.Number("aantal", kPageDefault, 1, kPageMax));
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (letters == nullptr) return NoTopicsProblem();
  std::deque<std::string> newest;
  auto read = letters->Read([&](const DeadLetter& letter) {
    if (!partner.empty() && letter.partner != partner) return true;
    if (!MaySeeLetter(api, call.who(), letter)) return true;
    newest.push_front(JsonOf(letter, false));
    if (newest.size() > count) newest.pop_back();
    return true;
  });
  if (!read.ok()) return FailureProblem(read.status());
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Array("afgekeurd");
  for (const std::string& one : newest) json.Raw(one);
  json.EndArray().Object("_links").Object("self").Text("href", "/v1/afgekeurd").EndObject();
  json.EndObject().EndObject();
  return JsonResponse(200, std::move(body));
}

HttpResponse HandInRefused(DeadLetters* letters, const ApiContext& api, const Call& call) {
  BodyInput input(kShape, call.request.body, api.today());
  std::string id = input.Text(kId, kIdCharsMax);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (letters == nullptr) return NoTopicsProblem();
  auto done = letters->HandInAgain([&](const DeadLetter& letter) {
    return letter.Id() == id && MaySeeLetter(api, call.who(), letter);
  });
  if (!done.ok()) return FailureProblem(done.status());
  if (done->too_long > 0) {
    return Problem(
        409, "bericht-te-groot", "Dit kan niet opnieuw worden aangeleverd",
        "Het bericht is groter dan een signaal mag zijn. Vraag de partner om een nieuw.");
  }
  if (done->records == 0) return NotFoundProblem("Dit bericht");
  std::string body;
  JsonWriter(&body).BeginObject().Text("id", id).EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace vroegsein
