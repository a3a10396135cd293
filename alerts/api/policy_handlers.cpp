#include "alerts/api/policy_handlers.h"

#include <array>

#include "alerts/access/gate.h"
#include "alerts/api/case_lookup.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/policy/backtest.h"
#include "alerts/policy/backtest_text.h"
#include "alerts/policy/examination.h"
#include "alerts/policy/versions.h"
#include "alerts/reading/json_writer.h"
#include "rules/dmn/model.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kPolicyHashCharsMax = 128;

constexpr int64_t kDifferencesDefault = 50;
constexpr int64_t kDifferencesMax = 500;

enum VersionField { kMunicipality, kModel, kTests, kFrom };
constexpr std::array<FieldSpec, 4> kVersionFields = {{
    {"", "gemeentecode", "gemeentecode", "/gemeentecode", FieldType::kText, true},
    {"", "model", "model", "/model", FieldType::kText, true},
    {"", "tests", "tests", "/tests", FieldType::kText, true},
    {"", "ingangsdatum", "ingangsdatum", "/ingangsdatum", FieldType::kText, true},
}};
constexpr RecordShape kVersionShape = {kVersionFields, {}, 0};
// The same without a day.
constexpr RecordShape kShadowShape = {std::span(kVersionFields).first<3>(), {}, 0};

enum WithdrawalField { kWithdrawnMunicipality, kWithdrawnFrom };
constexpr std::array<FieldSpec, 2> kWithdrawalFields = {{
    {"", "gemeentecode", "gemeentecode", "/gemeentecode", FieldType::kText, true},
    {"", "ingangsdatum", "ingangsdatum", "/ingangsdatum", FieldType::kText, true},
}};
constexpr RecordShape kWithdrawalShape = {kWithdrawalFields, {}, 0};
constexpr RecordShape kStopShape = {std::span(kWithdrawalFields).first<1>(), {}, 0};

HttpResponse MunicipalityProblem() { return ForbiddenProblem("Dit is van een andere gemeente."); }

void AddVersion(const MunicipalityRecord& municipality, const PolicyVersion& version, Date today,
                JsonWriter* json) {
  // The first policy decides about everything before it too.
  bool always = DateOf(version.effective_day()) < Date(std::chrono::year{1970} / 1 / 1);
  std::string_view standing = StandingOf(municipality, version, today);
  json->BeginObject().Text("hash", version.hash());
  json->TextOrNull("ingangsdatum", always ? "" : FormatDate(DateOf(version.effective_day())));
  json->Text("geactiveerdOp", FormatInstant(InstantOf(version.activated_ms())));
  json->TextOrNull("geactiveerdDoor", version.by());
  json->Flag("inWerking", standing == "in-werking").Text("stand", standing);
  std::string self = "/v1/beleid/" + version.hash();
  json->Object("_links").Object("dmn").Text("href", self).EndObject();
  json->Object("tests").Text("href", self + "/tests").EndObject().EndObject().EndObject();
}

void AddShadow(const ShadowPolicy& shadow, JsonWriter* json) {
  json->BeginObject().Text("hash", shadow.hash());
  json->Text("sinds", FormatInstant(InstantOf(shadow.since_ms())));
  json->TextOrNull("gestartDoor", shadow.by()).Object("_links").Object("dmn");
  json->Text("href", "/v1/beleid/" + shadow.hash()).EndObject().EndObject().EndObject();
}

// A file of a version by its hash. A policy is public: it may be read by everybody who may see that
// there is one.
HttpResponse ShowFile(const ApiContext& api, const Call& call, std::string (*key)(std::string_view),
                      const char* extension) {
  const std::string& hash = call.path[0];
  bool plain = hash.size() <= kPolicyHashCharsMax &&
               hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!plain) return NotFoundProblem("Dit beleid");
  auto text = api.database->Get(key(hash));
  if (!text.ok()) return FailureProblem(text.status());
  if (!text->has_value()) return NotFoundProblem("Dit beleid");
  HttpResponse response = JsonResponse(200, std::move(**text));
  response.content_type = "application/xml";
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"" + hash.substr(0, 12) + extension + "\"");
  return response;
}

