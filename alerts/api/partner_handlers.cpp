#include "alerts/api/partner_handlers.h"

#include <charconv>
#include <map>

#include "alerts/api/feedback_json.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/api/signal_handlers.h"
#include "alerts/reading/json_writer.h"
#include "ingest/aftermath_reader.h"
#include "ingest/byte_source.h"
#include "ingest/receipt.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kGroupRows = 500;
constexpr int64_t kPageDefault = 100;
constexpr int64_t kPageMax = 1'000;

struct AftermathReceipt {
  uint64_t row = 0;
  std::string signal_id;
  std::vector<FieldError> errors;
};

FieldError UnknownSignal() {
  return {"signaal-onbekend", "/signaalId",
          "Dit signaal is hier niet bekend, of niet meer. Controleer het id."};
}

// In which of the partner's municipalities the signal is; empty when in none.
Result<std::string> MunicipalityOf(const ApiContext& api, const Identity& partner,
                                   const std::string& signal_id) {
  for (const std::string& code : partner.municipalities) {
    auto known = api.database->Get(keys::Signal(code, partner.name, signal_id));
    if (!known.ok()) return known.status();
    if (known->has_value()) return code;
  }
  return std::string();
}

class AftermathIntake {
 public:
  AftermathIntake(const ApiContext& api, const Identity& partner)
      : api_(api), partner_(partner), deadline_(api.Deadline()) {}

  HttpResponse Take(std::string_view body) {
    MemorySource source(body);
    AftermathReader reader;
    Status opened = reader.Open(&source, DecodeOptionsFor(api_, partner_));
    if (!opened.ok()) return FailureProblem(opened);
    DecodedAftermath decoded;
    while (true) {
      auto more = reader.Next(&decoded);
      if (!more.ok()) return FailureProblem(more.status());
      if (!*more) break;
      if (decoded.row == 0) return InvalidInput(decoded.errors);
      if (receipts_.size() == kAftermathRowsMax) return TooMany();
      Status added = Add(decoded);
      if (!added.ok()) return Behind();
    }
    Status collected = Collect();
    return collected.ok() ? Answer() : Behind();
  }

 private:
  Status Add(const DecodedAftermath& decoded) {
    receipts_.push_back({decoded.row, decoded.signal_id, decoded.errors});
    if (!decoded.ok()) return Status::Ok();
    auto municipality = MunicipalityOf(api_, partner_, decoded.aftermath.signal_id());
    if (!municipality.ok()) return municipality.status();
    if (municipality->empty()) {
      receipts_.back().errors.push_back(UnknownSignal());
      return Status::Ok();
    }
    Event event;
    event.set_recorded_ms(MillisOf(api_.now()));
    event.set_municipality(*municipality);
    *event.mutable_aftermath()->mutable_aftermath() = decoded.aftermath;
    VROEGSEIN_RETURN_IF_ERROR(group_.Add(std::move(event)));
    under_way_.push_back(receipts_.size() - 1);
    return under_way_.size() < kGroupRows ? Status::Ok() : Collect();
  }

  Status Collect() {
    auto outcomes = group_.Wait();
    if (!outcomes.ok()) return outcomes.status();
    for (size_t i = 0; i < outcomes->size(); ++i) {
      const Outcome& outcome = (*outcomes)[i];
      if (outcome.status.ok()) continue;
      AftermathReceipt& receipt = receipts_[under_way_[i]];
      if (outcome.status.code() == StatusCode::kNotFound) {
        receipt.errors.push_back(UnknownSignal());
      } else {
        receipt.errors.push_back({outcome.code, "", "Deze afloop kan niet meer worden verwerkt."});
      }
    }
    under_way_.clear();
    group_ = api_.Submit(deadline_);
    return Status::Ok();
  }

  HttpResponse Answer() {
    std::string body;
    JsonWriter json(&body);
    int64_t rejected = 0;
    for (const AftermathReceipt& receipt : receipts_) rejected += receipt.errors.empty() ? 0 : 1;
    auto total = static_cast<int64_t>(receipts_.size());
    json.BeginObject().Integer("ontvangen", total).Integer("aanvaard", total - rejected);
    json.Integer("afgewezen", rejected).Array("ontvangstbevestigingen");
    for (const AftermathReceipt& receipt : receipts_) AddReceipt(receipt, &json);
    json.EndArray().EndObject();
    return JsonResponse(200, std::move(body));
  }

