#include "alerts/topics/feedback_topic.h"

#include <utility>

#include "alerts/api/feedback_json.h"
#include "alerts/api/json_writer.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kAtOnceMax = 500;
constexpr char kType[] = "nl.vroegsein.terugkoppeling.v1";
constexpr std::chrono::seconds kRetry{1};
// Events come in bunches: one round for all of them.
constexpr std::chrono::milliseconds kGather{100};

std::string CursorKey(const std::string& municipality, const std::string& partner) {
  return "U" + municipality + partner;
}

std::string EventOf(const std::string& source, const std::string& municipality,
                    const std::string& partner, const FeedbackRecord& feedback) {
  std::string text;
  JsonWriter json(&text);
  json.BeginObject().Text("specversion", "1.0");
  json.Text("id", municipality + "/" + partner + "/" + std::to_string(feedback.number()));
  json.Text("source", source).Text("type", kType);
  json.Text("time", FormatInstant(InstantOf(feedback.at_ms())));
  json.Text("datacontenttype", "application/json").Key("data");
  AddFeedback(municipality, feedback, &json);
  json.EndObject();
  return text;
}

}  // namespace

Result<std::unique_ptr<FeedbackTopic>> FeedbackTopic::Open(const ApiContext* api,
                                                           KafkaProducer* producer,
                                                           const std::string& data,
                                                           Complain complain) {
  DatabaseOptions options;
  options.block_cache_bytes = 1u << 20;
  options.write_buffer_bytes = 1u << 20;
  auto told = Database::Open(data + "/uitgave", options);
  if (!told.ok()) return told.status();
  return std::unique_ptr<FeedbackTopic>(
      new FeedbackTopic(api, producer, std::move(*told), std::move(complain)));
}

FeedbackTopic::FeedbackTopic(const ApiContext* api, KafkaProducer* producer,
                             std::unique_ptr<Database> told, Complain complain)
    : api_(api), producer_(producer), told_(std::move(told)), complain_(std::move(complain)) {
  for (const auto& config : api->installation->municipalities) {
    municipalities_.insert(config.settings.code());
  }
}

FeedbackTopic::~FeedbackTopic() { Stop(); }

void FeedbackTopic::Start() {
  thread_ = std::thread([this] { Work(); });
}

void FeedbackTopic::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void FeedbackTopic::Note(const std::vector<LogEntry>& entries) {
  std::lock_guard lock(mutex_);
  for (const LogEntry& entry : entries) {
    if (!entry.event.has_tick()) municipalities_.insert(entry.event.municipality());
  }
  changed_.notify_all();
}

void FeedbackTopic::Work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait(lock, [this] { return stopping_ || !municipalities_.empty(); });
    changed_.wait_for(lock, kGather, [this] { return stopping_; });
    std::set<std::string> now = std::exchange(municipalities_, {});
    while (!stopping_ && !now.empty()) {
      std::string municipality = *now.begin();
      lock.unlock();
      Status told = TellOf(municipality);
      if (!told.ok()) complain_(told.message());
      lock.lock();
      if (told.ok()) {
        now.erase(municipality);
      } else {
        changed_.wait_for(lock, kRetry, [this] { return stopping_; });
      }
    }
  }
}

Status FeedbackTopic::TellOf(const std::string& municipality) {
  for (const Identity& identity : api_->installation->identities) {
    if (identity.role != Role::kPartner) continue;
    for (bool more = true; more;) {
      auto told = TellSome(municipality, identity.name);
      if (!told.ok()) return told.status().Within("tell " + identity.name);
      more = *told;
    }
  }
  return Status::Ok();
}

// What came after what was told last, at most so many; whether there may be more.
Result<bool> FeedbackTopic::TellSome(const std::string& municipality, const std::string& partner) {
  auto known = told_->Get(CursorKey(municipality, partner));
  if (!known.ok()) return known.status();
  uint64_t last = known->has_value() ? keys::DecodeU64(**known) : 0;
  const KafkaSettings& settings = api_->installation->kafka;
  std::vector<KafkaRecord> records;
  Status unreadable;
  Status scanned = api_->database->Scan(
      keys::Feedback(municipality, partner, last + 1),
      keys::After(keys::PartnerFeedback(municipality, partner)),
      [&](std::string_view, std::string_view value) {
        FeedbackRecord feedback;
        if (!feedback.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          unreadable = Status::DataLoss("a feedback cannot be read");
          return false;
        }
        KafkaRecord record;
        record.topic = settings.FeedbackTopic();
        record.key = municipality;
        record.value = EventOf(settings.source, municipality, partner, feedback);
        record.headers = {{"content-type", "application/cloudevents+json; charset=UTF-8"}};
        records.push_back(std::move(record));
        last = feedback.number();
        return records.size() < kAtOnceMax;
      });
  if (!scanned.ok()) return scanned;
  if (!unreadable.ok()) return unreadable;
  if (records.empty()) return false;
  Status sent = producer_->SendAll(records);
  if (!sent.ok()) return sent;
  Batch batch;
  batch.Put(CursorKey(municipality, partner), keys::EncodeU64(last));
  Status written = told_->Commit(&batch);
  if (!written.ok()) return written;
  return records.size() == kAtOnceMax;
}

}  // namespace vroegsein
