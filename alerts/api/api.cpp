#include "alerts/api/api.h"

#include "alerts/api/case_handlers.h"
#include "alerts/api/partner_handlers.h"
#include "alerts/api/policy_handlers.h"
#include "alerts/api/problem.h"
#include "alerts/api/report_handlers.h"
#include "alerts/api/signal_handlers.h"
#include "alerts/api/task_handlers.h"

extern "C" const char vroegsein_openapi[], vroegsein_openapi_end[];

namespace vroegsein {
namespace {

const std::vector<Role> kPartners = {Role::kPartner};
const std::vector<Role> kTeams = {Role::kWorker, Role::kCoordinator};
const std::vector<Role> kSteering = {Role::kCoordinator, Role::kManager};
const std::vector<Role> kAdministrators = {Role::kAdministrator};
const std::vector<Role> kInside = {Role::kWorker, Role::kCoordinator, Role::kManager,
                                   Role::kPrivacyOfficer, Role::kAdministrator};

HttpResponse ShowOpenApi(const Call&) {
  HttpResponse response = JsonResponse(200, std::string(OpenApiDocument()));
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  response.headers.emplace_back("Cache-Control", "public, max-age=300");
  return response;
}

using Function = HttpResponse (*)(const ApiContext&, const Call&);

std::function<HttpResponse(const Call&)> With(const ApiContext& api, Function function) {
  return [&api, function](const Call& call) { return function(api, call); };
}

std::vector<Route> PolicyRoutes(const ApiContext& api) {
  auto with = [&api](Function function) { return With(api, function); };
  return {
      {"GET", "/v1/beleid", "beleidOphalen", kInside, {}, with(ListPolicies)},
      {"GET", "/v1/beleid/{hash}", "beleidsmodelOphalen", kInside, {}, with(ShowPolicy)},
      {"GET", "/v1/beleid/{hash}/tests", "beleidstestsOphalen", kInside, {}, with(ShowPolicyTests)},
      {"POST", "/v1/beleid", "beleidActiveren", kAdministrators, {}, with(ActivatePolicy)},
      {"POST",
       "/v1/beleid/{hash}/intrekken",
       "beleidIntrekken",
       kAdministrators,
       {},
       with(WithdrawPolicy)},
      {"POST", "/v1/schaduwbeleid", "schaduwStarten", kAdministrators, {}, with(StartShadow)},
      {"POST",
       "/v1/schaduwbeleid/stoppen",
       "schaduwStoppen",
       kAdministrators,
       {},
       with(StopShadow)},
      {"GET",
       "/v1/schaduwbeleid/verschillen",
       "schaduwverschillenOphalen",
       {Role::kManager, Role::kAdministrator},
       {"gemeentecode", "aantal"},
       with(ListShadowDifferences)},
  };
}

}  // namespace

std::string_view OpenApiDocument() {
  return {vroegsein_openapi, static_cast<size_t>(vroegsein_openapi_end - vroegsein_openapi)};
}

std::vector<HttpField> ApiHeaders() {
  return {{"API-Version", "1.0.0"},
          {"Strict-Transport-Security", "max-age=31536000"},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
          {"Referrer-Policy", "no-referrer"}};
}

std::vector<Route> ApiRoutes(const ApiContext& api) {
  auto with = [&api](Function function) { return With(api, function); };
  std::vector<Route> routes = {
      {"GET", "/v1/openapi.json", "getOpenapi", {}, {}, ShowOpenApi},
      {"POST", "/v1/vroegsignalen", "vroegsignalenAanleveren", kPartners, {}, with(TakeSignals)},
      {"GET", "/v1/leveringen/{leveringId}", "leveringOphalen", kPartners, {}, with(ShowDelivery)},
      {"POST", "/v1/aflopen", "aflopenAanleveren", kPartners, {}, with(TakeAftermaths)},
      {"GET",
       "/v1/terugkoppelingen",
       "terugkoppelingenOphalen",
       kPartners,
       {"vanaf", "aantal"},
       with(ListFeedback)},
      {"GET",
       "/v1/taken",
       "takenOphalen",
       kTeams,
       {"team", "status", "prioriteit", "zone", "behandelaar", "aantal", "cursor"},
       with(ListTasks)},
      {"GET", "/v1/zaken/{zaakId}", "zaakOphalen", kTeams, {}, with(ShowCase)},
      {"POST",
       "/v1/zaken/{zaakId}/contactpogingen",
       "contactpogingVastleggen",
       kTeams,
       {},
       with(AddContactAttempt)},
      {"POST",
       "/v1/zaken/{zaakId}/eindresultaat",
       "eindresultaatVastleggen",
       kTeams,
       {},
       with(RecordOutcome)},
      {"POST", "/v1/zaken/{zaakId}/oppakken", "taakOppakken", kTeams, {}, with(ClaimTask)},
      {"POST", "/v1/zaken/{zaakId}/teruggeven", "taakTeruggeven", kTeams, {}, with(ReleaseTask)},
      {"POST", "/v1/zaken/{zaakId}/toewijzen", "taakToewijzen", kTeams, {}, with(AssignTask)},
      {"POST", "/v1/zaken/{zaakId}/regie", "regieWijzigen", kTeams, {}, with(ChangeLead)},
      {"GET",
       "/v1/huishoudens/{huishoudenId}",
       "huishoudenOphalen",
       kTeams,
       {},
       with(ShowHousehold)},
      {"GET",
       "/v1/rapportages/{naam}",
       "rapportageOphalen",
       kSteering,
       {"van", "tot", "gemeentecode", "formaat"},
       with(ShowReport)},
      {"POST",
       "/v1/ddas/gegevens",
       "ddasGegevensOphalen",
       {Role::kManager},
       {},
       with(ExportDdasData)},
  };
  std::vector<Route> policy = PolicyRoutes(api);
  routes.insert(routes.end(), policy.begin(), policy.end());
  return routes;
}

}  // namespace vroegsein