  void AddReceipt(const AftermathReceipt& receipt, JsonWriter* json) {
    const char* status = receipt.errors.empty() ? "aanvaard" : "afgewezen";
    api_.intake->CountAftermath(status);
    json->BeginObject().Integer("regel", static_cast<int64_t>(receipt.row));
    json->TextOrNull("signaalId", receipt.signal_id).Text("status", status).Array("fouten");
    for (const FieldError& error : receipt.errors) {
      json->BeginObject().Text("code", error.code).Text("veld", error.field);
      json->Text("melding", error.message).EndObject();
    }
    json->EndArray().EndObject();
  }

  HttpResponse TooMany() const {
    return Problem(413, "levering-te-groot", "De levering is te groot",
                   "Lever de aflopen in delen aan. Wat al binnen is, telt niet dubbel.");
  }
  HttpResponse Behind() const {
    HttpResponse response =
        Problem(api_.desk_works() ? 429 : 503, "te-druk", "Het is te druk",
                "Stuur de aflopen later nog eens; wat al binnen is, telt niet dubbel.");
    response.headers.emplace_back("Retry-After", "10");
    return response;
  }

  const ApiContext& api_;
  const Identity& partner_;
  Submission::Clock::time_point deadline_;
  Submission group_ = api_.Submit(deadline_);
  std::vector<AftermathReceipt> receipts_;
  std::vector<size_t> under_way_;  // indexes of receipts_
};

using Cursor = std::map<std::string, uint64_t>;  // per municipality

bool ParseNumber(std::string_view text, uint64_t* number) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

// False when it is no cursor of ours. Municipalities that are no longer the partner's are passed
// over.
bool ParseCursor(std::string_view text, const std::vector<std::string>& municipalities,
                 Cursor* cursor) {
  for (const std::string& code : municipalities) (*cursor)[code] = 0;
  if (text.empty()) return true;
  if (municipalities.size() == 1 && text.find('.') == std::string_view::npos) {
    return ParseNumber(text, &(*cursor)[municipalities.front()]);
  }
  while (!text.empty()) {
    size_t end = std::min(text.find('-'), text.size());
    std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    size_t dot = part.find('.');
    uint64_t number = 0;
    if (dot != 4 || !ParseNumber(part.substr(dot + 1), &number)) return false;
    auto known = cursor->find(std::string(part.substr(0, dot)));
    if (known != cursor->end()) known->second = number;
  }
  return true;
}

std::string CursorText(const Cursor& cursor) {
  if (cursor.size() == 1) return std::to_string(cursor.begin()->second);
  std::string text;
  for (const auto& [code, number] : cursor) {
    if (!text.empty()) text += '-';
    text += code + "." + std::to_string(number);
  }
  return text;
}

// Up to `*room` of what came after the cursor in one municipality.
Status AddFeedbacks(const Database& database, const std::string& municipality,
                    const std::string& partner, uint64_t* after, size_t* room, JsonWriter* json) {
  if (*room == 0) return Status::Ok();
  Status status;
  std::string begin = keys::Feedback(municipality, partner, *after + 1);
  std::string end = keys::After(keys::PartnerFeedback(municipality, partner));
  VROEGSEIN_RETURN_IF_ERROR(
      database.Scan(begin, end, [&](std::string_view, std::string_view value) {
        FeedbackRecord feedback;
        if (!feedback.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          status = Status::DataLoss("a feedback cannot be read");
          return false;
        }
        AddFeedback(municipality, feedback, json);
        *after = feedback.number();
        return --*room > 0;
      }));
  return status;
}

}  // namespace

HttpResponse TakeAftermaths(const ApiContext& api, const Call& call) {
  return AftermathIntake(api, call.who()).Take(call.request.body);
}

HttpResponse ListFeedback(const ApiContext& api, const Call& call) {
  QueryInput input(call.request);
  auto room = static_cast<size_t>(input.Number("aantal", kPageDefault, 1, kPageMax));
  size_t asked = room;
  Cursor cursor;
  std::string from = input.Text("vanaf", 20'000);
  if (!ParseCursor(from, call.who().municipalities, &cursor)) {
    input.Fail("vanaf", "cursor-ongeldig",
               "Gebruik de waarde van volgende uit een vorig antwoord.");
  }
  if (!input.errors().empty()) return InvalidInput(input.errors());
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Array("terugkoppelingen");
  for (auto& [municipality, after] : cursor) {
    Status added = AddFeedbacks(*api.database, municipality, call.who().name, &after, &room, &json);
    if (!added.ok()) return FailureProblem(added);
  }
  std::string next = CursorText(cursor);
  json.EndArray().Text("volgende", next).Flag("meer", room == 0).Object("_links");
  json.Object("self").Text("href", "/v1/terugkoppelingen").EndObject().Object("next");
  json.Text("href", "/v1/terugkoppelingen?vanaf=" + next + "&aantal=" + std::to_string(asked));
  json.EndObject().EndObject().EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace vroegsein