HttpResponse Refusal(const Outcome& outcome) {
  switch (outcome.status.code()) {
    case StatusCode::kNotFound: return NotFoundProblem("Deze versie of schaduw");
    case StatusCode::kConflict:
      return Problem(409, outcome.code, "Dit kan nu niet",
                     "Een andere versie staat dit in de weg. Bekijk eerst de lijst van versies.");
    default:
      return InvalidInput({{outcome.code, "/ingangsdatum", "Kies vandaag of een latere dag."}});
  }
}

Event EventFor(const ApiContext& api, const std::string& municipality) {
  Event event;
  event.set_recorded_ms(MillisOf(api.now()));
  event.set_municipality(municipality);
  return event;
}

// Through the log; nullopt when it was done.
std::optional<HttpResponse> Apply(const ApiContext& api, Event event) {
  Submission submission = api.Submit(api.Deadline());
  Status added = submission.Add(std::move(event));
  if (!added.ok()) return UnavailableProblem("Het is te druk. Probeer het zo opnieuw.");
  auto outcomes = submission.Wait();
  if (!outcomes.ok()) return UnavailableProblem("Er kwam geen antwoord. Haal de lijst opnieuw op.");
  if (outcomes->front().status.ok()) return std::nullopt;
  return Refusal(outcomes->front());
}

// Every reason against the version, as errors of the field that it is about.
void ExamineInto(std::string_view model, std::string_view tests, BodyInput* input) {
  for (const PolicyFinding& finding : Examine(model, tests).findings) {
    input->Fail(finding.code == "beleid-ongeldig" ? kModel : kTests, finding.code, finding.text);
  }
}

}  // namespace

HttpResponse ListPolicies(const ApiContext& api, const Call& call) {
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Array("gemeenten");
  for (const std::string& code : call.who().municipalities) {
    auto municipality = ReadMunicipalityRecord(*api.database, code);
    if (!municipality.ok()) return FailureProblem(municipality.status());
    json.BeginObject().Text("gemeentecode", code).Array("versies");
    for (const PolicyVersion& version : municipality->policies()) {
      AddVersion(*municipality, version, api.today(), &json);
    }
    json.EndArray();
    if (municipality->has_shadow()) {
      AddShadow(municipality->shadow(), &json.Key("schaduw"));
    } else {
      json.Null("schaduw");
    }
    json.EndObject();
  }
  json.EndArray().Object("_links").Object("self").Text("href", "/v1/beleid").EndObject();
  json.EndObject().EndObject();
  return JsonResponse(200, std::move(body));
}

HttpResponse ShowPolicy(const ApiContext& api, const Call& call) {
  return ShowFile(api, call, keys::Policy, ".dmn");
}

HttpResponse ShowPolicyTests(const ApiContext& api, const Call& call) {
  return ShowFile(api, call, keys::PolicyTests, ".test.xml");
}

HttpResponse ActivatePolicy(const ApiContext& api, const Call& call) {
  BodyInput input(kVersionShape, call.request.body, api.today(), api.installation->body_bytes_max);
  std::string code = input.Text(kMunicipality);
  std::string_view model = input.WholeText(kModel), tests = input.WholeText(kTests);
  auto from = input.Day(kFrom);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (!MaySeeMunicipality(call.who(), code)) return MunicipalityProblem();
  ExamineInto(model, tests, &input);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  Event event = EventFor(api, code);
  PolicyActivated* activation = event.mutable_policy();
  activation->set_model(model.data(), model.size());
  activation->set_tests(tests.data(), tests.size());
  activation->set_hash(dmn::HashOf(model));
  activation->set_effective_day(DaysOf(*from));
  activation->set_by(call.who().name);
  std::string hash = activation->hash();
  if (auto problem = Apply(api, std::move(event))) return std::move(*problem);
  auto municipality = ReadMunicipalityRecord(*api.database, code);
  if (!municipality.ok()) return FailureProblem(municipality.status());
  const PolicyVersion* version = VersionOfDay(*municipality, *from);
  if (version == nullptr) return NotFoundProblem("Deze versie");
  std::string body;
  JsonWriter json(&body);
  AddVersion(*municipality, *version, api.today(), &json);
  HttpResponse response = JsonResponse(201, std::move(body));
  response.headers.emplace_back("Location", "/v1/beleid/" + hash);
  return response;
}

