#include "alerts/api/draft_handlers.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "alerts/access/gate.h"
#include "alerts/access/workplace.h"
#include "alerts/access/workplace.pb.h"
#include "alerts/api/case_lookup.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"
#include "alerts/reading/json_writer.h"
#include "store/household/alias.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kFilterNameCharsMax = 80;
constexpr size_t kFilterQueryCharsMax = 500;

constexpr std::array<FieldSpec, 1> kDraftFields = {
    {{"", "inhoud", "inhoud", "/inhoud", FieldType::kText, false}}};
constexpr RecordShape kDraftShape = {kDraftFields, {}, 0};

enum FilterField { kName, kQuery, kShared };
constexpr std::array<FieldSpec, 3> kFilterFields = {
    {{"", "naam", "naam", "/naam", FieldType::kText, true},
     {"", "zoekvraag", "zoekvraag", "/zoekvraag", FieldType::kText, true},
     {"", "gedeeld", "gedeeld", "/gedeeld", FieldType::kBoolean, true}}};
constexpr RecordShape kFilterShape = {kFilterFields, {}, 0};
constexpr RecordShape kEmptyShape = {{}, {}, 0};

std::string OwnKey(char kind, const std::string& user, const std::string& rest) {
  std::string key(1, kind);
  key += user;
  key.push_back('\0');
  return key + rest;
}

HttpResponse DraftResponse(const Draft& draft) {
  std::string body;
  bool kept = !draft.text().empty();
  JsonWriter(&body)
      .BeginObject()
      .TextOrNull("inhoud", draft.text())
      .TextOrNull("bewaardOp", kept ? FormatInstant(InstantOf(draft.saved_ms())) : "")
      .EndObject();
  return JsonResponse(200, std::move(body));
}

// One municipality and one team in common.
bool SharedWith(const SavedFilter& filter, const Identity& who) {
  const auto& places = filter.municipalities();
  bool here = std::any_of(places.begin(), places.end(),
                          [&](const std::string& code) { return MaySeeMunicipality(who, code); });
  return filter.shared() && here && (filter.team().empty() || MaySeeTeam(who, filter.team()));
}

void AddFilter(const SavedFilter& filter, const Identity& who, JsonWriter* json) {
  json->BeginObject().Text("filterId", std::to_string(filter.number()));
  json->Text("naam", filter.name()).Text("zoekvraag", filter.query());
  json->Flag("gedeeld", filter.shared()).Flag("eigen", filter.user() == who.name).EndObject();
}

Result<std::vector<SavedFilter>> ReadFilters(const Workplace& workplace) {
  std::vector<SavedFilter> filters;
  Status status;
  auto add = [&](std::string_view, std::string_view value) {
    SavedFilter filter;
    if (!filter.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      status = Status::DataLoss("a saved filter cannot be read");
      return false;
    }
    filters.push_back(std::move(filter));
    return filters.size() < kFiltersMax;
  };
  VROEGSEIN_RETURN_IF_ERROR(workplace.database().Scan("f", "g", add));
  if (!status.ok()) return status;
  return filters;
}

}  // namespace

bool IsOpenCase(const Database& database, const std::string& case_id) {
  auto id = CaseId::Parse(case_id);
  if (!id) return false;
  auto current = CurrentName(ReaderOf(database), *id);
  if (!current.ok()) return true;  // to be asked again later
  auto household = ReadHousehold(database, current->household, Depth::kCases);
  if (!household.ok()) return true;
  if (!household->has_value()) return false;
  const CaseRecord* found = FindCase(std::as_const(**household), current->number);
  return found != nullptr && !found->has_closed_ms();
}

HttpResponse ShowDraft(const ApiContext& api, const Call& call) {
  FoundCase found = FindCaseFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  auto bytes = api.workplace->database().Get(OwnKey('d', call.who().name, found.id.Text()));
  if (!bytes.ok()) return FailureProblem(bytes.status());
  Draft draft;
  if (bytes->has_value() && !draft.ParseFromString(**bytes)) draft.Clear();
  return DraftResponse(draft);
}

