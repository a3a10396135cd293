#include "alerts/api/signal_handlers.h"

#include <algorithm>
#include <deque>

#include "alerts/api/problem.h"
#include "alerts/desk/delivery_receipts.h"
#include "alerts/reading/json_writer.h"
#include "ingest/byte_source.h"
#include "ingest/delivery_reader.h"
#include "store/keys.h"
#include "store/state.h"

namespace vroegsein {
namespace {

// Rows that travel together; while one group is applied the next is read.
constexpr size_t kGroupRows = 500;
constexpr size_t kGroupsUnderWay = 3;
constexpr size_t kDeliveryIdChanceBytes = 8;
constexpr size_t kDeliveryIdCharsMax = 40;

// `2026-11-22T093000Z-5f0c...`: sorts by time, and the first ten characters are the day.
std::string DeliveryId(const ApiContext& api) {
  std::string id = FormatInstant(std::chrono::floor<std::chrono::seconds>(api.now()));
  id.erase(std::remove(id.begin(), id.end(), ':'), id.end());
  id += '-';
  constexpr char kHex[] = "0123456789abcdef";
  for (char byte : api.chance(kDeliveryIdChanceBytes)) {
    id += kHex[(static_cast<unsigned char>(byte) >> 4) & 15];
    id += kHex[static_cast<unsigned char>(byte) & 15];
  }
  return id;
}

bool IsDeliveryId(std::string_view id) {
  constexpr std::string_view kAllowed = "0123456789abcdefTZ-";
  return !id.empty() && id.size() <= kDeliveryIdCharsMax &&
         id.find_first_not_of(kAllowed) == std::string_view::npos;
}

// How a delivery came to its end.
enum class Ending { kComplete, kTooManyRows, kBehind, kStopped };

class DeliveryIntake {
 public:
  DeliveryIntake(const ApiContext& api, const Identity& partner)
      : api_(api), partner_(partner), id_(DeliveryId(api)), deadline_(api.Deadline()) {}
  ~DeliveryIntake() { *api_.receipt_bytes -= counted_bytes_; }
  DeliveryIntake(const DeliveryIntake&) = delete;
  DeliveryIntake& operator=(const DeliveryIntake&) = delete;

  HttpResponse Take(std::string_view body) {
    MemorySource source(body);
    DeliveryReader reader;
    Status opened = reader.Open(&source, DecodeOptionsFor(api_, partner_));
    if (!opened.ok()) return FailureProblem(opened);
    DecodedSignal decoded;
    while (true) {
      auto more = reader.Next(&decoded);
      if (!more.ok()) return FailureProblem(more.status());
      if (!*more) break;
      if (decoded.row == 0) return Unreadable(decoded);
      if (rows_ == kDeliveryRowsMax || receipts_.size() > kDeliveryReceiptBytesMax) {
        return Answer(Ending::kTooManyRows);
      }
      Status added = Add(&decoded);
      if (!added.ok()) return Answer(api_.desk_works() ? Ending::kBehind : Ending::kStopped);
    }
    return Answer(Ending::kComplete);
  }

 private:
  struct Group {
    Submission submission;
    std::vector<std::string> sectors;
  };

  HttpResponse Unreadable(const DecodedSignal& decoded) {
    for (const FieldError& error : decoded.errors) api_.intake->CountRejected(error.code);
    return InvalidInput(decoded.errors);
  }

  Status Add(DecodedSignal* decoded) {
    if (groups_.empty() || groups_.back().sectors.size() == kGroupRows) {
      if (groups_.size() == kGroupsUnderWay) VROEGSEIN_RETURN_IF_ERROR(Collect());
      groups_.push_back({api_.Submit(deadline_), {}});
    }
    ++rows_;
    Group& group = groups_.back();
    std::string sector = decoded->signal.sector();
    VROEGSEIN_RETURN_IF_ERROR(group.submission.Add(EventOf(decoded)));
    group.sectors.push_back(std::move(sector));
    return Status::Ok();
  }