HttpResponse WithdrawPolicy(const ApiContext& api, const Call& call) {
  BodyInput input(kWithdrawalShape, call.request.body, api.today());
  std::string code = input.Text(kWithdrawnMunicipality);
  auto from = input.Day(kWithdrawnFrom);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (!MaySeeMunicipality(call.who(), code)) return MunicipalityProblem();
  auto municipality = ReadMunicipalityRecord(*api.database, code);
  if (!municipality.ok()) return FailureProblem(municipality.status());
  const PolicyVersion* version = VersionOfDay(*municipality, *from);
  bool meant = version != nullptr && version->hash() == call.path[0];
  if (!meant) return NotFoundProblem("Deze versie, vanaf die dag,");
  Event event = EventFor(api, code);
  event.mutable_withdrawn()->set_effective_day(DaysOf(*from));
  event.mutable_withdrawn()->set_by(call.who().name);
  if (auto problem = Apply(api, std::move(event))) return std::move(*problem);
  return ListPolicies(api, call);
}

HttpResponse StartShadow(const ApiContext& api, const Call& call) {
  BodyInput input(kShadowShape, call.request.body, api.today(), api.installation->body_bytes_max);
  std::string code = input.Text(kMunicipality);
  std::string_view model = input.WholeText(kModel), tests = input.WholeText(kTests);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (!MaySeeMunicipality(call.who(), code)) return MunicipalityProblem();
  ExamineInto(model, tests, &input);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  Event event = EventFor(api, code);
  event.mutable_shadow()->set_model(model.data(), model.size());
  event.mutable_shadow()->set_hash(dmn::HashOf(model));
  event.mutable_shadow()->set_by(call.who().name);
  if (auto problem = Apply(api, std::move(event))) return std::move(*problem);
  return ListPolicies(api, call);
}

HttpResponse StopShadow(const ApiContext& api, const Call& call) {
  BodyInput input(kStopShape, call.request.body, api.today());
  std::string code = input.Text(kWithdrawnMunicipality);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (!MaySeeMunicipality(call.who(), code)) return MunicipalityProblem();
  Event event = EventFor(api, code);
  event.mutable_shadow()->set_by(call.who().name);
  if (auto problem = Apply(api, std::move(event))) return std::move(*problem);
  return ListPolicies(api, call);
}

HttpResponse ListShadowDifferences(const ApiContext& api, const Call& call) {
  QueryInput input(call.request);
  std::string code = input.Text("gemeentecode");
  if (code.empty()) input.Fail("gemeentecode", "parameter-ontbreekt", "Geef een gemeentecode.");
  int64_t most = input.Number("aantal", kDifferencesDefault, 1, kDifferencesMax);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (!MaySeeMunicipality(call.who(), code)) return MunicipalityProblem();
  auto municipality = ReadMunicipalityRecord(*api.database, code);
  if (!municipality.ok()) return FailureProblem(municipality.status());
  if (!municipality->has_shadow()) return NotFoundProblem("Een schaduw in deze gemeente");
  auto model = api.database->Get(keys::Policy(municipality->shadow().hash()));
  if (!model.ok()) return FailureProblem(model.status());
  BacktestOptions options;
  options.since_ms = municipality->shadow().since_ms();
  options.all_differences = true;
  std::string list;
  auto totals = Backtest(*api.database, *municipality, model->value_or(""), options,
                         AppendReplayJson, [&](std::string_view rows, uint64_t, uint64_t) {
                           for (; !rows.empty() && most > 0; --most) {
                             size_t end = rows.find('\n');
                             list += list.empty() ? "" : ",";
                             list += rows.substr(0, end);
                             rows.remove_prefix(end + 1);
                           }
                           return Status::Ok();
                         });
  if (!totals.ok()) return FailureProblem(totals.status());
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Key("schaduw");
  AddShadow(municipality->shadow(), &json);
  json.Key("samenvatting").Raw(TotalsJson(code, municipality->shadow().hash(), *totals));
  json.Key("zaken").Raw("[" + list + "]").EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace vroegsein
