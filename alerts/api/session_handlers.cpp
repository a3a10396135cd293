#include "alerts/api/session_handlers.h"

#include <array>

#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/openid/openid_client.h"
#include "alerts/reading/json_writer.h"
#include "alerts/session/password.h"

namespace vroegsein {
namespace {

enum SignInField { kUser, kPassword };
constexpr std::array<FieldSpec, 2> kSignInFields = {
    {{"", "gebruiker", "gebruiker", "/gebruiker", FieldType::kText, true},
     {"", "wachtwoord", "wachtwoord", "/wachtwoord", FieldType::kText, true}}};
constexpr RecordShape kSignInShape = {kSignInFields, {}, 0};

enum PasswordField { kCurrent, kFresh };
constexpr std::array<FieldSpec, 2> kPasswordFields = {
    {{"", "huidig", "huidig", "/huidig", FieldType::kText, true},
     {"", "nieuw", "nieuw", "/nieuw", FieldType::kText, true}}};
constexpr RecordShape kPasswordShape = {kPasswordFields, {}, 0};

// Which of name and password was wrong is not told.
HttpResponse RefusedProblem(const SignIn& refused) {
  if (refused.entry == Admission::kWrong) {
    HttpResponse response = Problem(401, "aanmelden-mislukt", "Aanmelden is niet gelukt",
                                    "Controleer de gebruikersnaam en het wachtwoord.");
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"vroegsein\"");
    return response;
  }
  HttpResponse response =
      refused.entry == Admission::kLocked
          ? Problem(429, "te-veel-pogingen", "Te veel pogingen",
                    "Wacht even en probeer het dan opnieuw.")
          : Problem(429, "te-druk", "Het is te druk", "Probeer het zo opnieuw.");
  response.headers.emplace_back("Retry-After", std::to_string(refused.wait.count()));
  return response;
}

void AddMunicipalities(const ApiContext& api, const Identity& identity, JsonWriter* json) {
  json->Array("gemeenten");
  for (const std::string& code : identity.municipalities) {
    const MunicipalityConfig* known = api.installation->FindMunicipality(code);
    json->BeginObject().Text("code", code);
    json->Text("naam", known == nullptr ? code : known->settings.name()).EndObject();
  }
  json->EndArray();
}

std::string_view WayOf(const ApiContext& api, const Identity& identity, const Session* session) {
  if (session == nullptr) return "sleutel";
  auto people = api.door->accounts().Read();
  auto account = people->find(identity.name);
  bool elsewhere = account != people->end() && account->second.at_provider;
  return elsewhere ? "openid-connect" : "wachtwoord";
}

HttpResponse WhoAmI(const ApiContext& api, int status, const Identity& identity,
                    const Session* session) {
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Text("gebruiker", identity.name);
  json.Text("naam", session == nullptr ? identity.name : session->name);
  json.Text("rol", NameOf(identity.role)).TextOrNull("team", identity.team);
  AddMunicipalities(api, identity, &json);
  json.Text("aanmeldwijze", WayOf(api, identity, session));
  json.TextOrNull("csrfToken", session == nullptr ? "" : session->csrf);
  const SessionTable& sessions = api.door->sessions();
  json.TextOrNull("verlooptOp",
                  session == nullptr ? "" : FormatInstant(sessions.EndsIdle(*session)));
  json.TextOrNull("uiterlijkOp",
                  session == nullptr ? "" : FormatInstant(sessions.EndsAtLatest(*session)));
  json.EndObject();
  return JsonResponse(status, std::move(body));
}

HttpResponse Said(std::string_view name) {
  std::string body;
  JsonWriter(&body).BeginObject().Flag(name, true).EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace

HttpResponse ShowSignInWays(const ApiContext& api, const Call&) {
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Flag("wachtwoord", true);
  if (api.openid == nullptr) {
    json.Null("openidConnect");
  } else {
    json.Object("openidConnect").Text("naam", api.openid->settings().name);
    json.Text("href", "/v1/sessies/openid/start").EndObject();
  }
  json.EndObject();
  return JsonResponse(200, std::move(body));
}

HttpResponse OpenSession(const ApiContext& api, const Call& call) {
  // Another site may not sign somebody in under a name of its own choice.
  std::string_view from = call.request.Header("sec-fetch-site").value_or("same-origin");
  if (from != "same-origin" && from != "none") return ForgedProblem();
  BodyInput input(kSignInShape, call.request.body, api.today());
  std::string user = input.Text(kUser, kUserCharsMax);
  std::string password = input.Text(kPassword, kPasswordCharsMax);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  SignIn signed_in = api.door->Open(user, password, call.request);
  if (signed_in.entry != Admission::kOpened) return RefusedProblem(signed_in);
  const Session& session = *signed_in.session;
  HttpResponse response = WhoAmI(api, 201, session.identity, &session);
  response.headers.push_back(api.door->CookieHeader(signed_in.token));
  return response;
}

HttpResponse ShowSession(const ApiContext& api, const Call& call) {
  return WhoAmI(api, 200, call.who(), call.visitor.session.get());
}

HttpResponse CloseSession(const ApiContext& api, const Call& call) {
  api.door->sessions().Close(call.visitor.token);
  const Session* session = call.visitor.session.get();
  bool elsewhere = session != nullptr && session->provider_token != nullptr;
  std::string next;
  if (elsewhere && api.openid != nullptr)
    next = api.openid->SignOutAddress(*session->provider_token);
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Flag("afgemeld", true).TextOrNull("verder", next).EndObject();
  HttpResponse response = JsonResponse(200, std::move(body));
  response.headers.push_back(api.door->CookieHeader(""));
  return response;
}

HttpResponse ChangePassword(const ApiContext& api, const Call& call) {
  BodyInput input(kPasswordShape, call.request.body, api.today());
  std::string current = input.Text(kCurrent, kPasswordCharsMax);
  std::string fresh = input.Text(kFresh, kPasswordCharsMax);
  if (!fresh.empty() && fresh.size() < kPasswordCharsMin) {
    input.Fail(kFresh, "wachtwoord-te-kort",
               "Kies er een van minstens " + std::to_string(kPasswordCharsMin) + " tekens.");
  }
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (call.visitor.session == nullptr)
    return ForbiddenProblem("Een sleutel heeft geen wachtwoord.");
  auto changed = api.door->ChangePassword(call.visitor, current, fresh, call.request);
  if (!changed.ok()) return FailureProblem(changed.status());
  return changed->entry == Admission::kOpened ? Said("gewijzigd") : RefusedProblem(*changed);
}

}  // namespace vroegsein
