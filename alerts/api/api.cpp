#include "alerts/api/api.h"

#include "alerts/api/case_handlers.h"
#include "alerts/api/dead_letter_handlers.h"
#include "alerts/api/draft_handlers.h"
#include "alerts/api/household_handlers.h"
#include "alerts/api/openid_handlers.h"
#include "alerts/api/overview_handlers.h"
#include "alerts/api/partner_handlers.h"
#include "alerts/api/policy_handlers.h"
#include "alerts/api/problem.h"
#include "alerts/api/report_handlers.h"
#include "alerts/api/session_handlers.h"
#include "alerts/api/signal_handlers.h"
#include "alerts/api/task_handlers.h"
#include "alerts/api/trace_handlers.h"
#include "alerts/api/work_handlers.h"

extern "C" const char vroegsein_openapi[], vroegsein_openapi_end[];

namespace vroegsein {
namespace {

const std::vector<Role> kPartners = {Role::kPartner};
const std::vector<Role> kTeams = {Role::kWorker, Role::kCoordinator};
const std::vector<Role> kCoordinators = {Role::kCoordinator};
const std::vector<Role> kTeamsAndManagers = {Role::kWorker, Role::kCoordinator, Role::kManager};
const std::vector<Role> kSteering = {Role::kCoordinator, Role::kManager};
const std::vector<Role> kAdministrators = {Role::kAdministrator};
const std::vector<Role> kInside = {Role::kWorker, Role::kCoordinator, Role::kManager,
                                   Role::kPrivacyOfficer, Role::kAdministrator};

const std::vector<Role> kEverybody = {Role::kPartner, Role::kWorker,         Role::kCoordinator,
                                      Role::kManager, Role::kPrivacyOfficer, Role::kAdministrator};

HttpResponse ShowOpenApi(const Call&) {
  HttpResponse response = JsonResponse(200, std::string(OpenApiDocument()));
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  response.headers.emplace_back("Cache-Control", "public, max-age=300");
  return response;
}

using Function = HttpResponse (*)(const ApiContext&, const Call&);

// Gives handlers the context that they share.
class With {
 public:
  explicit With(const ApiContext& api) : api_(api) {}
  std::function<HttpResponse(const Call&)> operator()(Function function) const {
    return [&api = api_, function](const Call& call) { return function(api, call); };
  }

