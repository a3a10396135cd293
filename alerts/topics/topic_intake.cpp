#include "alerts/topics/topic_intake.h"

#include "alerts/api/signal_handlers.h"
#include "ingest/cloud_event.h"
#include "ingest/error_code.h"
#include "ingest/reader_limits.h"

namespace vroegsein {
namespace {

// They spread over the partitions, and each desk writes its part at once.
constexpr size_t kBatchMax = 2'000;
constexpr std::chrono::milliseconds kWait{200};
constexpr std::chrono::seconds kRetry{1};

}  // namespace

void DecodeRecord(std::string_view record, SignalDecoder* decoder, DecodedSignal* decoded) {
  if (record.size() > ReaderLimits().record_bytes_max) {
    *decoded = DecodedSignal();
    decoded->errors = {
        MakeError(ErrorCode::kRecordTooLarge, "", std::to_string(ReaderLimits().record_bytes_max))};
    return;
  }
  if (!IsCloudEvent(record)) return decoder->Decode(record, decoded);
  std::vector<FieldError> errors;
  std::string data = DataOfCloudEvent(record, &errors);
  if (!errors.empty()) {
    *decoded = DecodedSignal();
    decoded->errors = std::move(errors);
    return;
  }
  decoder->Decode(data, decoded);
  for (FieldError& error : decoded->errors) error.field.insert(0, "/data");
}

TopicIntake::TopicIntake(const ApiContext* api, DeadLetters* dead_letters, Complain complain)
    : api_(api), dead_letters_(dead_letters), complain_(std::move(complain)) {
  for (const Identity& identity : api->installation->identities) {
    if (identity.role != Role::kPartner) continue;
    partners_[api->installation->kafka.PartnerTopic(identity.name)] = &identity;
  }
}

TopicIntake::~TopicIntake() { Stop(); }

void TopicIntake::Start() {
  VROEGSEIN_CHECK(!partners_.empty());
  thread_ = std::thread([this] { Work(); });
}

void TopicIntake::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    stopped_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void TopicIntake::WaitBeforeRetry() {
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, kRetry, [this] { return stopping_.load(); });
}

void TopicIntake::Work() {
  std::vector<std::string> topics;
  for (const auto& [topic, partner] : partners_) topics.push_back(topic);
  const KafkaSettings& settings = api_->installation->kafka;
  std::unique_ptr<KafkaGroup> group;
  while (!stopping_) {
    Status worked;
    if (group == nullptr) {
      auto opened = KafkaGroup::Open(settings, settings.IntakeGroup(), topics, complain_);
      worked = opened.status();
      if (opened.ok()) group = std::move(*opened);
    }
    if (group != nullptr) worked = WorkOnce(group.get());
    if (worked.ok() || stopping_) continue;
    // What was not committed comes again, to this node or to another.
    complain_(worked.message());
    group.reset();
    WaitBeforeRetry();
  }
}

Status TopicIntake::WorkOnce(KafkaGroup* group) {
  auto received = group->Take(kBatchMax, kWait);
  if (!received.ok()) return received.status();
  if (received->empty()) return Status::Ok();
  Sorted sorted = Sort(*received);
  VROEGSEIN_RETURN_IF_ERROR(Apply(std::move(sorted.events)).Within("hand in"));
  VROEGSEIN_RETURN_IF_ERROR(dead_letters_->Add(sorted.refused).Within("refuse"));
  return group->Commit(*received).Within("commit");
}

TopicIntake::Sorted TopicIntake::Sort(const std::vector<KafkaReceived>& received) {
  Sorted sorted;
  std::map<std::string, SignalDecoder> decoders;
  for (const KafkaReceived& one : received) {
    const Identity& partner = *partners_.at(one.topic);
    auto [decoder, _] = decoders.try_emplace(one.topic, DecodeOptionsFor(*api_, partner));
    SortOne(one, partner, &decoder->second, &sorted);
  }
  return sorted;
}

void TopicIntake::SortOne(const KafkaReceived& received, const Identity& partner,
                          SignalDecoder* decoder, Sorted* sorted) {
  DecodedSignal decoded;
  DecodeRecord(received.value, decoder, &decoded);
  if (decoded.ok()) {
    Event event;
    event.set_recorded_ms(MillisOf(api_->now()));
    event.set_municipality(decoded.signal.municipality());
    event.mutable_signal()->mutable_signal()->Swap(&decoded.signal);
    sorted->events.push_back(std::move(event));
    return;
  }
  DeadLetter letter;
  letter.partner = partner.name;
  letter.topic = received.topic;
  letter.partition = received.partition;
  letter.offset = received.offset;
  letter.refused_at = api_->now();
  letter.errors = std::move(decoded.errors);
  letter.message = received.value;
  api_->intake->CountSignal(NameOf(ReceiptStatus::kRejected), decoded.signal.sector());
  for (const FieldError& error : letter.errors) api_->intake->CountRejected(error.code);
  sorted->refused.push_back(std::move(letter));
}

Status TopicIntake::Apply(std::vector<Event> events) {
  Submission submission = api_->Submit(api_->Deadline());
  std::vector<std::string> sectors;
  sectors.reserve(events.size());
  for (Event& event : events) {
    sectors.push_back(event.signal().signal().sector());
    VROEGSEIN_RETURN_IF_ERROR(submission.Add(std::move(event)));
  }
  auto outcomes = submission.Wait();
  if (!outcomes.ok()) return outcomes.status();
  for (size_t i = 0; i < outcomes->size(); ++i) {
    const auto& receipt = (*outcomes)[i].receipt;
    if (receipt) api_->intake->CountSignal(NameOf(receipt->status), sectors[i]);
  }
  return Status::Ok();
}

}  // namespace vroegsein
