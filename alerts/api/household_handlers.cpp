#include "alerts/api/household_handlers.h"

#include <algorithm>
#include <array>
#include <limits>

#include "alerts/access/gate.h"
#include "alerts/api/case_answer.h"
#include "alerts/api/case_lookup.h"
#include "alerts/api/household_answer.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"
#include "alerts/reading/json_writer.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr int64_t kPageDefault = 50;
constexpr int64_t kPageMax = 200;
constexpr size_t kReviewsLookedThrough = 1'000;
constexpr size_t kReasonCharsMax = 400;
constexpr std::array<std::string_view, 2> kVerdicts = {"zelfde", "verschillend"};

constexpr FieldSpec Field(std::string_view name, std::string_view pointer, FieldType type,
                          bool required) {
  return {"", name, name, pointer, type, required};
}

enum AnswerField { kVerdict, kAnswerReason };
constexpr std::array<FieldSpec, 2> kAnswerFields = {
    Field("oordeel", "/oordeel", FieldType::kText, true),
    Field("reden", "/reden", FieldType::kText, true)};
constexpr RecordShape kAnswerShape = {kAnswerFields, {}, 0};

enum JoinField { kWith, kJoinReason };
constexpr std::array<FieldSpec, 2> kJoinFields = {Field("met", "/met", FieldType::kText, true),
                                                  Field("reden", "/reden", FieldType::kText, true)};
constexpr RecordShape kJoinShape = {kJoinFields, {}, 0};

enum DivideField { kAlias, kPerson, kDivideReason };
constexpr std::array<FieldSpec, 3> kDivideFields = {
    Field("alias", "/alias", FieldType::kText, false),
    Field("persoon", "/persoon", FieldType::kInteger, false),
    Field("reden", "/reden", FieldType::kText, true)};
constexpr RecordShape kDivideShape = {kDivideFields, {}, 0};

// `0080-5-7`: households 5 and 7.
struct ReviewId {
  std::string municipality;
  uint64_t household = 0;
  uint64_t other = 0;

  std::string Text() const {
    return HouseholdId{municipality, household}.Text() + "-" + std::to_string(other);
  }
  static std::optional<ReviewId> Parse(const std::string& text) {
    size_t dash = text.rfind('-');
    if (dash == std::string::npos) return std::nullopt;
    auto one = HouseholdId::Parse(text.substr(0, dash));
    if (!one) return std::nullopt;
    auto two = HouseholdId::Parse(one->municipality + text.substr(dash));
    if (!two) return std::nullopt;
    return ReviewId{one->municipality, one->number, two->number};
  }
};

// Whoever has a team of its own sees the households of which a case is that team's.
bool MaySee(const Identity& who, const HouseholdRecord& household) {
  const auto& cases = household.cases();
  return who.team.empty() || std::any_of(cases.begin(), cases.end(), [&](const CaseRecord& one) {
           return one.team() == who.team;
         });
}

void AddSide(const HouseholdRecord& household, const PersonRecord& person, JsonWriter* json) {
  json->BeginObject().Text("huishoudenId", IdOf(household).Text());
  bool empty = household.cases().empty();
  json->TextOrNull("zaakId", empty ? "" : IdOf(household, *household.cases().rbegin()).Text());
  AddAddress(household.address(), json);
  const SignalRecord* last = nullptr;
  for (const SignalRecord& record : household.signals()) {
    if (record.person_number() == person.number()) last = &record;
  }
  AddClient(last == nullptr ? Client() : last->signal().client(), json);
  json->EndObject();
}

struct ReviewPage {
  size_t count = 0;
  size_t shown = 0;
  size_t looked_at = 0;
  std::string next;  // the key of the first that is not on this page
};

