#include "alerts/api/dead_letter_handlers.h"

#include <deque>

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

}  // namespace

HttpResponse ListRefused(DeadLetters* letters, const Call& call) {
  QueryInput input(call.request);
  std::string partner = input.Text("partner");
  auto count = static_cast<size_t>(input.Number("aantal", kPageDefault, 1, kPageMax));
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (letters == nullptr) return NoTopicsProblem();
  std::deque<std::string> newest;
  Status read = letters->Read([&](const DeadLetter& letter) {
    if (!partner.empty() && letter.partner != partner) return true;
    newest.push_front(JsonOf(letter, false));
    if (newest.size() > count) newest.pop_back();
    return true;
  });
  if (!read.ok()) return FailureProblem(read);
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
  auto done = letters->HandInAgain([&](const DeadLetter& letter) { return letter.Id() == id; });
  if (!done.ok()) return FailureProblem(done.status());
  if (*done == 0) return NotFoundProblem("Dit bericht");
  std::string body;
  JsonWriter(&body).BeginObject().Text("id", id).EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace vroegsein