  Event EventOf(DecodedSignal* decoded) const {
    Event event;
    event.set_recorded_ms(MillisOf(api_.now()));
    if (decoded->ok()) {
      event.set_municipality(decoded->signal.municipality());
      event.mutable_signal()->set_delivery(id_);
      event.mutable_signal()->set_row(decoded->row);
      event.mutable_signal()->mutable_signal()->Swap(&decoded->signal);
      return event;
    }
    Receipt receipt;
    receipt.row = decoded->row;
    receipt.id = decoded->id;
    receipt.errors = std::move(decoded->errors);
    event.set_municipality(partner_.municipalities.front());
    event.mutable_refused()->set_partner(partner_.name);
    event.mutable_refused()->set_delivery(id_);
    *event.mutable_refused()->mutable_receipt() = RecordOf(receipt);
    return event;
  }

  // Waits for the oldest group and writes its receipts.
  Status Collect() {
    Group& group = groups_.front();
    auto outcomes = group.submission.Wait();
    if (!outcomes.ok()) return outcomes.status();
    for (size_t i = 0; i < outcomes->size(); ++i) {
      if (!(*outcomes)[i].receipt) return Status::Unavailable((*outcomes)[i].status.message());
      const Receipt& receipt = *(*outcomes)[i].receipt;
      Count(receipt, group.sectors[i]);
      if (!receipts_.empty()) receipts_ += ',';
      AppendReceiptJson(receipt, &receipts_);
    }
    groups_.pop_front();
    size_t all = *api_.receipt_bytes += receipts_.size() - counted_bytes_;
    counted_bytes_ = receipts_.size();
    return all <= kReceiptBytesTogetherMax ? Status::Ok() : Status::Unavailable("too much at once");
  }

  void Count(const Receipt& receipt, const std::string& sector) {
    ++counts_[static_cast<size_t>(receipt.status)];
    last_row_ = receipt.row;
    api_.intake->CountSignal(NameOf(receipt.status), sector);
    for (const FieldError& error : receipt.errors) api_.intake->CountRejected(error.code);
  }

  HttpResponse Answer(Ending ending) {
    while (!groups_.empty()) {
      if (Collect().ok()) continue;
      ending = api_.desk_works() ? Ending::kBehind : Ending::kStopped;
      break;
    }
    switch (ending) {
      case Ending::kComplete: return Complete();
      case Ending::kTooManyRows:
        return Partial(413, "levering-te-groot", "De levering is te groot",
                       "Lever de rest in delen aan.");
      case Ending::kBehind:
        return Partial(429, "te-druk", "Het is te druk",
                       "Stuur de levering later nog eens; wat al binnen is, telt niet dubbel.");
      case Ending::kStopped: break;
    }
    return Partial(503, "niet-beschikbaar", "Nu niet beschikbaar",
                   "Stuur de levering later nog eens; wat al binnen is, telt niet dubbel.");
  }

  HttpResponse Complete() {
    HttpResponse response = JsonResponse(201, Body());
    response.headers.emplace_back("Location", "/v1/leveringen/" + id_);
    return response;
  }

  std::string Body() const {
    std::string body;
    body.reserve(receipts_.size() + 256);
    JsonWriter json(&body);
    json.BeginObject();
    AddCounts(&json);
    json.Array("ontvangstbevestigingen").Raw(receipts_).EndArray();
    json.Object("_links").Object("self").Text("href", "/v1/leveringen/" + id_);
    json.EndObject().EndObject().EndObject();
    return body;
  }

  void AddCounts(JsonWriter* json) const {
    auto count = [&](ReceiptStatus status) {
      return static_cast<int64_t>(counts_[static_cast<size_t>(status)]);
    };
    int64_t taken = count(ReceiptStatus::kAccepted) + count(ReceiptStatus::kDuplicate) +
                    count(ReceiptStatus::kRejected);
    json->Text("leveringId", id_).Integer("ontvangen", taken);
    json->Integer("aanvaard", count(ReceiptStatus::kAccepted));
    json->Integer("dubbel", count(ReceiptStatus::kDuplicate));
    json->Integer("afgewezen", count(ReceiptStatus::kRejected));
  }