Status AddReview(const ApiContext& api, const Call& call, const ReviewRecord& review,
                 const std::string& municipality, ReviewPage* page, JsonWriter* json) {
  ReviewId id{municipality, review.household(), review.other()};
  auto one = ReadHousehold(*api.database, {municipality, id.household}, Depth::kWhole);
  if (!one.ok()) return one.status();
  auto two = ReadHousehold(*api.database, {municipality, id.other}, Depth::kWhole);
  if (!two.ok()) return two.status();
  // What was answered since this page began is not asked again.
  if (!one->has_value() || !two->has_value()) return Status::Ok();
  if (!MaySee(call.who(), **one) || !MaySee(call.who(), **two)) return Status::Ok();
  auto likest = FindLikest(**one, **two);
  if (!likest) return Status::Ok();
  ++page->shown;
  call.Saw(IdOf(**one).Text());
  call.Saw(IdOf(**two).Text());
  json->BeginObject().Text("beoordelingId", id.Text()).Text("gemeentecode", municipality);
  json->Text("voorgesteldOp", FormatInstant(InstantOf(review.proposed_ms())));
  json->Array("huishoudens");
  AddSide(**one, *likest->person, json);
  AddSide(**two, *likest->other, json);
  json->EndArray();
  AddExplanation(likest->explanation, json);
  json->EndObject();
  return Status::Ok();
}

Status AddReviews(const ApiContext& api, const Call& call, const std::string& municipality,
                  const std::string& from, ReviewPage* page, JsonWriter* json) {
  std::string begin = keys::Reviews(municipality);
  std::string first = std::max(begin, from);
  Status status;
  Status read = api.database->Scan(
      first, keys::After(begin), [&](std::string_view key, std::string_view value) {
        if (page->shown == page->count || page->looked_at == kReviewsLookedThrough) {
          page->next = key;
          return false;
        }
        ++page->looked_at;
        ReviewRecord review;
        bool known = review.ParseFromArray(value.data(), static_cast<int>(value.size()));
        status = known ? AddReview(api, call, review, municipality, page, json)
                       : Status::DataLoss("a review cannot be read");
        return status.ok();
      });
  return read.ok() ? status : read;
}

// A key of the review list as the id of its review.
std::string CursorOf(const std::string& key) {
  uint64_t household = keys::DecodeU64(std::string_view(key).substr(5, 8));
  uint64_t other = keys::DecodeU64(std::string_view(key).substr(13, 8));
  return ReviewId{key.substr(1, 4), household, other}.Text();
}

// What the desk said of a decision that changed nothing.
HttpResponse Refusal(const Outcome& outcome) {
  if (outcome.code == "beoordeling-onbekend") return NotFoundProblem("Deze beoordeling");
  if (outcome.status.code() == StatusCode::kNotFound) return NotFoundProblem("Dit huishouden");
  if (outcome.code == "huishouden-te-groot") {
    return Problem(409, outcome.code, "Dit kan niet", "Samen zijn het te veel mensen.");
  }
  if (outcome.code == "niet-te-splitsen") {
    return Problem(409, outcome.code, "Dit kan niet",
                   "Er zou niemand gaan of niemand blijven. Haal het huishouden opnieuw op.");
  }
  return Problem(409, outcome.code, "Dit kan nu niet", "Dit is al een huishouden.");
}

// The answer is the household as it is then.
HttpResponse Decide(const ApiContext& api, const Call& call, const HouseholdId& shown,
                    Event event) {
  event.set_recorded_ms(MillisOf(api.now()));
  event.set_municipality(shown.municipality);
  Submission submission = api.Submit(api.Deadline());
  Status added = submission.Add(std::move(event));
  if (!added.ok()) return UnavailableProblem("Het is te druk. Probeer het zo opnieuw.");
  auto outcomes = submission.Wait();
  if (!outcomes.ok()) return UnavailableProblem("Er kwam geen antwoord. Kijk eerst wat er is.");
  if (!outcomes->front().status.ok()) return Refusal(outcomes->front());
  auto household = ReadHousehold(*api.database, shown, Depth::kWhole);
  if (!household.ok()) return FailureProblem(household.status());
  if (!household->has_value()) return NotFoundProblem("Dit huishouden");
  call.Saw(IdOf(**household).Text());
  std::string body;
  JsonWriter json(&body);
  CaseViewer viewer;
  viewer.settings = SettingsOf(api, shown.municipality);
  AddHousehold(**household, viewer, &json);
  return JsonResponse(200, std::move(body));
}

}  // namespace