HttpResponse KeepDraft(const ApiContext& api, const Call& call) {
  FoundCase found = FindCaseFor(api, call, call.path[0]);
  if (found.problem) return std::move(*found.problem);
  BodyInput input(kDraftShape, call.request.body, api.today());
  Draft draft;
  draft.set_text(input.Text(0, kDraftCharsMax));
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (found.record->has_closed_ms()) {
    return Problem(409, "zaak-gesloten", "Dit kan nu niet", "De zaak is gesloten.");
  }
  draft.set_saved_ms(MillisOf(api.now()));
  std::string key = OwnKey('d', call.who().name, found.id.Text());
  Status kept = api.workplace->Write([&](Batch* batch) {
    if (draft.text().empty()) {
      batch->Delete(key);
    } else {
      batch->Put(key, draft.SerializeAsString());
    }
  });
  return kept.ok() ? DraftResponse(draft) : FailureProblem(kept);
}

HttpResponse ListFilters(const ApiContext& api, const Call& call) {
  auto filters = ReadFilters(*api.workplace);
  if (!filters.ok()) return FailureProblem(filters.status());
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Array("filters");
  for (const SavedFilter& filter : *filters) {
    if (filter.user() == call.who().name || SharedWith(filter, call.who())) {
      AddFilter(filter, call.who(), &json);
    }
  }
  json.EndArray().EndObject();
  return JsonResponse(200, std::move(body));
}

HttpResponse KeepFilter(const ApiContext& api, const Call& call) {
  BodyInput input(kFilterShape, call.request.body, api.today());
  const Identity& who = call.who();
  SavedFilter filter;
  filter.set_name(input.Text(kName, kFilterNameCharsMax));
  filter.set_query(input.Text(kQuery, kFilterQueryCharsMax));
  filter.set_shared(input.Flag(kShared));
  if (!input.errors().empty()) return InvalidInput(input.errors());
  filter.set_user(who.name);
  filter.set_team(who.team);
  filter.mutable_municipalities()->Assign(who.municipalities.begin(), who.municipalities.end());
  auto filters = ReadFilters(*api.workplace);
  if (!filters.ok()) return FailureProblem(filters.status());
  size_t own = 0;
  for (const SavedFilter& one : *filters) own += one.user() == who.name ? 1 : 0;
  if (own >= kFiltersPerPersonMax || filters->size() >= kFiltersMax) {
    return Problem(409, "te-veel-filters", "Er is geen plaats meer", "Verwijder eerst een filter.");
  }
  // Unpredictable, so that two at the same moment do not meet.
  filter.set_number(keys::DecodeU64(api.chance(sizeof(uint64_t))) >> 1);
  Status kept = api.workplace->Write([&](Batch* batch) {
    batch->Put(OwnKey('f', who.name, keys::EncodeU64(filter.number())), filter.SerializeAsString());
  });
  if (!kept.ok()) return FailureProblem(kept);
  std::string body;
  JsonWriter json(&body);
  AddFilter(filter, who, &json);
  return JsonResponse(201, std::move(body));
}

HttpResponse RemoveFilter(const ApiContext& api, const Call& call) {
  BodyInput input(kEmptyShape, call.request.body, api.today());
  if (!input.errors().empty()) return InvalidInput(input.errors());
  const std::string& text = call.path[0];
  uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return NotFoundProblem("Dit filter");
  std::string key = OwnKey('f', call.who().name, keys::EncodeU64(number));
  auto known = api.workplace->database().Get(key);
  if (!known.ok()) return FailureProblem(known.status());
  if (!known->has_value()) return NotFoundProblem("Dit filter");
  Status removed = api.workplace->Write([&](Batch* batch) { batch->Delete(key); });
  if (!removed.ok()) return FailureProblem(removed);
  std::string body;
  JsonWriter(&body).BeginObject().Flag("verwijderd", true).EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace vroegsein