  // A problem that also says what was taken: everything up to and including a row.
  HttpResponse Partial(int status, std::string_view code, std::string_view title,
                       std::string_view detail) const {
    HttpResponse response = Problem(
        status, code, title,
        "Verwerkt tot en met regel " + std::to_string(last_row_) + ". " + std::string(detail));
    response.body.pop_back();  // more members follow
    response.body += ',';
    JsonWriter json(&response.body);
    AddCounts(&json);
    json.Integer("verwerktTotEnMetRegel", static_cast<int64_t>(last_row_));
    response.body += '}';
    if (status != 413) response.headers.emplace_back("Retry-After", "10");
    if (last_row_ > 0) response.headers.emplace_back("Location", "/v1/leveringen/" + id_);
    return response;
  }

  const ApiContext& api_;
  const Identity& partner_;
  std::string id_;
  Submission::Clock::time_point deadline_;
  std::deque<Group> groups_;
  std::string receipts_;
  size_t counted_bytes_ = 0;  // of receipts_, in the sum of all deliveries
  uint64_t rows_ = 0;
  uint64_t last_row_ = 0;
  uint64_t counts_[3] = {};
};

struct StoredDelivery {
  std::vector<Receipt> receipts;
  int64_t received_ms = 0;
};

Status ReadDelivery(const Database& database, const std::string& prefix, StoredDelivery* found) {
  Status status;
  VROEGSEIN_RETURN_IF_ERROR(
      database.Scan(prefix, keys::After(prefix), [&](std::string_view, std::string_view value) {
        DeliveryChunk chunk;
        if (!chunk.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          status = Status::DataLoss("a delivery record cannot be read");
          return false;
        }
        bool first = found->receipts.empty() || chunk.received_ms() < found->received_ms;
        if (first) found->received_ms = chunk.received_ms();
        for (const ReceiptRecord& record : chunk.receipts()) {
          found->receipts.push_back(ReceiptOf(record));
        }
        return true;
      }));
  return status;
}

std::string DeliveryBody(const std::string& id, const StoredDelivery& found) {
  int64_t counts[3] = {};
  std::string receipts;
  for (const Receipt& receipt : found.receipts) {
    ++counts[static_cast<size_t>(receipt.status)];
    if (!receipts.empty()) receipts += ',';
    AppendReceiptJson(receipt, &receipts);
  }
  std::string body;
  JsonWriter json(&body);
  json.BeginObject().Text("leveringId", id);
  json.Text("ontvangenOp", FormatInstant(InstantOf(found.received_ms)));
  json.Integer("ontvangen", static_cast<int64_t>(found.receipts.size()));
  json.Integer("aanvaard", counts[0]).Integer("dubbel", counts[1]).Integer("afgewezen", counts[2]);
  json.Array("ontvangstbevestigingen").Raw(receipts).EndArray();
  json.Object("_links").Object("self").Text("href", "/v1/leveringen/" + id).EndObject().EndObject();
  json.EndObject();
  return body;
}

}  // namespace

DecodeOptions DecodeOptionsFor(const ApiContext& api, const Identity& partner) {
  DecodeOptions decode;
  decode.partner = partner.name;
  decode.municipalities = partner.municipalities;
  decode.sectors = partner.sectors;
  decode.today = api.today();
  return decode;
}

HttpResponse TakeSignals(const ApiContext& api, const Call& call) {
  if (call.who().municipalities.empty()) {
    return ForbiddenProblem("Deze partner levert in geen enkele gemeente.");
  }
  return DeliveryIntake(api, call.who()).Take(call.request.body);
}

HttpResponse ShowDelivery(const ApiContext& api, const Call& call) {
  const std::string& id = call.path[0];
  if (!IsDeliveryId(id)) return NotFoundProblem("Deze levering");
  StoredDelivery found;
  for (const std::string& municipality : call.who().municipalities) {
    std::string prefix = keys::Delivery(municipality, call.who().name, id);
    Status read = ReadDelivery(*api.database, prefix, &found);
    if (!read.ok()) return FailureProblem(read);
  }
  if (found.receipts.empty()) return NotFoundProblem("Deze levering");
  std::sort(found.receipts.begin(), found.receipts.end(),
            [](const Receipt& a, const Receipt& b) { return a.row < b.row; });
  return JsonResponse(200, DeliveryBody(id, found));
}

}  // namespace vroegsein