 private:
  const ApiContext& api_;
};

// Who one is, and what this API can.
std::vector<Route> SessionRoutes(const With& with) {
  return {
      {"GET", "/v1/openapi.json", "getOpenapi", {}, {}, ShowOpenApi},
      {"GET", "/v1/aanmeldwijzen", "aanmeldwijzenOphalen", {}, {}, with(ShowSignInWays)},
      {"POST", "/v1/sessies", "sessieOpenen", {}, {}, with(OpenSession)},
      {"GET", "/v1/sessies/openid/start", "openidStarten", {}, {}, with(StartOpenId)},
      {"GET",
       "/v1/sessies/openid/terug",
       "openidAfronden",
       {},
       {"code", "state", "iss", "error"},
       with(FinishOpenId),
       true,
       true,
       true},
      {"GET", "/v1/sessies/huidige", "sessieOphalen", kEverybody, {}, with(ShowSession), false},
      {"POST",
       "/v1/sessies/huidige/afmelden",
       "sessieBeeindigen",
       kEverybody,
       {},
       with(CloseSession)},
      {"POST",
       "/v1/sessies/huidige/wachtwoord",
       "wachtwoordWijzigen",
       kEverybody,
       {},
       with(ChangePassword)},
  };
}

// For partners (signaalpartners).
std::vector<Route> PartnerRoutes(const With& with) {
  return {
      {"POST", "/v1/vroegsignalen", "vroegsignalenAanleveren", kPartners, {}, with(TakeSignals)},
      {"GET", "/v1/leveringen/{leveringId}", "leveringOphalen", kPartners, {}, with(ShowDelivery)},
      {"POST", "/v1/aflopen", "aflopenAanleveren", kPartners, {}, with(TakeAftermaths)},
      {"GET",
       "/v1/terugkoppelingen",
       "terugkoppelingenOphalen",
       kPartners,
       {"vanaf", "aantal"},
       with(ListFeedback)},
  };
}

// The work of a team as a whole.
std::vector<Route> TaskRoutes(const With& with) {
  return {
      {"GET",
       "/v1/taken",
       "takenOphalen",
       kTeams,
       {"team", "status", "prioriteit", "zone", "behandelaar", "soort", "crisis", "teLaat",
        "aantal", "cursor"},
       with(ListTasks)},
      {"POST", "/v1/taken/zoeken", "takenZoeken", kTeams, {}, with(SearchTasks)},
      {"POST", "/v1/taken/volgende", "volgendeTaakOppakken", kTeams, {}, with(TakeNextTask)},
      {"POST", "/v1/taken/toewijzen", "takenToewijzen", kCoordinators, {}, with(AssignMany)},
      {"POST",
       "/v1/medewerkers/{gebruiker}/overdragen",
       "werkOverdragen",
       kCoordinators,
       {},
       with(HandOver)},
      {"GET", "/v1/teams", "teamsOphalen", kTeamsAndManagers, {}, with(ListTeams), false},
      {"GET", "/v1/filters", "filtersOphalen", kTeams, {}, with(ListFilters), false},
      {"POST", "/v1/filters", "filterBewaren", kTeams, {}, with(KeepFilter), false},
      {"POST",
       "/v1/filters/{filterId}/verwijderen",
       "filterVerwijderen",
       kTeams,
       {},
       with(RemoveFilter),
       false},
      {"GET",
       "/v1/gebeurtenissen",
       "gebeurtenissenVolgen",
       kTeams,
       {},
       with(FollowChanges),
       false,
       false},
  };
}

// One case.
std::vector<Route> CaseRoutes(const With& with) {
  return {
      {"POST", "/v1/zaken/{zaakId}/notities", "notitieVastleggen", kTeams, {}, with(AddNote)},
      {"POST",
       "/v1/zaken/{zaakId}/ongedaan-maken",
       "handelingOngedaanMaken",
       kTeams,
       {},
       with(UndoAction)},
      {"GET", "/v1/zaken/{zaakId}/concept", "conceptOphalen", kTeams, {}, with(ShowDraft)},
      {"POST", "/v1/zaken/{zaakId}/concept", "conceptBewaren", kTeams, {}, with(KeepDraft)},
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
  };
}

// Who belongs together.
std::vector<Route> HouseholdRoutes(const With& with) {
  return {
      {"GET",
       "/v1/huishoudens/{huishoudenId}",
       "huishoudenOphalen",
       kTeams,
       {},
       with(ShowHousehold)},
      {"POST",
       "/v1/huishoudens/{huishoudenId}/samenvoegen",
       "huishoudensSamenvoegen",
       kTeams,
       {},
       with(JoinHouseholds)},
      {"POST",
       "/v1/huishoudens/{huishoudenId}/splitsen",
       "huishoudenSplitsen",
       kTeams,
       {},
       with(DivideHousehold)},
      {"GET",
       "/v1/beoordelingen",
       "beoordelingenOphalen",
       kCoordinators,
       {"aantal", "cursor"},
       with(ListReviews)},
      {"POST",
       "/v1/beoordelingen/{beoordelingId}",
       "beoordelingVastleggen",
       kCoordinators,
       {},
       with(AnswerReview)},
  };
}

// The rules.
std::vector<Route> PolicyRoutes(const With& with) {
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

// Figures and supervision.
std::vector<Route> SteeringRoutes(const With& with) {
  return {
      {"GET",
       "/v1/werkvoorraad",
       "werkvoorraadOphalen",
       kSteering,
       {"gemeentecode"},
       with(ShowWorkload)},
      {"GET",
       "/v1/werkvoorraad/patronen",
       "patronenOphalen",
       kSteering,
       {"gemeentecode"},
       with(ShowPatterns)},
      {"GET",
       "/v1/toegangslog",
       "toegangslogOphalen",
       {Role::kPrivacyOfficer},
       {"zaakId", "gebruiker", "aantal", "cursor"},
       with(ShowAccessLog)},
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
}

// What came in over topics and was refused; who hands it in again changes what the desk knows.
std::vector<Route> TopicRoutes(const ApiContext& api, DeadLetters* letters) {
  auto list = [&api, letters](const Call& call) { return ListRefused(letters, api, call); };
  auto hand_in = [&api, letters](const Call& call) { return HandInRefused(letters, api, call); };
  return {
      {"GET", "/v1/afgekeurd", "afgekeurdOphalen", kAdministrators, {"partner", "aantal"}, list},
      {"POST", "/v1/afgekeurd/opnieuw", "afgekeurdOpnieuwAanleveren", kAdministrators, {}, hand_in},
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

std::vector<Route> ApiRoutes(const ApiContext& api, DeadLetters* letters) {
  With with(api);
  std::vector<Route> routes;
  for (auto part : {SessionRoutes, PartnerRoutes, TaskRoutes, CaseRoutes, HouseholdRoutes,
                    PolicyRoutes, SteeringRoutes}) {
    std::vector<Route> some = part(with);
    routes.insert(routes.end(), some.begin(), some.end());
  }
  for (Route& route : TopicRoutes(api, letters)) routes.push_back(std::move(route));
  return routes;
}

}  // namespace vroegsein