HttpResponse ListReviews(const ApiContext& api, const Call& call) {
  QueryInput input(call.request);
  ReviewPage page;
  page.count = static_cast<size_t>(input.Number("aantal", kPageDefault, 1, kPageMax));
  std::string cursor = input.Text("cursor");
  auto from = ReviewId::Parse(cursor);
  if (!cursor.empty() && !from) input.Fail("cursor", "waarde-onbekend", "Deze cursor klopt niet.");
  if (!input.errors().empty()) return InvalidInput(input.errors());
  std::string key = from ? keys::Review(from->municipality, from->household, from->other) : "";
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Array("beoordelingen");
  for (const std::string& code : call.who().municipalities) {
    if (!page.next.empty() || (from && code < from->municipality)) continue;
    Status added = AddReviews(api, call, code, key, &page, &json);
    if (!added.ok()) return FailureProblem(added);
  }
  json.EndArray().Object("_links").Object("self").Text("href", "/v1/beoordelingen").EndObject();
  if (!page.next.empty()) {
    json.Object("next").Text("href", "/v1/beoordelingen?aantal=" + std::to_string(page.count) +
                                         "&cursor=" + CursorOf(page.next));
    json.EndObject();
  }
  json.EndObject().EndObject();
  return JsonResponse(200, std::move(body));
}

HttpResponse AnswerReview(const ApiContext& api, const Call& call) {
  auto id = ReviewId::Parse(call.path[0]);
  if (!id) return NotFoundProblem("Deze beoordeling");
  if (!MaySeeMunicipality(call.who(), id->municipality)) {
    return ForbiddenProblem("Dit is van een andere gemeente.");
  }
  BodyInput input(kAnswerShape, call.request.body, api.today());
  std::string verdict = input.OneOf(kVerdict, kVerdicts);
  std::string reason = input.Text(kAnswerReason, kReasonCharsMax);
  if (!input.errors().empty()) return InvalidInput(input.errors());
  for (uint64_t number : {id->household, id->other}) {
    FoundHousehold found =
        FindHouseholdFor(api, call, HouseholdId{id->municipality, number}.Text());
    if (found.problem) return std::move(*found.problem);
  }
  Event event;
  ReviewAnswered* answered = event.mutable_answered();
  answered->set_household(id->household);
  answered->set_other(id->other);
  answered->set_same(verdict == kVerdicts[0]);
  answered->set_by(call.who().name);
  answered->set_reason(reason);
  return Decide(api, call, {id->municipality, id->household}, std::move(event));
}

HttpResponse JoinHouseholds(const ApiContext& api, const Call& call) {
  FoundHousehold found = FindHouseholdFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kJoinShape, call.request.body, api.today());
  std::string with = input.Text(kWith);
  std::string reason = input.Text(kJoinReason, kReasonCharsMax);
  HouseholdId id = IdOf(found.household);
  auto other = HouseholdId::Parse(with);
  if (!with.empty() && (!other || other->municipality != id.municipality)) {
    input.Fail(kWith, "waarde-onbekend", "Dit is geen huishouden van deze gemeente.");
  }
  if (!input.errors().empty()) return InvalidInput(input.errors());
  FoundHousehold joins = FindHouseholdFor(api, call, with);
  if (joins.problem) return std::move(*joins.problem);
  Event event;
  HouseholdsJoined* joined = event.mutable_joined();
  joined->set_household(id.number);
  joined->set_other(joins.household.number());
  joined->set_by(call.who().name);
  joined->set_reason(reason);
  return Decide(api, call, id, std::move(event));
}

HttpResponse DivideHousehold(const ApiContext& api, const Call& call) {
  FoundHousehold found = FindHouseholdFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kDivideShape, call.request.body, api.today());
  HouseholdId id = IdOf(found.household);
  std::string text = input.Text(kAlias);
  int64_t person = input.Number(kPerson, 0, 1, std::numeric_limits<int32_t>::max());
  std::string reason = input.Text(kDivideReason, kReasonCharsMax);
  auto alias = HouseholdId::Parse(text);
  if (!text.empty() && (!alias || alias->municipality != id.municipality)) {
    input.Fail(kAlias, "waarde-onbekend", "Dit is geen huishouden van deze gemeente.");
  }
  if (input.errors().empty() && text.empty() == (person == 0)) {
    input.Fail(kPerson, "veld-ontbreekt", "Noem een alias of een persoon, en niet allebei.");
  }
  if (!input.errors().empty()) return InvalidInput(input.errors());
  Event event;
  HouseholdDivided* divided = event.mutable_divided();
  divided->set_household(id.number);
  if (alias) divided->set_alias(alias->number);
  if (person != 0) divided->add_persons(static_cast<uint32_t>(person));
  divided->set_by(call.who().name);
  divided->set_reason(reason);
  return Decide(api, call, id, std::move(event));
}

}  // namespace vroegsein
